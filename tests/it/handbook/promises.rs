//! What the handbook promises, sentence by sentence: each promise is quoted as
//! it stands, tried on a small column, and held against what comes out. A
//! promise that another test holds is in [`ELSEWHERE`] with its name.

use zhuanlan::build::{BuildResult, Content, Memory, Now, Options, build};
use zhuanlan::path::OutputPath;

use super::HANDBOOK;
use crate::project::Project;

/// What has to come out.
enum Expect {
    /// The file has these words.
    Has(&'static str, &'static str),
    /// The file has one after the other.
    Order(&'static str, &'static [&'static str]),
    /// The file is there without these words.
    Lacks(&'static str, &'static str),
    /// The file is there.
    File(&'static str),
    /// The file is not there.
    NoFile(&'static str),
    /// Something of this code is reported.
    Says(&'static str),
    /// Nothing is reported.
    Quiet,
}
use Expect::{File, Has, Lacks, NoFile, Order, Quiet, Says};

/// A sentence of the handbook, files beside [`column`]'s, what comes of them.
type Promise = (&'static str, &'static [(&'static str, &'static str)], &'static [Expect]);

const NEWS: &str = "news/x.html";
const X: &str = "content/news/x.md";

fn column() -> Project {
    let mut project = Project::new()
        .column(
            "base_url: https://www.example.org/jyzd/\n\
             sections:\n  - {folder: news, title: 新闻动态}\n  - {folder: study, title: 学习资料, kind: material}\n\
             units:\n  - {name: 市公安局, slug: bureau}\n  - {name: 源汇分局, short: 源汇, slug: yuanhui}\n\
             phases:\n  - {name: 学习教育, slug: learning, start: 2021-03-08, end: 2021-04-15}",
        )
        .file("content/news/base.md", "---\n标题: 底稿\n日期: 2021-03-01\n摘要: 底稿。\n---\n\n## 按编号看\n\n正文。\n")
        .file("content/study/base/index.md", "---\n标题: 资料\n日期: 2021-03-01\n文件: [{文件: 格式.txt}]\n---\n\n要点。\n")
        .file("content/study/base/格式.txt", "x");
    for file in ["photos/会场.png", "news/图.png", "news/会场 照片.png", "news/宣誓.mp4"] {
        project.write(&format!("content/{file}"), include_bytes!("../../fixtures/pixel.png"));
    }
    project
}

fn built(files: &[(&str, &str)]) -> BuildResult {
    let mut project = column();
    for (path, text) in files {
        project.write(path, text);
    }
    let options = Options {
        now: Now::Local(jiff::civil::date(2021, 3, 22).at(12, 0, 0, 0)),
        base_url: None,
        preview: false,
        drafts: false,
        fingerprint: false,
    };
    let mut built = build(&project.tree(), &options, &project, &Memory::default());
    built.output.complete();
    built
}

fn text(built: &BuildResult, path: &str) -> Option<String> {
    let artifact = built.output.files.get(&OutputPath::new(path)?)?;
    match &artifact.content {
        // Where a title or caption may break is not its text.
        Content::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).replace("<wbr>", "")),
        _ => Some(String::new()),
    }
}

/// The handbook without line ends, so that a quotation may go over one.
fn flowing() -> String {
    let mut text = String::new();
    for line in HANDBOOK.lines() {
        let line = line.trim();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        if latin(text.chars().next_back()) && latin(line.chars().next()) {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

fn check(promise: &Promise, handbook: &str, wrong: &mut Vec<String>) {
    let (sentence, files, expected) = promise;
    let mut say = |what: String| wrong.push(format!("“{sentence}”\n    {what}"));
    if !handbook.contains(sentence) {
        return say("does not stand in the handbook".into());
    }
    let built = built(files);
    let codes: Vec<&str> = built.findings.iter().map(|finding| finding.kind.code()).collect();
    for expect in *expected {
        match expect {
            Has(path, words) => match text(&built, path) {
                Some(text) if text.contains(words) => {}
                Some(text) => {
                    let body = text.split_once("<main").map_or(text.as_str(), |(_, body)| body);
                    say(format!("{path} lacks `{words}`; {codes:?}\n{body}"));
                }
                None => say(format!("no {path}; {codes:?}")),
            },
            Order(path, words) => {
                let text = text(&built, path).unwrap_or_default();
                let mut rest = text.as_str();
                for word in *words {
                    match rest.split_once(word) {
                        Some((_, behind)) => rest = behind,
                        None => say(format!("{path}: `{word}` does not follow; {codes:?}")),
                    }
                }
            }
            Lacks(path, words) => match text(&built, path) {
                Some(text) if !text.contains(words) => {}
                Some(_) => say(format!("{path} has `{words}`")),
                None => say(format!("no {path}; {codes:?}")),
            },
            File(path) if text(&built, path).is_none() => say(format!("no {path}; {codes:?}")),
            NoFile(path) if text(&built, path).is_some() => say(format!("{path} is there")),
            Says(code) if !codes.contains(code) => say(format!("`{code}` is not said, but {codes:?}")),
            Quiet if !codes.is_empty() => say(format!("{codes:?} is said")),
            File(_) | NoFile(_) | Says(_) | Quiet => {}
        }
    }
}

#[test]
fn every_promise_is_kept() {
    let handbook = flowing();
    let mut wrong = Vec::new();
    for promise in FILES
        .iter()
        .chain(FRONT)
        .chain(TEXT)
        .chain(PICTURES)
        .chain(BLOCKS)
        .chain(TIME)
        .chain(BOOKS)
        .chain(MORE)
    {
        check(promise, &handbook, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_other_tests_hold_stands_in_the_handbook_and_they_exist() {
    let handbook = flowing();
    let mut tests = String::new();
    for folder in ["tests", "src"] {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let files =
            walkdir::WalkDir::new(root).into_iter().filter_entry(|entry| entry.file_name() != "node_modules");
        for file in files.flatten().filter(|file| {
            file.path()
                .extension()
                .is_some_and(|extension| ["rs", "mjs", "js"].iter().any(|known| extension == *known))
        }) {
            tests += &std::fs::read_to_string(file.path()).unwrap_or_default();
        }
    }
    for (sentence, test) in ELSEWHERE {
        assert!(handbook.contains(sentence), "“{sentence}” does not stand in the handbook");
        assert!(tests.contains(test), "no test `{test}` for “{sentence}”");
    }
}

const FILES: &[Promise] = &[
    (
        "栏目文件夹里还可以再分文件夹，文件夹名会成为网址的一段。",
        &[("content/news/三月/x.md", "---\n标题: 甲\n日期: 2021-03-08\n---\n\n正文。\n")],
        &[File("news/san-yue/x.html"), Quiet],
    ),
    (
        "文件名可以用中文，也可以有空格。网址里的名字由程序转成拼音；想自己定，在文件头写 `网址名`。",
        &[
            ("content/news/座谈 会.md", "---\n标题: 甲\n日期: 2021-03-08\n---\n\n正文。\n"),
            ("content/news/部署.md", "---\n标题: 乙\n日期: 2021-03-08\n网址名: symposium\n---\n\n正文。\n"),
        ],
        &[File("news/zuo-tan-hui.html"), File("news/symposium.html"), Quiet],
    ),
    (
        "非改不可时，把旧网址写进 `旧网址`，老链接会转到新页。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n旧网址: [news/zuotan.html]\n---\n\n正文。\n")],
        &[Has("news/zuotan.html", "url=../news/x.html"), Quiet],
    ),
    (
        "不能作稿件名和栏目名。",
        &[("content/news/feed.md", "---\n标题: 甲\n日期: 2021-03-08\n---\n\n正文。\n")],
        &[Says("file-name-reserved")],
    ),
    (
        "原样复制到网站根目录的文件（图标、搜索引擎的验证文件）",
        &[("content/static/verify.txt", "x")],
        &[File("verify.txt"), Quiet],
    ),
    (
        "不属于任何栏目的单页",
        &[("content/about.md", "---\n标题: 关于本栏\n---\n\n正文。\n")],
        &[Has("about.html", "关于本栏"), Quiet],
    ),
    (
        "栏目的引言，可以没有",
        &[("content/news/index.md", "这里有消息。\n")],
        &[Has("news/index.html", "这里有消息"), Quiet],
    ),
];

const FRONT: &[Promise] = &[
    (
        "一项只写一次",
        &[(X, "---\n标题: 甲\ntitle: 乙\n日期: 2021-03-08\n---\n\n正文。\n")],
        &[Says("duplicate-key")],
    ),
    (
        "有几个值时写 `[甲, 乙]`，方括号和逗号都用半角；或者换行，每项一行，前面写 `- `。",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n主题: [动员, 学习]\n---\n\n正文。\n"),
            (
                "content/news/y.md",
                "---\n标题: 乙\n日期: 2021-03-08\n主题:\n  - 动员\n  - 学习\n---\n\n正文。\n",
            ),
        ],
        &[Has("topics/dong-yuan.html", "乙"), Has("topics/xue-xi.html", "甲"), Quiet],
    ),
    (
        "用半角单引号把整个内容括起来",
        &[(X, "---\n标题: '#3 号通报: 三点要求'\n日期: 2021-03-08\n---\n\n正文。\n")],
        &[Has(NEWS, "#3 号通报: 三点要求"), Quiet],
    ),
    (
        "文件头可以完全不写：这时标题取正文的第一个标题，程序会提醒一句。",
        &[(X, "# 动员部署会召开\n\n正文。\n")],
        &[Has(NEWS, "动员部署会召开"), Says("no-front-matter")],
    ),
    (
        "列表和首页上的一两句；不写就取正文开头，在句号处截断",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n第一句话。第二句话。\n")],
        &[Has("news/index.html", "第一句话。第二句话。"), Quiet],
    ),
    (
        "讲什么事。`column.yaml` 里列了名单的，只能用名单里的",
        &[
            (
                "column.yaml",
                "title: 专栏\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\ntopics: {dy: 动员}\n",
            ),
            (X, "---\n标题: 甲\n日期: 2021-03-08\n主题: [动源]\n---\n\n正文。\n"),
        ],
        &[Says("unknown-topic")],
    ),
    (
        "涉及哪些单位，全称、简称都行，只能用名单里的",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n单位: [市公安局, 源汇]\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 乙\n日期: 2021-03-08\n单位: [没有的分局]\n---\n\n正文。\n"),
        ],
        &[Has("units/yuanhui.html", "甲"), Has("units/bureau.html", "甲"), Says("unknown-unit")],
    ),
    (
        "身份和人名，网页上按写的次序显示",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n署名:\n  通讯员: [张庆伟, 姚艳辉]\n  本报记者: 薛宏冰\n---\n\n正文。\n",
        )],
        &[Order(NEWS, &["通讯员", "张庆伟", "姚艳辉", "本报记者", "薛宏冰"]), Quiet],
    ),
    (
        "日期可以写成 `2021-03-08`、`2021-03-08 18:30`，也可以写成 `2021年3月8日`、`2021.3.8`、`2021/3/8`、`20210308`、`二〇二一年三月八日`。没有写时区，就是北京时间。",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08 18:30\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 乙\n日期: 2021年3月8日\n---\n\n正文。\n"),
        ],
        &[Has(NEWS, "2021-03-08T18:30:00+08:00"), Has("news/y.html", "2021-03-08"), Quiet],
    ),
    (
        "来源只有一个名称时写一行；转载要写全",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n来源:\n  名称: 某某日报\n  网址: https://www.example.org/2021/0308.html\n  日期: 2021-03-08\n---\n\n正文。\n",
        )],
        &[Has(NEWS, "href=\"https://www.example.org/2021/0308.html\""), Has(NEWS, "某某日报"), Quiet],
    ),
    (
        "封面要带图注时",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n封面: {图片: ../photos/会场.png, 说明: 会场（示意图）, 摄影: 本栏绘制, 替代文字: 坐满了人}\n---\n\n正文。\n",
        )],
        &[Has(NEWS, "会场（示意图）"), Has(NEWS, "本栏绘制"), Has(NEWS, "坐满了人"), Quiet],
    ),
    (
        "写“是”，读者就看不到",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n草稿: 是\n---\n\n正文。\n")],
        &[NoFile(NEWS), Quiet],
    ),
    (
        "写“是”，排在列表最前",
        &[
            (X, "---\n标题: 置顶的\n日期: 2021-03-02\n置顶: 是\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 新的\n日期: 2021-03-08\n---\n\n正文。\n"),
        ],
        &[Order("news/index.html", &["<main", "置顶的", "新的"]), Quiet],
    ),
    (
        "栏目按顺序排列时，小的在前",
        &[
            (
                "column.yaml",
                "title: 专栏\nsections: [{folder: news, title: 新闻动态, sort: order}, {folder: study, title: 学习资料, kind: material}]\n",
            ),
            (X, "---\n标题: 后面的\n日期: 2021-03-02\n顺序: 7\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 前面的\n日期: 2021-03-08\n顺序: 3\n---\n\n正文。\n"),
        ],
        &[Order("news/index.html", &["<main", "前面的", "后面的"])],
    ),
    (
        "文末“相关”里先列哪几篇，写相对路径",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n相关: [base.md]\n---\n\n正文。\n")],
        &[Has(NEWS, "href=\"../news/base.html\""), Quiet],
    ),
    (
        "同一系列的稿件写同一个名字",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-02\n系列: 五种学法\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 乙\n日期: 2021-03-08\n系列: 五种学法\n---\n\n正文。\n"),
        ],
        &[Order("series/wu-zhong-xue-fa.html", &["<main", "甲", "乙"]), Has(NEWS, "五种学法"), Quiet],
    ),
    (
        "网址里的名字，只用英文字母、数字和 `-`",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n网址名: 座谈\n---\n\n正文。\n")],
        &[Says("slug-not-plain")],
    ),
    (
        "写进网页标签；不写就用主题",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n关键词: [座谈会, 征求意见]\n主题: [意见]\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 乙\n日期: 2021-03-08\n主题: [意见]\n---\n\n正文。\n"),
        ],
        &[
            Has(NEWS, "<meta name=\"Keywords\" content=\"座谈会,征求意见\">"),
            Has("news/y.html", "<meta name=\"Keywords\" content=\"意见\">"),
            Quiet,
        ],
    ),
    (
        "稿件放在哪个文件夹就属于哪个栏目，写了就要和文件夹一致",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n栏目: 学习资料\n---\n\n正文。\n")],
        &[Says("other-section")],
    ),
    (
        "不是中文的稿件才写",
        &[(X, "---\n标题: Notice\n日期: 2021-03-08\n语言: en\n---\n\nText.\n")],
        &[Has(NEWS, "lang=\"en\""), Quiet],
    ),
    (
        "主题需要的其他内容；学习资料页会列出来",
        &[
            (
                "content/study/m/index.md",
                "---\n标题: 甲\n日期: 2021-03-08\n附加: {适用: 各党支部}\n文件: [{文件: a.txt}]\n---\n\n正文。\n",
            ),
            ("content/study/m/a.txt", "x"),
        ],
        &[Has("study/m.html", "各党支部"), Quiet],
    ),
    (
        "**写错键名会报错**，并提示最接近的一个，不会悄悄漏掉。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n摘 要: 乙\n---\n\n正文。\n")],
        &[Says("unknown-key")],
    ),
    (
        "栏目可以规定必填项（`column.yaml` 的 `必填`），漏了也会报错。",
        &[
            (
                "column.yaml",
                "title: 专栏\nsections: [{folder: news, title: 新闻动态, required: [summary]}, {folder: study, title: 学习资料, kind: material}]\n",
            ),
            (X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n正文。\n"),
        ],
        &[Says("missing-field")],
    ),
    (
        "页面上日期旁边会出现“有更正”，文末写明什么时候改的、原来是什么、现在是什么。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n更新: 2021-03-14 09:00\n更正:\n  - 日期: 2021-03-14 09:00\n    内容: 原文“35个”有误，应为25个。\n---\n\n正文。\n",
        )],
        &[Order(NEWS, &["有更正", "正文。", "原文“35个”有误"]), Quiet],
    ),
];

const TEXT: &[Promise] = &[
    (
        "前后紧挨着中文标点也行：`这是**《教育整顿进行时》**专栏`",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n这是**《教育整顿进行时》**专栏，*要紧*，~~作废~~。\n",
        )],
        &[
            Has(NEWS, "<strong>《教育整顿进行时》</strong>"),
            Has(NEWS, "<em>要紧</em>"),
            Has(NEWS, "<del>作废</del>"),
            Quiet,
        ],
    ),
    (
        "`- [x] 已完成`，`- [ ] 未完成`",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n- [x] 已完成\n- [ ] 未完成\n\n1. 一\n2. 二\n")],
        &[Has(NEWS, "class=\"task\""), Has(NEWS, "<ol>"), Quiet],
    ),
    (
        "引文的第一行写 `> [!NOTE]`；还有 TIP、IMPORTANT、WARNING、CAUTION",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n> [!TIP]\n> 说明。\n\n> 引文。\n")],
        &[Has(NEWS, "class=\"alert tip\""), Has(NEWS, "<blockquote>"), Quiet],
    ),
    (
        "文中写 `[^1]`，文末另起一行写 `[^1]: 脚注内容`",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n正文[^1]。\n\n名词\n: 解释\n\n上\n\n---\n\n下\n\n[^1]: 脚注内容\n",
        )],
        &[Has(NEWS, "class=\"note-ref\""), Has(NEWS, "脚注内容"), Has(NEWS, "<dd>"), Has(NEWS, "<hr"), Quiet],
    ),
    (
        "第二行定列：`:---` 左对齐，`:---:` 居中，`---:` 右对齐。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n| 分局 | 场次 | 人数 |\n| :--- | :---: | ---: |\n| 源汇 | 3 | 120 |\n",
        )],
        &[
            Has(NEWS, "<th class=\"left\""),
            Has(NEWS, "<td class=\"center\""),
            Has(NEWS, "<td class=\"right\""),
            Quiet,
        ],
    ),
    (
        "正文里的 `{{ }}`、`{% %}` 没有特殊意思，原样显示。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n值是{{ site.title }}，{% raw %}。\n")],
        &[Has(NEWS, "值是{{ site.title }}，{% raw %}。"), Quiet],
    ),
    (
        "网页代码（HTML）会被清理，样式、脚本一律去掉；排版交给主题。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n<b style=\"color:red\" onclick=\"x()\">红字</b><script>alert(1)</script>\n",
        )],
        &[Has(NEWS, "<b>红字</b>"), Lacks(NEWS, "alert(1)"), Says("pasted-html")],
    ),
    (
        "**站内链接写 `.md` 文件的相对路径**，不要写网址。文件挪了、标题改了，检查时会报断链",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n见[底稿](base.md)，[没有](gone.md)，[这里](base.md#按编号看)，[那里](base.md#没有)。\n",
        )],
        &[Has(NEWS, "href=\"../news/base.html#按编号看\""), Says("broken-link"), Says("broken-anchor")],
    ),
    (
        "`#` 后面是小标题的文字，直接跳到那一节；标点、空格照抄，有空格时用尖括号：`[目标](<#1. 目标>)`。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n[目标](<#1. 目标>)\n\n## 1. 目标\n\n正文。\n")],
        &[Has(NEWS, "href=\"#1-目标\""), Quiet],
    ),
    (
        "链接到 Word、Excel、PDF 等文件就是下载，读者存下来仍是原来的中文名。",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n下载[格式](学习笔记格式.txt)。\n"),
            ("content/news/学习笔记格式.txt", "x"),
        ],
        &[Has(NEWS, "download=\"学习笔记格式.txt\""), Quiet],
    ),
    (
        "网址直接写在文中也会变成链接，遇到中文标点或汉字自动停住。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n见https://www.example.org/a，再看www.example.org的内容。\n",
        )],
        &[Has(NEWS, "href=\"https://www.example.org/a\""), Has(NEWS, ">www.example.org</a>的内容"), Quiet],
    ),
];

const PICTURES: &[Promise] = &[
    (
        "不写会提醒。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![](图.png)\n")],
        &[Says("photo-without-alt"), Has(NEWS, "<figure")],
    ),
    (
        "引号里是**图注**，显示在图下面。没有可以不写。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![坐满了人](图.png \"会场（示意图）\")\n")],
        &[Has(NEWS, "alt=\"坐满了人\""), Has(NEWS, "会场（示意图）"), Has(NEWS, "<figcaption"), Quiet],
    ),
    (
        "路径里有空格时，用尖括号括起来：`![说明](<会场 照片.jpg>)`。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![说明](<会场 照片.png>)\n")],
        &[Has(NEWS, "<figure"), Quiet],
    ),
    (
        "夹在一句话中间的图片按文字大小显示，不成图。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n文中![标志](图.png)的图。\n")],
        &[Lacks(NEWS, "<figure"), Quiet],
    ),
    (
        "同一张图用几次，或者要写作者，就在文件头的 `图片` 里写一次，正文里只写图片",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n图片:\n  图.png: {说明: 院落（示意图）, 摄影: 本栏绘制, 替代文字: 青瓦白墙}\n---\n\n![](图.png)\n",
        )],
        &[Has(NEWS, "院落（示意图）"), Has(NEWS, "本栏绘制"), Has(NEWS, "青瓦白墙"), Quiet],
    ),
    (
        "视频和音频也用图片的写法，会成为播放器：`![宣誓现场](宣誓.mp4)`。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![宣誓现场](宣誓.mp4)\n")],
        &[Has(NEWS, "<video")],
    ),
    (
        "写了 `替代文字` 就不再提醒。稿件的文件头里又写了的，以稿件为准。",
        &[
            ("content/news/图.png.yaml", "说明: 旁注\n替代文字: 青瓦白墙\n"),
            (X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![](图.png)\n"),
            (
                "content/news/y.md",
                "---\n标题: 乙\n日期: 2021-03-08\n图片: {图.png: {说明: 稿件的说明}}\n---\n\n![](图.png)\n",
            ),
        ],
        &[Has(NEWS, "青瓦白墙"), Has("news/y.html", "稿件的说明"), Quiet],
    ),
    (
        "图片改了名，这个文件要跟着改名，忘了会提醒。",
        &[("content/news/改名前.png.yaml", "说明: 旁注\n")],
        &[Says("note-without-photo")],
    ),
];

const BLOCKS: &[Promise] = &[
    (
        "照样显示，标上“示例”，但不算进首页的数字、意见台账页、教育进程和图片墙。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n```ledger\n示例: true\n收集: 25\n反馈: 15\n```\n")],
        &[Has(NEWS, "示例"), NoFile("ledger.html"), Quiet],
    ),
    (
        "有明细，就逐条写；不写总数时按条目数出来",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n```ledger\n条目:\n  - {意见: 意见一, 状态: 已反馈, 答复: 好}\n  - {意见: 意见二, 状态: 办理中}\n```\n",
        )],
        &[Has(NEWS, "意见一"), Has("ledger.html", "意见二"), Quiet],
    ),
    (
        "`文件` 和正文至少有一样，第一个文件是页面上的大按钮。大小、类型由程序去读，不用写。",
        &[
            (
                "content/study/m/index.md",
                "---\n标题: 甲\n日期: 2021-03-08\n文件: [{文件: 资料.txt, 标题: 整本}]\n---\n\n正文。\n",
            ),
            ("content/study/m/资料.txt", "xxxx"),
            ("content/study/n/index.md", "---\n标题: 乙\n日期: 2021-03-08\n---\n"),
        ],
        &[Has("study/m.html", "整本"), Has("study/m.html", "TXT"), Says("material-without-file")],
    ),
    (
        "`替代` 写被它取代的那一篇。两篇的页面上都会列出“各版”，现行的排在最前；旧的一篇标着“旧版”，指向新的一篇。",
        &[
            (
                "content/study/m/index.md",
                "---\n标题: 新本\n日期: 2021-03-08\n替代: ../base/index.md\n文件: [{文件: 资料.txt}]\n---\n\n正文。\n",
            ),
            ("content/study/m/资料.txt", "xxxx"),
        ],
        &[
            Has("study/m.html", "各版"),
            Has("study/base.html", "旧版"),
            Has("study/base.html", "m.html"),
            Quiet,
        ],
    ),
    (
        "`文号` 的年份用六角括号：`漯公通〔2021〕5号`；写成方括号、圆括号的，网页上会改过来，检查时也会提醒。",
        &[
            (
                "content/study/m/index.md",
                "---\n标题: 甲\n日期: 2021-03-08\n文号: 漯公通[2021]5号\n文件: [{文件: 资料.txt}]\n---\n\n正文。\n",
            ),
            ("content/study/m/资料.txt", "xxxx"),
        ],
        &[Has("study/m.html", "漯公通〔2021〕5号"), Says("document-number")],
    ),
    (
        "地址是 `materials/feed.atom`，有新资料时阅读器会提醒。",
        &[],
        &[File("materials/feed.atom"), File("materials.html"), Quiet],
    ),
    (
        "答案写字母，多选就连着写。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n```quiz\n题目:\n  - {问题: 一？, 选项: [甲, 乙], 答案: B}\n  - {问题: 二？, 选项: [甲, 乙, 丙], 答案: AC}\n```\n",
        )],
        &[Has(NEWS, "data-answer=\"AC\""), Quiet],
    ),
];

const TIME: &[Promise] = &[
    (
        "到点自动可见",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n发布时间: 2021-04-20 08:00\n---\n\n正文。\n")],
        &[NoFile(NEWS), Quiet],
    ),
    (
        "到点撤下",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n过期时间: 2021-03-20\n---\n\n正文。\n")],
        &[NoFile(NEWS), Quiet],
    ),
    (
        "`日期` 写成将来的日子，也当作定时，并提醒一句（多半是写错了年份）。",
        &[(X, "---\n标题: 甲\n日期: 2022-03-08\n---\n\n正文。\n")],
        &[NoFile(NEWS), Says("date-ahead")],
    ),
    (
        "不存在的日期；名单里没有的单位、主题、阶段",
        &[(X, "---\n标题: 甲\n日期: 2021-02-30\n阶段: 没有的\n---\n\n正文。\n")],
        &[Says("no-such-day"), Says("unknown-phase")],
    ),
    (
        "断了的链接、缺了的图片和附件；两篇稿件网址相同（定时的、撤下的也算）；脚注没有内容",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n![图](没有.png)[附件](没有.docx)[^1]\n"),
            ("content/news/x/index.md", "---\n标题: 乙\n日期: 2021-03-08\n---\n\n正文。\n"),
        ],
        &[Says("missing-photo"), Says("missing-file"), Says("undefined-footnote"), Says("same-route")],
    ),
    (
        "没有写，这几样就不生成。",
        &[(
            "column.yaml",
            "title: 专栏\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
        )],
        &[NoFile("feed.atom"), NoFile("sitemap.xml"), Lacks("news/base.html", "og:image")],
    ),
    (
        "草稿和没到时间的稿件不在里面。不要搜索页，在 `column.yaml` 里写 `search: false`。",
        &[(
            "column.yaml",
            "title: 专栏\nsearch: false\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
        )],
        &[NoFile("search.html")],
    ),
    (
        "草稿和没到时间的稿件不编，并有警告；发布以后自动编入。",
        &[
            (
                "column.yaml",
                "title: 专栏\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\nbooklet: {title: 选编, slug: reader, pieces: [news/base.md, news/x.md]}\n",
            ),
            (X, "---\n标题: 没写完的\n日期: 2021-03-08\n草稿: 是\n---\n\n正文。\n"),
        ],
        &[
            File("booklets/reader.epub"),
            Lacks("booklets/reader.html", "没写完的"),
            Says("booklet-withheld-piece"),
        ],
    ),
    (
        "哀悼日在 `settings:` 里写 `mourning: true`，全站变灰",
        &[(
            "column.yaml",
            "title: 专栏\nsettings: {mourning: true}\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
        )],
        &[Has("index.html", "mourning")],
    ),
];

/// A column whose book takes what `line` says, with three pieces to choose from.
macro_rules! book {
    ($line:literal) => {
        (
            "column.yaml",
            concat!(
                "title: 专栏\nbase_url: https://www.example.org/\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
                "units: [{name: 市公安局, slug: bureau}]\nphases: [{name: 学习教育, slug: learning, start: 2021-03-05, end: 2021-04-15}]\n",
                "footer: {sponsor: 示例市公安局}\n",
                "booklet: {title: 选编, slug: reader, ",
                $line,
                "}\n"
            ),
        )
    };
}

const FIRST: (&str, &str) = (
    X,
    "---\n标题: 甲篇\n日期: 2021-03-08\n主题: [动员]\n单位: [市公安局]\n---\n\n见[底稿](base.md)和[外面](https://www.example.org/)。\n",
);
const SECOND: (&str, &str) =
    ("content/news/y.md", "---\n标题: 乙篇\n日期: 2021-03-09\n系列: 学法\n---\n\n正文。\n");
const BOOK: &str = "booklets/reader.html";

const BOOKS: &[Promise] = &[
    (
        "`pieces` 按次序写文件路径；",
        &[book!("pieces: [news/y.md, news/x.md, news/y.md]"), FIRST, SECOND],
        &[Order(BOOK, &["乙篇", "甲篇"]), Lacks(BOOK, "按编号看"), File("booklets/reader.epub")],
    ),
    (
        "按日期排的栏目从早到晚编",
        &[book!("section: news"), FIRST, SECOND],
        &[Order(BOOK, &["底稿", "甲篇", "乙篇"]), Quiet],
    ),
    (
        "`section`、`phase`、`topic`、`unit`、`series` 选一批",
        &[book!("phase: 学习教育"), FIRST, SECOND],
        &[Order(BOOK, &["甲篇", "乙篇"]), Quiet],
    ),
    (
        "同写几样就要都符合。",
        &[book!("section: news, topic: 动员, unit: 市公安局"), FIRST, SECOND],
        &[Has(BOOK, "甲篇"), Lacks(BOOK, "乙篇"), Quiet],
    ),
    (
        "`series` 选一批",
        &[book!("series: 学法"), FIRST, SECOND],
        &[Has(BOOK, "乙篇"), Lacks(BOOK, "甲篇"), Quiet],
    ),
    (
        "各阶段的日期和任务默认编成一页“学习计划”，不要就写 `plan: no`。",
        &[book!("section: news"), FIRST],
        &[Has(BOOK, "学习计划"), Quiet],
    ),
    ("不要就写 `plan: no`。", &[book!("section: news, plan: no"), FIRST], &[Lacks(BOOK, "学习计划"), Quiet]),
    (
        "编印单位不写用页脚的主办单位，日期不写就不印。",
        &[book!("section: news"), FIRST],
        &[Has(BOOK, "示例市公安局"), Quiet],
    ),
    (
        "稿件之间的链接变成“（第几篇）”，别的链接变成篇末的注，写出网址。",
        &[book!("pieces: [news/x.md, news/base.md]"), FIRST],
        &[Has(BOOK, "（第2篇）"), Has(BOOK, "https://www.example.org/"), Quiet],
    ),
    (
        "要几本，就在 `booklet:` 下面用 `-` 列几本。",
        &[(
            "column.yaml",
            "title: 专栏\nbase_url: https://www.example.org/\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\nbooklet:\n  - {title: 甲编, slug: a, section: news}\n  - {title: 乙编, slug: b, section: study}\n",
        )],
        &[File("booklets/a.epub"), File("booklets/b.epub"), File("booklets/a.html"), Quiet],
    ),
];

const MORE: &[Promise] = &[
    (
        "在 `图片` 里写 `AI: 生成`（或 `可能`、`疑似`）。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n图片:\n  图.png: {AI: 疑似, 替代文字: 院落}\n---\n\n![](图.png)\n",
        )],
        &[Has(NEWS, "疑似 AI 生成"), Quiet],
    ),
    (
        "写作软件在文件头里写的 `AIGC:` 留着，不要删：署名旁会标明，网页里也带上它。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\nAIGC: {Label: \"1\", ContentProducer: \"demo\", ProduceID: \"1\"}\n---\n\n正文。\n",
        )],
        &[Has(NEWS, "AI 生成"), Has(NEWS, "ProduceID")],
    ),
    (
        "版式有三种：`网格`（不写就是它），`宽幅` 一张占一行，`成对` 两张一行。",
        &[(
            X,
            "---\n标题: 甲\n日期: 2021-03-08\n---\n\n```图集\n版式: 成对\n图片:\n  - {图片: 图.png, 替代文字: 一}\n```\n\n```图集\n图片:\n  - {图片: 图.png, 替代文字: 二}\n```\n",
        )],
        &[Has(NEWS, "gallery-pair"), Has(NEWS, "gallery-grid"), Quiet],
    ),
    (
        "整篇都不该发的，写 `过期时间` 撤下，不要删文件；网站上的页面和图片会一起消失。",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n过期时间: 2021-03-20\n---\n\n下载[通知](通知单.txt)。\n"),
            ("content/news/通知单.txt", "x"),
        ],
        &[NoFile(NEWS), NoFile("assets/files/tong-zhi-dan.txt"), Quiet],
    ),
    (
        "两篇稿件网址相同（定时的、撤下的也算）；",
        &[
            (X, "---\n标题: 甲\n日期: 2021-03-08\n过期时间: 2021-03-20\n---\n\n正文。\n"),
            ("content/news/y.md", "---\n标题: 乙\n日期: 2021-03-08\n网址名: x\n---\n\n正文。\n"),
        ],
        &[Says("same-route")],
    ),
    (
        "二维码和引文里的网址来自 `column.yaml` 的 `base_url`，没有写就没有二维码。",
        &[(
            "column.yaml",
            "title: 专栏\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
        )],
        &[Lacks("news/base.html", "class=\"qr")],
    ),
    (
        "确实要发布别的类型，在 `column.yaml` 里写 `发布: {另外发布: [扩展名]}`。",
        &[
            (
                "column.yaml",
                "title: 专栏\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n发布: {另外发布: [dat]}\n",
            ),
            ("content/static/a.dat", "x"),
            ("content/static/b.bak", "x"),
        ],
        &[File("a.dat"), NoFile("b.bak"), Says("static-not-published")],
    ),
    (
        "活动已经结束，想让专栏停在某一天的样子",
        &[
            (
                "column.yaml",
                "title: 专栏\nnow: 2021-03-22\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
            ),
            (X, "---\n标题: 甲\n日期: 2021-03-08\n发布时间: 2021-03-23\n---\n\n正文。\n"),
        ],
        &[NoFile(NEWS), File("news/base.html")],
    ),
    (
        "非写不可时遮住中间：`138****1234`。星号在 Markdown 里有别的意思，前面要加反斜杠：`138\\*\\*\\*\\*1234`。",
        &[(X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n电话138\\*\\*\\*\\*1234。\n")],
        &[Has(NEWS, "138****1234"), Quiet],
    ),
    (
        "公开的号码写进 `column.yaml` 的 `allow` 就不再提醒，也照常能搜到。",
        &[
            (
                "column.yaml",
                "title: 专栏\nbase_url: https://www.example.org/\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\nallow: [\"13800000000\"]\n",
            ),
            (X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n电话13800000000。\n"),
        ],
        &[Has(NEWS, "13800000000"), Quiet],
    ),
    (
        "全栏的稿件都是粘贴来的，可以在 `column.yaml` 里写 `换行: 每行一段`：每行就是一段，不用空行。",
        &[
            (
                "column.yaml",
                "title: 专栏\nbase_url: https://www.example.org/\n换行: 每行一段\nsections: [{folder: news, title: 新闻动态}, {folder: study, title: 学习资料, kind: material}]\n",
            ),
            (X, "---\n标题: 甲\n日期: 2021-03-08\n---\n\n第一段。\n第二段。\n"),
        ],
        &[Has(NEWS, "<p>第二段。</p>"), Quiet],
    ),
];

/// Promises that other tests hold.
const ELSEWHERE: &[(&str, &str)] = &[
    ("免得变成 `.md.txt`", "bug_md_txt_ignored"),
    ("里面有一份很小但完整的专栏，照着改。", "a_new_column_builds_without_a_finding"),
    ("谁用哪个，记在 `addresses.yaml` 里。", "bug_address_taken_over"),
    (
        "键名用中文用英文都行（`标题` 就是 `title`）",
        "every_key_is_a_key_under_both_names_and_its_example_is_read",
    ),
    ("HEIC、TIFF、AVIF、RAW 和印刷用的 CMYK 图片要先另存为JPEG", "photo"),
    ("稿件不见了，网站不会跟着空。", "bug_empty_content"),
    ("电脑的日期退回到稿件以前", "a_clock_years_behind_hides_nothing"),
    ("`build` 遇到错误什么也不写，网站还是上一次的样子。", "without_column_yaml_the_site_stays"),
    (
        "它一步整体替换：读者看到的要么全是旧的，要么全是新的。",
        "a_failure_at_any_step_leaves_the_old_site_or_the_new",
    ),
    ("文中的引号用“”", "every_slip_of_front_matter_is_named_as_the_handbook_says"),
    ("一个栏目一个文件夹，名字在 column.yaml 里定", "routes_follow_the_folders"),
    ("后面加 `--open`，新稿件就用系统里打开这种文件的程序打开。", "a_new_piece_is_opened"),
    ("这个例子放进 `zhuanlan init` 建的专栏就能发布。", "the_first_example_of_the_handbook_works"),
    (
        "双击程序本身：打开预览，浏览器里出现网站；改了稿件，存盘就更新。",
        "a_double_click_shows_the_column_beside_the_program",
    ),
    ("这两个文件是 `zhuanlan init` 建专栏时写好的。", "the_starters_are_batch_files"),
    (
        "同一个意思的别的说法也认得：题目就是标题，时间、发布日期就是日期",
        "words_that_mean_a_key_are_that_key",
    ),
    (
        "`column.yaml` 能写哪些项目，见 [column.yaml 全部项目](column-yaml.zh-CN.md)",
        "the_reference_names_every_key",
    ),
    (
        "手机竖着拍的会转正，颜色按原样。",
        "orientation ${n}: every size, format and cut has its corners where they belong",
    ),
    ("PNG 的图表、截图不失真，发布的不比原件大。", "pic_chart_png_larger_and_blurred"),
    ("长截图高过 16383像素时只发布 PNG 或 JPEG（WebP 装不下）。", "pic_tall_screenshot_stops_build"),
    ("封面还会裁成分享卡片（1200×630）和微信里的小方图", "pic_cover_690x460_stops_build"),
    (
        "发布的每一张图（缩小的、裁成卡片的）都只带上这个标识，别的信息仍然清除。",
        "pic_aigc_label_removed_silently",
    ),
    (
        "会提醒；写 `AI: 生成`，不是就写 `AI: 否`，提醒就没有了。",
        "signs_without_a_label_are_reported_until_an_editor_has_answered",
    ),
    (
        "链接写成 `汇编.pdf#page=3`，就在浏览器里打开到第3页，不下载。",
        "a_link_to_a_place_in_a_file_keeps_the_place",
    ),
    (
        "文件开头的几行，全站引用这份资料的文章，没有封面时按类型画的一张封面。",
        "a_file_s_beginning_is_shown_where_it_has_one",
    ),
    (
        "作者、单位、最后保存者、编辑痕迹、缩略图、电脑里的路径，以及插图里的拍摄地点，都去掉，正文一字不动；原件不变。",
        "a_name_planted_in_an_office_document_is_published_nowhere",
    ),
    ("清理后程序再读一遍，和原件对不上就报错。", "what_was_made_by_programs_reads_the_same_when_clean"),
    ("有数字签名的原样发布。", "a_signed_document_is_left_alone"),
    ("或存着别的工作簿、透视表背后看不见的数据，会报错，不发布。", "doc_shared_workbook_revisions_unseen"),
    ("看过、确要保留的，在那个文件下面写 `已审核: 是`。", "over_every_file_of_the_fixtures"),
    ("带密码、宏、程序、脚本的一律不收。", "hostile_documents_each_have_their_finding"),
    (
        "Word 里自动编的“一、”“（一）”，表格里的日期和百分比，预览和搜索里都和打开时看到的一样。",
        "automatic_numbers_stand_before_their_paragraphs",
    ),
    (
        "文件带有人工智能生成的标识（属性 `AIGC`），发布时原样保留，程序会说一声",
        "the_label_of_generated_text_stays_and_is_said",
    ),
    ("PDF 里裁掉的页边、隐藏的图层，读者看不见，一复制就出来：会报错。", "doc_pdf_cropped_text_previewed"),
    ("只是限制打印或复制的 PDF 可以发布，发布的一份不带限制。", "doc_pdf_permissions_called_password"),
    ("有一部分字读不出来时，会提醒占多少", "doc_pdf_partly_undecodable_says_nothing"),
    (
        "公文常用的 OFD 能直接放：认得页数、文字、批注、附件，没有签名的照样清理，有签章的原样发布。",
        "signed_ofds_stay_as_they_are_and_locked_ones_are_refused",
    ),
    (
        "旧格式（doc、xls、ppt）和 RTF 去不掉作者，也搜不到里面的字",
        "documents_of_kinds_that_are_not_opened_are_told",
    ),
    (
        "日期也可以写一个月（`2021年3月`）或几天（`2021年3月12日至16日`）。",
        "a_timeline_takes_months_and_ranges",
    ),
    (
        "写了 `来自` 而且不止一处时，台账上还会画出各处提出、反馈各多少条，读者可以按来处筛选。",
        "a_ledger_says_where_opinions_came_from",
    ),
    ("“打印试卷”打出题目，答案排在最后一页。", "a quiz prints as a paper with its answers on the last page"),
    ("没有脚本的浏览器里，点“看答案”也能用。", "without scripts a quiz shows its answers"),
    ("只要书，不要网站：", "books_are_made_alone_in_a_folder_of_their_own"),
    (
        "一篇一个“复制页”，放在 `wechat/` 文件夹里（不进网站）",
        "wechat_editions_are_made_in_a_folder_of_their_own",
    ),
    (
        "文件在 `pictures/` 里，都在 1 MB 以内、1080 像素以内。",
        "pictures_are_numbered_once_and_hold_to_the_limits",
    ),
    ("所以链接和脚注都编号，写在文末的“注释”里", "links_and_footnotes_are_numbered_in_the_order_of_the_text"),
    (
        "不写的就用网页的：摘要用稿件的摘要，封面用稿件的封面或第一张图",
        "fields_come_from_the_piece_and_the_column",
    ),
    ("密钥不会出现在任何提示、日志和缓存里。", "no_secret_is_in_any_message_or_file"),
    (
        "`--dry-run` 是演练：显示要发的每一个请求，什么也不发送，没有密钥也能用。",
        "a_rehearsal_shows_each_request_and_sends_none",
    ),
    (
        "传过的图片不会再传；中途断了，再运行一次就接着做，不会出现两篇草稿。",
        "a_first_push_may_be_killed_at_any_request",
    ),
    (
        "要哪几块、按什么次序，在 `column.yaml` 里改；没有内容的版块自己不出现，不会留空。",
        "home shows the blocks that are set, in their order, and none that is empty",
    ),
    (
        "阶段里写了 `学习日`，那一页下面就有一张学习日历。",
        "the_calendar_shows_the_months_in_which_people_study",
    ),
    (
        "头条是最新的有图稿件，写了 `置顶: 是` 的优先",
        "the_lead_is_pinned_with_a_cover_else_covered_else_newest",
    ),
    ("图片墙收全部稿件里的图，点图看大图。", "the_wall_shows_each_photo_once_under_the_newest_piece"),
    (
        "`zhuanlan list` 列出现在哪些稿件读者看不到、为什么、什么时候变。",
        "list_shows_what_is_withheld_and_when_that_changes",
    ),
    ("草稿、定时和过期的稿件也显示，上方有横幅说明读者为什么看不到。", "a_draft_has_its_banner"),
    ("只有这台电脑能看；要给同事看，用 `--host`，把带口令的网址发给他。", "beyond_loopback_a_token_guards"),
    ("预览不碰 `output/`。", "none of it is in the output"),
    ("存盘没有反应的，加 `--poll 5`，每 5 秒看一次。", "polling_is_said_and_works"),
    ("图片也试做一遍，留给 build 用", "pictures_are_made_once_for_both"),
    (
        "检查一次把**全部**问题都报出来，每条都有文件名、行、列，以及怎么改。",
        "thirty_faults_are_reported_in_one_run",
    ),
    ("草稿里写错了什么，连文件头也算在内，都不会挡住别的稿件发布", "drafts_are_checked_without_failing"),
    (
        "错误排在最后，最后一行上面再列一遍要改的地方；一个文件里同样的问题超过三处，只列三处",
        "errors_come_last_and_repeats_are_counted",
    ),
    ("它会讲清楚为什么、怎么改，并举一个例子", "every_example_is_true"),
    (
        "在专栏的任何一层文件夹里运行都行：程序会往上找 `column.yaml`，并说出用的是哪一个。",
        "a_column_is_found_from_within",
    ),
    ("`fix` 只动空格、换行和标记，不动文字", "twelve_manuscripts"),
    ("文字、小标题、加粗、列表、链接、图片、表格和换行都留下，样式去掉。", "no_word_of_html_is_lost"),
    ("ZIP 压缩包里的文件同样检查、同样清理", "documents_in_an_archive_are_cleaned_as_if_they_came_alone"),
    (
        "发布的图片里**全部去掉**，`content/static/` 里的也一样",
        "no published file has anything of the private kinds",
    ),
    (
        "记着拍摄地点的会拦下，时间、机型这些还在。",
        "a film that says where it was taken is kept back; others are published as they are",
    ),
    ("**附件里也找**", "attachments_of_every_kind_are_looked_through"),
    (
        "有号码的那几行**任何时候都不进搜索和预览**。",
        "many_numbers_are_one_finding_and_allowed_ones_are_shown",
    ),
    ("终端、预览页和日志里显示的号码一律遮住中间。", "numbers_are_masked_wherever_they_are_printed"),
    ("单独一行的“机密”和“内部资料 不得外传”一类标志也会查出来。", "secrecy_marks_in_attachments"),
    (
        "网页另存成的 `.doc`、`.xls`，RTF、MHT、XLSB，会提醒你另存为 docx、xlsx、pptx或 PDF",
        "doc_html_saved_as_doc_unnoticed",
    ),
    (
        "程序和脚本，改了名也不收；认不出的文件会说它像什么。",
        "programs_are_refused_by_their_bytes_and_by_their_names",
    ),
    (
        "字不小于24像素，按钮不小于60像素，白底黑字，一栏，页首四个大按钮",
        "elder mode: text, lines and targets are large, on every kind of page",
    ),
    (
        "字号四档；浅色、深色、高对比；正文用黑体或宋体",
        "light, dark, high contrast and serif are chosen against the system",
    ),
    ("设备没有中文语音时不出现", "read-aloud is hidden where there is no Chinese voice"),
    ("先选中一段文字再按，引文就是那一段", "the link and a quotation with its source are copied"),
    ("末尾有二维码和文中链接的完整网址", "where links lead stands beside the QR code: pages, not photos"),
    ("一个字也能查，页面上有的都查得到，没有的不会冒出来。", "the_index_misses_nothing"),
    (
        "几个词用空格隔开，要都有才算；词里本来有空格，用双引号括起来",
        "several words must all occur, quotation marks keep spaces, widths and cases count as one",
    ),
    ("用拼音或拼音首字母查标题和主题", "titles and topics are found by pinyin and by initials"),
    (
        "查过的词只记在读者自己的浏览器里，可以清除。",
        "what was searched before is kept here, and can be forgotten",
    ),
    ("稿件页压缩后（照片不算）不超过60 KB，首页和列表页不超过90 KB。", "every page is within its budget"),
    (
        "任何子目录都行，链接都是相对的。拷到内网机器上双击 `index.html` 也能看。",
        "a server gives every file, under a sub-path",
    ),
    ("`404.html` 按这个网址写链接", "the_options_base_url_wins_and_a_missing_page_hangs_on_its_path"),
    ("确实要删，由人运行`zhuanlan build --allow-removals`", "more_than_half_of_the_pages_want_a_word"),
    ("都在 `column.yaml` 里填，页页都有；哪一项没有就整行删去。", "a_piece_has_the_government_s_tags"),
    ("`zhuanlan rollback` 马上换回上一个版本", "a_former_release_is_shown_again_at_once"),
    ("`zhuanlan diff` 说出哪些网页新增、修改、撤下。", "releases_are_listed_compared_and_shown_again"),
    (
        "但只发布网站上常见的类型。密码文件、数据库导出、`.bak` 之类不发布",
        "web_static_secrets_and_temps_published",
    ),
    ("用 git 的，合并没处理完会报错 `merge-conflict`", "web_merge_conflict_published"),
    (
        "网盘、NAS 自己的文件夹（`@eaDir`、`#recycle` 等）和没传完的文件不用管。",
        "web_nas_folders_stop_the_build",
    ),
];

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
    for promise in FILES.iter().chain(FRONT).chain(TEXT).chain(PICTURES).chain(BLOCKS).chain(TIME) {
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
        "断了的链接、缺了的图片和附件；两篇稿件网址相同；脚注没有内容",
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
];

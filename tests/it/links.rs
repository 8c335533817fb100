//! What links mean, and what is said of those that mean nothing.

use std::sync::Arc;

use image::ImageFormat;
use jiff::civil::date;
use zhuanlan::config;
use zhuanlan::diagnostic::{Checked, Lang};
use zhuanlan::document::{Attachment, Cover, PhotoNote};
use zhuanlan::markdown::Heading;
use zhuanlan::photo::name_key;
use zhuanlan::site::{AssetKind, Memory, Options, Reference, Site, assemble};
use zhuanlan::text::Span;

use crate::docs::{Doc, at, moment};
use crate::documents::{PDF, pdf};
use crate::photo::picture;
use crate::project::Project;

const COLUMN: &str = "base_url: https://example.org/
sections: [{folder: news, title: 新闻}, {folder: study, title: 学习}, {folder: leer, title: 空栏目}]";

fn project() -> Project {
    Project::new()
        .column(COLUMN)
        .file("content/photos/会场.png", picture(4, 3, ImageFormat::Png))
        .file("content/photos/Logo.svg", "<svg width='9' height='8'/>")
        .file("content/photos/e\u{301}.png", picture(4, 3, ImageFormat::Png))
        .file("content/news/a#b.png", picture(4, 3, ImageFormat::Png))
        .file("content/news/票.heic", "\0\0\0\x18ftypheic")
        .file("content/materials/汇编.pdf", pdf(PDF))
        .file("content/materials/录像.mp4", "…")
        .file("themes/own/theme.yaml", "name: own")
}

/// The documents that links lead to.
fn others() -> Vec<Doc> {
    let mut target = Doc::new("content/news/b.md");
    target.0.body.anchors = vec!["目标".to_owned(), "结果".to_owned()];
    target.0.body.outline =
        vec![Heading { level: 2, id: "目标".to_owned(), text: "目标".to_owned(), span: Span::new(0, 1) }];
    vec![
        target,
        Doc::new("content/news/通知 一.md"),
        Doc::new("content/news/bundle/index.md"),
        Doc::new("content/news/draft.md").titled("初稿").front(|front| front.draft = true),
        Doc::new("content/news/ahead.md")
            .titled("预告")
            .front(|front| front.publish_at = Some(moment("2021-05-01 09:00"))),
        Doc::new("content/study/c.md"),
        Doc::new("content/about.md"),
        Doc::new("content/photos/readme.md"),
    ]
}

fn assembled(project: &Project, docs: &[Doc]) -> Checked<Site> {
    let config = Arc::new(config::read(&project.tree(), None).value);
    let options =
        Options { now: date(2021, 4, 1).at(0, 0, 0, 0), preview: false, drafts: false, fingerprint: true };
    let documents = docs.iter().map(Doc::done).collect();
    assemble(documents, &config, &project.tree(), project, &options, &Memory::default())
}

/// What the piece `content/news/a.md` has for links, and all that is said
/// of it: message and hint.
fn resolve(doc: Doc) -> (Vec<String>, Vec<String>) {
    let checked = assembled(&project(), &others().into_iter().chain([doc]).collect::<Vec<_>>());
    let site = &checked.value;
    let article =
        site.articles.iter().find(|a| a.document.path.as_str() == "content/news/a.md").expect("the piece");
    let show = |link: &Reference| match link {
        Reference::Page { route, anchor: None } => route.to_string(),
        Reference::Page { route, anchor: Some(anchor) } => format!("{route}#{anchor}"),
        Reference::Anchor(anchor) => format!("#{anchor}"),
        Reference::Asset(id) => site.assets[id.0 as usize].source.to_string(),
        Reference::External(url) => url.clone(),
        Reference::Broken => "broken".to_owned(),
    };
    let said = checked.diagnostics.iter().filter(|d| d.kind.code() != "no-section").map(|found| {
        let said = found.kind.message(Lang::Zh);
        assert_ne!(said, found.kind.message(Lang::En));
        format!("{} | {}", said.text, said.hint.unwrap_or_default())
    });
    (article.links.iter().map(show).collect(), said.collect())
}

#[track_caller]
fn link(target: &str, meaning: &str) {
    assert_eq!(
        resolve(Doc::new("content/news/a.md").link(target)),
        (vec![meaning.to_owned()], vec![]),
        "{target}"
    );
}

#[track_caller]
fn fault(doc: Doc, message: &str) {
    assert_eq!(resolve(doc).1, [message]);
}

#[track_caller]
fn broken(target: &str, message: &str) {
    fault(Doc::new("content/news/a.md").link(target), message);
}

#[test]
fn links_to_pages() {
    link("b.md", "news/b.html");
    link("./b.md", "news/b.html");
    link("../news/b.md#目标", "news/b.html#目标");
    link("/news/b.md", "news/b.html");
    link("/content/news/b.md", "news/b.html");
    link("通知 一.md", "news/tong-zhi-yi.html");
    link("bundle/index.md", "news/bundle.html");
    link("bundle/", "news/bundle.html");
    link("bundle", "news/bundle.html");
    link("../about.md", "about.html");
    link("../study/", "study/index.html");
    link("../study", "study/index.html");
    link("../study/index.md", "study/index.html");
    link("/", "index.html");
    link("..", "index.html");
    link("b.html", "news/b.html");
    link("../study/index.html", "study/index.html");
    link("../index.html", "index.html");
    link("b.md?x=1", "news/b.html");
}

#[test]
fn links_to_pages_of_the_sites_own() {
    let doc = || {
        Doc::new("content/news/a.md").date("2021-03-08").picture("../photos/会场.png").topics(&["党史学习"])
    };
    let meaning = |target: &str| resolve(doc().link(target)).0[1].clone();
    assert_eq!(meaning("../photos.html"), "photos.html");
    assert_eq!(meaning("../archive/index.html"), "archive/index.html");
    assert_eq!(meaning("../topics/index.html"), "topics/index.html");
    assert_eq!(meaning("../topics/dang-shi-xue-xi.html"), "topics/dang-shi-xue-xi.html");
    assert_eq!(meaning("../ledger.html"), "broken");
}

#[test]
fn links_elsewhere() {
    link("https://example.org/a b", "https://example.org/a%20b");
    for url in ["HTTP://x", "mailto:a@example.org", "tel:110", "//example.org/x"] {
        link(url, url);
    }
    link("#", "#");
}

#[test]
fn links_to_files() {
    link("../materials/汇编.pdf", "content/materials/汇编.pdf");
    link("../materials/汇编.pdf#page=3", "content/materials/汇编.pdf");
    link("a#b.png", "content/news/a#b.png");
    link("a%23b.png", "content/news/a#b.png");
    link("../photos/\u{e9}.png", "content/photos/e\u{301}.png");
    let (_, findings) = resolve(Doc::new("content/news/a.md").link("票.heic"));
    assert_eq!(findings.len(), 1, "it can't be cleaned: {findings:?}");
}

#[test]
fn broken_links_say_what_was_meant() {
    broken("bb.md", "链接的目标 `bb.md` 不存在 | 是不是 `b.md`？");
    broken("c.md", "链接的目标 `c.md` 不存在 | 是不是 `../study/c.md`？");
    broken("b", "链接的目标 `b` 不存在 | 是不是 `b.md`？");
    broken(
        "没有这一篇.md",
        "链接的目标 `没有这一篇.md` 不存在 | 核对文件名和所在文件夹；路径从本文件所在的文件夹算起",
    );
    broken("B.md", "`B.md` 与文件名只差大小写，网站上会打不开 | 改成 `b.md`");
    broken("..\\study\\c.md", "链接里的路径用了反斜杠 `\\` | 网址一律用正斜杠：`../study/c.md`");
    broken(
        "../materials/汇编2.pdf",
        "找不到附件 `../materials/汇编2.pdf` | 是不是 `../materials/汇编.pdf`？",
    );
    broken("b.md#目的", "`content/news/b.md` 里没有名为 `#目的` 的位置 | 是不是 `#目标`？");
    broken("#目标", "本文里没有名为 `#目标` 的位置 | 位置名就是小标题的文字，空格换成 `-`");
    broken("draft.md", "`draft.md`（初稿）还是草稿，读者打不开 | 等它发布后再链接，或先去掉这个链接");
    broken(
        "ahead.md",
        "`ahead.md`（预告）要到 2021-05-01 09:00 才发布 | 在那之前读者打不开；可以把本文的 `发布时间` 也定在 2021-05-01 09:00",
    );
    broken(
        "../photos/readme.md",
        "`../photos/readme.md` 不在任何栏目里，没有对应的网页 | 把它移进一个栏目的文件夹",
    );
    broken(
        "../../themes/own/theme.yaml",
        "`../../themes/own/theme.yaml` 指到了 `content/` 外面，那里的文件不会发布 | 把文件放进 `content/`；`..` 是不是多了一层？",
    );
    broken(
        "../../../etc/passwd",
        "`../../../etc/passwd` 指到了 `content/` 外面，那里的文件不会发布 | 把文件放进 `content/`；`..` 是不是多了一层？",
    );
    broken(
        "C:\\照片\\1.jpg",
        "`C:\\照片\\1.jpg` 是自己电脑上的路径，别人打不开 | 把文件复制到本文旁边，只写文件名",
    );
    broken(
        "file:///home/a.md",
        "`file:///home/a.md` 是自己电脑上的路径，别人打不开 | 把文件复制到本文旁边，只写文件名",
    );
    broken(
        "javascript:alert(1)",
        "不允许 `javascript:` 开头的链接 | 可以用 `https:`、`http:`、`mailto:`、`tel:` 或相对路径",
    );
    broken("www.luohe.gov.cn", "`www.luohe.gov.cn` 像是网址，但少了开头 | 写成 `https://www.luohe.gov.cn`");
    broken("", "链接没有写目标 | 在括号里填上路径或网址，或只留文字");
    broken("../photos", "`../photos` 是文件夹，没有对应的网页 | 链接到其中的一个文件");
    broken("../photos.html", "`photos.html` 还没有内容，不会生成 | 等有了内容再链接，或先去掉这个链接");
    broken("../leer/", "栏目“空栏目”还没有内容，读者打不开 | 等它有了第一篇再链接，或给它写一个 `index.md`");
}

#[test]
fn pictures() {
    let picture = |target: &str| Doc::new("content/news/a.md").picture(target);
    assert_eq!(resolve(picture("../photos/会场.png")), (vec!["content/photos/会场.png".to_owned()], vec![]));
    fault(picture("../photos/会长.png"), "找不到图片 `../photos/会长.png` | 是不是 `../photos/会场.png`？");
    fault(
        picture("../photos/logo.svg"),
        "`../photos/logo.svg` 与文件名只差大小写，网站上会打不开 | 改成 `../photos/Logo.svg`",
    );
    fault(
        picture("../materials/汇编.pdf"),
        "`../materials/汇编.pdf` 是 PDF 文件，不能当图片显示 | 去掉前面的 `!`，写成下载链接 `[文字](路径)`",
    );
    fault(picture("b.md"), "`b.md` 是网页，不能当图片显示 | 去掉前面的 `!`，写成 `[文字](路径)`");
    fault(
        picture("https://example.org/x.jpg"),
        "图片 `https://example.org/x.jpg` 在别的网站上，随时可能失效 | 下载下来放在本文旁边，用相对路径",
    );
    fault(
        picture("票.heic"),
        "浏览器不能显示 HEIC 格式的图片 | 在手机“设置 › 相机 › 格式”里选“兼容性最佳”，或用看图软件另存为 JPEG",
    );
}

#[test]
fn front_matter_refers_too() {
    let doc = || Doc::new("content/news/a.md");
    let text = |text: &str| at(text.to_owned());
    let cover = |src: &str| Cover { src: text(src), caption: None, credit: None, alt: None };
    fault(
        doc().front(|front| front.cover = Some(cover("x.png"))),
        "找不到图片 `x.png` | 把图片放进 `content/`，路径从本文件所在的文件夹算起",
    );
    let file = |src: &str| vec![Attachment { src: text(src), title: None, reviewed: false }];
    fault(
        doc().front(|front| front.files = file("b.md")),
        "`文件` 里的 `b.md` 是网页，不是可以下载的文件 | 相关的文章写在 `相关` 里",
    );
    fault(
        doc().front(|front| front.files = file("https://example.org/x.pdf")),
        "`文件` 里的 `https://example.org/x.pdf` 不是本站的文件 | 把文件下载到本文旁边；别的网站的资料在正文里写成链接",
    );
    fault(doc().front(|front| front.related = vec![text("a.md")]), "这里写的就是本文自己 | 删去这一项");
    fault(
        doc().front(|front| front.related = vec![text("../photos/会场.png")]),
        "`../photos/会场.png` 不是本专栏的文章 | 这里要写另一个 `.md` 文件的相对路径",
    );
    fault(
        doc().front(|front| front.replaces = Some(text("bb.md"))),
        "链接的目标 `bb.md` 不存在 | 是不是 `b.md`？",
    );
    let noted = doc().picture("../photos/会场.png").front(|front| {
        front.photos.insert("会场.png".to_owned(), PhotoNote::default());
        front.photos.insert("../photos/会长.png".to_owned(), PhotoNote::default());
    });
    fault(noted, "`图片` 里说明的 `../photos/会长.png`，文中没有用到 | 是不是 `../photos/会场.png`？");
}

#[test]
fn assets_have_ascii_names_and_their_facts() {
    let doc = Doc::new("content/news/a.md")
        .picture("../photos/会场.png")
        .link("../materials/录像.mp4")
        .front(|front| {
            front.files = vec![Attachment {
                src: at("../materials/汇编.pdf".to_owned()),
                title: None,
                reviewed: false,
            }];
        });
    let checked = assembled(&project(), &[doc]);
    let shown: Vec<String> = checked.value.assets.iter().map(|a| a.output.to_string()).collect();
    let tree = project().tree();
    let file = |path: &str| tree.get(&crate::project::source(path)).expect("a file").clone();
    let copy = checked.value.studies[1].clone();
    let (key, photo) = (|path: &str| file(path).key.short(8), file("content/photos/会场.png"));
    assert_eq!(
        shown,
        [
            format!("assets/media/lu-xiang.{}.mp4", key("content/materials/录像.mp4")),
            // A document is named by its cleaned copy.
            format!(
                "assets/files/hui-bian.{}.pdf",
                zhuanlan::material::copy_of(&copy).expect("a copy").key().short(8)
            ),
            "assets/photos/hui-chang.".to_owned() + &name_key(photo.key, 76).short(8) + ".png",
        ]
    );
    let AssetKind::Photo(picture) = &checked.value.assets[2].kind else { panic!("a photo") };
    assert_eq!((picture.width, picture.height), (4, 3));
    assert_eq!(checked.value.assets[0].kind, AssetKind::Media("video/mp4"));
    let AssetKind::File { mark, sha256: Some(sum), .. } = &checked.value.assets[1].kind else {
        panic!("a file")
    };
    assert_eq!((mark.as_str(), sum.len()), ("PDF", 64));
    let article = &checked.value.articles[0];
    assert_eq!(article.files[0].1, "汇编.pdf");
    assert_eq!(article.cover.map(|id| id.0), Some(2));
    assert!(article.cover_in_text);
}

#[test]
fn without_hashes_names_still_differ() {
    let project = Project::new()
        .column(COLUMN)
        .file("content/news/x/会场.png", picture(4, 3, ImageFormat::Png))
        .file("content/news/y/会场.png", picture(4, 3, ImageFormat::Png));
    let doc = Doc::new("content/news/a.md").picture("x/会场.png").picture("y/会场.png");
    let config = Arc::new(config::read(&project.tree(), None).value);
    let names = |fingerprint| {
        let options =
            Options { now: date(2021, 4, 1).at(0, 0, 0, 0), preview: true, drafts: false, fingerprint };
        let documents = vec![doc.done()];
        let site =
            assemble(documents, &config, &project.tree(), &project, &options, &Memory::default()).value;
        site.assets.iter().map(|a| a.output.to_string()).collect::<Vec<_>>()
    };
    let plain = names(false);
    assert_eq!(plain[0], "assets/photos/hui-chang.png");
    assert!(plain[1].starts_with("assets/photos/hui-chang-"), "{plain:?}");
    // Equal contents are one file where names carry the content's hash.
    let hashed = names(true);
    assert_eq!(hashed[0], hashed[1]);
}

#[test]
fn former_addresses() {
    let aliased = |path: &str, aliases: &[&str]| {
        let aliases: Vec<_> = aliases.iter().map(|alias| at((*alias).to_owned())).collect();
        Doc::new(path).front(|front| front.aliases = aliases)
    };
    let said = |docs: Vec<Doc>| {
        let checked = assembled(
            &project()
                .file("content/static/old.html", "")
                .file("content/static/robots.txt", "")
                .file("content/static/核验.txt", "")
                .file("content/static/ok.txt", ""),
            &docs,
        );
        let said = checked
            .diagnostics
            .iter()
            .filter(|d| d.kind.code().starts_with("alias") || d.kind.code().starts_with("bad"))
            .map(|d| d.kind.message(Lang::Zh).text);
        (
            said.collect::<Vec<_>>(),
            checked.value.aliases.iter().map(|a| format!("{} {}", a.from, a.to.0)).collect::<Vec<_>>(),
        )
    };
    let good = aliased("content/news/a.md", &["old/a.html", "2020/a/index.html"]);
    assert_eq!(said(vec![good]), (vec![], vec!["2020/a/index.html 0".to_owned(), "old/a.html 0".to_owned()]));
    let bad =
        |alias: &str| said(vec![aliased("content/news/a.md", &[alias]), Doc::new("content/news/b.md")]).0;
    assert_eq!(bad("news/a.html"), ["旧网址 `news/a.html` 就是本文现在的网址"]);
    assert_eq!(bad("news/b.html"), ["旧网址 `news/b.html` 现在是 `content/news/b.md` 的网址"]);
    assert_eq!(bad("topics/x.html"), ["`topics/x.html` 是网站自己生成的页面，不能作旧网址"]);
    assert_eq!(bad("news/page-2.html"), ["`news/page-2.html` 是网站自己生成的页面，不能作旧网址"]);
    let twice = vec![aliased("content/news/a.md", &["x.html"]), aliased("content/news/b.md", &["x.html"])];
    assert_eq!(said(twice).0, ["旧网址 `x.html` 已经写在 `content/news/a.md` 里"]);
    let ring = vec![
        aliased("content/news/a.md", &["news/b.html"]),
        aliased("content/news/b.md", &["news/c.html"]),
        aliased("content/news/c.md", &["news/a.html"]),
    ];
    assert_eq!(said(ring).0.len(), 3);
    let pair =
        vec![aliased("content/news/a.md", &["news/b.html"]), aliased("content/news/b.md", &["news/a.html"])];
    assert_eq!(
        said(pair).0,
        [
            "旧网址 `news/b.html` 与 `content/news/b.md` 的旧网址互相指来指去",
            "旧网址 `news/a.html` 与 `content/news/a.md` 的旧网址互相指来指去"
        ]
    );
}

#[test]
fn static_files_are_copied_to_the_root() {
    let project = project()
        .file("content/static/MP_verify_x.txt", "x")
        .file("content/static/about.html", "x")
        .file("content/static/progress.css", "x")
        .file("content/static/robots.txt", "x")
        .file("content/static/核验.txt", "x");
    let checked = assembled(&project, &[Doc::new("content/about.md")]);
    let said: Vec<_> = checked.diagnostics.iter().map(|d| d.kind.message(Lang::Zh).text).collect();
    assert_eq!(
        said,
        [
            "`about.html` 的位置已经是 `content/about.md` 的",
            "`progress.css` 是网站自己生成的文件，不能用 `content/static/` 里的代替",
            "`robots.txt` 是网站自己生成的文件，不能用 `content/static/` 里的代替",
            "`content/static/` 里的文件名 `核验.txt` 不能作网址"
        ]
    );
    let statics: Vec<_> = checked.value.statics.iter().map(|(_, output)| output.as_str()).collect();
    assert_eq!(statics, ["MP_verify_x.txt"]);
}

#[test]
fn the_menu_leads_somewhere() {
    let column = format!(
        "{COLUMN}\nmenu:\n  - {{title: 甲, link: news}}\n  - {{title: 乙, link: photos.html}}\n  - {{title: 丙, link: https://example.org}}\n  - {{title: 丁, link: nwes}}\n  - {{title: 戊, link: leer}}\n  - {{title: 己, link: about.md}}\n  - {{title: 庚, link: about.html}}\n"
    );
    let checked = assembled(
        &Project::new().column(&column),
        &[Doc::new("content/news/a.md"), Doc::new("content/about.md")],
    );
    let said: Vec<_> = checked.diagnostics.iter().map(|d| d.kind.message(Lang::Zh)).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].text, "`nwes` 不是栏目、页面或网址");
    assert_eq!(said[0].hint.as_deref(), Some("是不是 `news`？"));
}

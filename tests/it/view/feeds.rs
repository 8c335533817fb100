//! Feeds, the sitemap and robots.txt.

use serde_json::{Value, json};
use zhuanlan::markdown::{Block, Ledger, Quiz, QuizItem, Segment};
use zhuanlan::page::Page;
use zhuanlan::path::Route;
use zhuanlan::render::{feeds, robots, sitemap};
use zhuanlan::site::{Reference, State, Taxonomy};

use super::hand::{at, moment};
use super::{Hand, texts};

/// The file at `path` among feeds, sitemaps and robots.txt; `None` where there
/// is none.
fn file(hand: &Hand, path: &str) -> Option<String> {
    hand.with(|column, pages| {
        let mut files = feeds(column)
            .into_iter()
            .chain(sitemap(column, pages.iter().filter_map(Page::named)))
            .chain(robots(column));
        let file = files.find(|file| file.path.as_str() == path)?;
        Some(String::from_utf8(file.bytes()).unwrap())
    })
}

fn atom(hand: &Hand, path: &str) -> atom_syndication::Feed {
    file(hand, path).unwrap().parse().unwrap()
}

fn piece() -> Hand {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "“严”与<实>", "2021-03-19 09:40");
    hand.name(piece, Taxonomy::Topics, "动员");
    hand.byline(piece, "本报记者", &["薛宏冰"]);
    hand.byline(piece, "责任编辑", &["张三"]);
    hand.document(piece).summary = "一句话。".into();
    let (photo, pdf) = (hand.photo("p"), hand.file("汇编.pdf", "f", 2048));
    let to = |path: &str| Reference::Page { route: Route::new(path).unwrap(), anchor: None };
    hand.html(piece, "<p>见<a");
    hand.slot(piece, Segment::Href, ("y.md", "", None), to("news/y.html"));
    hand.html(piece, ">一</a>、<a");
    hand.slot(piece, Segment::Href, ("#二", "", None), Reference::Anchor("二".into()));
    hand.html(piece, ">二</a>、<a");
    hand.slot(piece, Segment::Href, ("f.pdf", "", None), Reference::Asset(pdf));
    hand.html(
        piece,
        ">三</a><sup><a href=\"#fn-1\" id=\"fr\">1</a></sup><code>&lt;a href=\"#x\"</code></p>\n",
    );
    hand.slot(piece, Segment::Figure, ("p.png", "图", Some("会场")), Reference::Asset(photo));
    hand
}

const HTML: &str = concat!(
    r#"<p>见<a href="https://www.example.org/jyzd/news/y.html">一</a>、"#,
    r#"<a href="https://www.example.org/jyzd/news/x.html#二">二</a>、"#,
    r#"<a href="https://www.example.org/jyzd/assets/f.pdf" download="汇编.pdf">三</a>"#,
    r#"<sup><a href="https://www.example.org/jyzd/news/x.html#fn-1" id="fr">1</a></sup>"#,
    "<code>&lt;a href=\"#x\"</code></p>\n",
    r#"<figure><img src="https://www.example.org/jyzd/assets/p.png" alt="图" width="1200" height="800" decoding="async">"#,
    "<figcaption>会场</figcaption></figure>\n",
);

#[test]
fn an_atom_feed_has_all_of_a_piece() {
    let hand = piece();
    let feed = atom(&hand, "feed.atom");
    assert_eq!(feed.id, "https://www.example.org/jyzd/");
    assert_eq!(feed.lang.as_deref(), Some("zh-CN"));
    assert_eq!(feed.updated.to_rfc3339(), "2021-03-19T09:40:00+08:00");
    assert_eq!(feed.authors[0].name, "教育整顿进行时");
    let links: Vec<_> = feed.links.iter().map(|link| (link.rel.as_str(), link.href.as_str())).collect();
    assert_eq!(
        links,
        [("self", "https://www.example.org/jyzd/feed.atom"), ("alternate", "https://www.example.org/jyzd/"),]
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.title.value, "“严”与<实>");
    assert_eq!(entry.id, "https://www.example.org/jyzd/news/x.html");
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2021-03-19T09:40:00+08:00");
    assert_eq!(entry.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["薛宏冰"]);
    assert_eq!(
        entry.categories.iter().map(|category| category.term.as_str()).collect::<Vec<_>>(),
        ["新闻动态", "动员"]
    );
    assert_eq!(entry.summary.as_ref().unwrap().value, "一句话。");
    let content = entry.content.as_ref().unwrap();
    assert_eq!((content.content_type.as_deref(), content.value.as_deref()), (Some("html"), Some(HTML)));
}

#[test]
fn an_rss_feed_parses_and_says_the_same() {
    let text = file(&piece(), "news/feed.rss").unwrap();
    let channel: rss::Channel = text.parse().unwrap();
    assert_eq!(channel.title, "教育整顿进行时：新闻动态");
    assert_eq!(channel.link, "https://www.example.org/jyzd/news/index.html");
    assert_eq!(channel.last_build_date.as_deref(), Some("Fri, 19 Mar 2021 09:40:00 +0800"));
    assert!(text.contains(
        r#"<atom:link href="https://www.example.org/jyzd/news/feed.rss" rel="self" type="application/rss+xml""#
    ));
    for namespace in ["xmlns:atom=\"http://www.w3.org/2005/Atom\"", "xmlns:content=", "xmlns:dc="] {
        assert!(text.contains(namespace), "{namespace} in {text}");
    }
    let item = &channel.items[0];
    assert_eq!(
        item.guid.as_ref().map(|guid| (guid.value.as_str(), guid.permalink)),
        Some(("https://www.example.org/jyzd/news/x.html", true))
    );
    // Its reader trims.
    assert_eq!(item.content.as_deref(), Some(HTML.trim_end()));
    assert_eq!(item.dublin_core_ext.as_ref().unwrap().creators, ["薛宏冰"]);
}

#[test]
fn a_json_feed_says_the_same() {
    let mut hand = piece();
    hand.document(0).front.updated = Some(at(moment("2021-03-20 11:05")));
    let feed: Value = serde_json::from_str(&file(&hand, "feed.json").unwrap()).unwrap();
    assert_eq!(
        feed,
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "教育整顿进行时",
            "description": "一个专栏。",
            "home_page_url": "https://www.example.org/jyzd/",
            "feed_url": "https://www.example.org/jyzd/feed.json",
            "language": "zh-CN",
            "authors": [{"name": "教育整顿进行时"}],
            "items": [{
                "id": "https://www.example.org/jyzd/news/x.html",
                "url": "https://www.example.org/jyzd/news/x.html",
                "title": "“严”与<实>",
                "content_html": HTML,
                "summary": "一句话。",
                "date_published": "2021-03-19T09:40:00+08:00",
                "date_modified": "2021-03-20T11:05:00+08:00",
                "authors": [{"name": "薛宏冰"}],
                "tags": ["新闻动态", "动员"],
            }],
        })
    );
    assert_eq!(atom(&hand, "feed.atom").updated.to_rfc3339(), "2021-03-20T11:05:00+08:00");
}

#[test]
fn blocks_need_no_theme() {
    let mut hand = Hand::new();
    let piece = hand.piece("study/x", "x", "2021-03-19");
    hand.block(
        piece,
        Block::Ledger(Ledger {
            title: Some("座谈会".into()),
            collected: 25,
            answered: 15,
            ..Ledger::default()
        }),
    );
    let options = vec!["甲".into(), "<乙>".into()];
    let item =
        QuizItem {
            question: "哪个？".into(), options, answer: vec![1], explain: Some("见文。".into())
        };
    hand.block(piece, Block::Quiz(Quiz { items: vec![item], ..Quiz::default() }));
    let pdf = hand.file("汇编.pdf", "f", 2_097_152);
    hand.articles[piece].files.push((pdf, "学习资料".into()));
    assert_eq!(
        atom(&hand, "feed.atom").entries[0].content.as_ref().unwrap().value.as_deref().unwrap(),
        "<p><strong>座谈会</strong></p>\n<p>收集25条，已反馈15条，办理中10条。</p>\
         <ol>\n<li>哪个？<ul>\n<li>A. 甲</li>\n<li>B. &lt;乙&gt;</li>\n</ul>\n<p>答案：B。见文。</p></li>\n</ol>\n\
         <ul>\n<li><a href=\"https://www.example.org/jyzd/assets/f.pdf\">学习资料.pdf</a>（PDF，2 MB）</li>\n</ul>\n"
    );
}

#[test]
fn a_feed_has_the_latest_fifty_that_readers_see() {
    let mut hand = Hand::new();
    for n in 0..60 {
        hand.piece(&format!("news/p{n}"), &format!("p{n}"), &format!("2021-03-01 08:{n:02}"));
    }
    hand.articles[59].state = State::Draft;
    let feed = atom(&hand, "feed.atom");
    assert_eq!(feed.entries.len(), 50);
    assert_eq!(feed.entries[0].title.value, "p58");
    assert_eq!(file(&hand, "study/feed.atom"), None);
}

#[test]
fn characters_that_xml_forbids_are_left_out() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "a\u{0}\u{b}b\u{fffe}\u{1f600}c", "2021-03-19");
    hand.html(piece, "<p>\u{1b}x</p>");
    assert_eq!(atom(&hand, "feed.atom").entries[0].title.value, "ab\u{1f600}c");
    let channel: rss::Channel = file(&hand, "feed.rss").unwrap().parse().unwrap();
    assert_eq!(channel.items[0].content.as_deref(), Some("<p>x</p>"));
}

#[test]
fn a_piece_in_another_language_says_so() {
    let mut hand = piece();
    hand.document(0).front.lang = Some("en".into());
    let feed: Value = serde_json::from_str(&file(&hand, "feed.json").unwrap()).unwrap();
    assert_eq!(texts(&feed, "/items", "/language"), ["en"]);
    assert_eq!(atom(&hand, "feed.atom").entries[0].content.as_ref().unwrap().lang.as_deref(), Some("en"));
}

#[test]
fn the_sitemap_names_pages_and_the_day_of_their_last_change() {
    let mut hand = piece();
    hand.config.per_page = 1;
    hand.piece("news/y", "y", "2021-03-01");
    hand.piece("about", "关于", "");
    hand.document(1).front.updated = Some(at(moment("2021-03-20")));
    hand.aliases.push(("old.html".into(), 0));
    let base = "https://www.example.org/jyzd/";
    let url = |path: &str, day: &str| {
        let day = if day.is_empty() { String::new() } else { format!("<lastmod>{day}</lastmod>") };
        format!("<url><loc>{base}{path}</loc>{day}</url>\n")
    };
    let expected = [
        url("about.html", ""),
        url("archive/2021-03.html", "2021-03-19"),
        url("archive/index.html", "2021-03-19"),
        url("", "2021-03-19"),
        url("news/index.html", "2021-03-19"),
        url("news/x.html", "2021-03-19"),
        url("news/y.html", "2021-03-20"),
        url("people/index.html", "2021-03-19"),
        url("people/t0.html", "2021-03-19"),
        url("people/t1.html", "2021-03-19"),
        url("photos.html", "2021-03-19"),
        url("topics/index.html", "2021-03-19"),
        url("topics/t0.html", "2021-03-19"),
    ];
    assert_eq!(
        file(&hand, "sitemap.xml").unwrap(),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
            expected.concat()
        )
    );
}

#[test]
fn without_a_base_url_there_is_neither_feed_nor_sitemap() {
    let mut hand = piece();
    hand.config.base_url = None;
    assert_eq!(file(&hand, "feed.atom"), None);
    assert_eq!(file(&hand, "sitemap.xml"), None);
    assert_eq!(file(&hand, "robots.txt").unwrap(), "User-agent: *\nDisallow:\n");
}

#[test]
fn robots_know_the_sitemap_and_keep_out_of_a_preview() {
    let mut hand = piece();
    assert_eq!(
        file(&hand, "robots.txt").unwrap(),
        "User-agent: *\nDisallow:\n\nSitemap: https://www.example.org/jyzd/sitemap.xml\n"
    );
    hand.options.preview = true;
    assert_eq!(file(&hand, "robots.txt").unwrap(), "User-agent: *\nDisallow: /\n");
    assert_eq!(file(&hand, "sitemap.xml"), None);
}

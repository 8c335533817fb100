//! Bodies: every slot filled for the place where it is read.

use serde_json::json;
use zhuanlan::document::{Cover, PhotoNote};
use zhuanlan::markdown::{
    Block, Gallery, GalleryPhoto, Ledger, LedgerItem, LedgerStatus, Quiz, QuizItem, Segment, Timeline,
    TimelineItem,
};
use zhuanlan::path::Route;
use zhuanlan::site::Reference;

use super::hand::at;
use super::{Hand, text, texts};

fn page(path: &str, anchor: Option<&str>) -> Reference {
    Reference::Page { route: Route::new(path).unwrap(), anchor: anchor.map(str::to_owned) }
}

/// The HTML of a link to `to` in the piece at `path`.
fn link(path: &str, to: impl FnOnce(&mut Hand) -> Reference) -> String {
    let mut hand = Hand::new();
    let piece = hand.piece(path, "x", "2021-03-01");
    let to = to(&mut hand);
    hand.html(piece, "<a");
    hand.slot(piece, Segment::Href, ("", "", None), to);
    hand.html(piece, ">x</a>");
    text(&hand.see(&format!("{path}.html")), "/body/pieces/0/html")
}

#[test]
fn links_are_relative_to_the_page() {
    let to = |path: &str| link(path, |_| page("study/a.html", None));
    assert_eq!(to("about"), r#"<a href="study/a.html">x</a>"#);
    assert_eq!(to("news/x"), r#"<a href="../study/a.html">x</a>"#);
    assert_eq!(to("news/2021/x"), r#"<a href="../../study/a.html">x</a>"#);
}

#[test]
fn every_kind_of_link_has_its_attributes() {
    let x = |to: Reference| link("news/x", |_| to);
    assert_eq!(x(page("news/y.html", Some("目标"))), r#"<a href="../news/y.html#目标">x</a>"#);
    assert_eq!(x(page("news/x.html", Some("目标"))), r##"<a href="#目标">x</a>"##);
    assert_eq!(x(Reference::Anchor("a\"b".into())), r##"<a href="#a&quot;b">x</a>"##);
    assert_eq!(
        x(Reference::External("https://www.gov.cn/?a=1&b=2".into())),
        r#"<a href="https://www.gov.cn/?a=1&amp;b=2" class="external" rel="noopener">x</a>"#
    );
    assert_eq!(x(Reference::External("mailto:a@b.cn".into())), r#"<a href="mailto:a@b.cn">x</a>"#);
    assert_eq!(x(Reference::Broken), "<a>x</a>");
    assert_eq!(
        link("news/x", |hand| Reference::Asset(hand.file("学习 “资料”.pdf", "f", 9))),
        r#"<a href="../assets/f.pdf" download="学习 “资料”.pdf">x</a>"#
    );
    assert_eq!(
        link("news/x", |hand| Reference::Asset(hand.photo("p"))),
        r#"<a href="../assets/p.png">x</a>"#
    );
    // NFD, as macOS names files: the download is NFC.
    assert_eq!(
        link("news/x", |hand| Reference::Asset(hand.file("cafe\u{301}.pdf", "f", 9))),
        "<a href=\"../assets/f.pdf\" download=\"caf\u{e9}.pdf\">x</a>"
    );
}

/// How [`Hand::photo`]'s picture is seen.
fn seen(alt: &str, caption: &str, credit: &str) -> serde_json::Value {
    json!({
        "src": "assets/p.png", "width": 1200, "height": 800, "webp": [], "sizes": [], "full": "assets/p.png",
        "tint": "", "alt": alt, "caption": caption, "credit": credit, "date": "", "ai": "",
    })
}

#[test]
fn a_photo_has_its_sizes_and_its_colour() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let shown = hand.in_sizes("p");
    let note = PhotoNote { date: Some("2021-03-17".parse().unwrap()), ..PhotoNote::default() };
    hand.document(piece).front.photos.insert("p.png".into(), note);
    hand.slot(piece, Segment::Figure, ("p.png", "甲", None), Reference::Asset(shown));
    hand.html(piece, "<p>");
    hand.slot(piece, Segment::Image, ("p.png", "乙", None), Reference::Asset(shown));
    let view = hand.see("news/x.html");
    let sizes = |folder: &str, ends: [&str; 2]| {
        json!([{"path": format!("assets/{folder}.{}", ends[0]), "width": 480},
               {"path": format!("assets/{folder}{}", ends[1]), "width": 1200}])
    };
    assert_eq!(
        view["body"]["pieces"][0]["part"]["photo"],
        json!({
            "src": "assets/p.480.png", "width": 1200, "height": 800, "full": "assets/p.png", "tint": "tint-9",
            "webp": sizes("p", ["480.webp", ".1200.webp"]), "sizes": sizes("p", ["480.png", ".png"]),
            "alt": "甲", "caption": "甲", "credit": "", "date": "2021-03-17", "ai": "",
        })
    );
    assert_eq!(view["body"]["pieces"][0]["part"]["first"], true);
    let sizes = r#"sizes="(max-width: 1200px) 100vw, 1200px""#;
    assert_eq!(
        text(&view, "/body/pieces/1/html"),
        format!(
            "<p><picture><source type=\"image/webp\" srcset=\"../assets/p.480.webp 480w, \
             ../assets/p.1200.webp 1200w\" {sizes}><img src=\"../assets/p.480.png\" \
             srcset=\"../assets/p.480.png 480w, ../assets/p.png 1200w\" {sizes} alt=\"乙\" width=\"1200\" \
             height=\"800\" loading=\"lazy\" decoding=\"async\"></picture>"
        )
    );
}

#[test]
fn pictures_within_text_are_lazy_but_the_first() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let photo = hand.photo("p");
    hand.html(piece, "<p>");
    hand.slot(piece, Segment::Image, ("p.png", "一<二", None), Reference::Asset(photo));
    hand.slot(piece, Segment::Image, ("p.png", "", None), Reference::Asset(photo));
    hand.slot(
        piece,
        Segment::Image,
        ("https://a.cn/b.png", "外", None),
        Reference::External("https://a.cn/b.png".into()),
    );
    hand.slot(piece, Segment::Image, ("c.png", "没有", None), Reference::Broken);
    hand.html(piece, "</p>");
    assert_eq!(
        text(&hand.see("news/x.html"), "/body/pieces/0/html"),
        concat!(
            r#"<p><img src="../assets/p.png" alt="一&lt;二" width="1200" height="800" decoding="async">"#,
            r#"<img src="../assets/p.png" alt="" width="1200" height="800" loading="lazy" decoding="async">"#,
            r#"<img src="https://a.cn/b.png" alt="外" loading="lazy" decoding="async">没有</p>"#,
        )
    );
}

#[test]
fn a_cover_above_the_text_makes_all_its_pictures_lazy() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let photo = hand.photo("p");
    hand.articles[piece].cover = Some(photo);
    hand.slot(piece, Segment::Image, ("p.png", "", None), Reference::Asset(photo));
    let view = hand.see("news/x.html");
    assert!(text(&view, "/body/pieces/0/html").contains("loading=\"lazy\""));
    assert_eq!(text(&view, "/cover/src"), "assets/p.png");
    hand.articles[piece].cover_in_text = true;
    assert_eq!(hand.see("news/x.html")["cover"], json!(null));
}

#[test]
fn captions_come_from_notes_then_the_title_then_the_alternative() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let photo = hand.photo("p");
    for (target, title) in [("a/p.png", Some("题")), ("a/p.png", None), ("a/q.png", Some("题"))] {
        hand.slot(piece, Segment::Figure, (target, "替代", title), Reference::Asset(photo));
    }
    let note =
        PhotoNote {
            caption: Some("注".into()), credit: Some("本栏绘制".into()), ..PhotoNote::default()
        };
    hand.document(piece).front.photos.insert("q.png".into(), note);
    let view = hand.see("news/x.html");
    assert_eq!(texts(&view, "/body/pieces", "/part/photo/caption"), ["题", "替代", "注"]);
    assert_eq!(texts(&view, "/body/pieces", "/part/photo/credit"), ["", "", "本栏绘制"]);
    assert_eq!(texts(&view, "/body/pieces", "/part/number"), ["1", "2", "3"]);
    assert_eq!(texts(&view, "/body/pieces", "/part/total"), ["3", "3", "3"]);
}

#[test]
fn a_cover_takes_what_the_text_says_of_it_and_front_matter_wins() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let photo = hand.photo("p");
    hand.slot(piece, Segment::Figure, ("p.png", "替代", Some("题")), Reference::Asset(photo));
    hand.articles[piece].cover = Some(photo);
    hand.articles[piece].cover_in_text = true;
    let cover = |hand: &Hand| hand.see("news/index.html")["months"][0]["items"][0]["cover"].clone();
    assert_eq!(cover(&hand), seen("替代", "题", ""));
    let front = Cover { src: at("p.png".into()), caption: Some("封面".into()), credit: None, alt: None };
    hand.document(piece).front.cover = Some(front);
    assert_eq!(text(&cover(&hand), "/caption"), "封面");
    assert_eq!(text(&cover(&hand), "/alt"), "替代");
}

#[test]
fn parts_stand_between_runs_of_html() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let (photo, film) = (hand.photo("p"), hand.film("f"));
    hand.html(piece, "<blockquote>");
    hand.slot(piece, Segment::Figure, ("p.png", "", None), Reference::Asset(photo));
    hand.html(piece, "</block");
    hand.html(piece, "quote>");
    hand.slot(piece, Segment::Media, ("f.mp4", "", Some("片子")), Reference::Asset(film));
    hand.slot(piece, Segment::Figure, ("q.png", "", None), Reference::Broken);
    hand.slot(
        piece,
        Segment::Media,
        ("https://a.cn/f.mp3", "听", None),
        Reference::External("https://a.cn/f.mp3".into()),
    );
    let view = hand.see("news/x.html");
    assert_eq!(texts(&view, "/body/pieces", "/kind"), ["html", "figure", "html", "media", "html"]);
    assert_eq!(text(&view, "/body/pieces/2/html"), "</blockquote>");
    assert_eq!(
        view["body"]["pieces"][3]["part"],
        json!({"src": "assets/f.mp4", "medium": "video", "mime": "video/mp4", "caption": "片子", "ai": ""})
    );
    assert_eq!(
        text(&view, "/body/pieces/4/html"),
        "<figure class=\"media\"><audio controls preload=\"metadata\" src=\"https://a.cn/f.mp3\"></audio>\
         <figcaption>听</figcaption></figure>\n"
    );
    assert_eq!(view["body"]["empty"], json!(false));
}

#[test]
fn a_body_of_blank_html_is_empty() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    assert_eq!(hand.see("news/x.html")["body"], json!({"pieces": [], "empty": true}));
    hand.html(piece, "\n");
    assert_eq!(hand.see("news/x.html")["body"]["empty"], json!(true));
}

#[test]
fn a_gallery_numbers_its_photos_with_the_page_s() {
    let mut hand = Hand::new();
    let piece = hand.piece("stories/x", "x", "2021-03-01");
    let photo = hand.photo("p");
    hand.slot(piece, Segment::Figure, ("p.png", "", None), Reference::Asset(photo));
    let good = hand.link(piece, ("p.png", "甲", Some("题")), Reference::Asset(photo));
    let bad = hand.link(piece, ("q.png", "", None), Reference::Broken);
    let shown = |link, credit: &str| GalleryPhoto { link, credit: Some(credit.into()), date: None };
    let photos = vec![shown(bad, "无"), shown(good, "本栏")];
    hand.block(piece, Block::Gallery(Gallery { title: None, layout: "pairs".into(), photos }));
    let gallery = hand.see("stories/x.html")["body"]["pieces"][1]["part"].clone();
    assert_eq!(
        gallery,
        json!({"title": "", "layout": "pairs", "photos": [{
            "photo": seen("甲", "题", "本栏"), "number": 2, "total": 2, "first": false,
        }]})
    );
}

fn opinion(number: u32, status: LedgerStatus) -> LedgerItem {
    LedgerItem {
        number,
        question: format!("问{number}"),
        from: None,
        date: None,
        status,
        answer: None,
        answered_on: None,
        link: None,
    }
}

/// The cells of a ledger: # answered, . open.
fn cells(collected: u32, answered: u32, items: Vec<LedgerItem>) -> (String, String, String) {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    hand.block(piece, Block::Ledger(Ledger { collected, answered, items, ..Ledger::default() }));
    let part = hand.see("news/x.html")["body"]["pieces"][0]["part"].clone();
    let cells = part["cells"].as_array().unwrap();
    let cells = cells.iter().map(|cell| if cell.as_bool().unwrap() { '#' } else { '.' }).collect();
    (cells, text(&part, "/open"), text(&part, "/totals_only"))
}

#[test]
fn a_ledger_has_a_cell_for_each_opinion() {
    use LedgerStatus::{Answered, Open};
    let told = |cells: &str, open: &str, totals: &str| (cells.to_owned(), open.to_owned(), totals.to_owned());
    assert_eq!(cells(5, 3, Vec::new()), told("###..", "2", "true"));
    assert_eq!(
        cells(3, 1, vec![opinion(1, Open), opinion(2, Answered), opinion(3, Open)]),
        told(".#.", "2", "false")
    );
    // Two of six are described; of the other four three are answered.
    assert_eq!(cells(6, 4, vec![opinion(2, Open), opinion(5, Answered)]), told("#.###.", "2", "false"));
    // More answers than opinions, an opinion beyond the count, and too many to show.
    assert_eq!(cells(2, 9, vec![opinion(7, Open)]), told("##", "0", "false"));
    assert_eq!(cells(4_000_000_000, 1, Vec::new()), told("", "3999999999", "true"));
    assert_eq!(cells(0, 0, Vec::new()), told("", "0", "false"));
}

#[test]
fn ids_are_unique_in_a_page() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    for _ in 0..2 {
        let items = vec![opinion(3, LedgerStatus::Open)];
        hand.block(piece, Block::Ledger(Ledger { collected: 3, items, ..Ledger::default() }));
        hand.block(piece, Block::Quiz(Quiz::default()));
    }
    let view = hand.see("news/x.html");
    let id = |at: usize, pointer: &str| text(&view, &format!("/body/pieces/{at}/part/{pointer}"));
    assert_eq!((id(0, "items/0/id"), id(2, "items/0/id")), ("opinion-3".into(), "opinion-2-3".into()));
    assert_eq!((id(1, "id"), id(3, "id")), ("quiz-1".into(), "quiz-2".into()));
    assert_eq!(
        texts(&hand.see("ledger.html"), "/entries", "/ledger/items/0/id"),
        ["opinion-3", "opinion-2-3"]
    );
}

#[test]
fn a_quiz_names_its_right_letters() {
    let mut hand = Hand::new();
    let piece = hand.piece("study/x", "x", "2021-03-01");
    let options = ["甲", "乙", "丙"].map(str::to_owned).to_vec();
    let item = QuizItem { question: "哪些？".into(), options, answer: vec![0, 2], explain: None };
    hand.block(piece, Block::Quiz(Quiz { items: vec![item], ..Quiz::default() }));
    let view = hand.see("study/x.html");
    let item = &view["body"]["pieces"][0]["part"]["items"][0];
    assert_eq!((text(item, "/answer"), text(item, "/multiple")), ("AC".into(), "true".into()));
    assert_eq!(item["options"][2], json!({"letter": "C", "text": "丙", "right": true}));
    assert_eq!(view["card"]["questions"], json!(1));
}

#[test]
fn blocks_link_from_where_they_are_shown() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    let there = hand.link(piece, ("y.md", "", None), page("news/y.html", Some("二")));
    let here = hand.link(piece, ("#一", "", None), Reference::Anchor("一".into()));
    let out = hand.link(piece, ("https://a.cn", "", None), Reference::External("https://a.cn".into()));
    let event = |link| TimelineItem {
        date: "2021-03-08".parse().unwrap(),
        title: "会".into(),
        text: None,
        link: Some(link),
    };
    let items = vec![event(there), event(here), event(out)];
    hand.block(piece, Block::Timeline(Timeline { title: None, items }));
    let items =
        [there, here].map(|link| LedgerItem { link: Some(link), ..opinion(1, LedgerStatus::Open) }).to_vec();
    hand.block(piece, Block::Ledger(Ledger { collected: 2, items, ..Ledger::default() }));
    let view = hand.see("news/x.html");
    assert_eq!(
        texts(&view, "/body/pieces/0/part/items", "/link/href"),
        ["../news/y.html#二", "#一", "https://a.cn"]
    );
    assert_eq!(texts(&view, "/body/pieces/0/part/items", "/link/external"), ["false", "false", "true"]);
    assert_eq!(
        texts(&hand.see("ledger.html"), "/entries/0/ledger/items", "/link/href"),
        ["news/y.html#二", "news/x.html#一"]
    );
}

//! Which pages there are, and what lists show in which order.

use serde_json::json;
use zhuanlan::config::{Kind, Sort};
use zhuanlan::markdown::{Block, Figures, FiguresItem, Segment};
use zhuanlan::site::{Reference, Taxonomy};

use super::{Hand, text, texts};

/// Five pieces of news: e is the newest.
fn five() -> Hand {
    let mut hand = Hand::new();
    for (name, date) in [
        ("a", "2021-02-26"),
        ("b", "2021-03-01 08:00"),
        ("c", "2021-03-05"),
        ("d", "2021-03-08"),
        ("e", "2021-03-09"),
    ] {
        hand.piece(&format!("news/{name}"), name, date);
    }
    hand
}

#[test]
fn empty_pages_do_not_exist_and_are_not_linked() {
    let hand = Hand::new();
    assert_eq!(hand.paths(), ["404.html", "index.html"]);
    let home = hand.see("index.html");
    assert_eq!(home["lead"], json!(null));
    assert_eq!(home["bands"], json!([]));
    assert_eq!(home["site"]["menu"], json!([]));
    assert_eq!(home["site"]["sections"], json!([]));
    assert_eq!(
        home["site"]["has"],
        json!({
            "archive/index": false, "ledger": false, "materials": false, "people/index": false,
            "phases/index": false, "photos": false, "search": false, "series/index": false, "topics/index": false,
            "units/index": false,
        })
    );
}

#[test]
fn every_page_has_its_fixed_place() {
    let mut hand = five();
    hand.piece("about", "关于", "");
    hand.config.phases = vec![super::hand::phase("学习教育", "learning", "2021-03-08", "2021-04-15")];
    hand.name(0, Taxonomy::Topics, "党课");
    hand.name(0, Taxonomy::Units, "特警");
    hand.name(4, Taxonomy::Phases, "学习教育");
    hand.byline(0, "作者", &["张三"]);
    hand.series.push(("五种学法".into(), vec![0, 1, 2]));
    hand.aliases.push(("old/a.html".into(), 0));
    assert_eq!(
        hand.paths(),
        [
            "404.html",
            "about.html",
            "archive/2021-02.html",
            "archive/2021-03.html",
            "archive/index.html",
            "index.html",
            "news/a.html",
            "news/b.html",
            "news/c.html",
            "news/d.html",
            "news/e.html",
            "news/index.html",
            "news/page-2.html",
            "news/page-3.html",
            "old/a.html",
            "people/index.html",
            "people/t0.html",
            "phases/index.html",
            "phases/t0.html",
            "search.html",
            "series/index.html",
            "series/s0-page-2.html",
            "series/s0.html",
            "topics/index.html",
            "topics/t0.html",
            "units/index.html",
            "units/t0.html",
        ]
    );
    assert_eq!(hand.see("index.html")["site"]["has"]["about"], json!(true));
}

#[test]
fn pages_of_a_list_know_where_they_stand() {
    let hand = five();
    let all = json!(["news/index.html", "news/page-2.html", "news/page-3.html"]);
    let pager = |path: &str| hand.see(path)["pager"].clone();
    assert_eq!(
        pager("news/index.html"),
        json!({"number": 1, "total": 3, "previous": "", "next": "news/page-2.html", "pages": all})
    );
    assert_eq!(
        pager("news/page-2.html"),
        json!({"number": 2, "total": 3, "previous": "news/index.html", "next": "news/page-3.html", "pages": all})
    );
    assert_eq!(
        pager("news/page-3.html"),
        json!({"number": 3, "total": 3, "previous": "news/page-2.html", "next": "", "pages": all})
    );
    assert_eq!(hand.see("news/page-3.html")["page"]["title"], "新闻动态（第3页）");
}

#[test]
fn a_full_last_page_is_the_last() {
    let mut hand = five();
    hand.piece("news/f", "f", "2021-03-10");
    assert!(hand.paths().contains(&"news/page-3.html".into()));
    assert!(!hand.paths().contains(&"news/page-4.html".into()));
}

#[test]
fn months_are_counted_over_the_whole_list() {
    let hand = five();
    let groups = |path: &str| {
        let view = hand.see(path);
        let groups = view["months"].as_array().unwrap().iter();
        groups
            .map(|group| {
                format!(
                    "{} {} {}: {}",
                    group["year"],
                    group["title"],
                    group["count"],
                    texts(group, "/items", "/title").concat()
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(groups("news/index.html"), [r#"2021 "3月" 4: ed"#]);
    assert_eq!(groups("news/page-2.html"), [r#"2021 "3月" 4: cb"#]);
    assert_eq!(groups("news/page-3.html"), [r#"2021 "2月" 1: a"#]);
}

#[test]
fn pinned_pieces_stand_before_the_first_month() {
    let mut hand = five();
    hand.config.per_page = 10;
    hand.document(0).front.pinned = true;
    let view = hand.see("news/index.html");
    assert_eq!(texts(&view, "/months", "/title"), ["", "3月"]);
    assert_eq!(texts(&view, "/months/0/items", "/title"), ["a"]);
    assert_eq!(texts(&view, "/months/1/items", "/title"), ["e", "d", "c", "b"]);
    assert_eq!(view["months"][0]["items"][0]["pinned"], json!(true));
}

#[test]
fn a_list_by_order_has_one_group_without_a_name() {
    let mut hand = five();
    hand.config.sections[0].sort = Sort::Order;
    let view = hand.see("news/index.html");
    assert_eq!(view["months"].as_array().unwrap().len(), 1);
    assert_eq!((text(&view, "/months/0/title"), text(&view, "/months/0/year")), (String::new(), "0".into()));
}

#[test]
fn the_lead_is_pinned_with_a_cover_else_covered_else_newest() {
    let mut hand = five();
    let lead = |hand: &Hand| text(&hand.see("index.html"), "/lead/title");
    assert_eq!(lead(&hand), "e");
    let photo = hand.photo("meeting");
    hand.articles[1].cover = Some(photo);
    assert_eq!(lead(&hand), "b");
    hand.articles[2].cover = Some(photo);
    assert_eq!(lead(&hand), "c");
    hand.document(1).front.pinned = true;
    assert_eq!(lead(&hand), "b");
    // Pinned, but without a cover.
    hand.document(3).front.pinned = true;
    assert_eq!(lead(&hand), "b");
    assert_eq!(texts(&hand.see("index.html"), "/side", "/title"), ["d", "e", "c", "a"]);
}

#[test]
fn home_repeats_nothing_that_stands_above() {
    let mut hand = five();
    for (name, date) in [("p", "2021-01-01"), ("q", "2021-01-02"), ("r", "2021-01-03"), ("s", "2021-01-04")] {
        hand.piece(&format!("study/{name}"), name, date);
    }
    let home = hand.see("index.html");
    assert_eq!(text(&home, "/lead/title"), "e");
    assert_eq!(texts(&home, "/side", "/title"), ["d", "c", "b", "a", "s", "r"]);
    assert_eq!(texts(&home, "/bands", "/section/title"), ["学习资料"]);
    assert_eq!(texts(&home, "/bands/0/items", "/title"), ["q", "p"]);
    assert_eq!(home["counts"], json!({"articles": 9, "stories": 0, "materials": 0}));
}

#[test]
fn home_shows_figures_photos_and_files() {
    let mut hand = five();
    let item =
        FiguresItem { value: "180".into(), unit: Some("个".into()), label: "党支部".into(), note: None };
    hand.block(0, Block::Figures(Figures { items: vec![item], ..Figures::default() }));
    let story = hand.piece("stories/x", "图说", "2021-03-04");
    for name in ["p1", "p2", "p3", "p4"] {
        let photo = hand.photo(name);
        hand.slot(story, Segment::Figure, (name, name, None), Reference::Asset(photo));
    }
    let material = hand.piece("study/y", "汇编", "2021-03-03");
    let file = hand.file("学习资料汇编.pdf", "huibian", 2_516_582);
    hand.articles[material].files.push((file, "学习资料汇编（第一辑）".into()));
    let home = hand.see("index.html");
    assert_eq!(text(&home, "/figures/items/0/value"), "180");
    assert_eq!(texts(&home, "/photos", "/photo/src"), ["assets/p1.png", "assets/p2.png", "assets/p3.png"]);
    assert_eq!(home["photos"][0]["article"], json!({"title": "图说", "path": "stories/x.html"}));
    assert_eq!(
        home["materials"][0]["file"],
        json!({
            "name": "学习资料汇编（第一辑）.pdf", "path": "assets/huibian.pdf", "download": "学习资料汇编.pdf",
            "kind": "PDF", "size": "2.4 MB", "bytes": 2_516_582, "pages": 3, "sha256": "",
        })
    );
    assert_eq!(
        texts(&home, "/site/menu", "/path"),
        ["news/index.html", "study/index.html", "stories/index.html", "photos.html", "materials.html",]
    );
}

#[test]
fn the_library_names_a_file_where_a_material_has_several() {
    let mut hand = Hand::new();
    let one = hand.piece("study/one", "一件", "2021-03-01");
    let two = hand.piece("study/two", "两件", "2021-03-02");
    let (a, b) = (hand.file("a.pdf", "a", 1023), hand.file("b.pdf", "b", 24 * 1024));
    hand.articles[one].files.push((a, "a.pdf".into()));
    hand.articles[two].files = vec![(a, "甲".into()), (b, "乙.PDF".into())];
    let view = hand.see("materials.html");
    assert_eq!(texts(&view, "/rows", "/title"), ["两件：甲.pdf", "两件：乙.PDF", "一件"]);
    assert_eq!(texts(&view, "/rows", "/file/size"), ["1023 B", "24 KB", "1023 B"]);
    assert_eq!(view["kinds"], json!([["PDF", 3]]));
    assert_eq!(view["total_size"], "26 KB");
}

#[test]
fn the_wall_shows_each_photo_once_under_the_newest_piece() {
    let mut hand = Hand::new();
    let (old, new) = (hand.piece("news/old", "旧", "2021-02-01"), hand.piece("news/new", "新", "2021-03-01"));
    let (both, only) = (hand.photo("both"), hand.photo("only"));
    hand.slot(old, Segment::Figure, ("both.png", "会场", None), Reference::Asset(both));
    hand.slot(old, Segment::Figure, ("only.png", "考场", Some("考场外")), Reference::Asset(only));
    hand.slot(new, Segment::Figure, ("both.png", "会场", None), Reference::Asset(both));
    let view = hand.see("photos.html");
    assert_eq!(texts(&view, "/months", "/title"), ["2021年3月", "2021年2月"]);
    assert_eq!(texts(&view, "/months/0/photos", "/article/title"), ["新"]);
    assert_eq!(texts(&view, "/months/1/photos", "/photo/caption"), ["考场外"]);
    assert_eq!(view["count"], json!(2));
}

#[test]
fn a_long_wall_has_pages() {
    let mut hand = Hand::new();
    let story = hand.piece("stories/x", "图说", "2021-03-04");
    for n in 0..121 {
        let photo = hand.photo(&format!("p{n}"));
        hand.slot(story, Segment::Figure, ("p", "", None), Reference::Asset(photo));
    }
    assert!(hand.paths().contains(&"photos-page-2.html".into()));
    let second = hand.see("photos-page-2.html");
    assert_eq!(texts(&second, "/months/0/photos", "/photo/src"), ["assets/p120.png"]);
    assert_eq!(second["stories"], json!([]));
    assert_eq!(second["pager"]["previous"], "photos.html");
}

#[test]
fn terms_name_their_newest_piece() {
    let mut hand = five();
    for piece in [0, 2] {
        hand.name(piece, Taxonomy::Topics, "党课");
    }
    hand.series.push(("五种学法".into(), vec![0, 1, 2]));
    let terms = hand.see("topics/index.html");
    assert_eq!(
        terms["terms"],
        json!([{"title": "党课", "path": "topics/t0.html", "count": 2, "counts": [], "latest": {"title": "c", "title_html": "c", "path": "news/c.html", "day": "3月5日", "date": "2021-03-05", "section": "新闻动态"}}])
    );
    assert_eq!(text(&hand.see("series/index.html"), "/terms/0/latest/title"), "c");
    assert_eq!(texts(&hand.see("series/s0.html"), "/months/0/items", "/title"), ["a", "b"]);
    let article = hand.see("news/b.html");
    assert_eq!(article["series"]["number"], json!(2));
    assert_eq!(texts(&article, "/series/items", "/path"), ["news/a.html", "news/b.html", "news/c.html"]);
}

#[test]
fn the_archive_counts_months_and_lists_titles() {
    let hand = five();
    assert_eq!(
        hand.see("archive/index.html")["years"][0]["months"][0]["path"],
        json!("archive/2021-03.html")
    );
    let year = &hand.see("archive/index.html")["years"][0];
    assert_eq!((&year["year"], &year["count"]), (&json!(2021), &json!(5)));
    assert_eq!(year["months"].as_array().map(Vec::len), Some(2));
    assert_eq!((&year["months"][0]["count"], &year["months"][1]["count"]), (&json!(4), &json!(1)));
    // So few are listed where they are counted.
    assert_eq!(texts(&year["months"][0], "/items", "/title"), ["e", "d", "c", "b"]);
    let month = hand.see("archive/2021-02.html");
    assert_eq!(
        month["items"],
        json!([{"title": "a", "title_html": "a", "path": "news/a.html", "day": "2月26日", "date": "2021-02-26", "section": "新闻动态"}])
    );
    assert_eq!(month["previous"], json!(null));
    assert_eq!(month["next"], json!({"title": "2021年3月", "path": "archive/2021-03.html"}));
}

#[test]
fn a_section_with_an_introduction_alone_has_a_page() {
    let mut hand = Hand::new();
    let at = hand.piece("empty/index", "空栏", "");
    hand.html(at, "<p>说明</p>");
    let intro = hand.articles.pop().unwrap();
    hand.intros.insert(3, intro);
    assert_eq!(hand.paths(), ["404.html", "empty/index.html", "index.html"]);
    let view = hand.see("empty/index.html");
    assert_eq!(text(&view, "/intro/pieces/0/html"), "<p>说明</p>");
    assert_eq!((view["count"].clone(), view["pager"]["total"].clone()), (json!(0), json!(1)));
    assert_eq!(hand.see("index.html")["site"]["sections"][0]["kind"], json!(Kind::Article));
}

#[test]
fn a_menu_leaves_out_what_does_not_exist() {
    let mut hand = five();
    let item = |title: &str, link: &str| zhuanlan::config::MenuItem {
        title: title.into(),
        link: super::hand::at(link.into()),
    };
    hand.config.menu = Some(vec![
        item("动态", "news"),
        item("空", "empty"),
        item("图", "photos.html"),
        item("归档", "archive/index.html"),
        item("一篇", "news/a.md"),
        item("外", "https://www.gov.cn/"),
    ]);
    let view = hand.see("archive/2021-03.html");
    assert_eq!(
        texts(&view, "/site/menu", "/path"),
        ["news/index.html", "archive/index.html", "news/a.html", "https://www.gov.cn/",]
    );
    // A month belongs to the archive, which the menu has under its own word.
    assert_eq!(text(&view, "/page/menu"), "archive/index.html");
    assert_eq!(text(&hand.see("archive/index.html"), "/page/title"), "归档");
    assert_eq!(text(&hand.see("news/b.html"), "/page/menu"), "news/index.html");
}

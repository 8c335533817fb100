//! The campaign: today in its phases, and where a piece's day lies.

use serde_json::json;
use zhuanlan::markdown::{Block, Timeline, TimelineItem};
use zhuanlan::path::Route;
use zhuanlan::render::progress;
use zhuanlan::site::{Reference, Taxonomy};

use super::hand::phase;
use super::{Hand, text, texts};

/// Ten days, a gap of five days, twenty days.
fn two() -> Hand {
    let mut hand = Hand::new();
    hand.config.phases = vec![
        phase("学习教育", "learning", "2021-03-01", "2021-03-10"),
        phase("查纠整改", "mending", "2021-03-16", "2021-04-04"),
    ];
    hand
}

fn css(hand: &Hand) -> String {
    hand.with(|column, _| String::from_utf8(progress(column).unwrap().bytes()).unwrap())
}

#[test]
fn today_in_the_campaign() {
    let mut hand = two();
    let mut check = |day: &str, state: &str, said: &str, numbers: [i32; 4], rule: &str| {
        hand.now = format!("{day}T23:59").parse().unwrap();
        let today = hand.see("index.html")["today"].clone();
        assert_eq!(
            (text(&today, "/state"), text(&today, "/text")),
            (state.to_owned(), said.to_owned()),
            "{day}"
        );
        assert_eq!(
            [&today["phase"], &today["day"], &today["left"], &today["mark"]].map(|n| n.as_i64().unwrap()),
            numbers.map(i64::from),
            "{day}"
        );
        assert_eq!(css(&hand), format!(":root{{{rule}}}\n"));
    };
    check("2021-02-20", "before", "学习教育9天后开始", [-1, 0, 0, 0], "--progress:0.000;--today:0");
    check("2021-03-01", "during", "学习教育，第1天，共10天", [0, 1, 9, 50], "--progress:0.050;--today:1");
    check("2021-03-10", "during", "学习教育，第10天，共10天", [0, 10, 0, 500], "--progress:0.500;--today:1");
    check(
        "2021-03-12",
        "between",
        "学习教育已结束，查纠整改4天后开始",
        [-1, 0, 0, 500],
        "--progress:0.500;--today:1",
    );
    check("2021-03-16", "during", "查纠整改，第1天，共20天", [1, 1, 19, 525], "--progress:0.525;--today:1");
    check("2021-04-04", "during", "查纠整改，第20天，共20天", [1, 20, 0, 1000], "--progress:1.000;--today:1");
    check("2021-04-05", "after", "已结束", [-1, 0, 0, 1000], "--progress:1.000;--today:0");
}

#[test]
fn without_phases_there_is_no_campaign() {
    let hand = Hand::new();
    let today = hand.see("index.html")["today"].clone();
    assert_eq!(
        (text(&today, "/state"), text(&today, "/text"), text(&today, "/phase")),
        (String::new(), String::new(), "-1".into())
    );
    assert_eq!(css(&hand), "/* */\n");
}

#[test]
fn a_piece_s_day_is_marked_on_the_line() {
    let mut hand = two();
    let pieces = [("a", "2021-03-01"), ("b", "2021-03-10 09:00"), ("c", "2021-03-17"), ("d", "2021-02-01")];
    for (name, date) in pieces {
        let piece = hand.piece(&format!("news/{name}"), name, date);
        hand.name(piece, Taxonomy::Phases, if name == "c" { "查纠整改" } else { "学习教育" });
    }
    let mark = |name: &str| {
        let phase = hand.see(&format!("news/{name}.html"))["card"]["phase"].clone();
        (text(&phase, "/day"), text(&phase, "/days"), text(&phase, "/mark"))
    };
    let told = |day: &str, days: &str, mark: &str| (day.to_owned(), days.to_owned(), mark.to_owned());
    assert_eq!(mark("a"), told("1", "10", "50"));
    assert_eq!(mark("b"), told("10", "10", "500"));
    assert_eq!(mark("c"), told("2", "20", "550"));
    // Before its phase began.
    assert_eq!(mark("d"), told("0", "10", "0"));
}

#[test]
fn a_phase_tells_its_timelines_and_its_pieces() {
    let mut hand = two();
    let a = hand.piece("news/a", "动员会召开", "2021-03-01 18:00");
    let b = hand.piece("news/b", "大事记", "2021-03-05");
    hand.piece("news/c", "没有阶段", "2021-03-06");
    for piece in [a, b] {
        hand.name(piece, Taxonomy::Phases, "学习教育");
    }
    let route = Route::new("news/a.html").unwrap();
    let link = hand.link(b, ("a.md", "", None), Reference::Page { route, anchor: Some("会".into()) });
    let event = |date: &str, title: &str, link| TimelineItem {
        date: date.parse().unwrap(),
        title: title.into(),
        text: Some("二十八个单位。".into()),
        link,
    };
    let items = vec![
        event("2021-03-01", "动员", Some(link)),
        event("2021-03-20", "自查", None),
        event("2021-05-01", "以后", None),
    ];
    hand.block(b, Block::Timeline(Timeline { title: None, items: items.clone() }));
    hand.block(b, Block::Timeline(Timeline { title: None, items }));
    let view = hand.see("phases/index.html");
    assert_eq!(texts(&view, "/phases/0/events", "/title"), ["动员", "大事记"]);
    assert_eq!(texts(&view, "/phases/0/events", "/path"), ["news/a.html#会", "news/b.html"]);
    assert_eq!(texts(&view, "/phases/1/events", "/title"), ["自查"]);
    assert_eq!(texts(&view, "/phases/1/events", "/path"), ["news/b.html"]);
    assert_eq!(texts(&view, "/phases", "/state"), ["done", "now"]);
    assert_eq!(texts(&view, "/phases", "/count"), ["2", "0"]);
    // The second phase has no piece, so no page of its own.
    assert_eq!(texts(&view, "/phases", "/path"), ["phases/t0.html", "phases/index.html"]);
    assert_eq!(texts(&view, "/site/phases", "/path"), ["phases/t0.html", "phases/index.html"]);
    assert_eq!(
        view["site"]["phases"][0],
        json!({
            "title": "学习教育", "path": "phases/t0.html", "start": "3.01", "end": "3.10", "year": 2021, "days": 10, "index": 0,
        })
    );
}

#[test]
fn a_phase_shows_its_newest_forty_pieces() {
    let mut hand = two();
    for n in 0..50 {
        let piece = hand.piece(&format!("news/p{n:02}"), &format!("p{n:02}"), "2021-03-02");
        hand.name(piece, Taxonomy::Phases, "学习教育");
    }
    let view = hand.see("phases/index.html");
    assert_eq!(view["phases"][0]["events"].as_array().unwrap().len(), 40);
    assert_eq!(view["phases"][0]["count"], json!(50));
}

#[test]
fn a_phase_ahead_says_when_it_begins() {
    let mut hand = two();
    hand.now = "2021-03-02T08:00".parse().unwrap();
    hand.config.phases[1].goals = vec!["自查".into(), "整改。".into()];
    let view = hand.see("phases/index.html");
    assert_eq!(texts(&view, "/phases", "/starts_in"), ["0", "14"]);
    assert_eq!(texts(&view, "/phases", "/state"), ["now", "ahead"]);
    assert_eq!(view["phases"][1]["goals"], json!(["自查", "整改。"]));
    let piece = hand.piece("news/x", "x", "2021-03-20");
    hand.name(piece, Taxonomy::Phases, "查纠整改");
    assert_eq!(
        text(&hand.see("phases/t0.html"), "/description"),
        "3月16日—4月4日，共20天。目标：自查；整改。"
    );
}

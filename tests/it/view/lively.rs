//! The column's own pages: the study calendar, units' activity, the library's
//! names, a ledger's sources, and examples, which none of them counts.

use serde_json::{Value, json};
use zhuanlan::markdown::{
    Block, Figures, FiguresItem, Gallery, GalleryPhoto, Ledger, LedgerItem, LedgerStatus, Quiz, QuizItem,
    Timeline, TimelineItem,
};
use zhuanlan::site::{Reference, Taxonomy};

use super::hand::phase;
use super::{Hand, text, texts};

/// Two phases; in the first people study on Tuesdays and Thursdays.
fn studying() -> Hand {
    use jiff::civil::Weekday::{Thursday, Tuesday};
    let mut hand = Hand::new();
    let mut learning = phase("学习教育", "learning", "2021-03-08", "2021-04-02");
    learning.study_days = vec![Tuesday, Thursday];
    hand.config.phases = vec![learning, phase("查纠整改", "mending", "2021-04-03", "2021-04-30")];
    hand
}

fn event(date: &str, title: &str) -> TimelineItem {
    TimelineItem { date: date.parse().unwrap(), title: title.into(), text: None, link: None }
}

/// A month of the calendar as a text: `*` a study day, `.` another day of a
/// phase, `-` a day outside, a space for no day; a letter where it leads
/// somewhere.
fn drawn(month: &Value) -> Vec<String> {
    let day = |day: &Value| match (&day["day"], text(day, "/anchor").is_empty()) {
        (Value::Number(n), _) if n.as_i64() == Some(0) => ' ',
        (_, false) => 'a',
        _ if day["study"] == json!(true) => '*',
        _ if day["inside"] == json!(true) => '.',
        _ => '-',
    };
    let weeks = month["weeks"].as_array().unwrap();
    weeks.iter().map(|week| week.as_array().unwrap().iter().map(day).collect()).collect()
}

#[test]
fn the_calendar_shows_the_months_in_which_people_study() {
    let mut hand = studying();
    hand.now = "2021-03-16T10:00".parse().unwrap();
    let piece = hand.piece("news/a", "动员", "2021-03-09");
    hand.name(piece, Taxonomy::Phases, "学习教育");
    hand.block(piece, Block::Timeline(Timeline { title: None, items: vec![event("2021-03-12", "座谈")] }));
    let view = hand.see("phases/index.html");
    assert_eq!(texts(&view, "/calendar", "/title"), ["2021年3月", "2021年4月"]);
    assert_eq!(drawn(&view["calendar"][0]), ["-------", ".a.*a..", ".*.*...", ".*.*...", ".*.    "]);
    assert_eq!(drawn(&view["calendar"][1]), ["   *...", ".......", ".......", ".......", ".....  "]);
    let day = |week: usize, day: usize| view["calendar"][0]["weeks"][week][day].clone();
    assert_eq!(
        day(1, 1),
        json!({
            "day": 9, "date": "2021-03-09", "said": "3月9日", "state": "past", "inside": true, "study": true,
            "count": 1, "anchor": "day-2021-03-09",
        })
    );
    assert_eq!(text(&day(2, 1), "/state"), "today");
    assert_eq!(text(&day(2, 2), "/state"), "ahead");
    let study = json!({"days": "周二、周四", "total": 8, "done": 3});
    assert_eq!((&view["phases"][0]["study"], &view["phases"][1]["study"]), (&study, &Value::Null));
}

#[test]
fn without_study_days_there_is_no_calendar() {
    let mut hand = studying();
    hand.config.phases[0].study_days.clear();
    assert_eq!(hand.see("phases/index.html")["calendar"], json!([]));
}

#[test]
fn home_shows_the_current_phase_else_the_next() {
    let mut hand = studying();
    let piece = hand.piece("news/a", "动员", "2021-03-08");
    hand.name(piece, Taxonomy::Phases, "学习教育");
    let items =
        ["2021-03-09", "2021-03-10", "2021-03-11", "2021-03-30"].map(|date| event(date, date)).to_vec();
    hand.block(piece, Block::Timeline(Timeline { title: None, items }));
    let mut check = |now: &str, title: &str, events: &[&str]| {
        hand.now = format!("{now}T10:00").parse().unwrap();
        let phase = hand.see("index.html")["current"].clone();
        assert_eq!(text(&phase, "/title"), title, "{now}");
        assert_eq!(texts(&phase, "/events", "/title"), events, "{now}");
    };
    check("2021-03-01", "学习教育", &[]);
    check("2021-03-09", "学习教育", &["2021-03-09"]);
    check("2021-03-22", "学习教育", &["2021-03-09", "2021-03-10", "2021-03-11"]);
    check("2021-04-30", "查纠整改", &[]);
    hand.now = "2021-05-01T10:00".parse().unwrap();
    assert_eq!(hand.see("index.html")["current"], Value::Null);
}

#[test]
fn pieces_and_told_events_are_told_apart() {
    let mut hand = studying();
    let piece = hand.piece("news/a", "动员", "2021-03-08");
    hand.name(piece, Taxonomy::Phases, "学习教育");
    hand.block(piece, Block::Timeline(Timeline { title: None, items: vec![event("2021-03-09", "承诺")] }));
    let view = hand.see("phases/index.html");
    assert_eq!(texts(&view, "/phases/0/events", "/piece"), ["true", "false"]);
}

/// Titles of the periods, and the counts of each unit.
fn activity(dates: &[(&str, &str)]) -> (Vec<String>, Vec<String>, String) {
    let mut hand = Hand::new();
    for (n, (unit, date)) in dates.iter().enumerate() {
        let piece = hand.piece(&format!("news/p{n}"), "x", date);
        hand.name(piece, Taxonomy::Units, unit);
    }
    let view = hand.see("units/index.html");
    (texts(&view, "/periods", "/title"), texts(&view, "/terms", "/counts"), text(&view, "/most"))
}

#[test]
fn units_are_counted_by_week_then_by_month() {
    let told = activity(&[
        ("市局", "2021-03-08"),
        ("市局", "2021-03-14"),
        ("源汇", "2021-03-15"),
        ("源汇", "2021-03-29"),
        ("源汇", ""),
    ]);
    let weeks = ["3月8日", "3月15日", "3月22日", "3月29日"].map(str::to_owned).to_vec();
    assert_eq!(told, (weeks, vec!["[2,0,0,0]".into(), "[0,1,0,1]".into()], "2".into()));
    let (months, counts, _) = activity(&[("市局", "2020-12-31"), ("市局", "2021-04-30")]);
    assert_eq!(months, ["12月", "1月", "2月", "3月", "4月"]);
    assert_eq!(counts, ["[1,0,0,0,1]"]);
    // Only the last of many months, and nothing where nothing has a date.
    let (months, counts, most) = activity(&[("市局", "1999-01-01"), ("市局", "2021-04-30")]);
    assert_eq!((months.len(), most.as_str()), (24, "1"));
    assert!(counts[0].ends_with(",1]"));
    assert_eq!(activity(&[("市局", "")]), (Vec::new(), vec!["[]".into()], "0".into()));
}

#[test]
fn topics_have_no_activity() {
    let mut hand = Hand::new();
    let piece = hand.piece("news/x", "x", "2021-03-01");
    hand.name(piece, Taxonomy::Topics, "学法");
    let view = hand.see("topics/index.html");
    assert_eq!((&view["periods"], &view["terms"][0]["counts"]), (&json!([]), &json!([])));
}

#[test]
fn the_library_names_what_it_can_be_filtered_by() {
    let mut hand = Hand::new();
    for (n, (issuer, date, topic)) in
        [("甲局", "2021-03-01", "学法"), ("乙局", "2020-03-01", "学法"), ("", "", "党史")]
            .into_iter()
            .enumerate()
    {
        let piece = hand.piece(&format!("study/m{n}"), "x", date);
        hand.document(piece).front.issuer = (!issuer.is_empty()).then(|| issuer.to_owned());
        hand.name(piece, Taxonomy::Topics, topic);
        let file = hand.file(&format!("f{n}.pdf"), &format!("f{n}"), 1000);
        hand.articles[piece].files.push((file, format!("f{n}.pdf")));
    }
    let view = hand.see("materials.html");
    assert_eq!(view["topics"], json!([["学法", 2], ["党史", 1]]));
    assert_eq!(view["issuers"], json!([["乙局", 1], ["甲局", 1]]));
    assert_eq!(view["years"], json!([["2021", 1], ["2020", 1]]));
}

fn opinion(number: u32, from: &str, status: LedgerStatus) -> LedgerItem {
    LedgerItem {
        number,
        question: format!("问{number}"),
        from: (!from.is_empty()).then(|| from.to_owned()),
        date: None,
        status,
        answer: None,
        answered_on: None,
        link: None,
    }
}

#[test]
fn a_ledger_says_where_opinions_came_from() {
    use LedgerStatus::{Answered, Open};
    let sources = |items: Vec<LedgerItem>| {
        let mut hand = Hand::new();
        let piece = hand.piece("news/x", "x", "2021-03-01");
        let ledger = Ledger { collected: 9, items, ..Ledger::default() };
        hand.block(piece, Block::Ledger(ledger));
        let part = hand.see("news/x.html")["body"]["pieces"][0]["part"].clone();
        (part["sources"].clone(), texts(&part, "/items", "/source").join(" "))
    };
    let items = vec![
        opinion(1, "座谈会", Answered),
        opinion(2, "信箱", Open),
        opinion(3, "", Open),
        opinion(4, "座谈会", Open),
    ];
    let told = json!([
        {"title": "座谈会", "collected": 2, "answered": 1},
        {"title": "信箱", "collected": 1, "answered": 0},
    ]);
    assert_eq!(sources(items), (told, "1 2 0 1".into()));
    assert_eq!(sources(vec![opinion(1, "座谈会", Open)]), (json!([]), "0".into()));
}

/// A piece with a block of each kind and a photo in its gallery.
fn full(hand: &mut Hand) -> usize {
    let piece = hand.piece("stories/x", "x", "2021-03-10");
    let photo = hand.photo("p");
    let link = hand.link(piece, ("p.png", "甲", None), Reference::Asset(photo));
    let photos = vec![GalleryPhoto { link, credit: None, date: None }];
    let number = FiguresItem { value: "3".into(), unit: None, label: "期".into(), note: None };
    let question = QuizItem {
        question: "问".into(),
        options: vec!["甲".into(), "乙".into()],
        answer: vec![0],
        explain: None,
    };
    hand.block(piece, Block::Gallery(Gallery { title: None, layout: "grid".into(), photos }));
    hand.block(piece, Block::Timeline(Timeline { title: None, items: vec![event("2021-03-09", "承诺")] }));
    hand.block(piece, Block::Ledger(Ledger { collected: 2, ..Ledger::default() }));
    hand.block(piece, Block::Figures(Figures { items: vec![number], ..Figures::default() }));
    hand.block(piece, Block::Quiz(Quiz { items: vec![question], ..Quiz::default() }));
    piece
}

#[test]
fn what_is_labelled_as_an_example_is_shown_and_not_counted() {
    let mut hand = studying();
    let piece = full(&mut hand);
    let home = hand.see("index.html");
    assert!(home["figures"].is_object() && home["ledger"].is_object());
    assert_eq!(texts(&hand.see("phases/index.html"), "/phases/0/events", "/title"), ["承诺"]);
    assert!(hand.paths().contains(&"photos.html".to_owned()));
    assert_eq!(home["lead"]["questions"], json!(1));

    hand.document(piece).body.examples = vec![0, 1, 2, 3, 4];
    let home = hand.see("index.html");
    assert_eq!((&home["figures"], &home["ledger"]), (&Value::Null, &Value::Null));
    assert_eq!(home["lead"]["questions"], json!(0));
    assert_eq!(texts(&hand.see("phases/index.html"), "/phases/0/events", "/title"), Vec::<String>::new());
    let paths = hand.paths();
    assert!(!paths.contains(&"photos.html".to_owned()) && !paths.contains(&"ledger.html".to_owned()));
    let pieces = hand.see("stories/x.html")["body"]["pieces"].clone();
    let shown: Vec<String> = texts(&json!({ "p": pieces.clone() }), "/p", "/kind");
    assert_eq!(shown, ["gallery", "timeline", "ledger", "figures", "quiz"]);
    assert!(pieces.as_array().unwrap().iter().all(|piece| piece["example"] == json!(true)));
}

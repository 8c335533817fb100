//! Keys: what changes when something is edited, and nothing else.

use std::collections::BTreeMap;

use zhuanlan::markdown::{Block, Figures, FiguresItem, Segment};
use zhuanlan::memo::{Key, NoStore};
use zhuanlan::page::{Column, Memory, Page, all, batches};
use zhuanlan::render::{feeds, progress, robots, sitemap};
use zhuanlan::site::{Reference, Taxonomy};

use super::Hand;
use super::hand::{at, moment, phase};

/// Nine pieces, three of them with photos, topics, people, a series.
pub(super) fn nine() -> Hand {
    let mut hand = Hand::new();
    hand.config.phases = vec![phase("学习教育", "learning", "2021-03-08", "2021-04-15")];
    let photo = hand.photo("p");
    for n in 0..9 {
        let folder = ["news", "study", "stories"][n % 3];
        let piece =
            hand.piece(&format!("{folder}/p{n}"), &format!("题{n}"), &format!("2021-03-{:02}", n + 8));
        hand.html(piece, &format!("<p>{n}</p>"));
        hand.name(piece, Taxonomy::Topics, ["甲", "乙"][n % 2]);
        hand.name(piece, Taxonomy::Phases, "学习教育");
        hand.byline(piece, "作者", &["张三"]);
        if n % 3 == 2 {
            hand.slot(piece, Segment::Figure, ("p.png", "图", None), Reference::Asset(photo));
        }
    }
    hand.series.push(("系列".into(), vec![0, 3]));
    hand.articles[0].related = vec![zhuanlan::site::ArticleId(1)];
    hand
}

/// The keys of all files that the column and its pages give.
fn keys(hand: &Hand, memory: &Memory) -> BTreeMap<String, Key> {
    let site = hand.site();
    let column = Column::new(&site, &hand.theme, &hand.options, memory, &NoStore);
    let mut pages = all(&column);
    pages.extend(zhuanlan::book::pages(&column));
    let mut keys: BTreeMap<String, Key> =
        pages.iter().map(|page| (page.path.to_string(), page.key)).collect();
    let files = feeds(&column)
        .into_iter()
        .chain(sitemap(&column, pages.iter().filter_map(Page::named)))
        .chain(robots(&column))
        .chain(progress(&column));
    keys.extend(files.map(|file| (file.path.to_string(), file.key)));
    keys
}

/// By its key, what a batch has: paths, keys and what the sitemap says.
fn batched(hand: &Hand, memory: &Memory) -> BTreeMap<Key, Vec<String>> {
    let site = hand.site();
    let column = Column::new(&site, &hand.theme, &hand.options, memory, &NoStore);
    let said = |page: &Page<'_>| format!("{} {} {:?}", page.path, page.key, page.listed);
    batches(&column).iter().map(|batch| (batch.key, batch.pages().iter().map(said).collect())).collect()
}

/// The files whose keys differ after `edit`.
fn changed(edit: impl FnOnce(&mut Hand)) -> Vec<String> {
    let mut hand = nine();
    let memory = Memory::default();
    let before = keys(&hand, &memory);
    let batches = batched(&hand, &memory);
    edit(&mut hand);
    let after = keys(&hand, &memory);
    for (key, pages) in batched(&hand, &memory) {
        assert!(
            batches.get(&key).is_none_or(|before| *before == pages),
            "equal keys, other pages: {pages:?}"
        );
    }
    assert_eq!(after, keys(&hand, &Memory::default()), "warm and cold differ");
    let mut changed: Vec<String> = after
        .iter()
        .filter(|(path, key)| before.get(*path) != Some(key))
        .map(|(path, _)| path.clone())
        .collect();
    changed.extend(before.keys().filter(|path| !after.contains_key(*path)).cloned());
    changed
}

const FEEDS: [&str; 6] =
    ["feed.atom", "feed.json", "feed.rss", "news/feed.atom", "news/feed.json", "news/feed.rss"];

#[test]
fn nothing_changed_changes_nothing() {
    assert_eq!(changed(|_| {}), Vec::<String>::new());
}

#[test]
fn an_edited_body_changes_its_page_and_its_feeds() {
    let mut expected: Vec<&str> = FEEDS.to_vec();
    expected.push("news/p3.html");
    assert_eq!(changed(|hand| hand.html(3, "<p>more</p>")), expected);
}

#[test]
fn a_word_count_changes_the_lists_that_show_it() {
    let changed = changed(|hand| hand.document(3).body.footprint.words = 500);
    for path in ["archive/2021-03.html", "phases/index.html", "sitemap.xml", "news/p0.html", "photos.html"] {
        assert!(!changed.iter().any(|other| other == path), "{path}");
    }
    for path in ["news/p3.html", "index.html"] {
        assert!(changed.iter().any(|other| other == path), "{path}");
    }
}

#[test]
fn an_edited_title_changes_what_names_it() {
    let changed = changed(|hand| hand.document(3).title = "新题".into());
    // Its neighbours and its series.
    for path in ["archive/2021-03.html", "news/p3.html", "news/p0.html", "news/p6.html", "phases/index.html"]
    {
        assert!(changed.iter().any(|other| other == path), "{path}");
    }
    for path in ["study/p1.html", "stories/p2.html", "sitemap.xml", "photos.html", "study/index.html"] {
        assert!(!changed.iter().any(|other| other == path), "{path}");
    }
}

#[test]
fn a_related_piece_shows_its_new_title() {
    let changed = changed(|hand| hand.document(1).title = "新题".into());
    assert!(changed.contains(&"news/p0.html".into()));
}

#[test]
fn a_day_s_passing_changes_three_files() {
    let tomorrow = |hand: &mut Hand| hand.now = "2021-03-23T00:01".parse().unwrap();
    assert_eq!(changed(tomorrow), ["index.html", "phases/index.html", "progress.css"]);
    let later = |hand: &mut Hand| hand.now = "2021-03-22T23:59".parse().unwrap();
    assert_eq!(changed(later), Vec::<String>::new());
}

#[test]
fn a_theme_s_setting_changes_every_page_and_no_feed() {
    let changed = changed(|hand| hand.theme.settings = serde_json::json!({"mourning": true}));
    assert_eq!(changed.len(), nine().paths().len());
    assert!(changed.iter().all(|path| path.ends_with(".html")));
}

#[test]
fn settings_of_another_type_have_another_key() {
    let mut hand = nine();
    let mut key = |value: serde_json::Value| {
        hand.theme.settings = serde_json::json!({ "n": value });
        keys(&hand, &Memory::default())["index.html"]
    };
    assert_ne!(key(true.into()), key(1.into()));
}

#[test]
fn a_correction_and_an_update_change_the_piece_and_the_sitemap() {
    let changed = changed(|hand| hand.document(3).front.updated = Some(at(moment("2021-03-30"))));
    let mut expected: Vec<&str> = FEEDS.to_vec();
    expected.extend(["news/p3.html", "sitemap.xml"]);
    expected.sort_unstable();
    assert_eq!(changed, expected);
}

#[test]
fn figures_change_home() {
    let item = FiguresItem { value: "28".into(), unit: None, label: "个单位".into(), note: None };
    let changed =
        changed(|hand| hand.block(0, Block::Figures(Figures { items: vec![item], ..Figures::default() })));
    assert!(changed.contains(&"index.html".into()));
}

#[test]
fn a_replaced_photo_changes_the_pages_that_show_it() {
    let changed =
        changed(|hand| hand.assets[0].output = zhuanlan::path::OutputPath::new("assets/p2.png").unwrap());
    for path in ["stories/p2.html", "photos.html", "index.html", "stories/feed.atom"] {
        assert!(changed.iter().any(|other| other == path), "{path}");
    }
    assert!(!changed.contains(&"news/p3.html".into()));
}

#[test]
fn cards_are_made_once() {
    let mut hand = nine();
    let memory = Memory::default();
    keys(&hand, &memory);
    assert_eq!(memory.sweep().made, 9);
    keys(&hand, &memory);
    assert_eq!(memory.sweep(), zhuanlan::memo::Count { made: 0, reused: 0 });
    hand.html(3, "<p>more</p>");
    keys(&hand, &memory);
    assert_eq!(memory.sweep(), zhuanlan::memo::Count { made: 1, reused: 8 });
}

#[test]
fn equal_keys_mean_equal_views() {
    let (first, mut second) = (nine(), nine());
    second.document(3).summary = "摘要".into();
    let views = |hand: &Hand| {
        hand.with(|_, pages| {
            let view =
                |page: &zhuanlan::page::Page<'_>| (page.key, serde_json::to_string(&page.view()).unwrap());
            pages.iter().map(view).collect::<Vec<_>>()
        })
    };
    let all: Vec<_> = views(&first).into_iter().chain(views(&second)).collect();
    let by_key: BTreeMap<Key, &str> = all.iter().map(|(key, view)| (*key, view.as_str())).collect();
    assert!(all.iter().all(|(key, view)| by_key[key] == view));
    // Every view can be hashed and be given to a template.
    first.with(|_, pages| {
        for page in pages {
            let view = page.view();
            assert_ne!(Key::hash_value(&view), Key::hash(b""));
            assert!(view.context().is_ok());
        }
    });
}

//! What open tabs hear.

use std::sync::Arc;
use std::time::{Duration, Instant};

use zhuanlan::build::{Artifact, Content};
use zhuanlan::memo::Key;
use zhuanlan::path::OutputPath;

use super::{Scene, article, write};

const SOON: Duration = Duration::from_secs(5);

fn seen(scene: &Scene, path: &str) -> String {
    scene.get(&format!("/{path}")).seen()
}

#[test]
fn a_tab_hears_of_its_own_page_alone() {
    let scene = Scene::new();
    write(scene.root(), "content/about.md", "---\ntitle: 关于\n---\n\n说明。\n");
    scene.show();
    let mut a = scene.client().events("news/a.html", &seen(&scene, "news/a.html"));
    let mut about = scene.client().events("about.html", &seen(&scene, "about.html"));
    assert_eq!(a.names(), ["hello", "page", "findings"]);
    assert_eq!(about.names(), ["hello", "page", "findings"]);
    write(scene.root(), "content/news/a.md", article("通知", "第二稿。"));
    scene.show();
    assert_eq!(a.next(SOON).unwrap().name, "reload");
    assert_eq!(about.names(), Vec::<String>::new());
    // The same again is nothing.
    scene.show();
    assert!(!a.names().contains(&"reload".to_owned()));
}

#[test]
fn a_stylesheet_is_loaded_again_in_place() {
    let scene = Scene::new();
    let mut tab = scene.client().events("news/a.html", &seen(&scene, "news/a.html"));
    tab.all();
    write(scene.root(), "themes/own/theme.yaml", "extends: gazette\nstyles: [own.css]\n");
    write(scene.root(), "themes/own/assets/own.css", "h1{color:red}");
    write(scene.root(), "column.yaml", format!("{}theme: own\n", super::COLUMN));
    scene.show();
    tab.all();
    write(scene.root(), "themes/own/assets/own.css", "h1{color:green}");
    scene.show();
    let event = tab.next(SOON).unwrap();
    assert_eq!(event.name, "styles");
    assert!(event.data.starts_with("[[\"assets/gazette.css\","), "{}", event.data);
    assert_eq!(event.id, seen(&scene, "news/a.html"));
}

#[test]
fn errors_come_in_words_with_their_place_and_go() {
    let scene = Scene::new();
    let mut tab = scene.client().events("news/a.html", &seen(&scene, "news/a.html"));
    tab.all();
    write(scene.root(), "content/news/a.md", article("通知", "第二稿，见[附件](没有.pdf)。"));
    scene.show();
    let events = tab.all();
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["page", "findings"]);
    let told: serde_json::Value = serde_json::from_str(&events[1].data).unwrap();
    assert_eq!(told["errors"], 1);
    let finding = &told["list"][0];
    assert_eq!((finding["path"].as_str(), finding["line"].as_u64()), (Some("content/news/a.md"), Some(6)));
    assert_eq!(finding["severity_text"], "错误");
    let line = ["before", "marked", "after"].map(|part| finding[part].as_str().unwrap()).concat();
    assert_eq!(line, "第二稿，见[附件](没有.pdf)。");
    assert!(finding["marked"].as_str().unwrap().contains("没有.pdf"));
    write(scene.root(), "content/news/a.md", article("通知", "第一稿。"));
    scene.show();
    let events = tab.all();
    assert!(events.iter().any(|event| event.name == "findings" && event.data.contains("\"errors\":0")));
    assert!(events.iter().all(|event| event.name != "reload"), "the page is as it was");
}

#[test]
fn a_tab_catches_up_when_it_connects() {
    let scene = Scene::new();
    let before = seen(&scene, "news/a.html");
    write(scene.root(), "content/news/a.md", article("通知", "第二稿。"));
    scene.show();
    assert_eq!(
        scene.client().events("news/a.html", &before).names(),
        ["hello", "reload", "page", "findings"]
    );
    let now = seen(&scene, "news/a.html");
    assert_eq!(scene.client().events("news/a.html", &now).names(), ["hello", "page", "findings"]);
    // A browser that connects again by itself says what it was told last.
    assert_eq!(
        scene.client().events_after("news/a.html", &before, &now).names(),
        ["hello", "page", "findings"]
    );
}

#[test]
fn a_tab_outlives_the_server() {
    let scene = Scene::new();
    let before = seen(&scene, "news/a.html");
    let again = Scene::new();
    assert_eq!(again.client().events("news/a.html", &before).names(), ["hello", "page", "findings"]);
}

#[test]
fn a_tab_without_a_page_hears_when_it_comes() {
    let scene = Scene::new();
    let mut tab = scene.client().events("news/new.html", &seen(&scene, "news/new.html"));
    assert_eq!(tab.names(), ["hello", "page", "findings"]);
    write(scene.root(), "content/news/new.md", article("新", "来了。"));
    scene.show();
    assert_eq!(tab.next(SOON).unwrap().name, "reload");
}

#[test]
fn the_overviews_tab_hears_of_any_piece() {
    let scene = Scene::new();
    let mut tab = scene.client().events("-/", &seen(&scene, "-/?state=draft"));
    assert_eq!(tab.names(), ["hello", "page", "findings"]);
    write(scene.root(), "content/news/a.md", article("改了标题", "第一稿。"));
    scene.show();
    assert_eq!(tab.next(SOON).unwrap().name, "reload");
}

#[test]
fn the_facts_of_a_draft() {
    let scene = Scene::new();
    let mut tab = scene.client().events("news/b.html", &seen(&scene, "news/b.html"));
    let page = tab.all().into_iter().find(|event| event.name == "page").unwrap();
    let facts: serde_json::Value = serde_json::from_str(&page.data).unwrap();
    assert_eq!(facts["state"], "draft");
    assert_eq!(facts["source"], "content/news/b.md");
    assert_eq!((facts["words"].as_u64(), facts["minutes"].as_u64()), (Some(4), Some(1)));
}

#[test]
fn a_build_waits_for_none_of_two_hundred_tabs_and_all_hear_of_it() {
    let scene = Scene::new();
    let time = |text: &str| {
        write(scene.root(), "content/news/a.md", article("通知", text));
        let began = Instant::now();
        scene.show();
        began.elapsed()
    };
    let alone: Duration = (0..5).map(|n| time(&format!("独稿{n}。"))).min().unwrap();
    let token = seen(&scene, "news/a.html");
    let mut tabs: Vec<_> = (0..200).map(|_| scene.client().events("news/a.html", &token)).collect();
    for tab in &mut tabs {
        assert_eq!(tab.next(SOON).unwrap().name, "hello");
    }
    // None of them reads now: a build that waited for one would wait for ever.
    let together: Duration = (0..5).map(|n| time(&format!("众稿{n}。"))).min().unwrap();
    for tab in &mut tabs {
        let event = std::iter::from_fn(|| tab.next(SOON)).find(|event| event.name == "reload");
        assert!(event.is_some());
    }
    println!("a build and its showing: {alone:?} without tabs, {together:?} with 200");
}

#[test]
fn slow_and_half_open_clients_hold_nobody_up() {
    use std::io::Write as _;
    let scene = Scene::new();
    let mut idle: Vec<_> = (0..150).map(|_| scene.client().connect()).collect();
    for (n, stream) in idle.iter_mut().enumerate() {
        stream.write_all(if n % 2 == 0 { b"GET /news/a.ht".as_slice() } else { b"".as_slice() }).unwrap();
    }
    // Clients that ask for a large file and do not read it.
    let mut deaf: Vec<_> = (0..20).map(|_| scene.client().connect()).collect();
    for stream in &mut deaf {
        stream.write_all(b"GET /films/x.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    }
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(scene.get("/news/a.html").status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn what_was_asked_for_last_is_looked_at_as_what_a_tab_shows() {
    let scene = Scene::new();
    let looked_at = || scene.preview.looked_at().iter().map(ToString::to_string).collect::<Vec<_>>();
    for path in ["/404.html", "/news/a.html", "/news/b.html", "/", "/news/", "/news/a.html"] {
        scene.get(path);
    }
    for other in ["/verify.txt", "/nothing.html", "/news", "/-/"] {
        scene.get(other);
    }
    assert_eq!(looked_at(), ["news/a.html", "news/index.html", "index.html", "news/b.html"]);
    let mut tab = scene.client().events("news/b.html", "");
    tab.names();
    assert_eq!(looked_at(), ["news/a.html", "news/index.html", "index.html", "news/b.html"]);
    drop(tab);
}

#[test]
fn a_file_of_the_next_build_is_shown_before_that_is_done() {
    let scene = Scene::new();
    let style = OutputPath::new("assets/gazette.css").unwrap();
    let css = |text: &str| {
        let bytes: Arc<[u8]> = text.as_bytes().into();
        Artifact { key: Key::hash(&bytes), content: Content::Bytes(bytes) }
    };
    let mut tab = scene.client().events("news/a.html", &seen(&scene, "news/a.html"));
    tab.all();
    let green = scene.get("/assets/gazette.css").text() + "h1{color:green}";
    scene.preview.early()(&style, css(&green));
    assert_eq!(scene.get("/assets/gazette.css").text(), green);
    assert_eq!(tab.next(SOON).unwrap().name, "styles");
    // The next build says what there is; after an error nothing comes early.
    write(scene.root(), "content/news/a.md", article("通知", "见[附件](没有.pdf)。"));
    scene.show();
    assert_ne!(scene.get("/assets/gazette.css").text(), green);
    scene.preview.early()(&style, css("h1{color:red}"));
    assert_ne!(scene.get("/assets/gazette.css").text(), "h1{color:red}");
}

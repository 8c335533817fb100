//! The whole site from hand-made documents: who is shown, where, in which
//! order, beside what.

use std::sync::Arc;

use jiff::civil::{DateTime, date, datetime};
use zhuanlan::config::{self, Config};
use zhuanlan::diagnostic::{Checked, Lang};
use zhuanlan::document::Front;
use zhuanlan::memo::Key;
use zhuanlan::site::{Memory, Options, Site, State, Taxonomy, assemble};

use crate::docs::{Doc, at, moment};
use crate::project::Project;

const COLUMN: &str = "base_url: https://example.org/
sections:
  - {folder: news, title: 新闻}
  - {folder: study, title: 学习, kind: material, sort: order}
  - {folder: help, title: 帮助, kind: page, sort: title}
  - {folder: old, title: 旧事, sort: date}
units: [{name: 源汇分局, short: 源汇, slug: yuanhui}, {name: 郾城分局, slug: yancheng}]
phases: [{name: 学习教育, slug: xuexi, start: 2021-03-08, end: 2021-04-15}]";

const NOW: DateTime = date(2021, 4, 1).at(12, 0, 0, 0);

fn options() -> Options {
    Options { now: NOW, preview: false, drafts: false, fingerprint: true }
}

fn config_of(project: &Project) -> Arc<Config> {
    let read = config::read(&project.tree(), None);
    assert_eq!(read.diagnostics, []);
    Arc::new(read.value)
}

fn assembled(docs: &[Doc], options: &Options, memory: &Memory) -> Checked<Site> {
    let project = Project::new().column(COLUMN);
    let config = config_of(&project);
    let documents = docs.iter().map(Doc::done).collect();
    assemble(documents, &config, &project.tree(), &project, options, memory)
}

fn site(docs: &[Doc]) -> Site {
    let checked = assembled(docs, &options(), &Memory::default());
    let found: Vec<String> = checked.diagnostics.iter().map(|d| d.kind.message(Lang::Zh).text).collect();
    assert_eq!(found, [""; 0]);
    checked.value
}

fn codes(docs: &[Doc]) -> Vec<&'static str> {
    assembled(docs, &options(), &Memory::default()).diagnostics.iter().map(|d| d.kind.code()).collect()
}

/// The routes of articles, by source path.
fn routes(site: &Site) -> Vec<&str> {
    site.articles.iter().map(|article| article.route.as_str()).collect()
}

/// The names of the listed articles.
fn names<'s>(site: &'s Site, ids: &[zhuanlan::site::ArticleId]) -> Vec<&'s str> {
    ids.iter().map(|id| site.articles[id.0 as usize].document.path.stem()).collect()
}

#[test]
fn routes_follow_the_folders() {
    let site = site(&[
        Doc::new("content/news/a.md"),
        Doc::new("content/news/动员 部署/index.md"),
        Doc::new("content/news/专题/b.md"),
        Doc::new("content/news/index.md"),
        Doc::new("content/about.md"),
        Doc::new("content/contact/index.md"),
    ]);
    assert_eq!(
        routes(&site),
        ["about.html", "contact.html", "news/a.html", "news/zhuan-ti/b.html", "news/dong-yuan-bu-shu.html"]
    );
    assert_eq!(site.intros[&0].route.as_str(), "news/index.html");
    assert_eq!(site.articles[0].section, None);
    assert_eq!(site.articles[2].section, Some(0));
}

#[test]
fn places_that_are_none_are_reported() {
    assert_eq!(codes(&[Doc::new("content/xinwen/a.md"), Doc::new("content/xinwen/b.md")]), ["no-section"; 2]);
    assert_eq!(codes(&[Doc::new("content/index.md")]), ["reserved-name"]);
    assert_eq!(codes(&[Doc::new("content/photos.md")]), ["reserved-name"]);
    assert_eq!(codes(&[Doc::new("content/news/a/b/c/d/e/f/g/h/i.md")]), ["too-deep"]);
    assert_eq!(codes(&[Doc::new("content/news/photos.md")]), [""; 0]);
}

#[test]
fn one_route_is_one_page() {
    let docs =
        [Doc::new("content/news/a.md"), Doc::new("content/news/a/index.md"), Doc::new("content/news/A.md")];
    let checked = assembled(&docs, &options(), &Memory::default());
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|d| (d.primary.path.as_str(), d.kind.code(), d.secondary[0].path.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("content/news/a.md", "same-route", "content/news/A.md"),
            ("content/news/a/index.md", "same-route", "content/news/A.md")
        ]
    );
    let mut different = routes(&checked.value);
    different.dedup();
    assert_eq!(different.len(), 3);
}

#[test]
fn a_piece_that_was_taken_down_or_is_to_come_keeps_its_route() {
    let check = |other: Doc, expected: &[&str]| {
        let docs = [Doc::new("content/news/x.md"), other];
        let checked = assembled(&docs, &options(), &Memory::default());
        let codes: Vec<_> = checked.diagnostics.iter().map(|found| found.kind.code()).collect();
        assert_eq!(codes, expected);
    };
    let other = || Doc::new("content/news/x/index.md");
    check(other().front(|front| front.expire_at = Some(moment("2021-03-09"))), &["same-route"]);
    check(other().front(|front| front.publish_at = Some(moment("2022-03-09"))), &["same-route"]);
    check(other().front(|front| front.draft = true), &[]);
}

#[test]
fn who_is_shown() {
    let docs = [
        Doc::new("content/news/draft.md").date("2021-03-01").front(|front| front.draft = true),
        Doc::new("content/news/due.md").date("2021-04-01 12:00"),
        Doc::new("content/news/ahead.md").date("2021-04-01 12:01"),
        Doc::new("content/news/timed.md")
            .date("2021-03-01")
            .front(|front| front.publish_at = Some(moment("2021-04-02"))),
        Doc::new("content/news/over.md").front(|front| front.expire_at = Some(moment("2021-04-01 12:00"))),
        Doc::new("content/news/going.md")
            .front(|front| front.expire_at = Some(moment("2021-04-01 12:00:30"))),
    ];
    let state = |options: Options| {
        let site = assembled(&docs, &options, &Memory::default()).value;
        let withheld: Vec<_> =
            site.withheld.iter().map(|one| (one.document.path.stem().to_owned(), one.state)).collect();
        (routes(&site).len(), withheld, site.next.map(|(at, path)| (at, path.stem().to_owned())))
    };
    let minute = |minute| datetime(2021, 4, 1, 12, minute, 0, 0);
    let (shown, withheld, next) = state(options());
    assert_eq!(shown, 2);
    let tomorrow = datetime(2021, 4, 2, 0, 0, 0, 0);
    assert_eq!(
        withheld,
        [
            ("ahead".to_owned(), State::Scheduled(minute(1))),
            ("draft".to_owned(), State::Draft),
            ("over".to_owned(), State::Expired(NOW)),
            ("timed".to_owned(), State::Scheduled(tomorrow)),
        ]
    );
    assert_eq!(next, Some((datetime(2021, 4, 1, 12, 0, 30, 0), "going".to_owned())));
    assert_eq!(state(Options { drafts: true, ..options() }).0, 3);
    let (shown, withheld, _) = state(Options { preview: true, ..options() });
    assert_eq!((shown, withheld.len()), (6, 0));
    // Only the date that lies ahead by itself is a finding.
    assert_eq!(codes(&docs), ["date-ahead"]);
}

#[test]
fn lists_and_neighbours() {
    let site = site(&[
        Doc::new("content/news/a.md").date("2021-03-01"),
        Doc::new("content/news/b.md").date("2021-03-03"),
        Doc::new("content/news/c.md").date("2021-03-02").front(|front| front.pinned = true),
        Doc::new("content/news/d.md"),
        Doc::new("content/study/x.md").titled("二").front(|front| front.order = Some(2)),
        Doc::new("content/study/y.md").titled("一").front(|front| front.order = Some(2)),
        Doc::new("content/study/z.md").front(|front| front.order = Some(1)),
        Doc::new("content/help/p.md").titled("乙"),
        Doc::new("content/help/q.md").titled("丙"),
        Doc::new("content/old/m.md").date("2021-03-09"),
        Doc::new("content/old/n.md").date("2021-03-08"),
    ]);
    let lists: Vec<_> = site.sections.iter().map(|list| names(&site, &list.items)).collect();
    assert_eq!(lists, [vec!["c", "b", "a", "d"], vec!["z", "y", "x"], vec!["q", "p"], vec!["n", "m"]]);
    assert_eq!(names(&site, &site.newest), ["m", "n", "b", "c", "a", "d", "x", "y", "z"]);
    let beside = |name: &str| {
        let article = site.articles.iter().find(|a| a.document.path.stem() == name).expect("a piece");
        let name = |id: Option<_>| id.map(|id| names(&site, &[id])[0]);
        (name(article.previous), name(article.next))
    };
    assert_eq!(beside("c"), (Some("a"), Some("b")));
    assert_eq!(beside("a"), (Some("d"), Some("c")));
    assert_eq!(beside("y"), (Some("z"), Some("x")));
    assert_eq!(beside("n"), (None, Some("m")));
}

#[test]
fn terms_by_title_short_name_or_slug() {
    let site = site(&[
        Doc::new("content/news/a.md").date("2021-03-01").topics(&["英模教育", "党史学习"]).front(|front| {
            front.units = vec![at("源汇".to_owned()), at("yancheng".to_owned()), at("源汇分局".to_owned())];
            front.phase = Some(at("xuexi".to_owned()));
        }),
        Doc::new("content/news/b.md").date("2021-03-02").topics(&["党史学习"]).front(|front| {
            front.units = vec![at("郾城分局".to_owned()), at("源汇分局".to_owned())];
        }),
    ]);
    let terms = |taxonomy| {
        let terms = &site.taxonomies[&taxonomy];
        terms.iter().map(|t| (t.title.as_str(), t.route.as_str(), names(&site, &t.items))).collect::<Vec<_>>()
    };
    assert_eq!(
        terms(Taxonomy::Topics),
        [
            ("党史学习", "topics/dang-shi-xue-xi.html", vec!["b", "a"]),
            ("英模教育", "topics/ying-mo-jiao-yu.html", vec!["a"])
        ]
    );
    assert_eq!(
        terms(Taxonomy::Units),
        [
            ("源汇分局", "units/yuanhui.html", vec!["b", "a"]),
            ("郾城分局", "units/yancheng.html", vec!["b", "a"])
        ]
    );
    assert_eq!(terms(Taxonomy::Phases), [("学习教育", "phases/xuexi.html", vec!["a"])]);
    let written =
        |at: usize, taxonomy| site.articles[at].terms[&taxonomy].iter().map(|t| t.0).collect::<Vec<_>>();
    assert_eq!(written(0, Taxonomy::Topics), [1, 0]);
    assert_eq!(written(0, Taxonomy::Units), [0, 1]);
    assert_eq!(written(1, Taxonomy::Units), [1, 0]);
}

#[test]
fn of_two_people_with_one_slug_the_later_gives_way() {
    let site = site(&[
        Doc::new("content/news/a.md").people(&["王晓明"]),
        Doc::new("content/news/b.md").people(&["王小明", "王晓明"]),
    ]);
    let people: Vec<_> =
        site.taxonomies[&Taxonomy::People].iter().map(|t| (t.title.as_str(), t.route.as_str())).collect();
    let hash = Key::hash("王晓明".as_bytes()).short(6);
    let later = format!("people/wang-xiao-ming-{hash}.html");
    assert_eq!(people, [("王晓明", later.as_str()), ("王小明", "people/wang-xiao-ming.html")]);
}

#[test]
fn unknown_terms_are_errors() {
    let doc = Doc::new("content/news/a.md").front(|front| {
        front.units = vec![at("源会分局".to_owned())];
        front.phase = Some(at("总结".to_owned()));
    });
    assert_eq!(codes(&[doc]), ["unknown-unit", "unknown-phase"]);
}

#[test]
fn series_by_order_then_date() {
    let series = |order| {
        move |front: &mut Front| {
            front.series = Some(at("早课".to_owned()));
            front.order = order;
        }
    };
    let site = site(&[
        Doc::new("content/news/a.md").date("2021-03-03").front(series(None)),
        Doc::new("content/news/b.md").date("2021-03-02").front(series(None)),
        Doc::new("content/news/c.md").date("2021-03-09").front(series(Some(1))),
    ]);
    assert_eq!(names(&site, &site.series[0].items), ["c", "b", "a"]);
    assert_eq!(site.series[0].route.as_str(), "series/zao-ke.html");
    assert_eq!(site.articles[0].series, Some((0, 2)));
}

#[test]
fn related_by_what_is_shared_then_by_time() {
    let site = site(&[
        Doc::new("content/news/a.md").date("2021-03-10").topics(&["甲", "乙"]),
        Doc::new("content/news/b.md").date("2021-03-01").topics(&["甲", "乙"]),
        Doc::new("content/news/c.md").date("2021-03-08").topics(&["甲"]),
        Doc::new("content/news/d.md").date("2021-03-11").topics(&["乙"]),
        Doc::new("content/news/e.md").date("2021-03-10").topics(&["丙"]),
        Doc::new("content/help/f.md").date("2021-03-10").topics(&["甲", "乙"]),
    ]);
    let related = |at: usize| names(&site, &site.articles[at].related);
    assert_eq!(site.articles[0].document.path.stem(), "f");
    assert_eq!(related(1), ["b", "d", "c"]);
    assert_eq!(related(5), [""; 0]);
}

#[test]
fn an_edit_of_a_text_or_title_arranges_nothing() {
    let memory = Memory::default();
    let docs = |title: &str, topic: &str, study: &str| {
        [
            Doc::new("content/news/a.md").date("2021-03-10").titled(title).topics(&[topic]).link("b.md"),
            Doc::new("content/news/b.md").date("2021-03-10"),
            Doc::new("content/study/c.md").titled(study),
        ]
    };
    let made = |docs: &[Doc]| {
        let warm = assembled(docs, &options(), &memory);
        let cold = assembled(docs, &options(), &Memory::default());
        assert_eq!(warm.diagnostics, cold.diagnostics);
        assert_eq!(warm.value.articles, cold.value.articles);
        memory.sweep().0.made
    };
    assert_eq!(made(&docs("一", "甲", "三")), 1);
    assert_eq!(made(&docs("一", "甲", "三")), 0);
    assert_eq!(made(&docs("二", "甲", "三")), 0);
    assert_eq!(made(&docs("二", "乙", "三")), 1);
    // A section that is sorted by title is another matter.
    assert_eq!(made(&docs("二", "乙", "四")), 1);
}

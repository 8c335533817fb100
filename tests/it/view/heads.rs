//! Heads: meta tags, OpenGraph, JSON-LD, breadcrumbs.

use serde_json::{Value, json};
use zhuanlan::document::Reprint;
use zhuanlan::site::{State, Taxonomy};

use super::hand::{at, moment};
use super::{Hand, text, texts};

fn full() -> Hand {
    let mut hand = Hand::new();
    hand.config.site.name = Some("漯河市公安局".into());
    hand.config.site.domain = Some("www.example.org".into());
    hand.config.site.id_code = Some("0000000000".into());
    hand.config.footer.sponsor = Some("市公安局政治部".into());
    hand.config.sections[0].column_type = Some("工作动态".into());
    hand.config.sections[0].description = "要闻。".into();
    hand.config.sections[0].keywords = vec!["新闻".into(), "座谈".into()];
    let piece = hand.piece("news/x", "“严”<b>与</b>“实”", "2021-03-19 09:40");
    hand.name(piece, Taxonomy::Topics, "动员");
    hand.name(piece, Taxonomy::Topics, "党课");
    hand.byline(piece, "本报记者", &["薛宏冰"]);
    hand.byline(piece, "责任编辑", &["张三"]);
    let photo = hand.photo("p");
    hand.articles[piece].cover = Some(photo);
    let document = hand.document(piece);
    document.summary = "一句</script>话。".into();
    document.title_words = vec!["“严”".into(), "<b>与</b>".into(), "“实”".into()];
    document.front.updated = Some(at(moment("2021-03-20 11:05")));
    hand
}

fn tags(view: &Value, list: &str) -> Vec<String> {
    let tags = view.pointer(list).unwrap().as_array().unwrap().iter();
    tags.map(|tag| format!("{}={}", text(tag, "/name"), text(tag, "/content"))).collect()
}

#[test]
fn a_piece_has_the_government_s_tags() {
    assert_eq!(
        tags(&full().see("news/x.html"), "/page/meta"),
        [
            "SiteName=漯河市公安局",
            "SiteDomain=www.example.org",
            "SiteIDCode=0000000000",
            "ColumnName=新闻动态",
            "ColumnDescription=要闻。",
            "ColumnKeywords=新闻,座谈",
            "ColumnType=工作动态",
            "ArticleTitle=“严”<b>与</b>“实”",
            "PubDate=2021-03-19 09:40",
            "ContentSource=市公安局政治部",
            "Keywords=动员,党课",
            "Author=薛宏冰",
            "Image=https://www.example.org/jyzd/assets/p.png",
            "Url=https://www.example.org/jyzd/news/x.html",
        ]
    );
}

#[test]
fn a_section_has_the_column_s_tags_and_home_the_site_s() {
    let hand = full();
    assert_eq!(
        tags(&hand.see("news/index.html"), "/page/meta")[3..],
        [
            "ColumnName=新闻动态",
            "ColumnDescription=要闻。",
            "ColumnKeywords=新闻,座谈",
            "ColumnType=工作动态",
            "Keywords=教育整顿",
        ]
    );
    assert_eq!(
        tags(&hand.see("index.html"), "/page/meta"),
        ["SiteName=漯河市公安局", "SiteDomain=www.example.org", "SiteIDCode=0000000000", "Keywords=教育整顿",]
    );
    let bare = Hand::new();
    assert_eq!(tags(&bare.see("index.html"), "/page/meta")[0], "SiteName=教育整顿进行时");
}

#[test]
fn a_reprint_names_its_source_and_a_date_without_a_time_is_midnight() {
    let mut hand = full();
    hand.articles[0].date = Some(moment("2021-03-19"));
    hand.document(0).front.source = Some(Reprint { name: "漯河日报".into(), url: None, date: None });
    let tags = tags(&hand.see("news/x.html"), "/page/meta");
    assert!(tags.contains(&"ContentSource=漯河日报".into()));
    assert!(tags.contains(&"PubDate=2021-03-19 00:00".into()));
    assert_eq!(text(&hand.see("news/x.html"), "/card/date/full"), "2021-03-19");
}

#[test]
fn open_graph_has_full_addresses() {
    assert_eq!(
        tags(&full().see("news/x.html"), "/page/open_graph"),
        [
            "og:site_name=教育整顿进行时",
            "og:title=“严”<b>与</b>“实”",
            "og:type=article",
            "og:description=一句</script>话。",
            "og:url=https://www.example.org/jyzd/news/x.html",
            "og:locale=zh_CN",
            "og:image=https://www.example.org/jyzd/assets/p.card.jpg",
            "og:image:width=1200",
            "og:image:height=630",
            "og:image=https://www.example.org/jyzd/assets/p.square.jpg",
            "og:image:width=300",
            "og:image:height=300",
            "article:published_time=2021-03-19T09:40:00+08:00",
            "article:modified_time=2021-03-20T11:05:00+08:00",
            "article:section=新闻动态",
            "article:tag=动员",
            "article:tag=党课",
        ]
    );
}

#[test]
fn json_ld_parses_and_can_not_end_its_script() {
    let view = full().see("news/x.html");
    let script = text(&view, "/page/json_ld_html");
    assert!(!script.contains(['<', '>', '&']), "{script}");
    let graph: Value = serde_json::from_str(&script).unwrap();
    let url = "https://www.example.org/jyzd/news/x.html";
    assert_eq!(
        graph,
        json!({"@context": "https://schema.org", "@graph": [
            {
                "@type": "NewsArticle",
                "headline": "“严”<b>与</b>“实”",
                "description": "一句</script>话。",
                "inLanguage": "zh-CN",
                "author": [{"@type": "Person", "name": "薛宏冰"}],
                "publisher": {"@type": "Organization", "name": "市公安局政治部"},
                "datePublished": "2021-03-19T09:40:00+08:00",
                "dateModified": "2021-03-20T11:05:00+08:00",
                "articleSection": "新闻动态",
                "keywords": "动员,党课",
                "image": "https://www.example.org/jyzd/assets/p.png",
                "url": url,
                "mainEntityOfPage": url,
            },
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "首页", "item": "https://www.example.org/jyzd/"},
                    {"@type": "ListItem", "position": 2, "name": "新闻动态", "item": "https://www.example.org/jyzd/news/index.html"},
                    {"@type": "ListItem", "position": 3, "name": "“严”<b>与</b>“实”", "item": url},
                ],
            },
        ]})
    );
}

#[test]
fn organisations_are_told_from_people_by_their_names() {
    let mut hand = full();
    hand.document(0).front.byline.clear();
    let author = |hand: &Hand| {
        let view = hand.see("news/x.html");
        let graph: Value = serde_json::from_str(&text(&view, "/page/json_ld_html")).unwrap();
        graph["@graph"][0]["author"].clone()
    };
    assert_eq!(author(&hand), json!([{"@type": "Organization", "name": "市公安局政治部"}]));
    hand.byline(0, "整理", &["专栏编辑组", "王会"]);
    assert_eq!(
        author(&hand),
        json!([{"@type": "Organization", "name": "专栏编辑组"}, {"@type": "Person", "name": "王会"}])
    );
}

#[test]
fn without_a_base_url_nothing_names_one() {
    let mut hand = full();
    hand.config.base_url = None;
    let view = hand.see("news/x.html");
    assert_eq!((text(&view, "/page/canonical"), view["page"]["feeds"].clone()), (String::new(), json!([])));
    assert_eq!(view["site"]["feeds"], json!(false));
    let graph: Value = serde_json::from_str(&text(&view, "/page/json_ld_html")).unwrap();
    assert_eq!(graph["@graph"].as_array().unwrap().len(), 1);
    assert!(!view.to_string().contains("example.org/jyzd"));
    assert_eq!(text(&hand.see("404.html"), "/root"), "");
}

#[test]
fn the_options_base_url_wins_and_a_missing_page_hangs_on_its_path() {
    let mut hand = full();
    assert_eq!(text(&hand.see("404.html"), "/root"), "/jyzd/");
    hand.options.base_url = Some("http://localhost:8000".into());
    assert_eq!(text(&hand.see("404.html"), "/root"), "/");
    assert_eq!(text(&hand.see("index.html"), "/page/canonical"), "http://localhost:8000/");
    assert_eq!(text(&hand.see("404.html"), "/page/canonical"), "");
    assert_eq!(hand.see("404.html")["page"]["noindex"], json!(true));
}

#[test]
fn titles_break_between_words_and_are_escaped() {
    let view = full().see("news/x.html");
    assert_eq!(text(&view, "/card/title_html"), "“严”<wbr>&lt;b&gt;与&lt;/b&gt;<wbr>“实”");
    assert_eq!(text(&view, "/card/title"), "“严”<b>与</b>“实”");
}

#[test]
fn breadcrumbs_lead_from_home_to_the_page_before() {
    let mut hand = full();
    hand.config.per_page = 1;
    hand.piece("news/y", "y", "2021-03-01");
    hand.name(1, Taxonomy::Topics, "动员");
    let crumbs = |path: &str| texts(&hand.see(path), "/page/breadcrumbs", "/path");
    assert_eq!(crumbs("index.html"), Vec::<String>::new());
    assert_eq!(crumbs("news/index.html"), ["index.html"]);
    assert_eq!(crumbs("news/page-2.html"), ["index.html", "news/index.html"]);
    assert_eq!(crumbs("news/x.html"), ["index.html", "news/index.html"]);
    assert_eq!(crumbs("topics/t0-page-2.html"), ["index.html", "topics/index.html", "topics/t0.html"]);
}

#[test]
fn feeds_belong_to_the_column_and_the_section() {
    let hand = full();
    assert_eq!(texts(&hand.see("news/x.html"), "/page/feeds", "/path"), ["feed.atom", "news/feed.atom"]);
    assert_eq!(texts(&hand.see("archive/index.html"), "/page/feeds", "/path"), ["feed.atom"]);
}

#[test]
fn a_preview_says_why_readers_do_not_see_a_piece() {
    let mut hand = full();
    hand.options.preview = true;
    let mut notice = |state: State| {
        hand.articles[0].state = state;
        let view = hand.see("news/x.html");
        assert_eq!(view["page"]["noindex"], json!(true));
        (text(&view, "/page/notice/text"), text(&view, "/card/state"))
    };
    let at = "2021-03-25T08:30".parse().unwrap();
    assert_eq!(notice(State::Draft), ("草稿，读者看不到".into(), "draft".into()));
    assert_eq!(
        notice(State::Scheduled(at)),
        ("定时发布，读者从2021-03-25 08:30起看到".into(), "scheduled".into())
    );
    assert_eq!(
        notice(State::Expired(at)),
        ("已过期，读者从2021-03-25 08:30起看不到".into(), "expired".into())
    );
    assert_eq!(hand.see("index.html")["page"]["noindex"], json!(true));
}

#[test]
fn a_redirect_leads_from_its_depth() {
    let mut hand = full();
    hand.aliases = vec![("old.html".into(), 0), ("a/b/old.html".into(), 0)];
    assert_eq!(text(&hand.see("old.html"), "/target"), "news/x.html");
    let deep = hand.see("a/b/old.html");
    assert_eq!((text(&deep, "/target"), text(&deep, "/root")), ("../../news/x.html".into(), "../../".into()));
    assert_eq!(text(&deep, "/page/canonical"), "https://www.example.org/jyzd/news/x.html");
    assert_eq!(deep["page"]["noindex"], json!(true));
}

#[test]
fn a_byline_links_people_that_have_pages() {
    let mut hand = full();
    hand.document(0).front.byline[1].names.push(at("无页".into()));
    assert_eq!(
        hand.see("news/x.html")["byline"],
        json!([
            {"role": "本报记者", "people": [{"title": "薛宏冰", "path": "people/t0.html"}]},
            {"role": "责任编辑", "people": [{"title": "张三", "path": "people/t1.html"}, {"title": "无页", "path": ""}]},
        ])
    );
    assert_eq!(text(&hand.see("news/x.html"), "/card/byline"), "本报记者 薛宏冰 责任编辑 张三 无页");
}

#[test]
fn neighbours_are_earlier_and_later() {
    let mut hand = full();
    hand.piece("news/y", "y", "2021-03-01");
    let neighbour = |path: &str, which: &str| hand.see(path)[which].clone();
    assert_eq!(
        neighbour("news/x.html", "previous"),
        json!({"title": "y", "title_html": "y", "path": "news/y.html", "day": "3月1日", "date": "2021-03-01"})
    );
    assert_eq!(neighbour("news/x.html", "next"), json!(null));
    assert_eq!(text(&neighbour("news/y.html", "next"), "/path"), "news/x.html");
}

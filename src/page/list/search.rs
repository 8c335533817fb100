//! The search page. The index that it asks is made by `crate::search`.

use serde::Serialize;

use crate::path::OutputPath;
use crate::site::Taxonomy;
use crate::text::slug;
use crate::view::{SearchPage, SearchTerm};

use crate::page::column::Column;
use crate::page::frame::head::{Frame, Head};
use crate::page::frame::labels;
use crate::page::key::{Page, View};

#[derive(Debug, Serialize)]
struct SearchParts<'c> {
    frame: Frame<'c>,
    topics: Vec<SearchTerm>,
}

/// The page.
pub(crate) fn page<'c>(column: &'c Column<'_>) -> Option<Page<'c>> {
    let site = column.site();
    if !site.has_search() {
        return None;
    }
    let topics = site.taxonomies.get(&Taxonomy::Topics).into_iter().flatten();
    let topic = |term: &crate::site::Term| SearchTerm {
        title: term.title.clone(),
        path: term.route.to_string(),
        count: term.items.len(),
        spelling: slug::readings(&term.title, &site.config.pinyin).join(" "),
    };
    let parts = SearchParts { frame: column.frame(), topics: topics.map(topic).collect() };
    Some(Page::new(OutputPath::new(labels::SEARCH_PATH)?, "search.html", parts, view))
}

fn view(parts: &SearchParts<'_>) -> View {
    View::Search(SearchPage {
        site: parts.frame.site.clone(),
        root: "",
        page: parts.frame.page(Head {
            kind: "search",
            title: parts.frame.title_of(labels::SEARCH_PATH),
            description: parts.frame.local.fill("search.description", &[("name", &parts.frame.facts.title)]),
            path: labels::SEARCH_PATH,
            noindex: true,
            ..Head::default()
        }),
        topics: parts.topics.clone(),
    })
}

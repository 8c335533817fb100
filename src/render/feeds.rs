//! Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, of the column and of
//! each section, and of the library, the same pieces in each format.

use std::collections::BTreeMap;
use std::sync::Arc;

use atom_syndication as atom;
use serde_json::{Value, json};

use crate::page::{Column, FeedParts, feeds as parts_of};
use crate::path::OutputPath;
use crate::view::{FeedEntry, FeedView};

use super::File;
use super::xml::clean;

/// What a reader of feeds is told of the program.
const GENERATOR: &str = "Zhuanlan";

/// `feed.atom`, `feed.rss` and `feed.json` of the column, beside the pages
/// of each section that has pieces, and of the library; none without a `base_url`.
pub fn feeds<'c>(column: &'c Column<'_>) -> Vec<File<'c>> {
    let mut files = Vec::new();
    for (folder, parts) in parts_of(column) {
        let parts = Arc::new(parts);
        let mut add = |name: &'static str, write: fn(&Arc<FeedParts<'c>>) -> Vec<u8>| {
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            files.extend(OutputPath::new(&path).map(|path| File::new(path, name, Arc::clone(&parts), write)));
        };
        add("feed.atom", |parts| atom(&parts.view()));
        add("feed.rss", |parts| rss(&parts.view()));
        add("feed.json", |parts| json(&parts.view()));
    }
    files
}

fn link(rel: &str, href: &str, mime: &str) -> atom::Link {
    atom::Link {
        href: clean(href),
        rel: rel.to_owned(),
        mime_type: Some(mime.to_owned()),
        ..atom::Link::default()
    }
}

fn person(name: &str) -> atom::Person {
    atom::Person { name: clean(name), ..atom::Person::default() }
}

fn moment(rfc3339: &str) -> atom::FixedDateTime {
    rfc3339.parse().unwrap_or_default()
}

fn atom(feed: &FeedView) -> Vec<u8> {
    let document = atom::Feed {
        title: clean(&feed.title).into(),
        subtitle: (!feed.description.is_empty()).then(|| clean(&feed.description).into()),
        id: clean(&feed.home),
        updated: moment(&feed.updated),
        authors: vec![person(&feed.publisher)],
        generator: Some(atom::Generator { value: GENERATOR.to_owned(), ..atom::Generator::default() }),
        links: vec![
            link("self", &format!("{}feed.atom", feed.folder), "application/atom+xml"),
            link("alternate", &feed.home, "text/html"),
        ],
        lang: Some(feed.language.clone()),
        entries: feed.entries.iter().map(|entry| atom_entry(entry, &feed.language)).collect(),
        ..atom::Feed::default()
    };
    let mut out = document.to_string().into_bytes();
    out.push(b'\n');
    out
}

fn atom_entry(entry: &FeedEntry, language: &str) -> atom::Entry {
    let own_language = (entry.language != language).then(|| entry.language.clone());
    let category = |term: &String| atom::Category { term: clean(term), ..atom::Category::default() };
    atom::Entry {
        title: clean(&entry.title).into(),
        id: clean(&entry.url),
        updated: moment(&entry.updated),
        published: Some(moment(&entry.published)),
        authors: entry.authors.iter().map(|author| person(author)).collect(),
        categories: entry.categories.iter().map(category).collect(),
        links: vec![link("alternate", &entry.url, "text/html")],
        summary: (!entry.summary.is_empty()).then(|| clean(&entry.summary).into()),
        content: Some(atom::Content {
            value: Some(clean(&entry.html)),
            content_type: Some("html".to_owned()),
            lang: own_language,
            ..atom::Content::default()
        }),
        ..atom::Entry::default()
    }
}

fn rss(feed: &FeedView) -> Vec<u8> {
    let mut own = rss::extension::Extension { name: "atom:link".to_owned(), ..Default::default() };
    own.attrs = BTreeMap::from([
        ("href".to_owned(), clean(&format!("{}feed.rss", feed.folder))),
        ("rel".to_owned(), "self".to_owned()),
        ("type".to_owned(), "application/rss+xml".to_owned()),
    ]);
    let extensions = BTreeMap::from([("link".to_owned(), vec![own])]);
    let channel = rss::Channel {
        title: clean(&feed.title),
        link: clean(&feed.home),
        // RSS wants a description; where there is none the title serves.
        description: clean(if feed.description.is_empty() { &feed.title } else { &feed.description }),
        language: Some(feed.language.clone()),
        last_build_date: Some(rfc2822(&feed.updated)),
        generator: Some(GENERATOR.to_owned()),
        items: feed.entries.iter().map(|entry| rss_item(entry)).collect(),
        extensions: BTreeMap::from([("atom".to_owned(), extensions)]),
        namespaces: BTreeMap::from([("atom".to_owned(), "http://www.w3.org/2005/Atom".to_owned())]),
        ..rss::Channel::default()
    };
    let mut out = channel.to_string().into_bytes();
    out.push(b'\n');
    out
}

fn rss_item(entry: &FeedEntry) -> rss::Item {
    let category = |name: &String| rss::Category { name: clean(name), ..rss::Category::default() };
    let creators = entry.authors.iter().map(|author| clean(author)).collect();
    rss::Item {
        title: Some(clean(&entry.title)),
        link: Some(clean(&entry.url)),
        guid: Some(rss::Guid { value: clean(&entry.url), permalink: true }),
        pub_date: Some(rfc2822(&entry.published)),
        description: (!entry.summary.is_empty()).then(|| clean(&entry.summary)),
        categories: entry.categories.iter().map(category).collect(),
        content: Some(clean(&entry.html)),
        // RSS's own `author` is a mail address.
        dublin_core_ext: (!entry.authors.is_empty())
            .then(|| rss::extension::dublincore::DublinCoreExtension { creators, ..Default::default() }),
        ..rss::Item::default()
    }
}

/// `Fri, 19 Mar 2021 09:40:00 +0800`.
fn rfc2822(rfc3339: &str) -> String {
    moment(rfc3339).to_rfc2822()
}

fn json(feed: &FeedView) -> Vec<u8> {
    let mut document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": format!("{}feed.json", feed.folder),
        "language": feed.language,
        "authors": [{ "name": feed.publisher }],
        "items": feed.entries.iter().map(|entry| json_item(entry, &feed.language)).collect::<Vec<_>>(),
    });
    set(&mut document, "description", &feed.description);
    let mut out = document.to_string().into_bytes();
    out.push(b'\n');
    out
}

fn json_item(entry: &FeedEntry, language: &str) -> Value {
    let authors: Vec<Value> = entry.authors.iter().map(|name| json!({ "name": name })).collect();
    let mut item = json!({
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "tags": entry.categories,
    });
    set(&mut item, "summary", &entry.summary);
    set(&mut item, "image", &entry.image);
    if let Some(item) = item.as_object_mut() {
        if !authors.is_empty() {
            item.insert("authors".to_owned(), Value::from(authors));
        }
        if entry.language != language {
            item.insert("language".to_owned(), Value::from(entry.language.as_str()));
        }
    }
    item
}

/// Sets `key` of an object, unless `text` is empty.
fn set(object: &mut Value, key: &str, text: &str) {
    if let Some(object) = object.as_object_mut().filter(|_| !text.is_empty()) {
        object.insert(key.to_owned(), Value::from(text));
    }
}

//! Which section a document belongs to, and the route of its page.
//!
//! `content/news/x.md` and the bundle `content/news/x/index.md` are
//! `news/x.html`; a nested folder is part of the path;
//! `content/news/index.md` introduces its section; `content/about.md` (or
//! `content/about/index.md`) is a page outside the sections.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::faults::{Fault, Field};
use super::{Class, Place, Role, Shown, number};
use crate::config::{Config, Kind};
use crate::diagnostic::{SiteFault, nearest};
use crate::memo::Key;
use crate::path::{MAX_DEPTH, Route, is_any_list_page, is_reserved_page};
use crate::site::State;
use crate::text::slug;

/// The places of all documents, and what is wrong with them.
pub(super) fn places(classes: &[Class<'_>], shown: Shown, config: &Config) -> (Vec<Place>, Vec<Fault>) {
    let folders: HashMap<&str, usize> =
        config.sections.iter().enumerate().map(|(at, section)| (section.folder.as_str(), at)).collect();
    let gatherings = gatherings(classes);
    let mut slugs = HashMap::new();
    let mut faults = Vec::new();
    let mut places = Vec::with_capacity(classes.len());
    for (at, class) in classes.iter().enumerate() {
        let spot = spot(class, &folders, &gatherings);
        let mut fault = |kind| {
            let field = if spot.role == Role::Stray { Field::File } else { Field::Slug };
            faults.push(Fault { document: number(at), field, kind, other: None });
        };
        if let Role::Stray = spot.role {
            let folder = spot.folders.first().copied().unwrap_or("").to_owned();
            let near = nearest(&folder, folders_in_order(config)).map(str::to_owned);
            fault(SiteFault::NoSection { folder, nearest: near });
        }
        let route = route(class, &spot, config, &mut slugs, &mut fault);
        let kind = spot.section.and_then(|at| config.sections.get(at)).map_or(Kind::Page, |s| s.kind);
        let visible = shown == Shown::All || class.state == State::Published;
        let shown = visible && spot.role != Role::Stray;
        places.push(Place { section: spot.section, kind, role: spot.role, route, shown });
    }
    separate(classes, &mut places, &mut faults);
    (places, faults)
}

fn folders_in_order(config: &Config) -> impl Iterator<Item = &str> {
    config.sections.iter().map(|section| section.folder.as_str())
}

/// A document's path taken apart.
struct Spot<'c> {
    section: Option<usize>,
    role: Role,
    /// Folders between the section's (or `content/`) and the piece.
    folders: Vec<&'c str>,
}

/// Folders directly below `content/` that hold more than one document.
fn gatherings<'c>(classes: &[Class<'c>]) -> HashSet<&'c str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for class in classes {
        let mut parts = class.path.split('/').skip(1);
        if let (Some(folder), Some(_)) = (parts.next(), parts.next()) {
            *counts.entry(folder).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(folder, _)| folder).collect()
}

fn spot<'c>(class: &Class<'c>, sections: &HashMap<&str, usize>, gatherings: &HashSet<&str>) -> Spot<'c> {
    let inside = class.path.strip_prefix("content/").unwrap_or(class.path);
    let mut folders: Vec<&str> = inside.split('/').collect();
    let file = folders.pop().unwrap_or("");
    let bundle = file.rsplit_once('.').is_some_and(|(stem, _)| stem == "index");
    let section = folders.first().and_then(|first| sections.get(first)).copied();
    let role = match (section, folders.as_slice()) {
        (Some(_), [_]) if bundle => Role::Intro,
        (Some(_), _) | (None, []) => Role::Piece,
        (None, [only]) if bundle && !gatherings.contains(only) => Role::Piece,
        (None, _) => Role::Stray,
    };
    if role != Role::Stray {
        if section.is_some() {
            folders.remove(0);
        }
        if bundle && role == Role::Piece {
            folders.pop();
        }
    }
    Spot { section, role, folders }
}

fn route<'c>(
    class: &Class<'c>,
    spot: &Spot<'c>,
    config: &Config,
    slugs: &mut HashMap<&'c str, String>,
    fault: &mut impl FnMut(SiteFault),
) -> Route {
    let section = spot.section.and_then(|at| config.sections.get(at));
    let mut path = section.map_or(String::new(), |section| section.folder.clone());
    if spot.role == Role::Intro {
        path.push_str("/index");
        return page(&path).unwrap_or_else(|| emergency(class.path));
    }
    for folder in &spot.folders {
        let slug = slugs.entry(folder).or_insert_with(|| spelled(folder, config));
        path.push('/');
        path.push_str(slug);
    }
    path.push('/');
    path.push_str(class.slug);
    // `document` reports the names that no page may have; these are for sections.
    let home = class.path == "content/index.md";
    let outside = section.is_none() && spot.folders.is_empty() && (home || is_reserved_page(class.slug));
    if outside && !is_any_list_page(class.slug) {
        let name = if home { "index" } else { class.slug };
        fault(SiteFault::ReservedName { name: name.to_owned() });
    }
    if outside || is_any_list_page(class.slug) {
        path.push('-');
        path.push_str(&Key::hash(class.path.as_bytes()).short(6));
    }
    let path = path.trim_start_matches('/');
    if path.matches('/').count() > MAX_DEPTH {
        fault(SiteFault::TooDeep { limit: MAX_DEPTH });
    }
    page(path).unwrap_or_else(|| emergency(class.path))
}

fn page(path: &str) -> Option<Route> {
    Route::new(&format!("{path}.html"))
}

/// A folder's part of the route: never empty.
fn spelled(folder: &str, config: &Config) -> String {
    let plain = folder.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b));
    let name = if plain { folder.to_owned() } else { slug::from_text(folder, &config.pinyin) };
    if name.is_empty() { Key::hash(folder.as_bytes()).short(6) } else { name }
}

/// A route for a name that can't stand in one; whoever made the name has
/// reported it.
fn emergency(path: &str) -> Route {
    let name = format!("x-{}", Key::hash(path.as_bytes()));
    #[expect(clippy::expect_used, reason = "hexadecimal digits are always a route")]
    page(&name).expect("an ASCII name")
}

/// Reports routes that two pages have, and gives the later one another.
///
/// Capitals don't count: on Windows `A.html` and `a.html` are one file.
/// A draft may have the route of another; a piece that is to come keeps its own,
/// and so does one that was taken down: old links to it must not lead to
/// something else.
fn separate(classes: &[Class<'_>], places: &mut [Place], faults: &mut Vec<Fault>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (at, class) in classes.iter().enumerate() {
        let Some(place) = places.get_mut(at) else { continue };
        let counts = place.shown || class.state != State::Draft;
        if place.role == Role::Stray || !counts {
            continue;
        }
        let route = place.route.as_str().to_ascii_lowercase();
        let Some(other) = first.get(&route).copied() else {
            first.insert(route, at);
            continue;
        };
        let owner = classes.get(other).map_or(String::new(), |class| class.path.to_owned());
        let kind = SiteFault::SameRoute { route: place.route.to_string(), other: owner };
        faults.push(Fault { document: number(at), field: Field::Slug, kind, other: Some(number(other)) });
        let stem = place.route.as_str().trim_end_matches(".html");
        let hash = Key::hash(class.path.as_bytes()).short(6);
        place.route = page(&format!("{stem}-{hash}")).unwrap_or_else(|| emergency(class.path));
    }
}

//! The event stream of one open tab.
//!
//! A tab says which page it shows and what it has seen of it, and is told what
//! it has to do: nothing, to load a stylesheet again, or to load itself again;
//! besides, the findings and the facts of its page whenever they differ.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::response::sse::Event;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::sync::watch::Receiver;

use super::answer;
use super::facts::Facts;
use super::labels::Words;
use super::overview;
use super::site::{Change, Found, Seen, Site, WECHAT, page_name};
use super::wechat;
use crate::build::{Artifact, Content};
use crate::diagnostic::Lang;
use crate::path::OutputPath;

/// The site that is shown now; `None` until the first build is done.
pub(super) type Shown = Receiver<Option<Arc<Site>>>;

/// The first thing that a tab is told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Hello {
    /// Words in the editor's language.
    pub(super) words: &'static Words,
    /// What acts must carry.
    pub(super) token: String,
    /// Whether a click on a place opens it in the editor.
    pub(super) editor: bool,
}

/// Which pages are looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Tabs(Arc<Mutex<Looks>>);

#[derive(Debug, Default)]
struct Looks {
    /// How many tabs show each page, by its path.
    open: BTreeMap<String, usize>,
    /// The pages that were asked for last, the latest first: who has no
    /// scripts looks too.
    asked: VecDeque<String>,
}

/// How many pages that were asked for are taken to be looked at still.
const ASKED: usize = 4;

/// A tab among [`Tabs`], until dropped.
struct Counted {
    tabs: Tabs,
    page: String,
}

impl Tabs {
    /// The pages that are looked at.
    pub(super) fn pages(&self) -> Vec<OutputPath> {
        let looks = self.locked();
        let asked = looks.asked.iter().filter(|page| !looks.open.contains_key(*page));
        asked.chain(looks.open.keys()).filter_map(|page| OutputPath::new(page)).collect()
    }

    /// Notes that the page at `page` was asked for.
    pub(super) fn asked(&self, page: &str) {
        let asked = &mut self.locked().asked;
        let known = asked.iter().position(|known| known == page).and_then(|at| asked.remove(at));
        asked.push_front(known.unwrap_or_else(|| page.to_owned()));
        asked.truncate(ASKED);
    }

    fn count(&self, page: String) -> Counted {
        *self.locked().open.entry(page.clone()).or_default() += 1;
        Counted { tabs: self.clone(), page }
    }

    fn locked(&self) -> MutexGuard<'_, Looks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let open = &mut self.tabs.locked().open;
        if let Some(count) = open.get_mut(&self.page) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.page);
            }
        }
    }
}

/// One open tab.
struct Tab {
    _counted: Counted,
    shown: Shown,
    lang: Lang,
    path: String,
    /// What the tab said when it connected.
    token: String,
    /// What it was told last.
    last: Option<LastSent>,
    queue: VecDeque<Event>,
}

/// What a tab was told last.
struct LastSent {
    site: Arc<Site>,
    seen: Seen,
    findings: String,
    facts: Option<Facts>,
}

/// The events for a tab at `path` (decoded, without its leading `/`) that has
/// what `token` says.
pub(super) fn events(
    shown: Shown,
    tabs: &Tabs,
    lang: Lang,
    path: String,
    token: String,
    hello: &Hello,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let queue = VecDeque::from([event("hello", hello)]);
    let counted = tabs.count(page_name(&path));
    let tab = Tab { _counted: counted, shown, lang, path, token, last: None, queue };
    unfold(tab, |mut tab| async move {
        loop {
            if let Some(event) = tab.queue.pop_front() {
                return Some((Ok(event), tab));
            }
            if tab.last.is_some() && tab.shown.changed().await.is_err() {
                return None;
            }
            let site = tab.shown.borrow_and_update().clone();
            match site {
                Some(site) => tab.tell(site),
                None if tab.shown.changed().await.is_err() => return None,
                None => tab.shown.mark_changed(),
            }
        }
    })
}

impl Tab {
    /// Puts into the queue what the tab is to be told of `site`.
    fn tell(&mut self, site: Arc<Site>) {
        let before = self.last.take();
        let seen = self.seen(&site, before.as_ref());
        let change =
            before.as_ref().map_or_else(|| seen.since(&self.token), |before| seen.after(&before.seen));
        match change {
            Change::Nothing => {}
            Change::Page => self.queue.push_back(event("reload", &()).id(seen.token())),
            Change::Styles(styles) => {
                let styles: Vec<(String, String)> =
                    styles.iter().map(|(path, key)| (path.to_string(), key.short(16))).collect();
                self.queue.push_back(event("styles", &styles).id(seen.token()));
            }
        }
        let facts = Facts::new(&site, &self.path, self.lang);
        if before.as_ref().is_none_or(|before| before.facts != facts) {
            self.queue.push_back(event("page", &facts));
        }
        let findings = site.told(self.lang).to_owned();
        if before.as_ref().is_none_or(|before| before.findings != findings) {
            self.queue.push_back(Event::default().event("findings").data(&findings));
        }
        self.last = Some(LastSent { site, seen, findings, facts });
    }

    fn seen(&self, site: &Site, before: Option<&LastSent>) -> Seen {
        if self.path == overview::PATH {
            return overview::seen(site, self.lang);
        }
        if self.path.starts_with(WECHAT) {
            return wechat::seen(site, &self.path);
        }
        // Most builds leave most pages as they are, down to the same memory.
        let same = before.filter(|before| same_bytes(&before.site, site, &self.path));
        same.and_then(|before| before.seen.of_same_page(site))
            .unwrap_or_else(|| answer::seen(site, self.lang, &self.path))
    }
}

fn same_bytes(one: &Site, other: &Site, path: &str) -> bool {
    match (one.at(path), other.at(path)) {
        (
            Found::File(_, Artifact { content: Content::Bytes(a), .. }),
            Found::File(_, Artifact { content: Content::Bytes(b), .. }),
        ) => Arc::ptr_eq(a, b),
        _ => false,
    }
}

fn event(name: &str, data: &impl Serialize) -> Event {
    // What is told are strings and numbers; there is nothing that JSON refuses.
    Event::default().event(name).data(serde_json::to_string(data).unwrap_or_default())
}

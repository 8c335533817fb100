//! Which draft is a piece's: the one in the record, or one in the box.

use serde_json::{Value, json};

use super::content::Content;
use super::draft::Draft;
use super::error::{Error, Failure};
use super::problem::Problem;
use super::push::Pusher;
use super::request::{Endpoint, Request};
use super::session::{Step, text};
use crate::memo::Key;

/// How many drafts or pictures one answer lists, at most.
const PAGE: u64 = 20;

/// How many are looked through, the newest first: 500.
const PAGES: u64 = 25;

/// How many drafts that may be a piece's are read.
const CANDIDATES: usize = 5;

/// What a piece's draft is.
pub(super) enum Target {
    /// There is none.
    New,
    /// There was one, which is gone.
    Gone,
    /// This one.
    Draft(String),
    /// There is one that must not be touched.
    Blocked(Problem),
}

/// A draft as the list of drafts has it.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    media_id: String,
    title: String,
    source_url: String,
}

/// A draft as it is in the box.
#[derive(Debug)]
pub(super) struct Stored {
    /// How many articles it has.
    pub(super) articles: usize,
    /// The key of the first one's words.
    pub(super) words: Key,
    /// The addresses of its pictures.
    pub(super) pictures: Vec<String>,
}

impl Pusher<'_> {
    /// Which draft is to hold `draft`. `words` is the key of what will be
    /// sent.
    pub(super) fn find(&mut self, draft: &Draft<'_>, words: Key) -> Result<Target, Error> {
        let record = self.store.state.drafts.get(draft.edition.source.as_str()).cloned();
        self.session.hooks.step(Step::Find);
        if let Some(media_id) = record.as_ref().and_then(|record| record.media_id.clone()) {
            return match self.stored(&media_id) {
                Ok(None) => Ok(Target::Draft(media_id)),
                Ok(Some(stored)) if stored.articles > 1 => Ok(Target::Blocked(Problem::Combined)),
                Ok(Some(stored)) => {
                    let ours = record.is_some_and(|record| record.may_hold(stored.words));
                    let free = ours || stored.words == words || self.options.overwrite;
                    Ok(if free { Target::Draft(media_id) } else { Target::Blocked(Problem::Edited) })
                }
                Err(failure) if failure.is_unknown_media() => Ok(Target::Gone),
                Err(failure) => Err(failure.into()),
            };
        }
        let own =
            |key: Key| key == words || record.as_ref().is_some_and(|r| r.words.contains(&key.to_string()));
        let candidates = self.candidates(draft)?;
        for candidate in candidates.iter().take(CANDIDATES) {
            if self.stored(&candidate.media_id)?.is_some_and(|stored| own(stored.words)) {
                return Ok(Target::Draft(candidate.media_id.clone()));
            }
        }
        Ok(match candidates.as_slice() {
            [] => Target::New,
            [only] if self.options.overwrite => Target::Draft(only.media_id.clone()),
            several => Target::Blocked(Problem::NotOurs(several.len())),
        })
    }

    /// The draft that a request which was cut off may have added.
    pub(super) fn find_added(&mut self, draft: &Draft<'_>, words: Key) -> Result<Option<String>, Error> {
        self.listing = None;
        for candidate in self.candidates(draft)?.iter().take(CANDIDATES) {
            if self.stored(&candidate.media_id)?.is_some_and(|stored| stored.words == words) {
                return Ok(Some(candidate.media_id.clone()));
            }
        }
        Ok(None)
    }

    /// The drafts in the box that may be of this piece: those with its
    /// address behind 阅读原文, or where it has none, with its title. Those
    /// that are the drafts of other pieces are not.
    fn candidates(&mut self, draft: &Draft<'_>) -> Result<Vec<Listed>, Error> {
        let listing = match self.listing.take() {
            Some(listing) => listing,
            None => self.list()?,
        };
        let taken = |media_id: &str| {
            let others =
                self.store.state.drafts.iter().filter(|(piece, _)| *piece != draft.edition.source.as_str());
            others.into_iter().any(|(_, record)| record.media_id.as_deref() == Some(media_id))
        };
        let fields = &draft.edition.fields;
        let same = |listed: &&Listed| match &fields.content_source_url {
            Some(address) => listed.source_url == *address,
            None => listed.title == fields.title,
        };
        let found = listing.iter().filter(same).filter(|listed| !taken(&listed.media_id)).cloned().collect();
        self.listing = Some(listing);
        Ok(found)
    }

    /// The drafts in the box, without their bodies. One with several articles
    /// was put together by hand and is none of ours.
    fn list(&mut self) -> Result<Vec<Listed>, Failure> {
        let mut listed = Vec::new();
        for page in 0..PAGES {
            let body = json!({ "offset": page * PAGE, "count": PAGE, "no_content": 1 });
            let answer = self.session.call(&Request::json(Endpoint::ListDrafts, body))?;
            let items = answer.get("item").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            listed.extend(items.iter().filter_map(|item| {
                let [article] = item.get("content")?.get("news_item")?.as_array()?.as_slice() else {
                    return None;
                };
                Some(Listed {
                    media_id: text(item, "media_id")?.to_owned(),
                    title: text(article, "title").unwrap_or_default().to_owned(),
                    source_url: text(article, "content_source_url").unwrap_or_default().to_owned(),
                })
            }));
            let total = answer.get("total_count").and_then(Value::as_u64).unwrap_or(0);
            if items.is_empty() || (page + 1) * PAGE >= total {
                break;
            }
        }
        Ok(listed)
    }

    /// The draft as it is in the box; `None` where the answer has no article.
    pub(super) fn stored(&mut self, media_id: &str) -> Result<Option<Stored>, Failure> {
        let answer =
            self.session.call(&Request::json(Endpoint::GetDraft, json!({ "media_id": media_id })))?;
        let items = answer.get("news_item").and_then(Value::as_array).map(Vec::as_slice);
        let Some([article, others @ ..]) = items else { return Ok(None) };
        let field = |name| text(article, name).unwrap_or_default();
        let content = Content::new(field("content"));
        let words = content.words(field("title"), field("author"));
        Ok(Some(Stored { articles: 1 + others.len(), words, pictures: content.pictures }))
    }

    /// The permanent picture called `name`, uploaded by a request that was cut
    /// off.
    pub(super) fn find_material(&mut self, name: &str) -> Result<Option<String>, Failure> {
        for page in 0..PAGES {
            let body = json!({ "type": "image", "offset": page * PAGE, "count": PAGE });
            let answer = self.session.call(&Request::json(Endpoint::ListMaterials, body))?;
            let items = answer.get("item").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            if let Some(found) = items.iter().find(|item| text(item, "name") == Some(name)) {
                return Ok(text(found, "media_id").map(str::to_owned));
            }
            let total = answer.get("total_count").and_then(Value::as_u64).unwrap_or(0);
            if items.is_empty() || (page + 1) * PAGE >= total {
                break;
            }
        }
        Ok(None)
    }
}

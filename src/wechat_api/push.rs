//! One draft into the box, step by step.
//!
//! The order of requests: find the draft; upload pictures, then the cover; add
//! or update the draft; read it back. The state is saved between any two of
//! them.
//!
//! **Invariant:** a draft is added only after the box was looked through for
//! one, and a record that says so was written. A draft that an editor changed
//! is not overwritten unless that is asked for.

use jiff::Timestamp;
use serde_json::json;

use super::article::{article, plain};
use super::content::{Content, address_core};
use super::draft::{Draft, key, upload_name};
use super::error::{Error, Failure};
use super::find::{Listed, Target};
use super::problem::{Outcome, Problem, Pushed};
use super::request::{Endpoint, Request};
use super::session::{Session, Step, not_understood, text};
use super::state::{Record, Store};
use crate::memo::Key;
use crate::wechat::Picture;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PushOptions {
    /// Go to the account even where nothing changed: a draft that was removed
    /// there is added anew.
    pub again: bool,
    /// Overwrite what an editor changed in the account, or made there.
    pub overwrite: bool,
    /// The time, for the record.
    pub at: Timestamp,
}

/// Pushes drafts to one account.
pub struct Pusher<'p> {
    pub(super) session: Session<'p>,
    pub(super) store: Store,
    pub(super) options: PushOptions,
    /// The drafts in the box, once they were asked for.
    pub(super) listing: Option<Vec<Listed>>,
    uploaded: usize,
}

impl<'p> Pusher<'p> {
    /// One for the account of `session`, whose state is in `store`.
    pub fn new(session: Session<'p>, store: Store, options: PushOptions) -> Self {
        Self { session, store, options, listing: None, uploaded: 0 }
    }

    /// Puts `draft` into the box. What is wrong with this piece alone is in
    /// [`Pushed::problems`].
    ///
    /// # Errors
    /// What concerns the whole account, the network or the disk: no other
    /// piece can be pushed either.
    pub fn push(&mut self, draft: &Draft<'_>) -> Result<Pushed, Error> {
        self.uploaded = 0;
        let mut problems = Vec::new();
        let outcome = match self.bring(draft, &mut problems) {
            Err(Error::Failure(failure)) if failure.is_of_the_piece() => {
                problems.push(Problem::Refused(failure));
                Outcome::Failed
            }
            other => other?,
        };
        Ok(Pushed {
            piece: draft.edition.source.clone(),
            title: draft.edition.fields.title.clone(),
            outcome,
            media_id: self.record(draft).media_id,
            pictures: draft.edition.pictures.len(),
            uploaded: self.uploaded,
            problems,
        })
    }

    fn bring(&mut self, draft: &Draft<'_>, problems: &mut Vec<Problem>) -> Result<Outcome, Error> {
        let record = self.record(draft);
        let fingerprint = draft.edition.key.to_string();
        if record.media_id.is_some() && record.fingerprint == fingerprint && !self.options.again {
            if !record.checked {
                self.check(draft, problems)?;
            }
            return Ok(Outcome::Unchanged);
        }
        if draft.edition.fields.cover.is_none() {
            problems.push(Problem::NoCover);
            return Ok(Outcome::Failed);
        }
        let words = sent(draft, &draft.edition.html).1;
        let target = match self.find(draft, words)? {
            Target::New => None,
            Target::Draft(media_id) => Some(media_id),
            Target::Gone => {
                problems.push(Problem::Gone);
                self.store.state.drafts.remove(draft.edition.source.as_str());
                None
            }
            Target::Blocked(problem) => {
                problems.push(problem);
                return Ok(Outcome::Failed);
            }
        };
        let outcome = if target.is_some() { Outcome::Updated } else { Outcome::Added };
        let media_id = self.send(draft, target, words)?;
        let record = Record {
            media_id: Some(media_id),
            fingerprint,
            checked: false,
            source: draft.source.to_string(),
            at: Some(self.options.at),
            words: self.record(draft).words,
        };
        self.keep(draft, record)?;
        self.check(draft, problems)?;
        Ok(outcome)
    }

    /// Adds or updates the draft, and gives its media id. A cover that the
    /// account no longer has is uploaded again, once.
    fn send(&mut self, draft: &Draft<'_>, mut target: Option<String>, words: Key) -> Result<String, Error> {
        let (mut tries, mut again) = (1, false);
        loop {
            let addresses = self.addresses(draft)?;
            let cover = self.cover(draft)?;
            let article = article(draft.edition, &html(draft, &addresses), &cover);
            let mut record = self.record(draft);
            record.media_id.clone_from(&target);
            record.fingerprint.clear();
            record.add_words(words);
            self.keep(draft, record)?;
            self.session.hooks.step(Step::Draft);
            let request = match &target {
                Some(media_id) => Request::json(
                    Endpoint::UpdateDraft,
                    json!({ "media_id": media_id, "index": 0, "articles": article }),
                ),
                None => Request::json(Endpoint::AddDraft, json!({ "articles": [article] })),
            };
            let failure = match (self.session.call(&request), &target) {
                (Ok(_), Some(media_id)) => return Ok(media_id.clone()),
                (Ok(answer), None) => {
                    let media_id = text(&answer, "media_id").map(str::to_owned);
                    return Ok(media_id.ok_or_else(|| not_understood(Endpoint::AddDraft))?);
                }
                (Err(failure), _) => failure,
            };
            if failure.is_unknown_media() && !again {
                again = true;
                self.forget_cover(draft);
                continue;
            }
            target = self.after(failure, draft, target.is_some(), words, tries)?;
            tries += 1;
        }
    }

    /// What to do after a request for the draft failed: the draft that it may
    /// have added all the same, or another try without one.
    fn after(
        &mut self,
        failure: Failure,
        draft: &Draft<'_>,
        is_update: bool,
        words: Key,
        tries: u32,
    ) -> Result<Option<String>, Error> {
        // An update can be repeated, and was.
        if is_update || !failure.may_be_done() {
            return self.drop_intent(draft, failure);
        }
        let Some(pause) = Session::pause(&failure, tries) else { return Err(failure.into()) };
        self.session.wait(pause);
        self.find_added(draft, words)
    }

    /// A refused draft was not added: the record need not say that it may have
    /// been.
    fn drop_intent(&mut self, draft: &Draft<'_>, failure: Failure) -> Result<Option<String>, Error> {
        let record = self.record(draft);
        if record.media_id.is_none() && !failure.may_be_done() {
            self.store.state.drafts.remove(draft.edition.source.as_str());
            self.store.save()?;
        }
        Err(failure.into())
    }

    /// The addresses of the body's pictures; those that the account has not
    /// are uploaded.
    fn addresses(&mut self, draft: &Draft<'_>) -> Result<Vec<String>, Error> {
        let mut addresses = Vec::new();
        for (number, picture) in draft.edition.pictures.iter().enumerate() {
            let key = key(picture);
            if let Some(address) = self.store.state.pictures.get(&key) {
                addresses.push(address.clone());
                continue;
            }
            self.session.hooks.step(Step::Picture(number + 1, draft.edition.pictures.len()));
            let request = Request::file(Endpoint::UploadPicture, picture, draft.pictures.bytes(picture)?);
            let answer = self.session.call(&request)?;
            let address = text(&answer, "url").ok_or_else(|| not_understood(Endpoint::UploadPicture))?;
            self.uploaded += 1;
            self.store.state.pictures.insert(key, address.to_owned());
            self.store.save()?;
            addresses.push(address.to_owned());
        }
        Ok(addresses)
    }

    /// The media id of the cover, uploaded if the account has it not. One
    /// whose upload was cut off is looked for in the account's library, by its
    /// name.
    fn cover(&mut self, draft: &Draft<'_>) -> Result<String, Error> {
        let Some(cover) = &draft.edition.fields.cover else { return Ok(String::new()) };
        let picture = &cover.whole;
        let key = key(picture);
        let known = self.store.state.covers.get(&key).cloned();
        if let Some(Some(media_id)) = known {
            return Ok(media_id);
        }
        self.session.hooks.step(Step::Cover);
        let mut found = if known.is_some() { self.find_material(&upload_name(picture))? } else { None };
        self.store.state.covers.insert(key.clone(), None);
        self.store.save()?;
        let request = Request::file(Endpoint::AddMaterial, picture, draft.pictures.bytes(picture)?);
        let mut tries = 1;
        let media_id = loop {
            if let Some(media_id) = found {
                break media_id;
            }
            match self.upload_cover(&request) {
                Ok(media_id) => break media_id,
                Err(failure) => {
                    let pause = Session::pause(&failure, tries).filter(|_| failure.may_be_done());
                    let Some(pause) = pause else { return Err(failure.into()) };
                    self.session.wait(pause);
                    found = self.find_material(&upload_name(picture))?;
                }
            }
            tries += 1;
        };
        self.store.state.covers.insert(key, Some(media_id.clone()));
        self.store.save()?;
        Ok(media_id)
    }

    fn upload_cover(&mut self, request: &Request) -> Result<String, Failure> {
        let answer = self.session.call(request)?;
        self.uploaded += 1;
        text(&answer, "media_id").map(str::to_owned).ok_or_else(|| not_understood(Endpoint::AddMaterial))
    }

    fn forget_cover(&mut self, draft: &Draft<'_>) {
        if let Some(cover) = &draft.edition.fields.cover {
            self.store.state.covers.remove(&key(&cover.whole));
        }
    }

    /// Reads the draft back and counts its pictures: those of other hosts, and
    /// those that the service lost, are gone without an error.
    fn check(&mut self, draft: &Draft<'_>, problems: &mut Vec<Problem>) -> Result<(), Error> {
        let mut record = self.record(draft);
        let Some(media_id) = record.media_id.clone() else { return Ok(()) };
        self.session.hooks.step(Step::Check);
        let Some(stored) = self.stored(&media_id)? else { return Ok(()) };
        let addresses = self.addresses(draft)?;
        let (sent, words) = sent(draft, &html(draft, &addresses));
        if stored.words != words {
            problems.push(Problem::WordsDiffer);
        }
        record.words = vec![words.to_string()];
        record.add_words(stored.words);
        record.checked = stored.pictures.len() >= sent.pictures.len();
        if !record.checked {
            let names = self.forget_missing(draft, &addresses, &stored.pictures);
            // Another run uploads what is missing, and updates the draft.
            record.fingerprint.clear();
            let (sent, found) = (sent.pictures.len(), stored.pictures.len());
            problems.push(Problem::PicturesMissing { sent, found, names });
        }
        self.keep(draft, record)
    }

    /// The names of the pictures that the draft lacks; their addresses are
    /// forgotten.
    fn forget_missing(&mut self, draft: &Draft<'_>, addresses: &[String], stored: &[String]) -> Vec<String> {
        let there: Vec<&str> = stored.iter().map(|address| address_core(address)).collect();
        let mut names = Vec::new();
        for (picture, address) in draft.edition.pictures.iter().zip(addresses) {
            if !there.contains(&address_core(address)) {
                names.push(name(picture));
                self.store.state.pictures.remove(&key(picture));
            }
        }
        names
    }

    fn record(&self, draft: &Draft<'_>) -> Record {
        self.store.state.drafts.get(draft.edition.source.as_str()).cloned().unwrap_or_default()
    }

    fn keep(&mut self, draft: &Draft<'_>, record: Record) -> Result<(), Error> {
        self.store.state.drafts.insert(draft.edition.source.as_str().to_owned(), record);
        self.store.save()
    }
}

/// The body, with the `addresses` of its pictures in order.
fn html(draft: &Draft<'_>, addresses: &[String]) -> String {
    let pictures = &draft.edition.pictures;
    let address = |picture: &Picture| {
        let at = pictures.iter().position(|other| other.file == picture.file)?;
        addresses.get(at).cloned()
    };
    plain(&draft.edition.html_with(address))
}

/// What is in a body that is sent, and the key of the article's words.
fn sent(draft: &Draft<'_>, html: &str) -> (Content, Key) {
    let content = Content::new(&plain(html));
    let words = content.words(&plain(&draft.edition.fields.title), &plain(&draft.edition.fields.author));
    (content, words)
}

/// What people call a picture.
fn name(picture: &Picture) -> String {
    let words = [&picture.caption, &picture.alt].into_iter().find(|words| !words.is_empty());
    words.map_or_else(|| picture.file.clone(), |words| format!("{} {words}", picture.file))
}

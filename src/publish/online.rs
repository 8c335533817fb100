//! Whether a server answers with the release: its bytes, and how they are said
//! to be kept, typed and guarded.
//!
//! Each file that is asked for is compared with the manifest by its SHA-256,
//! and what the server says of it with [`served()`]. Then addresses that must
//! not answer: one that never was, and pages that went.
//!
//! **Invariant:** a site is asked, never changed; redirects are not followed,
//! so no other server is asked.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::compare::{open, store};
use super::manifest::{Fact, Manifest};
use super::{Error, Hooks, Place, Result};
use crate::disk;
use crate::hosting::{PACKINGS, is_packable, served};
use crate::memo::Key;
use crate::path::OutputPath;

/// What a server answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The number of the release.
    pub release: u64,
    /// Addresses that were asked.
    pub asked: usize,
    /// Those that had the right bytes.
    pub right: usize,
    /// What was wrong, by path.
    pub wrong: Vec<Asked>,
}

/// An address and what was wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its path below the site's address.
    pub path: String,
    /// What was wrong.
    pub wrong: Wrong,
}

/// What may be wrong at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// No answer: what the system said.
    Unanswered(String),
    /// An answer with this status in place of the file.
    Status(u16),
    /// Sent elsewhere: to which address.
    Redirected(String),
    /// Other bytes.
    Bytes,
    /// Another type; what should be, what is.
    Type(&'static str, String),
    /// It may be kept longer or shorter; what should be, what is.
    Cache(&'static str, String),
    /// A header that guards readers is missing.
    Header(&'static str),
    /// Nothing is there, and the server does not say 404: its status.
    NotFoundStatus(u16),
    /// Nothing is there, and the server shows another page than the site's.
    NotFoundPage,
    /// It went, and still answers.
    StillThere,
}

impl Wrong {
    /// Whether readers get something wrong; else only less than could be.
    pub fn is_grave(&self) -> bool {
        !matches!(self, Self::Cache(..) | Self::Header(_) | Self::NotFoundPage)
    }
}

/// So many files are asked for, where not all are.
const SAMPLES: usize = 200;

/// So many requests at once.
const AT_ONCE: usize = 8;

/// Headers that each answer has by [`crate::hosting::configuration`].
const GUARDS: [&str; 3] = ["content-security-policy", "x-content-type-options", "referrer-policy"];

/// Asks the server at `url` for files of a release: samples, or `all`.
///
/// # Errors
/// Where there is no such release, or no server at all.
pub fn verify_online(
    place: &Place,
    url: &str,
    number: Option<u64>,
    all: bool,
    hooks: &dyn Hooks,
) -> Result<Answers> {
    let (manifest, tree) = open(place, &store(place)?, number)?;
    let server = Server { agent: agent(), base: format!("{}/", url.trim_end_matches('/')), tree };
    server.must_answer(url)?;
    let files = if all { usize::MAX } else { SAMPLES };
    let files = sample(manifest.site().filter(|(path, _)| !is_packed(path)).collect(), files);
    let gone: Vec<&String> = manifest.head.gone.iter().take(if all { usize::MAX } else { 20 }).collect();
    hooks.planned(files.len() + gone.len());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build();
    let ask = || {
        let files: Vec<Vec<Wrong>> =
            files.par_iter().map(|(path, fact)| server.file(path, fact, hooks)).collect();
        let gone: Vec<Vec<Wrong>> = gone.par_iter().map(|path| server.gone(path, hooks)).collect();
        (files, gone)
    };
    let (of_files, of_gone) = match &pool {
        Ok(pool) => pool.install(ask),
        Err(_) => ask(),
    };
    let mut answers = Answers { release: manifest.head.number(), ..Answers::default() };
    for (path, wrong) in files.iter().map(|(path, _)| path.as_str()).zip(of_files) {
        answers.right += usize::from(!wrong.iter().any(Wrong::is_grave));
        answers.add(path, wrong);
    }
    for (path, wrong) in gone.iter().zip(of_gone) {
        answers.add(path, wrong);
    }
    for (path, wrong) in server.nothing(&manifest) {
        answers.add(&path, wrong);
    }
    Ok(answers)
}

impl Answers {
    fn add(&mut self, path: &str, wrong: Vec<Wrong>) {
        self.asked += 1;
        self.wrong.extend(wrong.into_iter().map(|wrong| Asked { path: path.to_owned(), wrong }));
    }
}

/// A packed copy of a text, which servers send in the text's place.
fn is_packed(path: &OutputPath) -> bool {
    let of = path.as_str().rsplit_once('.');
    of.is_some_and(|(of, ending)| PACKINGS.contains(&ending) && is_packable(of))
}

/// At most about `most` of these files: all that lie at the top, one of each
/// folder and kind, and others evenly among the rest.
fn sample<'m>(files: Vec<(&'m OutputPath, &'m Fact)>, most: usize) -> Vec<(&'m OutputPath, &'m Fact)> {
    let apart = files.len().div_ceil(most.max(1));
    let mut kinds = BTreeSet::new();
    let mut chosen = Vec::new();
    for (place, (path, fact)) in files.into_iter().enumerate() {
        let text = path.as_str();
        let (folder, name) = text.rsplit_once('/').unwrap_or(("", text));
        let kind = (folder.split('/').next(), name.rsplit_once('.').map(|(_, ending)| ending));
        if kinds.insert(kind) || folder.is_empty() || place % apart == 0 {
            chosen.push((path, fact));
        }
    }
    chosen
}

fn agent() -> Agent {
    // Bureaus sign the certificates of their own networks.
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    Agent::config_builder()
        .tls_config(tls)
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_mins(2)))
        .timeout_connect(Some(Duration::from_secs(10)))
        .user_agent(concat!("zhuanlan/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

struct Server {
    agent: Agent,
    base: String,
    /// The release on disk.
    tree: std::path::PathBuf,
}

impl Server {
    fn get(&self, path: &str) -> std::result::Result<Response<Body>, String> {
        const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_');
        let url = format!("{}{}", self.base, utf8_percent_encode(path, KEPT));
        let request = self.agent.get(&url).header("accept-encoding", "identity");
        request.call().map_err(|error| error.to_string())
    }

    /// An error where nobody is there; whatever is answered is fine here.
    fn must_answer(&self, url: &str) -> Result<()> {
        let answer = self.get("index.html");
        answer.map(drop).map_err(|why| Error::NoServer { url: url.to_owned(), why })
    }

    fn file(&self, path: &OutputPath, fact: &Fact, hooks: &dyn Hooks) -> Vec<Wrong> {
        let wrong = match self.get(path.as_str()) {
            Err(why) => vec![Wrong::Unanswered(why)],
            Ok(answer) => self.judge(path, fact, answer),
        };
        hooks.wrote();
        wrong
    }

    fn judge(&self, path: &OutputPath, fact: &Fact, mut answer: Response<Body>) -> Vec<Wrong> {
        match answer.status().as_u16() {
            200 => {}
            300..400 => {
                let to = text(answer.headers(), "location").unwrap_or_default();
                let fine = leads_to(&self.tree.join(path.as_str()), &to);
                return if fine { Vec::new() } else { vec![Wrong::Redirected(to)] };
            }
            status => return vec![Wrong::Status(status)],
        }
        let mut wrong = said(path, answer.headers());
        let mut bytes = Vec::new();
        // A body that does not end is no more than one byte too long.
        let read = answer.body_mut().as_reader().take(fact.stamp.len + 1).read_to_end(&mut bytes);
        match read {
            Err(error) => wrong.insert(0, Wrong::Unanswered(error.to_string())),
            Ok(_) if disk::sha256_of(&bytes) != fact.sha256 => wrong.insert(0, Wrong::Bytes),
            Ok(_) => {}
        }
        wrong
    }

    /// A page that went.
    fn gone(&self, path: &str, hooks: &dyn Hooks) -> Vec<Wrong> {
        let wrong = match self.get(path) {
            Err(why) => vec![Wrong::Unanswered(why)],
            Ok(answer) if answer.status().as_u16() == 200 => vec![Wrong::StillThere],
            Ok(_) => Vec::new(),
        };
        hooks.wrote();
        wrong
    }

    /// Addresses at which nothing ever was: at the top and deeper.
    fn nothing(&self, manifest: &Manifest) -> Vec<(String, Vec<Wrong>)> {
        // A name that nobody asked for before, and no cache knows.
        let name = Key::hash(&disk::chance().unwrap_or_default()).to_string();
        let name = name.get(..12).unwrap_or("nothing");
        let page = manifest.site().find(|(path, _)| path.as_str() == "404.html").map(|(_, fact)| fact);
        let judge = |path: &str| match self.get(path) {
            Err(why) => vec![Wrong::Unanswered(why)],
            Ok(answer) if !matches!(answer.status().as_u16(), 404 | 410) => {
                vec![Wrong::NotFoundStatus(answer.status().as_u16())]
            }
            Ok(mut answer) => {
                let bytes = answer.body_mut().read_to_vec().unwrap_or_default();
                let own = page.is_none_or(|page| disk::sha256_of(&bytes) == page.sha256);
                if own { Vec::new() } else { vec![Wrong::NotFoundPage] }
            }
        };
        let paths = [format!("{name}.html"), format!("{name}/{name}.html")];
        paths.map(|path| (path.clone(), judge(&path))).into()
    }
}

/// What the answer's headers say otherwise than they should.
fn said(path: &OutputPath, headers: &HeaderMap) -> Vec<Wrong> {
    let expected = served(path.as_str());
    let mut wrong = Vec::new();
    let media_type = text(headers, "content-type").unwrap_or_default();
    if plain(&media_type) != plain(expected.media_type) {
        wrong.push(Wrong::Type(expected.media_type, media_type));
    }
    let cache = text(headers, "cache-control").unwrap_or_default();
    if plain(&cache) != plain(expected.cache.control()) {
        wrong.push(Wrong::Cache(expected.cache.control(), cache));
    }
    let missing = GUARDS.into_iter().filter(|name| !headers.contains_key(*name));
    wrong.extend(missing.map(Wrong::Header));
    wrong
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let all: Vec<_> = values.collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// A header's value without what does not matter: case, blanks, quotes, order.
fn plain(value: &str) -> BTreeSet<String> {
    let parts = value.split([',', ';']).map(|part| part.trim().to_ascii_lowercase().replace('"', ""));
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether a page leads its readers to where the server sends them: a former
/// address, for which servers may answer 301.
fn leads_to(page: &Path, to: &str) -> bool {
    let html = disk::read(page).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let name = to.trim_end_matches('/').rsplit_once('/').map_or(to, |(_, name)| name);
    html.contains("http-equiv=\"refresh\"") && !name.is_empty() && html.contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_compared_by_what_they_mean() {
        assert_eq!(plain("text/html; charset=utf-8"), plain("Text/HTML;charset=\"UTF-8\""));
        assert_eq!(
            plain("immutable, public, max-age=31536000"),
            plain("public, max-age=31536000, immutable")
        );
        assert_ne!(plain("text/html"), plain("text/html; charset=utf-8"));
        assert_ne!(plain("no-cache"), plain(""));
    }
}

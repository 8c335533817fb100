//! What the preview answers with: the site of one moment.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::facts::Findings;
use super::references::References;
use crate::build::{Artifact, BuildResult, Content, Former, Output, Piece};
use crate::diagnostic::{Lang, Located, Severity};
use crate::memo::Key;
use crate::path::OutputPath;
use crate::wechat::Editions;

/// What the paths of all WeChat editions begin with.
pub(super) const WECHAT: &str = "-/wechat/";

/// The site of one moment, and what was noticed about it.
///
/// **Invariant:** while the latest build has an error, what was good before it
/// stays; the flawed output only fills in what was never good.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// The last output without an error; before there is one, the latest.
    good: Arc<Output>,
    /// The output of the latest build.
    latest: Arc<Output>,
    /// Files of a build that is not done yet: pages that are looked at just
    /// now, and the theme's.
    early: BTreeMap<OutputPath, Artifact>,
    /// The WeChat editions of `good`.
    editions: Editions,
    /// The findings of the latest build, those of the drafts last.
    findings: Arc<[Located]>,
    /// How many of them are about drafts: they keep nothing back.
    of_drafts: usize,
    /// What scripts are told of the findings, made when first asked for.
    told: OnceLock<String>,
}

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found<'s> {
    /// A file.
    File(&'s OutputPath, &'s Artifact),
    /// A folder with a page of its own, asked for without its `/`.
    Folder,
    /// No page could be made of this source; these are the findings about it.
    Broken(Vec<&'s Located>),
    /// Nothing; the page that says so.
    Missing(Option<&'s Artifact>),
}

impl Site {
    /// What is shown after `built`, where `before` was shown until now.
    pub(super) fn after(before: Option<&Self>, built: BuildResult) -> Self {
        let flawed = built.has_errors();
        let latest = Arc::new(built.output);
        let kept = before.filter(|_| flawed).map(|before| Arc::clone(&before.good));
        let before = before.filter(|_| flawed).map(|before| before.editions.clone());
        Self {
            editions: before.unwrap_or(built.editions),
            good: kept.unwrap_or_else(|| Arc::clone(&latest)),
            latest,
            early: BTreeMap::new(),
            of_drafts: built.drafts.len(),
            findings: built.findings.into_iter().chain(built.drafts).collect(),
            told: OnceLock::new(),
        }
    }

    /// The last site without an error.
    pub(super) fn former(&self) -> Option<Former> {
        let sound = !Arc::ptr_eq(&self.good, &self.latest) || self.errors() == 0;
        let pages = || self.good.files.keys().filter(|path| path.is_page()).cloned().collect();
        sound.then(|| Former { sources: Some(self.good.sources.clone()), pages: pages() })
    }

    /// The same with a file of the next build, which is not done yet.
    pub(super) fn with_early(&self, path: &OutputPath, artifact: Artifact) -> Self {
        let mut site = self.clone();
        site.early.insert(path.clone(), artifact);
        site
    }

    /// How many of its pages are new or other than in `before`.
    pub(super) fn pages_other_than(&self, before: Option<&Self>) -> usize {
        let before = before.map(|before| &before.good.files);
        let same = |path: &OutputPath, artifact: &Artifact| {
            before.and_then(|files| files.get(path)).is_some_and(|known| known.key == artifact.key)
        };
        self.good.files.iter().filter(|(path, artifact)| is_page(path) && !same(path, artifact)).count()
    }

    /// What lies at `path`: decoded, without its leading `/`.
    pub(super) fn at(&self, path: &str) -> Found<'_> {
        let name = page_name(path);
        for files in [&self.early, &self.good.files, &self.latest.files] {
            if let Some((path, artifact)) = files.get_key_value(name.as_str()) {
                return Found::File(path, artifact);
            }
        }
        if let Some((path, artifact)) = self.good.late.get(name.as_str()) {
            return Found::File(path, artifact);
        }
        let index = format!("{path}/index.html");
        if !path.ends_with('/') && self.good.files.contains_key(index.as_str()) {
            return Found::Folder;
        }
        let is_about = |found: &&Located| is_error(found) && source_page(found.path.as_str()) == name;
        let about: Vec<&Located> = self.findings.iter().filter(is_about).collect();
        if about.is_empty() {
            return Found::Missing(self.good.files.get("404.html"));
        }
        Found::Broken(about)
    }

    /// The artifact at `path`.
    pub(super) fn artifact(&self, path: &OutputPath) -> Option<&Artifact> {
        [&self.early, &self.good.files, &self.latest.files].into_iter().find_map(|files| files.get(path))
    }

    /// The piece whose page is at `path`.
    pub(super) fn piece(&self, path: &str) -> Option<&Piece> {
        let name = page_name(path);
        self.latest
            .pieces
            .iter()
            .map(|piece| &**piece)
            .find(|piece| piece.path.as_deref() == Some(name.as_str()))
    }

    /// How many findings keep the site back.
    pub(super) fn errors(&self) -> usize {
        let published = self.findings.iter().take(self.findings.len() - self.of_drafts);
        published.filter(|finding| is_error(finding)).count()
    }

    /// All findings of the latest build, each with whether it is about a draft.
    pub(super) fn marked(&self) -> impl Iterator<Item = (&Located, bool)> {
        let first = self.findings.len() - self.of_drafts;
        self.findings.iter().enumerate().map(move |(at, finding)| (finding, at >= first))
    }

    /// All findings of the latest build.
    pub(super) fn findings(&self) -> &[Located] {
        &self.findings
    }

    /// The findings as scripts are told them; made once for all tabs.
    pub(super) fn told(&self, lang: Lang) -> &str {
        self.told.get_or_init(|| serde_json::to_string(&Findings::new(self, lang)).unwrap_or_default())
    }

    /// The WeChat editions of what is answered with.
    pub(super) fn editions(&self) -> &Editions {
        &self.editions
    }

    /// The latest output, for the overview.
    pub(super) fn latest(&self) -> &Output {
        &self.latest
    }

    /// The output that is answered with.
    pub(super) fn good(&self) -> &Output {
        &self.good
    }

    /// Whether a file of the sources is one that findings or pieces name: only
    /// such a one is opened in the editor.
    pub(super) fn names_source(&self, path: &str) -> bool {
        let named = self.findings.iter().flat_map(|finding| {
            std::iter::once(&finding.path).chain(finding.related.iter().map(|(path, _)| path))
        });
        let pieces = self.latest.pieces.iter().map(|piece| &piece.source);
        named.chain(pieces).any(|known| known.as_str() == path)
    }
}

/// What a tab has of the page that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// The page's own bytes.
    page: Key,
    /// What it loads, stylesheets apart.
    others: Vec<(OutputPath, Key)>,
    /// Its stylesheets.
    styles: Vec<(OutputPath, Key)>,
}

/// What a tab has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    Nothing,
    /// Load these stylesheets again, under these keys.
    Styles(Vec<(OutputPath, Key)>),
    /// Load the page again.
    Page,
}

impl Seen {
    /// What a tab has that shows the bytes `page` at `path` (without its
    /// leading `/`).
    pub(super) fn new(site: &Site, path: &str, page: &[u8]) -> Self {
        let html = String::from_utf8_lossy(page);
        let References { styles, mut others } = References::of_page(&page_name(path), &html);
        for style in &styles {
            if let Some(Artifact { content: Content::Bytes(css), .. }) = site.artifact(style) {
                others.extend(References::of_style(style, &String::from_utf8_lossy(css)));
            }
        }
        Self { page: Key::hash(page), others: keyed(site, others), styles: keyed(site, styles) }
    }

    /// What a tab has whose page loads nothing of the site.
    pub(super) fn alone(page: Key) -> Self {
        Self { page, others: Vec::new(), styles: Vec::new() }
    }

    /// The same page in another site, where its bytes are known to be the
    /// same: then only what it loads is looked up. `None` where a stylesheet
    /// differs, and with it perhaps what that loads.
    pub(super) fn of_same_page(&self, site: &Site) -> Option<Self> {
        let again = |all: &[(OutputPath, Key)]| keyed(site, all.iter().map(|(path, _)| path.clone()));
        let styles = again(&self.styles);
        (styles == self.styles).then(|| Self { page: self.page, others: again(&self.others), styles })
    }

    /// What a tab sends when it connects, so that what happened since its page
    /// was loaded, even while no server ran, is not lost.
    pub(super) fn token(&self) -> String {
        let all = |files: &[(OutputPath, Key)]| {
            Key::hash_parts(files.iter().map(|(_, key)| key.as_bytes().as_slice())).short(16)
        };
        format!("{}.{}.{}", self.page.short(16), all(&self.others), all(&self.styles))
    }

    /// What a tab has to do that has what `token` says. A token that is none
    /// is as one of another page.
    pub(super) fn since(&self, token: &str) -> Change {
        let now = self.token();
        if now == token {
            return Change::Nothing;
        }
        let but_styles = |token: &str| token.rsplit_once('.').map(|(rest, _)| rest.to_owned());
        if but_styles(&now) == but_styles(token) {
            return Change::Styles(self.styles.clone());
        }
        Change::Page
    }

    /// What a tab has to do that has `before`: only stylesheets that differ
    /// are loaded again.
    pub(super) fn after(&self, before: &Self) -> Change {
        match self.since(&before.token()) {
            Change::Styles(styles) => {
                Change::Styles(styles.into_iter().filter(|style| !before.styles.contains(style)).collect())
            }
            other => other,
        }
    }
}

fn is_error(finding: &Located) -> bool {
    finding.severity() == Severity::Error
}

/// Whether it is a page.
pub(super) fn is_page(path: &OutputPath) -> bool {
    path.as_str().rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
}

/// The files with their keys; one that is not there has a key of its own.
fn keyed(site: &Site, files: impl IntoIterator<Item = OutputPath>) -> Vec<(OutputPath, Key)> {
    let key = |path: &OutputPath| site.artifact(path).map_or(Key::hash(&[]), |artifact| artifact.key);
    files.into_iter().map(|path| (path.clone(), key(&path))).collect()
}

/// The name of the file that a path means: a folder's page is its index.
pub(super) fn page_name(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The page that a source would have if its name is its slug. A source of
/// which nothing could be read has no better one.
fn source_page(source: &str) -> String {
    let name = source.strip_prefix("content/").unwrap_or(source);
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")).unwrap_or(name);
    format!("{}.html", stem.strip_suffix("/index").unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, SourceFault, locate};
    use crate::path::SourcePath;

    fn built(files: &[(&str, &str)], error_in: Option<&str>) -> BuildResult {
        let mut output = Output::default();
        for (path, text) in files {
            let bytes: Arc<[u8]> = text.as_bytes().into();
            let artifact = Artifact { key: Key::hash(&bytes), content: Content::Bytes(bytes) };
            output.files.insert(OutputPath::new(path).unwrap(), artifact);
        }
        let found = error_in
            .map(|path| Diagnostic::of_file(&SourcePath::new(path).unwrap(), SourceFault::LeavesRoot));
        BuildResult {
            output,
            drafts: Vec::new(),
            findings: locate(found.into_iter().collect(), |_| None),
            counts: crate::build::Counts::default(),
            editions: Editions::default(),
        }
    }

    fn text(site: &Site, path: &str) -> String {
        match site.at(path) {
            Found::File(_, Artifact { content: Content::Bytes(bytes), .. }) => {
                String::from_utf8_lossy(bytes).into()
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_was_good_stays_and_the_flawed_fills_in() {
        let good = Site::after(None, built(&[("index.html", "好"), ("news/index.html", "栏")], None));
        let flawed = built(&[("index.html", "坏"), ("new.html", "新")], Some("content/news/x.md"));
        let site = Site::after(Some(&good), flawed);
        assert_eq!(text(&site, ""), "好");
        assert_eq!(text(&site, "new.html"), "新");
        assert_eq!(site.at("news"), Found::Folder);
        assert_eq!(text(&site, "news/"), "栏");
        assert!(matches!(site.at("news/x.html"), Found::Broken(about) if about.len() == 1));
        assert_eq!(site.at("news/y.html"), Found::Missing(None));
        let mended = Site::after(Some(&site), built(&[("index.html", "更好")], None));
        assert_eq!(text(&mended, "index.html"), "更好");
        assert_eq!(mended.at("new.html"), Found::Missing(None));
    }

    #[test]
    fn before_anything_is_good_the_flawed_is_shown() {
        let site = Site::after(None, built(&[("index.html", "坏")], Some("column.yaml")));
        assert_eq!(text(&site, "index.html"), "坏");
    }

    #[test]
    fn a_tab_does_what_its_page_needs() {
        let page = r#"<link rel="stylesheet" href="a.css"><script src="a.js"></script>"#;
        let site = |css: &str, js: &str, font: &str| {
            let files = [("a.css", css), ("a.js", js), ("f.woff2", font), ("feed.atom", css)];
            Site::after(None, built(&files, None))
        };
        let seen = |site: &Site, page: &str| Seen::new(site, "x.html", page.as_bytes());
        let css = "@font-face{src:url(f.woff2)}";
        let before = seen(&site(css, "1", "1"), page);
        assert_eq!(seen(&site(css, "1", "1"), page).after(&before), Change::Nothing);
        assert_eq!(seen(&site(css, "2", "1"), page).after(&before), Change::Page);
        assert_eq!(seen(&site(css, "1", "2"), page).after(&before), Change::Page);
        assert_eq!(seen(&site(css, "1", "1"), "<p>甲").after(&before), Change::Page);
        let styles = seen(&site("a{}@font-face{src:url(f.woff2)}", "1", "1"), page);
        let swapped = Change::Styles(vec![(OutputPath::new("a.css").unwrap(), styles.styles[0].1)]);
        assert_eq!(styles.after(&before), swapped);
        assert_eq!(styles.since(&before.token()), swapped);
        assert_eq!(styles.since(""), Change::Page);
    }

    #[test]
    fn the_page_of_a_source() {
        assert_eq!(source_page("content/news/x.md"), "news/x.html");
        assert_eq!(source_page("content/news/x/index.md"), "news/x.html");
        assert_eq!(source_page("content/about.md"), "about.html");
    }
}

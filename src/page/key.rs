//! A page before it is rendered: its key now, its view when it is asked for.

pub(crate) mod batch;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::memo::Key;
use crate::path::{OutputPath, SourcePath};
use crate::view::{
    ArchivePage, ArticlePage, BookletPage, HomePage, LedgerPage, MaterialsPage, MonthPage, NotFoundPage,
    PhasesPage, PhotosPage, RedirectPage, SearchPage, SectionPage, TermPage, TermsPage,
};

use crate::page::frame::date::Stamp;

/// A page of the site.
///
/// **Invariant:** equal keys mean equal views and the same template. The key is
/// the hash of the page's *parts*, and the view is made by a function that is
/// given these parts and nothing else: so neither can know what the other
/// does not.
pub struct Page<'c> {
    /// Where it is written.
    pub path: OutputPath,
    /// The template that renders it: `article.html`.
    pub template: &'static str,
    /// The key of all that the view is made from, of the path and of the
    /// template's name.
    pub key: Key,
    /// For the sitemap: when it last changed. `None` keeps it out of there.
    pub listed: Option<Listed>,
    /// The article that it shows, for messages of templates.
    pub source: Option<&'c SourcePath>,
    make: Box<dyn Fn() -> View + Send + Sync + 'c>,
}

/// How the sitemap names a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The day of its last change, where one is known.
    pub changed: Option<Stamp>,
}

/// Everything that a template gets for one page.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is named after the view that it holds")]
pub enum View {
    Home(HomePage),
    Section(SectionPage),
    Article(ArticlePage),
    Terms(TermsPage),
    Term(TermPage),
    Phases(PhasesPage),
    Archive(ArchivePage),
    Month(MonthPage),
    Materials(MaterialsPage),
    Photos(PhotosPage),
    Ledger(LedgerPage),
    Search(SearchPage),
    Booklet(BookletPage),
    NotFound(NotFoundPage),
    Redirect(RedirectPage),
}

impl View {
    /// The view as a template's variables.
    ///
    /// # Errors
    /// None that is known of: views are structs of plain data.
    pub fn context(&self) -> tera::TeraResult<tera::Context> {
        tera::Context::from_serialize(self)
    }
}

impl<'c> Page<'c> {
    /// A page whose view `make` makes from `parts`. `make` can't capture
    /// anything, being a plain function.
    pub(crate) fn new<P: Serialize + Send + Sync + 'c>(
        path: OutputPath,
        template: &'static str,
        parts: P,
        make: fn(&P) -> View,
    ) -> Self {
        let key = Key::hash_value(&(template, &path, &parts));
        Self { path, template, key, listed: None, source: None, make: Box::new(move || make(&parts)) }
    }

    /// As [`Page::new`], for parts that are many: they are gathered for the
    /// key, and once more when the view is made.
    pub(crate) fn gathered<P: Serialize + 'c>(
        path: OutputPath,
        template: &'static str,
        gather: impl Fn() -> P + Send + Sync + 'c,
        make: fn(&P) -> View,
    ) -> Self {
        let key = Key::hash_value(&(template, &path, gather()));
        Self { path, template, key, listed: None, source: None, make: Box::new(move || make(&gather())) }
    }

    /// The same page, named in the sitemap.
    pub(crate) fn listed(mut self, changed: Option<Stamp>) -> Self {
        self.listed = Some(Listed { changed });
        self
    }

    /// The same page, made from the file at `source`.
    pub(crate) fn from(mut self, source: &'c SourcePath) -> Self {
        self.source = Some(source);
        self
    }

    /// What the sitemap says of it.
    pub fn named(&self) -> Option<(&OutputPath, Listed)> {
        Some((&self.path, self.listed?))
    }

    /// Makes the view.
    pub fn view(&self) -> View {
        (self.make)()
    }
}

impl fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("path", &self.path)
            .field("template", &self.template)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

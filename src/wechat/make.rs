//! From a piece of a site to its edition.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::edition::{Dropped, Edition, Reason};
use super::fields;
use super::form::Former;
use super::links::Links;
use super::pictures::Pictures;
use super::style::Styles;
use crate::diagnostic::{Checked, Diagnostic, ThemeFault, WechatFault};
use crate::memo::{Key, KeyBuilder};
use crate::page::article::{self as piece, qr};
use crate::page::body::{self, file, links::BodyParts, links::Place};
use crate::page::frame::{date::Stamp, labels};
use crate::page::index::Index;
use crate::page::listing::cover_view;
use crate::page::{ThemeFacts, ViewOptions};
use crate::path::SourcePath;
use crate::site::{Article, Site};
use crate::theme::Theme;
use crate::view::{
    BlockView, BylineView, Json, TermLink, WechatArticle, WechatNote, WechatNotes, WechatSite,
};

/// The body's template.
const ARTICLE: &str = "article.html";

/// The template of the notes at its end.
const NOTES: &str = "notes.html";

/// The styles, by the kind of element.
const STYLES: &str = "styles.css";

/// The editions of one site, made when they are asked for; by default of none.
#[derive(Debug, Clone, Default)]
pub struct Editions {
    of: Option<(Arc<Site>, Arc<Checked<Theme>>)>,
    styles: Arc<OnceLock<Checked<Styles>>>,
}

impl Editions {
    /// Nothing is made yet.
    pub fn new(site: &Arc<Site>, theme: &Arc<Checked<Theme>>) -> Self {
        Self { of: Some((Arc::clone(site), Arc::clone(theme))), styles: Arc::default() }
    }

    /// The column's name.
    pub fn title(&self) -> &str {
        self.of.as_ref().map_or("", |(site, _)| site.config.title.as_str())
    }

    /// The site's pieces that readers see, and in a preview those that they will,
    /// by source path.
    pub fn pieces(&self) -> impl Iterator<Item = &Article> {
        self.of.iter().flat_map(|(site, _)| site.articles.iter())
    }

    /// The editions of `pieces`, in their order, each with its findings; `None`
    /// where a template of the theme fails, which is a finding too.
    pub fn make(&self, pieces: &[&Article]) -> Vec<Checked<Option<Edition>>> {
        let Some((site, theme)) = &self.of else { return Vec::new() };
        let facts = ThemeFacts { wording: Arc::clone(&theme.value.wording), ..ThemeFacts::default() };
        let index = Index::new(site, &facts, &ViewOptions::default());
        let styles = &self.styles(site, &theme.value).value;
        pieces.par_iter().map(|piece| one(&index, &theme.value, styles, piece)).collect()
    }

    /// What is wrong with the styles, once for all editions.
    pub fn findings(&self) -> Vec<Diagnostic> {
        self.of
            .as_ref()
            .map_or(Vec::new(), |(site, theme)| self.styles(site, &theme.value).diagnostics.clone())
    }

    /// The edition of the piece whose page is at `page`, from the site's root.
    pub fn of_page(&self, page: &str) -> Option<Checked<Option<Edition>>> {
        let article = self.pieces().find(|article| article.route.as_str() == page)?;
        self.make(&[article]).pop()
    }

    /// The edition of the piece in the file `source`.
    pub fn of_source(&self, source: &SourcePath) -> Option<Checked<Option<Edition>>> {
        let article = self.pieces().find(|article| article.document.path == *source)?;
        self.make(&[article]).pop()
    }

    fn styles(&self, site: &Site, theme: &Theme) -> &Checked<Styles> {
        self.styles.get_or_init(|| {
            let mut found = Vec::new();
            let site = site_view(site, theme);
            let css = rendered(theme, STYLES, &serde_json::json!({ "site": site }), STYLES, &mut found);
            let styles = Styles::parse(css.as_deref().unwrap_or_default());
            let refused = styles.refused.iter().map(|(selector, declaration)| {
                let (selector, declaration) = (selector.clone(), declaration.clone());
                let path = theme.wechat.file(STYLES).unwrap_or(&theme.manifest);
                Diagnostic::of_file(path, WechatFault::Style { selector, declaration })
            });
            found.extend(refused);
            Checked { value: styles, diagnostics: found }
        })
    }
}

fn one(index: &Index<'_>, theme: &Theme, styles: &Styles, article: &Article) -> Checked<Option<Edition>> {
    let mut found = Vec::new();
    let place =
        Place { root: "", own: article.route.as_str(), elsewhere: false, first: false, largest: true };
    let maker = Maker { theme, styles, index, article, body: index.body(article, place) };
    let edition = maker.edition(&mut found);
    if let Some(edition) = &edition {
        found.extend(fields::findings(edition, &article.document));
    }
    Checked { value: edition, diagnostics: found }
}

fn site_view(site: &Site, theme: &Theme) -> WechatSite {
    WechatSite {
        title: site.config.title.clone(),
        base_url: site.config.base_url.clone(),
        settings: Json(theme.settings.clone()),
    }
}

/// `view` by the template `name`; `None`, with a finding, where that fails.
fn rendered(
    theme: &Theme,
    name: &str,
    view: &impl serde::Serialize,
    page: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    // A template with a fault was reported when the theme was compiled.
    if theme.wechat.is_broken(name) {
        return None;
    }
    let wrong = |message| ThemeFault::Render { message, page: page.to_owned(), others: 0 };
    if theme.wechat.key(name).is_none() {
        let fault = ThemeFault::NoSuchTemplate { name: format!("wechat/{name}") };
        found.push(Diagnostic::of_file(&theme.manifest, fault));
        return None;
    }
    let context = match tera::Context::from_serialize(view) {
        Ok(context) => context,
        Err(error) => {
            found.push(Diagnostic::of_file(&theme.manifest, wrong(error.to_string())));
            return None;
        }
    };
    let mut text = Vec::with_capacity(16 * 1024);
    match theme.wechat.render(name, &context, &mut text) {
        Ok(()) => Some(String::from_utf8_lossy(&text).into_owned()),
        Err(failed) => {
            found.push(match failed.span {
                Some(span) => Diagnostic::at(&failed.path, span, wrong(failed.message)),
                None => Diagnostic::of_file(&failed.path, wrong(failed.message)),
            });
            None
        }
    }
}

/// One edition being made.
struct Maker<'m> {
    theme: &'m Theme,
    styles: &'m Styles,
    index: &'m Index<'m>,
    article: &'m Article,
    body: BodyParts<'m>,
}

impl Maker<'_> {
    fn edition(&self, found: &mut Vec<Diagnostic>) -> Option<Edition> {
        let Self { theme, index, article, .. } = *self;
        let page = article.route.as_str();
        let base = index.base_url.as_deref();
        let view = self.view();
        let html = rendered(theme, ARTICLE, &view, page, found)?;
        let shown = article.cover.and_then(|id| index.site.assets.get(id.0 as usize));
        let code = (!view.address.is_empty()).then(|| qr::picture(&view.address)).flatten().map(Arc::from);
        let pictures = Pictures::new(index.site, &self.body, shown, base, code);
        let mut former = Former::new(self.styles, Links { base, page }, pictures);
        former.dropped.extend(left_to_site(&view));
        let mut body = former.form(&html);
        let notes = former.written_notes();
        if !notes.is_empty() {
            let note = |(note, html): (super::Note, String)| WechatNote { number: note.number, html };
            let notes = notes.into_iter().map(note).collect();
            let html = rendered(theme, NOTES, &WechatNotes { site: view.site.clone(), notes }, page, found)?;
            body.push_str(&former.form(&html));
        }
        let Former { notes, dropped, pictures, .. } = former;
        let pictures = pictures.finish(&captions(&view));
        let fields = fields::fields(index, article);
        let mut edition = Edition {
            key: Key::hash(b""),
            source: article.document.path.clone(),
            page: page.to_owned(),
            html: body,
            fields,
            pictures,
            notes,
            dropped,
        };
        edition.key = key(&edition);
        Some(edition)
    }

    fn view(&self) -> WechatArticle {
        let Self { index, article, theme, ref body, .. } = *self;
        let document = &article.document;
        let front = &document.front;
        let local = &*body.local;
        let cover = index.cover(article).filter(|_| !article.cover_in_text);
        let section = index.section_of(article).map(|section| section.get().link.title.clone());
        let person =
            |name: &crate::text::At<String>| TermLink { title: name.value.clone(), path: String::new() };
        let line = |line: &crate::document::Byline| BylineView {
            role: line.role.clone(),
            people: line.names.iter().map(person).collect(),
        };
        WechatArticle {
            site: site_view(index.site, theme),
            subtitle: front.subtitle.clone().unwrap_or_default(),
            section: section.unwrap_or_default(),
            date: article.date.map(|at| Stamp(at).view(local)),
            updated: front.updated.as_ref().map(|at| Stamp(at.value).view(local)),
            byline: front.byline.iter().map(line).chain(piece::ai_line(front, local)).collect(),
            source: piece::source(body),
            intro: front.summary.clone().unwrap_or_default(),
            cover: cover.and_then(|cover| cover_view(document, cover, local)),
            body: body::whole(body::pieces(body)),
            corrections: piece::corrections(body),
            files: index.files(article).iter().map(|(asset, name)| file::view(asset, name, local)).collect(),
            issuer: front.issuer.clone().unwrap_or_default(),
            number: front.number.as_ref().map(|number| labels::number(&number.value)).unwrap_or_default(),
            version: front.version.clone().unwrap_or_default(),
            address: index
                .base_url
                .as_ref()
                .map_or(String::new(), |base| format!("{base}{}", article.route.as_str())),
        }
    }
}

/// What only the site can show: films, sounds and files.
fn left_to_site(view: &WechatArticle) -> Vec<Dropped> {
    let media = view.body.pieces.iter().filter_map(|piece| match &piece.part {
        Some(BlockView::Media(media)) if media.caption.is_empty() => Some(media.src.clone()),
        Some(BlockView::Media(media)) => Some(media.caption.clone()),
        _ => None,
    });
    let media = media.map(|what| Dropped { reason: Reason::Media, what });
    let files = view.files.iter().map(|file| Dropped { reason: Reason::File, what: file.name.clone() });
    media.chain(files).collect()
}

/// What stands under the photos, by where the site publishes them.
fn captions(view: &WechatArticle) -> BTreeMap<&str, &str> {
    let figures = view.body.pieces.iter().flat_map(|piece| match &piece.part {
        Some(BlockView::Figure(figure)) => std::slice::from_ref(figure),
        Some(BlockView::Gallery(gallery)) => &gallery.photos,
        _ => &[],
    });
    let photos = view.cover.iter().chain(figures.map(|figure| &figure.photo));
    photos.map(|photo| (photo.full.as_str(), photo.caption.as_str())).collect()
}

/// The key of all that `edition` is.
fn key(edition: &Edition) -> Key {
    let mut parts = KeyBuilder::with_capacity(edition.html.len() + 1024);
    parts.text(edition.source.as_str());
    parts.text(&edition.page);
    parts.text(&edition.html);
    parts.text(&serde_json::to_string(&edition.fields).unwrap_or_default());
    let cover = edition.fields.cover.iter().flat_map(|cover| [&cover.whole, &cover.wide, &cover.square]);
    for picture in cover.chain(&edition.pictures) {
        parts.text(&picture.file);
        parts.key(picture.origin.key());
    }
    parts.finish()
}

//! What a body is filled with: where its links lead from a given place.

use jiff::civil::Date;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::ai_label::AiLevel;
use crate::document::{AiNote, Document, PhotoNote};
use crate::markdown::{EventDate, Link};
use crate::memo::Keyed;
use crate::path::{OutputPath, SourcePath};
use crate::site::{Asset, AssetKind, Picture};
use crate::view::{CandidateView, DateView, LinkView, PhotoView};

use crate::html;
use crate::page::frame::date::{Stamp, period_view};
use crate::page::frame::local::Local;

/// A body and all that its slots mean.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BodyParts<'c> {
    /// The document whose body it is.
    pub document: Keyed<'c, Document>,
    /// What each of `document.body.links` means.
    pub links: Vec<Target<'c>>,
    /// From where it is read.
    pub place: Place<'c>,
    /// The column's zone, and the theme's words.
    pub local: Keyed<'c, Local>,
}

/// What a link means, with the little of it that pages show.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) enum Target<'c> {
    /// A page of this site, from the root, and an anchor in it.
    Page(&'c str, Option<&'c str>),
    /// A place in the same page.
    Anchor(&'c str),
    /// A photo, film or file.
    Asset(Keyed<'c, Asset>),
    /// Somewhere else.
    External(&'c str),
    /// Nothing.
    Broken,
}

/// From where a body is read.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Place<'c> {
    /// What leads to the root: `../`, or the base URL in a feed.
    pub root: &'c str,
    /// The page itself, from the root.
    pub own: &'c str,
    /// Whether anchors need the page's address before them, because the text
    /// is read elsewhere.
    pub elsewhere: bool,
    /// Whether the text's first picture is the page's first.
    pub first: bool,
    /// Whether pictures come in one size, the largest: for paper and e-books.
    pub largest: bool,
}

impl BodyParts<'_> {
    /// Where `links[n]` leads; `None` where nowhere.
    pub(crate) fn href(&self, n: usize) -> Option<String> {
        let Place { root, own, elsewhere, .. } = self.place;
        match *self.links.get(n)? {
            Target::Page(path, Some(anchor)) if path == own && !elsewhere => Some(format!("#{anchor}")),
            Target::Page(path, Some(anchor)) => Some(format!("{root}{path}#{anchor}")),
            Target::Page(path, None) => Some(format!("{root}{path}")),
            Target::Anchor(anchor) if elsewhere => Some(format!("{root}{own}#{anchor}")),
            Target::Anchor(anchor) => Some(format!("#{anchor}")),
            Target::Asset(asset) => {
                let fragment = self.fragment(n).map(|place| format!("#{place}")).unwrap_or_default();
                Some(format!("{root}{}{fragment}", asset.output))
            }
            Target::External(url) => Some(url.to_owned()),
            Target::Broken => None,
        }
    }

    /// The attributes of an `<a>` to `links[n]`, each with a space before it;
    /// empty where it leads nowhere.
    pub(crate) fn attributes(&self, n: usize) -> String {
        let mut out = String::new();
        let Some(href) = self.href(n) else { return out };
        html::attribute(&mut out, "href", &href);
        match self.links.get(n) {
            // A place in a file is to be seen where it is, by the browser.
            Some(Target::Asset(asset))
                if matches!(asset.kind, AssetKind::File { .. }) && self.fragment(n).is_none() =>
            {
                html::attribute(&mut out, "download", &download(&asset.source));
            }
            Some(Target::External(url)) if is_web(url) => {
                html::attribute(&mut out, "class", "external");
                html::attribute(&mut out, "rel", "noopener");
            }
            _ => {}
        }
        out
    }

    /// The place in a file that `links[n]` names: `page=3`. A `#` may belong to
    /// the file's own name.
    fn fragment(&self, n: usize) -> Option<&str> {
        let Some(Target::Asset(asset)) = self.links.get(n) else { return None };
        let (path, fragment) = self.document.get().body.links.get(n)?.target.rsplit_once('#')?;
        let in_name = asset.source.file_name().nfc().filter(|c| *c == '#').count();
        let before = path.rsplit('/').next().unwrap_or(path).matches('#').count();
        (!fragment.is_empty() && before >= in_name).then_some(fragment)
    }

    /// `links[n]` as blocks have it.
    pub(crate) fn link(&self, n: usize) -> Option<LinkView> {
        let external = matches!(self.links.get(n), Some(Target::External(url)) if is_web(url));
        self.href(n).map(|href| LinkView { href, external })
    }

    /// The photo of this site that `links[n]` shows.
    pub(crate) fn photo(&self, n: usize, credit: Option<&str>) -> Option<PhotoView> {
        let Some(Target::Asset(asset)) = self.links.get(n) else { return None };
        photo(&self.document, self.document.body.links.get(n)?, asset, credit, &self.local)
    }

    /// `date` in the forms that pages use.
    pub(crate) fn period(&self, date: EventDate) -> DateView {
        period_view(date, &self.local)
    }

    /// `day` in the forms that pages use.
    pub(crate) fn day(&self, day: Date) -> DateView {
        Stamp::of_day(day).view(&self.local)
    }
}

/// Whether `url` leads to another site, not to a mailbox or a telephone.
fn is_web(url: &str) -> bool {
    !(url.starts_with("mailto:") || url.starts_with("tel:"))
}

/// The name that a download of `source` keeps: its own, composed (NFC) as
/// systems other than macOS expect.
pub(crate) fn download(source: &SourcePath) -> String {
    source.file_name().nfc().collect()
}

/// The photo `asset` as `link` shows it; front matter's notes go before what
/// the text says. `None` where it is no photo.
pub(crate) fn photo(
    document: &Document,
    link: &Link,
    asset: &Asset,
    credit: Option<&str>,
    local: &Local,
) -> Option<PhotoView> {
    let AssetKind::Photo(picture) = &asset.kind else { return None };
    let (own, beside) = (document.front.photo(&link.target), picture.note.as_ref());
    let noted = |pick: fn(&PhotoNote) -> Option<&String>| own.and_then(pick).cloned();
    let noted_beside = |pick: fn(&PhotoNote) -> Option<&String>| beside.and_then(pick).cloned();
    let written = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let alt = noted(|note| note.alt.as_ref())
        .or_else(|| written(&link.alt))
        .or_else(|| noted_beside(|note| note.alt.as_ref()));
    let caption = noted(|note| note.caption.as_ref())
        .or_else(|| link.title.clone())
        .or_else(|| noted_beside(|note| note.caption.as_ref()))
        .unwrap_or_else(|| link.alt.clone());
    let credit = noted(|note| note.credit.as_ref())
        .or_else(|| credit.map(str::to_owned))
        .or_else(|| noted_beside(|note| note.credit.as_ref()));
    let date = own.and_then(|note| note.date).or_else(|| beside?.date);
    // What the file itself says can't be taken back.
    let declared = || match own.and_then(|note| note.ai).or_else(|| beside?.ai) {
        Some(AiNote::Yes(level)) => Some(level),
        Some(AiNote::No) | None => None,
    };
    let ai = picture.ai.or_else(declared);
    Some(PhotoView {
        alt: alt.unwrap_or_default(),
        caption,
        credit: credit.unwrap_or_default(),
        date: date.map(|date| date.to_string()).unwrap_or_default(),
        ai: notice(ai, local),
        ..shown(asset, picture, local)
    })
}

/// The picture `asset` without what is said of it.
pub(crate) fn shown(asset: &Asset, picture: &Picture, local: &Local) -> PhotoView {
    let declared = match picture.note.as_ref().and_then(|note| note.ai) {
        Some(AiNote::Yes(level)) => Some(level),
        Some(AiNote::No) | None => None,
    };
    let src = picture.prints.iter().rfind(|print| print.width <= MIDDLE).or(picture.prints.first());
    let size = picture.prints.last();
    let candidate = |path: &OutputPath, width| CandidateView { path: path.to_string(), width };
    let webp = picture.prints.iter().filter_map(|print| Some(candidate(print.webp.as_ref()?, print.width)));
    let sizes = picture.prints.iter().map(|print| candidate(&print.path, print.width));
    PhotoView {
        src: src.map_or(&asset.output, |print| &print.path).to_string(),
        width: size.map_or(0, |print| print.width),
        height: size.map_or(0, |print| print.height),
        webp: webp.collect(),
        sizes: if picture.prints.len() > 1 { sizes.collect() } else { Vec::new() },
        full: asset.output.to_string(),
        ai: notice(picture.ai.or(declared), local),
        tint: picture.tint.map(|class| format!("tint-{class}")).unwrap_or_default(),
        ..PhotoView::default()
    }
}

/// What readers see beside what AI made.
pub(crate) fn notice(ai: Option<AiLevel>, local: &Local) -> String {
    ai.map(|level| local.text(word(level))).unwrap_or_default()
}

/// The word for what AI did.
fn word(level: AiLevel) -> &'static str {
    match level {
        AiLevel::Made => "ai.made",
        AiLevel::Possible => "ai.possible",
        AiLevel::Suspected => "ai.suspected",
    }
}

/// The width of what is shown by browsers that can't choose, in pixels, at
/// most.
const MIDDLE: u32 = 960;

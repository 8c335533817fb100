//! What a body is filled with: where its links lead from a given place.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::document::{Document, PhotoNote};
use crate::markdown::Link;
use crate::path::SourcePath;
use crate::site::{Asset, AssetKind};
use crate::view::shared::Keyed;
use crate::view::{DateView, LinkView, PhotoView};

use super::date::Stamp;
use super::html;

/// A body and all that its slots mean.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BodyParts<'c> {
    /// The document whose body it is.
    pub document: Keyed<'c, Document>,
    /// What each of `document.body.links` means.
    pub links: Vec<Target<'c>>,
    /// From where it is read.
    pub place: Place<'c>,
    /// The column's zone.
    pub zone: Keyed<'c, TimeZone>,
}

/// What a link means, with the little of it that pages show.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) enum Target<'c> {
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
pub(super) struct Place<'c> {
    /// What leads to the root: `../`, or the base URL in a feed.
    pub root: &'c str,
    /// The page itself, from the root.
    pub own: &'c str,
    /// Whether anchors need the page's address before them, because the text
    /// is read elsewhere.
    pub elsewhere: bool,
    /// Whether the text's first picture is the page's first.
    pub first: bool,
}

impl BodyParts<'_> {
    /// Where `links[n]` leads; `None` where nowhere.
    pub(super) fn href(&self, n: usize) -> Option<String> {
        let Place { root, own, elsewhere, .. } = self.place;
        match *self.links.get(n)? {
            Target::Page(path, Some(anchor)) if path == own && !elsewhere => Some(format!("#{anchor}")),
            Target::Page(path, Some(anchor)) => Some(format!("{root}{path}#{anchor}")),
            Target::Page(path, None) => Some(format!("{root}{path}")),
            Target::Anchor(anchor) if elsewhere => Some(format!("{root}{own}#{anchor}")),
            Target::Anchor(anchor) => Some(format!("#{anchor}")),
            Target::Asset(asset) => Some(format!("{root}{}", asset.output)),
            Target::External(url) => Some(url.to_owned()),
            Target::Broken => None,
        }
    }

    /// The attributes of an `<a>` to `links[n]`, each with a space before it;
    /// empty where it leads nowhere.
    pub(super) fn attributes(&self, n: usize) -> String {
        let mut out = String::new();
        let Some(href) = self.href(n) else { return out };
        html::attribute(&mut out, "href", &href);
        match self.links.get(n) {
            Some(Target::Asset(asset)) if matches!(asset.kind, AssetKind::File { .. }) => {
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

    /// `links[n]` as blocks have it.
    pub(super) fn link(&self, n: usize) -> Option<LinkView> {
        let external = matches!(self.links.get(n), Some(Target::External(url)) if is_web(url));
        self.href(n).map(|href| LinkView { href, external })
    }

    /// The photo of this site that `links[n]` shows.
    pub(super) fn photo(&self, n: usize, credit: Option<&str>) -> Option<PhotoView> {
        let Some(Target::Asset(asset)) = self.links.get(n) else { return None };
        photo(&self.document, self.document.body.links.get(n)?, asset, credit)
    }

    /// `day` in the forms that pages use.
    pub(super) fn day(&self, day: Date) -> DateView {
        Stamp::of_day(day).view(&self.zone)
    }
}

/// Whether `url` leads to another site, not to a mailbox or a telephone.
fn is_web(url: &str) -> bool {
    !(url.starts_with("mailto:") || url.starts_with("tel:"))
}

/// The name that a download of `source` keeps: its own, composed (NFC) as
/// systems other than macOS expect.
pub(super) fn download(source: &SourcePath) -> String {
    source.file_name().nfc().collect()
}

/// The photo `asset` as `link` shows it; front matter's notes go before what
/// the text says. `None` where it is no photo.
pub(super) fn photo(
    document: &Document,
    link: &Link,
    asset: &Asset,
    credit: Option<&str>,
) -> Option<PhotoView> {
    let AssetKind::Photo { width, height } = asset.kind else { return None };
    let note = note(document, &link.target);
    let noted = |pick: fn(&PhotoNote) -> Option<&String>| note.and_then(pick).cloned();
    let alt = noted(|note| note.alt.as_ref()).unwrap_or_else(|| link.alt.clone());
    let caption = noted(|note| note.caption.as_ref())
        .or_else(|| link.title.clone())
        .unwrap_or_else(|| link.alt.clone());
    let credit = noted(|note| note.credit.as_ref()).or_else(|| credit.map(str::to_owned)).unwrap_or_default();
    Some(PhotoView { src: asset.output.to_string(), width, height, alt, caption, credit })
}

/// What front matter says of the photo at `target`: by the path as used, else
/// by the file's name.
fn note<'d>(document: &'d Document, target: &str) -> Option<&'d PhotoNote> {
    let notes = &document.front.photos;
    if notes.is_empty() {
        return None;
    }
    let name = target.rsplit_once('/').map_or(target, |(_, name)| name);
    notes.get(target).or_else(|| notes.get(name))
}

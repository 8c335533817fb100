//! The pictures of an edition: numbered in the order of the text, in forms that
//! the account takes.
//!
//! Nothing is made here: a picture is named by how it is made ([`Variant`]), as
//! those of the site are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::edition::{Cover, Crop, Dropped, Origin, Picture, Reason};
use super::limits::{Limited, limit};
use crate::memo::Key;
use crate::page::body::links::{BodyParts, Target};
use crate::photo::{Codec, Recipe, Variant, cut_part, scaled};
use crate::site::{Asset, AssetKind, Site};

/// Of pictures, as WebP counts.
const QUALITY: u8 = 82;

/// The cover in a list's first place, in pixels: exactly 2.35:1.
const WIDE: (u32, u32) = (1128, 480);

/// The cover in other places, in pixels.
const SQUARE: (u32, u32) = (600, 600);

/// What stands for the QR code in a template: `<img src="qr">`.
pub(super) const CODE: &str = "qr";

/// What became of a picture.
#[derive(Debug)]
pub(super) enum Taken {
    /// It is in the edition, called so.
    Here {
        /// `pictures/01.jpg`.
        file: String,
        /// What differs from the page.
        dropped: Option<Dropped>,
    },
    /// It is not, and why.
    No(Dropped),
}

/// The pictures that a piece may show and does.
pub(super) struct Pictures<'p> {
    site: &'p Site,
    base: Option<&'p str>,
    /// By where the site publishes them.
    known: BTreeMap<&'p str, &'p Asset>,
    /// A drawn code, where there is one.
    code: Option<Arc<[u8]>>,
    taken: Vec<Picture>,
    /// By `src`.
    numbers: HashMap<String, usize>,
}

impl<'p> Pictures<'p> {
    /// Those of the text and the cover.
    pub(super) fn new(
        site: &'p Site,
        body: &BodyParts<'p>,
        cover: Option<&'p Asset>,
        base: Option<&'p str>,
        code: Option<Arc<[u8]>>,
    ) -> Self {
        let in_text = body.links.iter().filter_map(|link| match link {
            Target::Asset(asset) => Some(asset.get()),
            _ => None,
        });
        let known = in_text.chain(cover).map(|asset| (asset.output.as_str(), asset)).collect();
        Self { site, base, known, code, taken: Vec::new(), numbers: HashMap::new() }
    }

    /// All that was taken, in order, with what stands under them: `captions`, by
    /// `src`.
    pub(super) fn finish(mut self, captions: &BTreeMap<&str, &str>) -> Vec<Picture> {
        for (src, caption) in captions {
            if let Some(picture) = self.numbers.get(*src).and_then(|at| self.taken.get_mut(*at)) {
                (*caption).clone_into(&mut picture.caption);
            }
        }
        self.taken
    }

    /// Takes the picture at `src` into the edition.
    pub(super) fn take(&mut self, src: &str, alt: &str) -> Taken {
        if let Some(picture) = self.numbers.get(src).and_then(|at| self.taken.get(*at)) {
            return Taken::Here { file: picture.file.clone(), dropped: None };
        }
        let no = |reason, what: &str| Taken::No(Dropped { reason, what: what.to_owned() });
        if src == CODE {
            let Some(bytes) = self.code.clone() else { return no(Reason::Element, "二维码") };
            return self.add(
                src,
                Form { origin: Origin::Drawn(bytes), extension: "png", size: (0, 0), address: None },
                alt,
                None,
            );
        }
        let Some(asset) = self.known.get(src).copied() else {
            return no(Reason::ForeignPicture, src);
        };
        match form(self.site, self.base, asset) {
            Ok((form, reason)) => {
                let dropped = reason.map(|reason| Dropped { reason, what: asset.source.to_string() });
                self.add(src, form, alt, dropped)
            }
            Err(reason) => no(reason, asset.source.as_str()),
        }
    }

    fn add(&mut self, src: &str, form: Form, alt: &str, dropped: Option<Dropped>) -> Taken {
        let number = self.taken.len() + 1;
        let file = format!("pictures/{number:02}.{}", form.extension);
        self.numbers.insert(src.to_owned(), self.taken.len());
        self.taken.push(form.picture(number, file.clone(), alt));
        Taken::Here { file, dropped }
    }
}

/// A picture in a form that the account takes.
struct Form {
    origin: Origin,
    extension: &'static str,
    size: (u32, u32),
    address: Option<String>,
}

impl Form {
    fn picture(self, number: usize, file: String, alt: &str) -> Picture {
        let Self { origin, size: (width, height), address, .. } = self;
        Picture { number, file, origin, width, height, alt: alt.to_owned(), caption: String::new(), address }
    }
}

/// `asset` for the text, and what differs from the page.
fn form(site: &Site, base: Option<&str>, asset: &Asset) -> Result<(Form, Option<Reason>), Reason> {
    let AssetKind::Photo(picture) = &asset.kind else { return Err(Reason::File) };
    let content = site.pictures.get(&asset.output).map(|recipe| recipe.content);
    let (Some(content), false) = (content, picture.prints.is_empty()) else { return Err(Reason::Element) };
    let path = asset.output.as_str();
    let shown = (picture.width, picture.height);
    let here = || base.map(|base| format!("{base}{path}"));
    let form = |make, extension, size, address| Form {
        origin: made(asset, content, make),
        extension,
        size,
        address,
    };
    Ok(match (extension(asset).as_str(), picture.as_it_is) {
        // Nobody knows how large it would be.
        ("svg", _) if picture.width == 0 || picture.height == 0 => return Err(Reason::Drawing),
        ("svg", _) => (form(within(drawn(shown), Codec::Png), "png", drawn(shown), None), None),
        ("gif", true) => {
            let large = limit(Limited::PictureBytes).excess(asset.len).is_some();
            (form(Variant::Clean, "gif", shown, here()), large.then_some(Reason::LargeGif))
        }
        // A moving picture of a kind that the account does not take.
        ("webp", true) => {
            (form(within(shown, Codec::Jpeg), "jpg", fitted(shown), None), Some(Reason::Motion))
        }
        ("png", is_kept) => {
            let reason = is_kept.then_some(Reason::Motion);
            (form(within(shown, Codec::Png), "png", fitted(shown), here()), reason)
        }
        _ => (form(within(shown, Codec::Jpeg), "jpg", fitted(shown), here()), None),
    })
}

/// The extension under which it is published, in lower case.
fn extension(asset: &Asset) -> String {
    asset.output.as_str().rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase()
}

fn made(asset: &Asset, content: Key, make: Variant) -> Origin {
    Origin::Made(Arc::new(Recipe { source: asset.source.clone(), content, make }))
}

/// Within the account's limits, written as `codec`.
fn within(size: (u32, u32), codec: Codec) -> Variant {
    let (width, height) = fitted(size);
    let most = u32::try_from(limit(Limited::PictureBytes).most).unwrap_or(u32::MAX);
    Variant::Within { width, height, codec, quality: QUALITY, most }
}

/// A drawing has pixels of its own at no size: two for each of its own are sharp
/// on a phone.
fn drawn((width, height): (u32, u32)) -> (u32, u32) {
    fitted((width.saturating_mul(2), height.saturating_mul(2)))
}

/// No wider than the account shows pictures.
fn fitted((width, height): (u32, u32)) -> (u32, u32) {
    let most = widest();
    if width <= most { (width, height) } else { (most, scaled(height, most, width)) }
}

fn widest() -> u32 {
    u32::try_from(limit(Limited::PictureWidth).most).unwrap_or(u32::MAX)
}

/// The cover of `asset` about the point `focus`; `None` where nothing can be cut
/// from it.
pub(super) fn cover(
    site: &Site,
    asset: &Asset,
    focus: (u8, u8),
    base: Option<&str>,
    alt: &str,
) -> Option<Cover> {
    let (whole, _) = form(site, base, asset).ok().filter(|(form, _)| form.extension != "gif")?;
    let AssetKind::Photo(picture) = &asset.kind else { return None };
    let content = site.pictures.get(&asset.output)?.content;
    let shown = (picture.width, picture.height);
    let shown = if extension(asset) == "svg" { drawn(shown) } else { shown };
    let cut = |wanted: (u32, u32), file: &str| {
        let (width, height) = fitting(shown, wanted);
        let make = Variant::Cut { width, height, focus, quality: QUALITY };
        let form = Form {
            origin: made(asset, content, make),
            extension: "jpg",
            size: (width, height),
            address: None,
        };
        form.picture(0, file.to_owned(), alt)
    };
    let crop = |wanted| Crop(cut_part(focus, shown, wanted));
    let file = format!("pictures/cover.{}", whole.extension);
    Some(Cover {
        whole: whole.picture(0, file, alt),
        wide: cut(WIDE, "pictures/cover-2.35x1.jpg"),
        square: cut(SQUARE, "pictures/cover-1x1.jpg"),
        wide_crop: crop(WIDE),
        square_crop: crop(SQUARE),
    })
}

/// The largest size of the proportions of `wanted` that a picture of `whole` has,
/// but no larger than `wanted`.
fn fitting(whole: (u32, u32), wanted: (u32, u32)) -> (u32, u32) {
    if whole.0 >= wanted.0 && whole.1 >= wanted.1 {
        return wanted;
    }
    let width = whole.0.min(scaled(wanted.0, whole.1, wanted.1)).min(wanted.0).max(1);
    (width, scaled(wanted.1, width, wanted.0))
}

//! What is published of pictures: in which sizes, under which names, made how.
//!
//! Nothing is made here: sizes follow from headers, and names from content.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Article, Articles, Asset, AssetKind, Cutting, Memory, Picture, Print, Reference, Run, Share};
use crate::config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::memo::{Key, KeyBuilder, Memo};
use crate::path::{OutputPath, SourcePath};
use crate::photo::{self, Codec, Photo, Recipe, Variant, scaled};
use crate::source::{Blobs, SourceTree};

/// The share card that networks ask for, in pixels.
const CARD: (u32, u32) = (1200, 630);

/// The small square that chats show, in pixels.
const SQUARE: (u32, u32) = (300, 300);

/// The point that cuts keep where nobody named one: a little above the middle,
/// where faces are.
const FOCUS: (u8, u8) = (50, 40);

/// How files are made, by where they are published.
pub(super) type Recipes = Vec<(OutputPath, Recipe)>;

/// A width so near the largest that it would save nothing is left out: these
/// many hundredths of it.
const NEAR: u32 = 88;

/// A picture that is shown, to be published at `output`, whose name ends in
/// the extension of [`extension`].
pub(super) fn picture(photo: Photo, shown: bool, output: &OutputPath, settings: &config::Photos) -> Picture {
    let as_it_is = is_kept(photo, shown);
    let Photo { width, height, tint, ai, .. } = photo;
    let prints = if as_it_is {
        vec![Print { width, height, path: output.clone(), webp: None }]
    } else {
        prints((width, height), output, &settings.widths)
    };
    Picture { width, height, tint, ai, as_it_is, prints, note: None }
}

/// The extension, without the dot, of what is published of a picture for all
/// browsers.
pub(super) fn extension(photo: Photo, shown: bool) -> &'static str {
    match photo {
        _ if is_kept(photo, shown) => photo.format.extension(),
        // What shows through can't be a JPEG, and what is sharp should not be.
        Photo { transparent: true, .. } | Photo { even: true, .. } => Codec::Png.extension(),
        _ => Codec::Jpeg.extension(),
    }
}

fn is_kept(photo: Photo, shown: bool) -> bool {
    photo.animated || photo.format == photo::Format::Svg || !shown
}

/// The longest side of a WebP, in pixels (RFC 9649, 2.5): long screenshots are
/// longer, and published as JPEG or PNG alone.
const WEBP_SIDE: u32 = 16_383;

/// The sizes of a picture of `size`, never larger than that.
fn prints((width, height): (u32, u32), output: &OutputPath, widths: &[u32]) -> Vec<Print> {
    let largest = widths.iter().copied().max().unwrap_or(width).min(width);
    let narrower =
        widths.iter().copied().filter(|one| u64::from(*one) * 100 < u64::from(largest) * u64::from(NEAR));
    // Browsers that know WebP look at nothing else: so all sizes or none.
    let webp_holds = scaled(height, largest, width).max(largest) <= WEBP_SIDE;
    let print = |width_of: u32| {
        let whole = width_of == largest;
        let path = if whole { Some(output.clone()) } else { beside(output, &width_of.to_string(), None) };
        let webp = webp_holds.then(|| beside(output, &width_of.to_string(), Some(Codec::Webp))).flatten();
        let height = scaled(height, width_of, width);
        Some(Print { width: width_of, height, path: path?, webp })
    };
    narrower.chain([largest]).filter_map(print).collect()
}

/// The name of what is made of the picture at `output`: a dot stands in no
/// name that comes from a file's, so nobody else has it.
fn beside(output: &OutputPath, what: &str, codec: Option<Codec>) -> Option<OutputPath> {
    let (stem, own) = output.as_str().rsplit_once('.')?;
    OutputPath::new(&format!("{stem}.{what}.{}", codec.map_or(own, |codec| codec.extension())))
}

/// What the file at `path` is for all browsers.
fn codec_of(path: &OutputPath) -> Codec {
    let extension = path.as_str().rsplit_once('.').map(|(_, extension)| extension);
    if extension == Some(Codec::Png.extension()) { Codec::Png } else { Codec::Jpeg }
}

/// How the largest that is published of a picture is made; `None` where
/// `asset` is none, or can't be shown.
pub fn largest(asset: &Asset, quality: u8) -> Option<Variant> {
    let AssetKind::Photo(picture) = &asset.kind else { return None };
    let Print { width, height, path, .. } = picture.prints.last()?;
    let whole = || Variant::Whole { width: *width, height: *height, codec: codec_of(path), quality };
    Some(if picture.as_it_is { Variant::Clean } else { whole() })
}

/// What pictures are made of.
pub(super) struct Inputs<'s> {
    pub articles: &'s Articles,
    pub assets: &'s [Asset],
    /// Files that are copied as they are.
    pub statics: &'s [(SourcePath, OutputPath)],
}

/// How all pictures of the site are made, and what is wrong with those that are
/// copied as they are.
pub(super) fn all(
    inputs: &Inputs<'_>,
    tree: &SourceTree,
    blobs: &dyn Blobs,
    config: &config::Config,
    memory: &Memory,
) -> Checked<BTreeMap<OutputPath, Recipe>> {
    let (settings, assets) = (&config.photos, inputs.assets);
    let mut recipes = recipes(assets, tree, settings);
    if config.base_url.is_some() {
        share_recipes(inputs.articles, assets, tree, settings, &memory.shares, &mut recipes);
    }
    let checked = of_statics(inputs.statics, tree, blobs, memory, &mut recipes);
    Checked { value: recipes, diagnostics: checked.diagnostics }
}

/// How all that is published of `assets` is made.
fn recipes(assets: &[Asset], tree: &SourceTree, settings: &config::Photos) -> BTreeMap<OutputPath, Recipe> {
    let mut recipes = BTreeMap::new();
    for asset in assets {
        let Some(source) = tree.get(&asset.source) else { continue };
        let mut add = |path: &OutputPath, make: Variant| {
            let recipe = Recipe { source: asset.source.clone(), content: source.key, make };
            recipes.insert(path.clone(), recipe);
        };
        match &asset.kind {
            AssetKind::Photo(picture) if picture.as_it_is => add(&asset.output, Variant::Clean),
            AssetKind::Photo(picture) => {
                for Print { width, height, path, webp } in &picture.prints {
                    let make = |codec| Variant::Whole {
                        width: *width,
                        height: *height,
                        codec,
                        quality: settings.quality,
                    };
                    add(path, make(codec_of(path)));
                    if let Some(webp) = webp {
                        add(webp, make(Codec::Webp));
                    }
                }
            }
            AssetKind::File { picture: true, .. } => add(&asset.output, Variant::Clean),
            AssetKind::Media(_) | AssetKind::File { .. } => {}
        }
    }
    recipes
}

/// What stands for `article` where it is shared: parts of its cover, which is
/// `asset`. `None` where nothing can be cut from it.
pub fn share(article: &Article, asset: &Asset) -> Option<Share> {
    let AssetKind::Photo(picture) = &asset.kind else { return None };
    if !can_be_cut(picture) {
        return None;
    }
    let focus = focus(article, picture);
    let cut = |name: &str, size| {
        let named = if focus == FOCUS { name.to_owned() } else { format!("{name}-{}-{}", focus.0, focus.1) };
        let path = beside(&asset.output, &named, Some(Codec::Jpeg))?;
        let (width, height) = fitting((picture.width, picture.height), size);
        Some(Cutting { width, height, path })
    };
    Some(Share { card: cut("card", CARD)?, square: cut("square", SQUARE)? })
}

/// How what stands for the pieces is made.
fn share_recipes(
    articles: &Articles,
    assets: &[Asset],
    tree: &SourceTree,
    settings: &config::Photos,
    memo: &Memo<Recipes>,
    recipes: &mut BTreeMap<OutputPath, Recipe>,
) {
    let covers = covers_key(assets, tree, settings);
    let of_run = |run: &Arc<Run>| {
        let key = Key::hash_parts([covers.as_bytes().as_slice(), run.key().as_bytes()]);
        memo.get_or(key, || share_recipes_of(run.articles(), assets, tree, settings))
    };
    let made: Vec<Arc<Recipes>> = articles.runs().par_iter().map(of_run).collect();
    for (path, recipe) in made.iter().flat_map(|made| made.iter()) {
        if !recipes.contains_key(path) {
            recipes.insert(path.clone(), recipe.clone());
        }
    }
}

/// The key of all that recipes of [`share_recipes`] follow from besides the
/// pieces.
fn covers_key(assets: &[Asset], tree: &SourceTree, settings: &config::Photos) -> Key {
    let mut parts = KeyBuilder::with_capacity(96 * assets.len() + 8);
    parts.u8(settings.quality);
    for (at, asset) in assets.iter().enumerate() {
        let AssetKind::Photo(picture) = &asset.kind else { continue };
        parts.count(at);
        parts.text(asset.source.as_str());
        parts.option_key(tree.get(&asset.source).map(|source| source.key));
        parts.text(asset.output.as_str());
        parts.number(i64::from(picture.width));
        parts.number(i64::from(picture.height));
        parts.bool(can_be_cut(picture));
        let focus = picture.note.as_ref().and_then(|note| note.focus);
        let (x, y) = focus.unwrap_or(FOCUS);
        parts.u8(x);
        parts.u8(y);
    }
    parts.finish()
}

fn share_recipes_of(
    articles: &[Article],
    assets: &[Asset],
    tree: &SourceTree,
    settings: &config::Photos,
) -> Recipes {
    let mut seen = HashSet::new();
    let mut recipes = Recipes::new();
    for article in articles {
        let Some((id, asset)) = article.cover.and_then(|id| Some((id, assets.get(id.0 as usize)?))) else {
            continue;
        };
        let AssetKind::Photo(picture) = &asset.kind else { continue };
        let focus = focus(article, picture);
        let source = tree.get(&asset.source).filter(|_| seen.insert((id, focus)));
        let (Some(source), Some(share)) = (source, share(article, asset)) else { continue };
        for Cutting { width, height, path } in [share.card, share.square] {
            let make = Variant::Cut { width, height, focus, quality: settings.quality };
            recipes.push((path, Recipe { source: asset.source.clone(), content: source.key, make }));
        }
    }
    recipes
}

/// Whether parts can be cut from `picture`.
fn can_be_cut(picture: &Picture) -> bool {
    !picture.as_it_is && !picture.prints.is_empty()
}

/// The point of its cover, which is `picture`, that a piece wants to be seen, in
/// percent from the left and the top.
pub fn focus(article: &Article, picture: &Picture) -> (u8, u8) {
    let front = &article.document.front;
    let of_cover = front.cover.as_ref().and_then(|cover| front.photo(&cover.src.value));
    let in_text = || {
        let at = article.links.iter().position(
            |link| matches!((link, article.cover), (Reference::Asset(id), Some(cover)) if *id == cover),
        )?;
        front.photo(&article.document.body.links.get(at)?.target)
    };
    let noted = of_cover.or_else(in_text).and_then(|note| note.focus);
    noted.or_else(|| picture.note.as_ref()?.focus).unwrap_or(FOCUS)
}

/// The largest size of the proportions of `wanted` that a picture of `whole`
/// has, but no larger than `wanted`.
fn fitting(whole: (u32, u32), wanted: (u32, u32)) -> (u32, u32) {
    if whole.0 >= wanted.0 && whole.1 >= wanted.1 {
        return wanted;
    }
    let by_height = scaled(wanted.0, whole.1, wanted.1);
    let width = whole.0.min(by_height).min(wanted.0).max(1);
    (width, scaled(wanted.1, width, wanted.0))
}

/// Cleans the pictures among the files that are copied as they are, and names
/// what is wrong with them.
fn of_statics(
    statics: &[(SourcePath, OutputPath)],
    tree: &SourceTree,
    blobs: &dyn Blobs,
    memory: &Memory,
    recipes: &mut BTreeMap<OutputPath, Recipe>,
) -> Checked<()> {
    let mut found = Vec::new();
    for (path, output) in statics {
        let extension = path.extension();
        let icon = extension == "ico";
        if crate::path::playable(&extension).is_some() {
            let notes = tree.get(path).map(|film| photo::media_notes(path, film.key, blobs));
            let faults = notes.into_iter().flat_map(|notes| notes.faults);
            found.extend(faults.map(|fault| Diagnostic::of_file(path, fault)));
            continue;
        }
        let named = icon || photo::is_picture(&extension);
        // Whatever it is called: what a camera noted stands in it.
        let inside = || blobs.head(path, photo::HEAD).is_ok_and(|head| photo::begins_picture(&head));
        let Some(source) = tree.get(path).filter(|_| named || inside()) else { continue };
        let key = super::assets::sight_key(source.key, &extension);
        let look = || photo::probe(path, source.key, source.len, blobs);
        let faults = if icon {
            photo::look_at_icon(path, blobs).into_iter().collect()
        } else {
            memory.photos.get_or(key, look).faults.clone()
        };
        found.extend(faults.into_iter().map(|fault| Diagnostic::of_file(path, fault.unshown())));
        let recipe = Recipe { source: path.clone(), content: source.key, make: Variant::Clean };
        recipes.insert(output.clone(), recipe);
    }
    Checked { value: (), diagnostics: found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_larger_than_the_source() {
        let output = OutputPath::new("assets/photos/a.12345678.jpg").unwrap();
        let check = |size, widths: &[u32], expected: &[(u32, u32)]| {
            let prints = prints(size, &output, widths);
            let sizes: Vec<_> = prints.iter().map(|print| (print.width, print.height)).collect();
            assert_eq!(sizes, expected, "{size:?} {widths:?}");
            assert_eq!(prints.last().map(|print| &print.path), Some(&output));
        };
        check((1600, 1067), &[480, 960, 1440], &[(480, 320), (960, 640), (1440, 960)]);
        check((1200, 800), &[480, 960, 1440], &[(480, 320), (960, 640), (1200, 800)]);
        check((1000, 500), &[480, 960, 1440], &[(480, 240), (1000, 500)]);
        check((300, 200), &[480, 960, 1440], &[(300, 200)]);
        check((3, 9000), &[480], &[(3, 9000)]);
        let webps =
            |size| prints(size, &output, &[480, 960, 1440]).iter().filter(|p| p.webp.is_some()).count();
        assert_eq!(webps((1080, 16_383)), 2);
        assert_eq!(webps((1080, 16_384)), 0);
        assert_eq!(webps((2160, 20_000)), 3);
    }

    #[test]
    fn cuts_are_never_larger_either() {
        assert_eq!(fitting((1600, 1067), CARD), CARD);
        assert_eq!(fitting((800, 600), CARD), (800, 420));
        assert_eq!(fitting((5000, 315), CARD), (600, 315));
        assert_eq!(fitting((200, 100), SQUARE), (100, 100));
    }
}

//! All pages and files of a site into bytes: remembered, or handed over one by
//! one.
//!
//! Takes the site and what rendering needs besides; gives the files, those that
//! are copied as they are left out, and adds to the findings.

use std::sync::Arc;

use rayon::prelude::*;

use super::memory::Memory;
use super::printer::{Press, Printed};
use super::{Artifact, Content, Options, Priority, Span, Stage, is_sound, weight};
use crate::diagnostic::Diagnostic;
use crate::memo::Key;
use crate::path::OutputPath;
use crate::render::Leaf;
use crate::site::Site;
use crate::source::{Blobs, SourceTree};
use crate::theme::Theme;
use crate::{book, page, render};

/// What rendering is given besides the site.
#[derive(Clone, Copy)]
pub(super) struct Context<'g> {
    pub(super) tree: &'g SourceTree,
    pub(super) blobs: &'g dyn Blobs,
    pub(super) theme: &'g Theme,
    pub(super) options: &'g Options,
    pub(super) memory: &'g Memory,
}

/// Every page by its template, every file that no template makes, and every
/// file that is published as it is; and how many pages were handed over, which
/// no memo counts.
pub(super) fn render_all(
    site: &Site,
    given: &Context<'_>,
    early: &Priority<'_>,
    found: &mut Vec<Diagnostic>,
) -> (Files, u64) {
    let Context { theme, options, memory, .. } = *given;
    let span = Span::new(early.observer, Stage::Prepare, 1);
    let facts = page::ThemeFacts {
        settings: theme.settings.clone(),
        assets: theme.assets.iter().map(|(name, asset)| (name.clone(), asset.path.to_string())).collect(),
        wording: Arc::clone(&theme.wording),
    };
    let view_options = page::ViewOptions { base_url: None, preview: options.preview };
    let column = page::Column::new(site, &facts, &view_options, &memory.page, &*memory.store);
    let (batches, mut singles) = rayon::join(|| page::batches(&column), || page::singles(&column));
    singles.extend(book::pages(&column));
    if is_sound(found) {
        show_early(theme, &batches, &singles, memory, early);
    }
    // Who previews wants to see the page soon; `build` and `check` weigh it.
    let scale = (!options.preview).then(|| weight::Scale::new(theme, &memory.weights));
    drop(span);
    early.observer.planned(Stage::Render, batches.len() + singles.len());
    let press = Press::new(theme, memory, scale.as_ref(), early);
    let mut printed: Vec<Printed> = batches.par_iter().map(|batch| press.batch(batch)).collect();
    printed.extend(press.singles(&singles));
    let all = || printed.iter().flat_map(|(leaves, _)| leaves.iter());
    found.extend(render::failures(all().filter(|leaf| leaf.key.is_none())));
    if let Some(scale) = &scale {
        let weighed: Vec<_> = printed.iter().map(|(_, weighed)| Arc::clone(weighed)).collect();
        found.extend(scale.verdict(&weighed));
    }
    let _span = Span::new(early.observer, Stage::Files, 1);
    (gathered(&column, given, &press, &printed, found), press.made())
}

/// The printed pages and all other files.
fn gathered(
    column: &page::Column<'_>,
    given: &Context<'_>,
    press: &Press<'_>,
    printed: &[Printed],
    found: &mut Vec<Diagnostic>,
) -> Files {
    let theme = given.theme;
    let all = || printed.iter().flat_map(|(leaves, _)| leaves.iter());
    let artifact = |leaf: &Leaf| Some((leaf.path.clone(), Artifact::of(leaf.key?, &leaf.bytes)));
    let mut files: Files =
        printed.par_iter().flat_map_iter(|(leaves, _)| leaves.iter()).filter_map(artifact).collect();
    let mut others = render::feeds(column);
    others.extend(render::sitemap(column, all().filter_map(Leaf::named)));
    others.extend(render::robots(column));
    others.extend(render::progress(column));
    others.extend(book::booklet_styles(column));
    let written: Vec<_> = others.par_iter().map(|file| press.file(file)).collect();
    for (file, artifact) in others.iter().zip(written) {
        files.extend(artifact.map(|artifact| (file.path.clone(), artifact)));
    }
    bind_all(column, given, &mut files, found);
    files.extend(theme.published().map(|asset| (asset.path.clone(), here(asset.key, &asset.bytes))));
    files
}

/// Files of the output, before they are sorted; of two at one path the later
/// one counts.
pub(super) type Files = Vec<(OutputPath, Artifact)>;

pub(super) fn here(key: Key, bytes: &Arc<[u8]>) -> Artifact {
    Artifact { key, content: Content::Bytes(Arc::clone(bytes)) }
}

/// Every book as an EPUB.
fn bind_all(column: &page::Column<'_>, given: &Context<'_>, output: &mut Files, found: &mut Vec<Diagnostic>) {
    let epubs = book::epubs(column, given.theme, given.tree);
    let make = |epub| book::make(epub, given.theme, given.blobs, &given.memory.epubs);
    let files: Vec<_> = epubs.par_iter().map(make).collect();
    for (epub, made) in epubs.iter().zip(&files) {
        found.extend(made.diagnostics.iter().cloned());
        output.extend(made.value.key.map(|key| (epub.path.clone(), here(key, &made.value.bytes))));
    }
}

/// Renders the pages that somebody looks at; the loop over all pages then finds
/// them remembered.
fn show_early(
    theme: &Theme,
    batches: &[page::Batch<'_>],
    singles: &[page::Page<'_>],
    memory: &Memory,
    early: &Priority<'_>,
) {
    let show = |page: &page::Page<'_>| {
        let leaf = render::leaf(theme, page, &memory.pages);
        if let (Some(key), true) = (leaf.key, leaf.rendered.diagnostics.is_empty()) {
            (early.ready)(&page.path, Artifact::of(key, &leaf.bytes));
        }
    };
    for path in early.pages {
        if let Some(page) = singles.iter().find(|page| page.path == *path) {
            show(page);
        } else if let Some(page) = batches.iter().find_map(|batch| batch.page(path)) {
            show(&page);
        }
    }
}

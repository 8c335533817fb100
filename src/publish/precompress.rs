//! Texts written packed too (`publish: {precompress: true}`): `a.html.gz` and
//! `a.html.br` beside `a.html`, for servers that send such files as they are.
//!
//! They are files of the release like all others: in its manifest, written in
//! the same step as what they are of, gone with it. Each is there only where it
//! is smaller, and has the same time, since servers take its time for that of
//! what it is of.
//!
//! **Invariant:** what is packed follows from the bytes alone; a text that did
//! not change since the last release is not packed again.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::Place;
use super::folder::Folder;
use super::manifest::Fact;
use super::place::Store;
use crate::build::{Artifact, Content, Output};
use crate::disk;
use crate::hosting::{PACKINGS, is_packable};
use crate::memo::Key;
use crate::path::OutputPath;

/// Levels by measurement (124 pages, styles and lists, 1.6 MB, two busy cores):
/// gzip 6 gives 488 KB at 11 MB/s, 9 gives 476 at 8.5. Brotli 5 gives 422 KB at 3
/// MB/s; 6 gives 420, and 7 to 9 give 413 at less than 1 MB/s.
const GZIP: u32 = 9;
const BROTLI: i32 = 5;

/// Shorter texts fit one packet as they are.
const SHORTEST: usize = 512;

/// Where the texts are.
pub(super) struct Texts<'t> {
    pub(super) place: &'t Place,
    pub(super) store: &'t Store,
    /// The site.
    pub(super) live: &'t Folder,
    /// Whether its texts were packed: then those of unchanged texts stay.
    pub(super) before: bool,
}

/// `output` with its texts packed.
pub(super) fn with_packed(output: &Output, from: &Texts<'_>) -> Output {
    let texts: Vec<(&OutputPath, &Artifact)> =
        output.files.iter().filter(|(path, _)| is_packable(path.as_str())).collect();
    let packed: Vec<(OutputPath, Artifact)> = texts
        .par_iter()
        .flat_map_iter(|(path, artifact)| {
            PACKINGS.into_iter().filter_map(|ending| from.packed(path, artifact, ending))
        })
        .collect();
    let mut files = output.files.clone();
    for (path, artifact) in packed {
        // A file of that name among the static ones is somebody's own.
        files.entry(path).or_insert(artifact);
    }
    Output {
        files,
        sources: output.sources.clone(),
        publishing: output.publishing.clone(),
        downloads: output.downloads.clone(),
        ..Output::default()
    }
}

impl Texts<'_> {
    /// One text, packed in one way; `None` where that is no smaller.
    fn packed(&self, path: &OutputPath, artifact: &Artifact, ending: &str) -> Option<(OutputPath, Artifact)> {
        let to = OutputPath::former(&format!("{path}.{ending}"))?;
        let key = key_of(artifact.key, ending);
        if self.before && self.stands(path, artifact.key) {
            // What was decided then: it stays, and its bytes are not asked for.
            return self.stands(&to, key).then(|| (to, Artifact { key, content: Content::Bytes([].into()) }));
        }
        let bytes = self.bytes(path, artifact)?;
        if bytes.len() < SHORTEST {
            return None;
        }
        let packed = if ending == "gz" { gzip(&bytes) } else { brotli(&bytes) }?;
        let smaller = packed.len() < bytes.len();
        smaller.then(|| (to, Artifact { key, content: Content::Bytes(packed.into()) }))
    }

    /// Whether the site has this artifact there, and not only for open pages.
    fn stands(&self, path: &OutputPath, key: Key) -> bool {
        self.live.verified.get(path).is_some_and(|fact| fact.key == key && fact.left.is_none())
    }

    /// The bytes of a text: a page that was finished lies where it was put, or
    /// stands in the site.
    fn bytes(&self, path: &OutputPath, artifact: &Artifact) -> Option<Arc<[u8]>> {
        match &artifact.content {
            Content::Bytes(bytes) => Some(Arc::clone(bytes)),
            Content::Spooled(_) => {
                let stands = self.stands(path, artifact.key);
                let folder = if stands { self.place.output.clone() } else { self.store.spool() };
                disk::read(&folder.join(path.as_str())).ok().map(Arc::from)
            }
            Content::Blob(..) | Content::Deferred(_) | Content::Cleaned(..) => None,
        }
    }
}

/// The key of a text that is packed in one way, from that of the text.
pub(super) fn key_of(text: Key, ending: &str) -> Key {
    Key::hash_parts([b"packed 1".as_slice(), ending.as_bytes(), text.as_bytes()])
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    // Without a time and a name, so that the same text gives the same bytes.
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(GZIP));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI,
        size_hint: bytes.len(),
        // A window larger than the text only costs memory (RFC 7932: 16 to 24).
        lgwin: i32::try_from(usize::BITS - bytes.len().leading_zeros()).unwrap_or(22).clamp(16, 22),
        ..Default::default()
    };
    let mut packed = Vec::with_capacity(bytes.len() / 4);
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params).ok()?;
    Some(packed)
}

/// Gives each packed text among `written` the time of what it is of, which
/// stands among them or in the `site`. `at` is where the file was written.
///
/// # Errors
/// What the system said.
pub(super) fn give_times(
    written: &mut BTreeMap<OutputPath, Fact>,
    site: &BTreeMap<OutputPath, Fact>,
    at: impl Fn(&OutputPath) -> PathBuf,
) -> disk::Result<()> {
    let mut times = Vec::new();
    for (path, fact) in &*written {
        let of =
            PACKINGS.into_iter().find_map(|ending| path.as_str().strip_suffix(ending)?.strip_suffix('.'));
        let Some(of) = of.filter(|of| is_packable(of)) else { continue };
        let of = written.get(of).or_else(|| site.get(of));
        if let Some(of) = of.filter(|of| of.stamp.modified != fact.stamp.modified) {
            times.push((path.clone(), of.stamp.modified));
        }
    }
    for (path, modified) in times {
        let stamp = disk::set_modified(&at(&path), modified)?;
        if let Some(fact) = written.get_mut(&path) {
            fact.stamp = stamp;
        }
    }
    Ok(())
}

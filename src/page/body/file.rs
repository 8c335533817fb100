//! A file that a piece offers.

use crate::site::{Asset, AssetKind};
use crate::view::FileView;

use crate::page::body::links::download;
use crate::page::frame::labels;
use crate::page::frame::local::Local;

/// An attached file that is shown as `name`.
pub(crate) fn view(asset: &Asset, name: &str, local: &Local) -> FileView {
    let extension = asset.source.extension();
    let ends = format!(".{extension}");
    let full = extension.is_empty() || name.to_lowercase().ends_with(&ends);
    let (kind, pages, sha256) = match &asset.kind {
        AssetKind::File { mark, pages, sha256, .. } => (labels::mark(local, mark), *pages, sha256.clone()),
        AssetKind::Photo(_) => (local.text("kind.picture"), None, None),
        AssetKind::Media(_) => (extension.to_uppercase(), None, None),
    };
    FileView {
        name: if full { name.to_owned() } else { format!("{name}{ends}") },
        path: asset.output.to_string(),
        download: download(&asset.source),
        kind,
        size: labels::size(asset.len),
        bytes: asset.len,
        pages: pages.unwrap_or(0),
        sha256: sha256.unwrap_or_default(),
    }
}

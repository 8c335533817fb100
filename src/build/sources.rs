//! What a site was made of, kept beside the published site so that the next
//! build can tell a source that vanished from one that was emptied on purpose.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{Now, Options};
use crate::path::SourcePath;
use crate::site::{Site, State};
use crate::source::SourceTree;

/// Counts of the source files that a site was built from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// Markdown files below `content/`.
    pub documents: usize,
    /// Of them, those below each folder of `content/`, by its name.
    pub folders: BTreeMap<String, usize>,
    /// Folders of the sections that `column.yaml` names.
    pub sections: Vec<String>,
    /// Pieces that readers see.
    pub published: usize,
    /// The newest of them with its date. `None` where there is none, and where
    /// the site was built for a moment given by hand, which says nothing of the
    /// computer's clock.
    pub newest: Option<(DateTime, String)>,
    /// The theme's name.
    pub theme: String,
    /// Files of that theme in `themes/`; 0 for the built-in one.
    pub theme_files: usize,
}

impl Sources {
    /// Counts the documents by their folders.
    pub(super) fn of_documents<'d>(paths: impl Iterator<Item = &'d SourcePath>) -> Self {
        let mut sources = Self::default();
        for path in paths {
            sources.documents += 1;
            let mut parts = path.as_str().split('/').skip(1);
            if let (Some(folder), Some(_)) = (parts.next(), parts.next()) {
                *sources.folders.entry(folder.to_owned()).or_default() += 1;
            }
        }
        sources
    }

    /// The same with what became of the documents.
    pub(super) fn with_site(mut self, site: &Site, tree: &SourceTree, options: &Options) -> Self {
        self.published = site.articles.iter().filter(|article| article.state == State::Published).count();
        if matches!(options.now, Now::Instant(_)) {
            self.newest = newest(site);
        }
        self.sections = site.config.sections.iter().map(|section| section.folder.clone()).collect();
        self.theme.clone_from(&site.config.theme.value);
        self.theme_files = tree.under(&format!("themes/{}", self.theme)).count();
        self
    }
}

/// The newest piece that readers see, as `Site::newest` has them.
fn newest(site: &Site) -> Option<(DateTime, String)> {
    site.newest.iter().find_map(|id| {
        let article = site.articles.by_id(*id).filter(|article| article.state == State::Published)?;
        Some((article.date?.civil, article.document.path.to_string()))
    })
}

//! Paths that can't be mixed up.
//!
//! [`SourcePath`] names an input file, [`OutputPath`] a file of the finished
//! site, [`Route`] the address of a page in it. All use `/`, are relative, and
//! never contain `.` or `..` parts.
//!
//! **Invariant:** an `OutputPath` and a `Route` are plain ASCII without spaces
//! or anything that a URL would have to escape, so they can be written into an
//! attribute as they are. Former addresses ([`OutputPath::former`]) may hold
//! letters of any script, and no page links to them.

mod along;
mod media_type;
mod reserved;

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

pub use along::Along;
pub use media_type::{MEDIA_TYPES, UNKNOWN, content_type, is_text, media_type, playable, without_parameters};
pub use reserved::{
    OWN_FOLDERS, is_any_list_page, is_list_page, is_own_file, is_own_file_of_section, is_own_folder,
    is_reserved_folder, is_reserved_page,
};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An input file, relative to the project's root: `content/news/x.md`.
///
/// It is spelled as the file system gave it, Chinese and NFD names included.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// A file of the finished site, relative to its root: `news/x.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// The address of a page, relative to the site's root: `news/x.html`.
///
/// Every page is a file, so a route is also an output path; the types differ
/// because an asset has no breadcrumbs and a page no hash in its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(OutputPath);

impl SourcePath {
    /// A path from its parts as written; `.` and empty parts are dropped, and
    /// `..` takes one part away.
    ///
    /// `None` where `..` would leave the root.
    pub fn new(path: &str) -> Option<Self> {
        normalized(path).map(|p| Self(p.into()))
    }

    /// `column.yaml`.
    pub fn config() -> Self {
        Self("column.yaml".into())
    }

    /// `addresses.yaml`: the names in addresses that were given away.
    pub fn address_book() -> Self {
        Self("addresses.yaml".into())
    }

    /// The text of the path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file; empty for a file at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part: `x.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its extension: `x`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// Whether it is `path`, or lies below the folder `path`.
    pub fn is_at_or_below(&self, path: &str) -> bool {
        self.0.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The extension in lower case, without the dot; empty where there is none.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or(String::new(), |(_, ext)| ext.to_lowercase())
    }

    /// The file that `reference`, a relative path without query or fragment,
    /// means when written in this file. `None` where it leaves the root.
    pub fn join(&self, reference: &str) -> Option<Self> {
        if let Some(absolute) = reference.strip_prefix('/') {
            return Self::new(absolute);
        }
        Self::new(&format!("{}/{}", self.folder(), reference))
    }
}

impl OutputPath {
    /// A path of parts made of ASCII letters, digits, `-`, `_` and `.` only.
    ///
    /// `None` for anything else, and for an empty path.
    pub fn new(path: &str) -> Option<Self> {
        let ok = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        path.split('/').all(ok).then(|| Self(path.into()))
    }

    /// A path at which another site may have had a page: as [`Self::new`], and
    /// letters, digits and Chinese punctuation of any script besides. No blanks
    /// and nothing that Windows, a manifest or a query would take for its own.
    pub fn former(path: &str) -> Option<Self> {
        let fine = |c: char| c.is_alphanumeric() || "-_.+（）〔〕《》“”、，。：；！？·—".contains(c);
        let ok = |part: &str| !matches!(part, "" | "." | "..") && part.len() <= 255 && part.chars().all(fine);
        path.split('/').all(ok).then(|| Self(path.into()))
    }

    /// The text of the path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the file is a page; the engine writes no other ending than
    /// `.html`.
    pub fn is_page(&self) -> bool {
        self.0.rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
    }

    /// What leads from a page at this path up to the site's root: `""`,
    /// `"../"`, `"../../"`.
    pub fn to_root(&self) -> &'static str {
        match self.0.matches('/').count() {
            0 => "",
            1 => "../",
            2 => "../../",
            3 => "../../../",
            4 => "../../../../",
            5 => "../../../../../",
            6 => "../../../../../../",
            7 => "../../../../../../../",
            _ => "../../../../../../../../",
        }
    }
}

/// The deepest nesting of folders in the output; deeper sources are a finding.
pub const MAX_DEPTH: usize = 8;

impl Route {
    /// A page's address; the same rules as [`OutputPath::new`].
    pub fn new(path: &str) -> Option<Self> {
        OutputPath::new(path).map(Self)
    }

    /// A former address; the same rules as [`OutputPath::former`].
    pub fn former(path: &str) -> Option<Self> {
        OutputPath::former(path).map(Self)
    }

    /// The file that the page is written to.
    pub fn output(&self) -> &OutputPath {
        &self.0
    }

    /// The text of the route.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What leads from this page to the site's root: see [`OutputPath::to_root`].
    pub fn to_root(&self) -> &'static str {
        self.0.to_root()
    }
}

/// Joins the parts of `path`, resolving `.` and `..`.
fn normalized(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for SourcePath {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SourcePath {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(<&str>::deserialize(d)?).ok_or_else(|| D::Error::custom("a path that leaves the root"))
    }
}

impl<'de> Deserialize<'de> for Route {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        OutputPath::deserialize(d).map(Self)
    }
}

impl<'de> Deserialize<'de> for OutputPath {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::former(<&str>::deserialize(d)?).ok_or_else(|| D::Error::custom("no path of a site"))
    }
}

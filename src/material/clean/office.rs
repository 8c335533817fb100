//! Office documents (ECMA-376), cleaned part by part.
//!
//! Parts are found by their relationships, not by their names. A relationship
//! stays if its kind is known to be needed, or if something that stays names
//! it; a part stays if such a relationship leads to it from the root.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::part::{App, Custom, Part, Relations, Types, is_gone};
use super::{has_extension, nested, picture, properties, word};
use crate::office::Broken;
use crate::office::edit::{Form, Rules};
use crate::office::package::{Fate, Package, Relation, plain};
use crate::office::xml::Node;

/// Kinds of relationships (the last word of their type) that stay.
const KEPT: [&str; 82] = [
    "officeDocument",
    "core-properties",
    "extended-properties",
    "custom-properties",
    "hyperlink",
    "image",
    "hdphoto",
    "media",
    "audio",
    "video",
    "font",
    "package",
    "oleObject",
    "aFChunk",
    "theme",
    "themeOverride",
    "chart",
    "chartEx",
    "chartUserShapes",
    "chartStyle",
    "chartColorStyle",
    "diagramData",
    "diagramLayout",
    "diagramQuickStyle",
    "diagramColors",
    "diagramDrawing",
    "drawing",
    "vmlDrawing",
    "legacyDrawing",
    "ctrlProp",
    "styles",
    "settings",
    "webSettings",
    "fontTable",
    "numbering",
    "footnotes",
    "endnotes",
    "header",
    "footer",
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
    "subDocument",
    "frame",
    "worksheet",
    "chartsheet",
    "dialogsheet",
    "sharedStrings",
    "calcChain",
    "table",
    "tableSingleCells",
    "queryTable",
    "pivotTable",
    "pivotCacheDefinition",
    "pivotCacheRecords",
    "slicer",
    "slicerCache",
    "timeline",
    "timelineCache",
    "externalLink",
    "externalLinkPath",
    "connections",
    "sheetMetadata",
    "person",
    "threadedComment",
    "xmlMaps",
    "FeaturePropertyBag",
    "rdRichValue",
    "rdRichValueStructure",
    "rdRichValueTypes",
    "richValueRel",
    "powerPivotData",
    "slide",
    "slideLayout",
    "slideMaster",
    "notesSlide",
    "notesMaster",
    "handoutMaster",
    "presProps",
    "viewProps",
];

/// More of them.
const KEPT_TOO: [&str; 4] = ["tableStyles", "commentAuthors", "authors", "externalReference"];

/// Kinds that go even where they are named: settings of printers, which are
/// named after their place in the building, templates, data for letters, what
/// add-ins keep.
const CUT: [&str; 8] = [
    "printerSettings",
    "attachedTemplate",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "recipientData",
    "customProperty",
    "thumbnail",
    "transform",
];

/// The cleaned package; `None` where it is no office document.
pub(super) fn clean(bytes: &[u8], depth: usize) -> Result<Option<Vec<u8>>, Broken> {
    let mut package = Package::open(bytes)?;
    if package.main_part().is_err() {
        return Ok(None);
    }
    let fields: Rc<str> = word::instructions(&mut package)?.into();
    let Plan { parts, mut cuts, gone } = Plan::new(&mut package)?;
    let kept = parts.keys().cloned().collect();
    let mut fates: BTreeMap<String, Fate> = gone.iter().map(|name| (name.clone(), Fate::Drop)).collect();
    fates.insert("[content_types].xml".to_owned(), edited(Types { kept }));
    for (source, cut) in &cuts {
        fates.insert(relations_of(source), edited(Relations { cut: cut.clone() }));
    }
    let title = properties::title_that_is_seen(&mut package, bytes, &parts)?;
    for (name, kinds) in &parts {
        let has = |kind: &str| kinds.contains(kind);
        let fate = match () {
            () if has("core-properties") => Fate::Replace(properties::core(&title)),
            () if has("extended-properties") => edited(App),
            () if has("custom-properties") => edited(Custom),
            () if has("image") || has("hdphoto") => picture(&package.part(name)?.unwrap_or_default()),
            () if has("media") || has("audio") || has("video") || has("font") => Fate::Copy,
            () if has("aFChunk") => nested(&package.part(name)?.unwrap_or_default(), depth + 1),
            () => match Form::of(name, &package.head(name, 64)?) {
                Some(form) => Fate::Edit(
                    form,
                    Box::new(Part::new(fields.clone(), cuts.remove(name).unwrap_or_default())),
                ),
                None => nested(&package.part(name)?.unwrap_or_default(), depth + 1),
            },
        };
        fates.insert(name.clone(), fate);
    }
    package.rewritten(fates).map(Some)
}

impl Form {
    /// How the XML of a part is written; `None` where it is no XML.
    fn of(name: &str, head: &[u8]) -> Option<Self> {
        let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        if has_extension(name, "vml") {
            return Some(Self::Loose);
        }
        (utf16 || text.starts_with(b"<")).then_some(Self::Strict)
    }
}

fn edited(rules: impl Rules + 'static) -> Fate {
    Fate::Edit(Form::Strict, Box::new(rules))
}

/// What stays of a package.
struct Plan {
    /// Parts that stay, with the kinds of relationships that lead to them.
    parts: BTreeMap<String, BTreeSet<String>>,
    /// Of each part that stays and has relationships, those that go.
    cuts: BTreeMap<String, BTreeSet<String>>,
    /// All other entries.
    gone: BTreeSet<String>,
}

impl Plan {
    /// Follows the relationships from the root.
    fn new(package: &mut Package<'_>) -> Result<Self, Broken> {
        let (mut parts, mut cuts) = (BTreeMap::<String, BTreeSet<String>>::new(), BTreeMap::new());
        let mut open = vec![String::new()];
        while let Some(source) = open.pop() {
            let relations = package.relations(&source)?;
            let mut cut = BTreeSet::new();
            let named = named(package, &source, &relations)?;
            for relation in relations {
                if !stays(&relation, &named) {
                    cut.insert(relation.id);
                    continue;
                }
                let target = plain(&relation.target);
                if !relation.outside && package.has(&target) {
                    let kinds = parts.entry(target.clone()).or_insert_with(|| {
                        open.push(target);
                        BTreeSet::new()
                    });
                    kinds.insert(relation.kind);
                }
            }
            if package.has(&relations_of(&source)) {
                cuts.insert(source, cut);
            }
        }
        let kept: BTreeSet<String> = cuts.keys().map(|source| relations_of(source)).collect();
        let stays =
            |name: &&str| *name == "[content_types].xml" || parts.contains_key(*name) || kept.contains(*name);
        let gone = package.names().filter(|name| !stays(name)).map(str::to_owned).collect();
        Ok(Self { parts, cuts, gone })
    }
}

fn stays(relation: &Relation, named: &BTreeSet<String>) -> bool {
    let kind = relation.kind.as_str();
    let known = KEPT.contains(&kind) || KEPT_TOO.contains(&kind);
    !CUT.contains(&kind) && (known || named.contains(&relation.id))
}

/// The relationships of `part` that something in it names, other than what
/// goes; not looked for where all kinds are known.
fn named(package: &mut Package<'_>, part: &str, relations: &[Relation]) -> Result<BTreeSet<String>, Broken> {
    let mut named = BTreeSet::new();
    let unknown = |relation: &Relation| !stays(relation, &BTreeSet::new());
    if part.is_empty() || !relations.iter().any(unknown) || Form::of(part, &package.head(part, 64)?).is_none()
    {
        return Ok(named);
    }
    let mut lost = 0_usize;
    package.walk(part, |node| match node {
        Node::Start(element) => {
            if lost > 0 || is_gone(element.name()) {
                lost += 1;
            } else {
                named.extend(element.prefixed());
            }
        }
        Node::End(_) => lost = lost.saturating_sub(1),
        Node::Text(_) => {}
    })?;
    Ok(named)
}

/// The part that holds the relationships of `part`; of the package for `""`.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

//! The parts of an OFD and how they lead to each other (GB/T 33190-2016, 7).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::ROOT;
use crate::office::xml::{Element, Node, walk};
use crate::office::{Broken, Package};

/// The most XML that is unpacked of one file, in bytes.
pub(super) const MAX_XML: usize = 96 << 20;

/// The most pages, templates and resources that a document names.
const MAX_PARTS: usize = 100_000;

/// The parts of a package, each unpacked once.
pub(super) struct Parts<'p, 'b> {
    package: &'p mut Package<'b>,
    left: usize,
    read: BTreeMap<String, Rc<[u8]>>,
}

/// A document: where its parts stand, as it names them.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The part that the others are named from.
    pub(super) root: String,
    /// The part of each page, where there is one, in the order in which they
    /// are shown.
    pub(super) pages: Vec<Option<String>>,
    pub(super) templates: Vec<Template>,
    pub(super) resources: Vec<String>,
    pub(super) annotations: Option<String>,
    pub(super) attachments: Option<String>,
    pub(super) signatures: Option<String>,
    /// What pages show, where they don't say so themselves: left, top, width
    /// and height in millimetres.
    pub(super) area: Option<[f64; 4]>,
    /// Addresses that its actions lead to.
    pub(super) links: Vec<String>,
}

/// A page that others have behind them or before them.
#[derive(Debug, Default)]
pub(super) struct Template {
    pub(super) id: String,
    pub(super) part: Option<String>,
    pub(super) foreground: bool,
}

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::material) enum Role {
    Root,
    Document,
    /// A page, a template, or a list of resources.
    Content,
    /// A list of parts: of annotations by page, of attachments.
    List,
    Annotations,
    /// A picture, a font, a profile of colours.
    Media,
    /// An attached file.
    Attachment,
}

impl<'p, 'b> Parts<'p, 'b> {
    pub(super) fn new(package: &'p mut Package<'b>) -> Self {
        Self { package, left: MAX_XML, read: BTreeMap::new() }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.package.names()
    }

    /// The name of the part that `target` means in the part `from`: an absolute
    /// name, one from the folder of `from`, or, as some programs write it, one
    /// from the folder of a document or of the package.
    pub(super) fn find(&self, from: &str, target: &str) -> Option<String> {
        let target = target.trim().replace('\\', "/");
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let top = from.split_once('/').map_or("", |(top, _)| top);
        let folders = if target.starts_with('/') { vec![""] } else { vec![folder, top, ""] };
        let names = folders.into_iter().map(|folder| resolved(folder, &target));
        let mut found = names.filter(|name| !name.is_empty() && self.package.has(name));
        found.next().map(|name| name.to_ascii_lowercase())
    }

    /// The XML of a part.
    pub(super) fn xml(&mut self, part: &str) -> Result<Rc<[u8]>, Broken> {
        if let Some(xml) = self.read.get(part) {
            return Ok(Rc::clone(xml));
        }
        let xml: Rc<[u8]> = self.package.part(part)?.ok_or(Broken::Damaged)?.into();
        self.left = self.left.checked_sub(xml.len()).ok_or(Broken::Bomb)?;
        self.read.insert(part.to_owned(), Rc::clone(&xml));
        Ok(xml)
    }

    /// The bytes of a part that is no XML.
    pub(super) fn bytes(&mut self, part: &str) -> Result<Vec<u8>, Broken> {
        Ok(self.package.part(part)?.unwrap_or_default())
    }

    /// Whether a part has an element of that name.
    pub(super) fn has_element(&mut self, part: &str, name: &[u8]) -> Result<bool, Broken> {
        let mut found = false;
        walk(&self.xml(part)?, |node| {
            found |= matches!(node, Node::Start(element) if element.name() == name);
        })?;
        Ok(found)
    }

    /// The texts of the elements of these names in a part, in order, without
    /// white space at their ends; each with its element's name.
    pub(super) fn texts(&mut self, part: &str, names: &[&str]) -> Result<Vec<(String, String)>, Broken> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut open = false;
        walk(&self.xml(part)?, |node| match node {
            Node::Start(element) => {
                open = names.iter().any(|name| name.as_bytes() == element.name()) && found.len() < MAX_PARTS;
                if open {
                    found.push((String::from_utf8_lossy(element.name()).into_owned(), String::new()));
                }
            }
            Node::Text(text) => {
                if let Some((_, so_far)) = found.last_mut().filter(|_| open) {
                    so_far.push_str(text);
                }
            }
            Node::End(_) => open = false,
        })?;
        Ok(found.into_iter().map(|(name, text)| (name, text.trim().to_owned())).collect())
    }

    /// The documents of the file.
    pub(super) fn documents(&mut self) -> Result<Vec<Document>, Broken> {
        let mut roots: Vec<(String, Option<String>)> = Vec::new();
        for (name, text) in self.texts(&ROOT.to_ascii_lowercase(), &["DocRoot", "Signatures"])? {
            match (name.as_str(), roots.last_mut()) {
                ("DocRoot", _) => roots.push((text, None)),
                (_, Some((_, signatures))) if !text.is_empty() => *signatures = Some(text),
                _ => {}
            }
        }
        let mut documents = Vec::new();
        for (root, signatures) in roots {
            let root = self.find("", &root).ok_or(Broken::Damaged)?;
            documents.push(Document { signatures, ..self.document(root)? });
        }
        Ok(documents)
    }

    fn document(&mut self, root: String) -> Result<Document, Broken> {
        let mut document = Document::default();
        let mut open = None;
        let xml = self.xml(&root)?;
        walk(&xml, |node| match node {
            Node::Start(element) => {
                open = self.element(&root, &mut document, element);
            }
            Node::Text(text) => match open {
                Some(Open::Resources) => {
                    if let Some(last) = document.resources.last_mut() {
                        last.push_str(text);
                    }
                }
                Some(Open::Annotations) => document.annotations.get_or_insert_default().push_str(text),
                Some(Open::Attachments) => document.attachments.get_or_insert_default().push_str(text),
                Some(Open::Area) => document.area = document.area.or_else(|| numbers(text)),
                None => {}
            },
            Node::End(_) => open = None,
        })?;
        let found = |target: &String| self.find(&root, target);
        document.resources = document.resources.iter().filter_map(found).collect();
        document.annotations = document.annotations.as_ref().and_then(found);
        document.attachments = document.attachments.as_ref().and_then(found);
        document.root = root;
        Ok(document)
    }

    fn element(&self, root: &str, document: &mut Document, element: &Element<'_>) -> Option<Open> {
        let id = || element.attribute("ID").unwrap_or_default();
        let part = || element.attribute("BaseLoc").and_then(|target| self.find(root, &target));
        match element.name() {
            b"Page" if document.pages.len() < MAX_PARTS => document.pages.push(part()),
            b"TemplatePage" if document.templates.len() < MAX_PARTS => {
                let foreground = is_foreground(element);
                document.templates.push(Template { id: id(), part: part(), foreground });
            }
            b"URI" => document.links.extend(element.attribute("URI")),
            b"PublicRes" | b"DocumentRes" if document.resources.len() < MAX_PARTS => {
                document.resources.push(String::new());
                return Some(Open::Resources);
            }
            b"Annotations" => return Some(Open::Annotations),
            b"Attachments" => return Some(Open::Attachments),
            b"PhysicalBox" => return Some(Open::Area),
            _ => {}
        }
        None
    }
}

/// The element whose text is being read.
enum Open {
    Resources,
    Annotations,
    Attachments,
    Area,
}

/// Whether a template stands before the page.
pub(super) fn is_foreground(element: &Element<'_>) -> bool {
    element.attribute("ZOrder").is_some_and(|order| order == "Foreground")
}

/// Numbers with white space between them; `None` unless there are so many.
pub(super) fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let all: Option<Vec<f64>> = text.split_whitespace().map(number).collect();
    all?.try_into().ok()
}

/// A number that a page may hold.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.abs() < 1e7)
}

/// `target` as a path from the root, seen from `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What each part that the documents need is for, by its name in lower case.
/// What is not among them (former versions, marks of programs, extensions,
/// thumbnails, files that nothing leads to) no reader sees.
pub(in crate::material) fn roles(package: &mut Package<'_>) -> Result<BTreeMap<String, Role>, Broken> {
    let mut parts = Parts::new(package);
    let documents = parts.documents()?;
    let mut roles = BTreeMap::from([(ROOT.to_ascii_lowercase(), Role::Root)]);
    for document in documents {
        roles.insert(document.root.clone(), Role::Document);
        let pages = document.pages.into_iter().flatten();
        let templates = document.templates.into_iter().filter_map(|template| template.part);
        let contents: BTreeSet<String> = pages.chain(templates).collect();
        let mut resources: BTreeSet<String> = document.resources.into_iter().collect();
        for part in contents {
            for (_, target) in parts.texts(&part, &["PageRes"])? {
                resources.extend(parts.find(&part, &target));
            }
            roles.insert(part, Role::Content);
        }
        for part in resources {
            media(&mut parts, &part, &mut roles)?;
            roles.insert(part, Role::Content);
        }
        listed(&mut parts, document.annotations, Role::Annotations, &mut roles)?;
        listed(&mut parts, document.attachments, Role::Attachment, &mut roles)?;
    }
    Ok(roles)
}

/// The files that a list of resources names, from the folder that it names.
fn media(parts: &mut Parts<'_, '_>, part: &str, roles: &mut BTreeMap<String, Role>) -> Result<(), Broken> {
    let mut base = String::new();
    let mut profiles = Vec::new();
    walk(&parts.xml(part)?, |node| {
        let Node::Start(element) = node else { return };
        match element.name() {
            b"Res" => base = element.attribute("BaseLoc").unwrap_or_default().replace('\\', "/"),
            b"ColorSpace" => profiles.extend(element.attribute("Profile")),
            _ => {}
        }
    })?;
    let folder = if base.starts_with('/') {
        resolved("", &base)
    } else {
        resolved(part.rsplit_once('/').map_or("", |(folder, _)| folder), &base)
    };
    let files = parts.texts(part, &["MediaFile", "FontFile"])?;
    for target in files.into_iter().map(|(_, target)| target).chain(profiles) {
        let found = parts.find(&format!("{folder}/x"), &target).or_else(|| parts.find(part, &target));
        roles.extend(found.map(|name| (name, Role::Media)));
    }
    Ok(())
}

/// A list and the parts that it names.
fn listed(
    parts: &mut Parts<'_, '_>,
    list: Option<String>,
    role: Role,
    roles: &mut BTreeMap<String, Role>,
) -> Result<(), Broken> {
    let Some(list) = list else { return Ok(()) };
    for (_, target) in parts.texts(&list, &["FileLoc"])? {
        roles.extend(parts.find(&list, &target).map(|name| (name, role)));
    }
    roles.insert(list, Role::List);
    Ok(())
}

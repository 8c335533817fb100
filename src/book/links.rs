//! The links, ids and pictures of a text that is read in a book.
//!
//! A book has many texts on one page, so each text's ids get the piece's
//! number before them. What a link means in a book: a place in the book where
//! the book has it; on paper else a note with the address, in an EPUB the
//! address itself.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::html::{Change, escape, escape_xml_into};
use crate::page::frame::local::Local;
use crate::view::{BookNote, LinkView};

use crate::book::edition::{Images, Medium};

/// Attributes that a browser needs and a book does not.
const DROPPED: [&str; 11] = [
    "loading",
    "decoding",
    "fetchpriority",
    "srcset",
    "sizes",
    "download",
    "target",
    "rel",
    "tabindex",
    "controls",
    "preload",
];

/// Roles that readers jump to.
const LANDMARKS: [&str; 2] = ["region", "doc-endnotes"];

/// Attributes that name ids, one or several.
const IDS: [&str; 7] =
    ["id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details"];

/// A text on its way into a book.
pub(crate) struct Links<'l> {
    pub(crate) medium: Medium,
    /// The piece's number.
    pub(crate) number: usize,
    /// The numbers of the book's pieces, by their pages.
    pub(crate) places: &'l BTreeMap<&'l str, usize>,
    /// The site's address, with a final `/`.
    pub(crate) base: Option<&'l str>,
    pub(crate) images: &'l mut Images,
    /// The theme's words.
    local: &'l Local,
    /// What was noted so far.
    pub(crate) notes: Vec<BookNote>,
    /// The link that is open, and what stands in it.
    open: Option<(Meant, String)>,
    /// Where the film or sound that is open is found.
    media: Option<String>,
}

/// What a link means in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meant {
    /// A place in the same text.
    Here(String),
    /// Another piece of the book: the link, and the piece's number.
    Piece(String, usize),
    /// A page or file of the site that is not in the book: from the root.
    Site(String),
    /// Another site.
    Elsewhere(String),
    /// A mailbox or telephone.
    Direct(String),
}

impl<'l> Links<'l> {
    /// A text that begins.
    pub(crate) fn new(
        medium: Medium,
        number: usize,
        places: &'l BTreeMap<&'l str, usize>,
        base: Option<&'l str>,
        images: &'l mut Images,
        local: &'l Local,
    ) -> Self {
        Self { medium, number, places, base, images, local, notes: Vec::new(), open: None, media: None }
    }

    /// `id` as it is called in the book.
    pub(crate) fn id(&self, id: &str) -> String {
        format!("p{}-{id}", self.number)
    }

    /// The link of a block: kept where it leads on.
    pub(crate) fn block(&self, link: &LinkView) -> Option<LinkView> {
        let (href, external) = match self.meant(&link.href) {
            Meant::Here(href) | Meant::Piece(href, _) => (href, false),
            // On paper nobody follows it, and the words say what it is.
            _ if self.medium == Medium::Print => return None,
            Meant::Site(path) => (self.address(&path)?, true),
            Meant::Elsewhere(href) | Meant::Direct(href) => (href, true),
        };
        Some(LinkView { href, external })
    }

    /// The full address of a path of the site; `None` without a `base_url`.
    pub(crate) fn address(&self, path: &str) -> Option<String> {
        self.base.map(|base| format!("{base}{path}"))
    }

    fn meant(&self, href: &str) -> Meant {
        if let Some(anchor) = href.strip_prefix('#') {
            return Meant::Here(format!("#{}", self.id(anchor)));
        }
        let scheme = href.split(['/', '#', '?']).next().unwrap_or_default();
        if scheme.contains(':') || href.starts_with("//") {
            let direct = ["mailto:", "tel:", "sms:"].iter().any(|scheme| href.starts_with(scheme));
            let href = href.to_owned();
            return if direct { Meant::Direct(href) } else { Meant::Elsewhere(href) };
        }
        let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)));
        let Some(number) = self.places.get(path).copied() else { return Meant::Site(href.to_owned()) };
        let place = match (self.medium, anchor) {
            (Medium::Print, None) => format!("#piece-{number}"),
            (Medium::Print, Some(anchor)) => format!("#p{number}-{anchor}"),
            (Medium::Epub, None) => format!("piece-{number}.xhtml"),
            (Medium::Epub, Some(anchor)) => format!("piece-{number}.xhtml#p{number}-{anchor}"),
        };
        Meant::Piece(place, number)
    }

    /// What the link is written as; `None` where it is none here.
    fn href(&self, meant: &Meant) -> Option<String> {
        match (meant, self.medium) {
            (Meant::Here(href) | Meant::Piece(href, _) | Meant::Elsewhere(href) | Meant::Direct(href), _) => {
                Some(href.clone())
            }
            (Meant::Site(path), Medium::Print) => Some(format!("../{path}")),
            (Meant::Site(path), Medium::Epub) => self.address(path),
        }
    }

    /// What stands behind a link whose text was `text`.
    fn behind(&mut self, meant: &Meant, text: &str) -> String {
        if self.medium == Medium::Epub {
            return String::new();
        }
        match meant {
            Meant::Here(_) | Meant::Direct(_) => String::new(),
            Meant::Piece(_, number) if *number == self.number => String::new(),
            Meant::Piece(_, number) => {
                let see = escape(&self.local.fill("book.see", &[("n", number)]));
                format!("<span class=\"see\">{see}</span>")
            }
            Meant::Site(path) => self.note(self.address(path).unwrap_or_else(|| path.clone()), text),
            Meant::Elsewhere(url) => self.note(url.clone(), text),
        }
    }

    /// What a note is referred to by: 〔3〕.
    fn mark(&self, number: usize) -> String {
        escape(&self.local.fill("note_mark", &[("n", &number)]))
    }

    /// The mark of a note with `url`; none where the text is the address.
    fn note(&mut self, url: String, text: &str) -> String {
        let bare = |text: &str| {
            let text = text.trim().trim_end_matches('/');
            text.split_once("://").map_or(text, |(_, rest)| rest).to_owned()
        };
        if bare(text) == bare(&url) {
            return String::new();
        }
        let mut mark = String::from("<sup class=\"link-note\">");
        if let Some(known) = self.notes.iter().find(|note| note.url == url) {
            // Writing to a string can't fail.
            let _ = write!(mark, "<a href=\"#{}\">{}</a></sup>", known.id, self.mark(known.number));
            return mark;
        }
        let number = self.notes.len() + 1;
        let id = self.id(&format!("link-{number}"));
        let _ = write!(mark, "<a id=\"{id}-at\" href=\"#{id}\">{}</a></sup>", self.mark(number));
        self.notes.push(BookNote { number, id, url });
        mark
    }

    fn link(&mut self, attributes: &mut Vec<(String, String)>) -> bool {
        let Some(at) = attributes.iter().position(|(name, _)| name == "href") else { return true };
        let meant = attributes.get(at).map(|(_, href)| self.meant(href));
        let href = meant.as_ref().and_then(|meant| self.href(meant));
        match (href, attributes.get_mut(at)) {
            (Some(href), Some((_, value))) => *value = href,
            // An element without a link still may have an id that others name.
            _ => {
                attributes.remove(at);
            }
        }
        self.open = meant.map(|meant| (meant, String::new()));
        true
    }

    fn picture(&mut self, attributes: &mut [(String, String)]) -> bool {
        let Some((_, src)) = attributes.iter_mut().find(|(name, _)| name == "src") else { return false };
        if src.contains("://") || src.starts_with("//") || src.starts_with("data:") {
            // An EPUB must have its pictures in itself.
            return self.medium == Medium::Print;
        }
        *src = match self.medium {
            Medium::Print => format!("../{src}"),
            Medium::Epub => match self.images.take(src) {
                Some(inside) => inside,
                None => return false,
            },
        };
        true
    }

    /// Takes a film's or sound's address out of its element.
    fn player(&mut self, attributes: &[(String, String)]) -> bool {
        let src = attributes.iter().find(|(name, _)| name == "src").map(|(_, src)| src.clone());
        self.media = src.or(self.media.take());
        false
    }
}

impl Change for Links<'_> {
    fn open(&mut self, name: &mut String, attributes: &mut Vec<(String, String)>) -> bool {
        attributes.retain(|(name, _)| !DROPPED.contains(&name.as_str()));
        for (_, ids) in attributes.iter_mut().filter(|(name, _)| IDS.contains(&name.as_str())) {
            *ids = ids.split_whitespace().map(|id| self.id(id)).collect::<Vec<_>>().join(" ");
        }
        // Landmarks of one page would be many of one name in a book.
        if attributes.iter().any(|(name, role)| name == "role" && LANDMARKS.contains(&role.as_str())) {
            attributes.retain(|(name, _)| name != "role" && name != "aria-label");
        }
        *name = self.medium.heading(name);
        match name.as_str() {
            "a" => self.link(attributes),
            "img" => self.picture(attributes),
            "video" | "audio" => self.player(attributes),
            "picture" | "source" | "track" => false,
            _ => true,
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, inside)) = &mut self.open {
            inside.push_str(text);
        }
    }

    fn close(&mut self, name: &mut String) -> String {
        *name = self.medium.heading(name);
        match name.as_str() {
            "a" => {
                let Some((meant, text)) = self.open.take() else { return String::new() };
                self.behind(&meant, &text)
            }
            "video" | "audio" => {
                let Some(url) = self.media.take() else { return String::new() };
                let mut out = String::from("<p class=\"media-at\">");
                escape_xml_into(&mut out, &url);
                out.push_str("</p>");
                out
            }
            _ => String::new(),
        }
    }
}

//! EPUBs (EPUB 3.3; OPF 2.0.1), cleaned part by part.
//!
//! Parts that the package file lists stay, but scripts; what reading programs
//! put beside them (bookmarks, purchases, thumbnails) does not. Of the book's
//! properties its title and language stay, and what decides how it is shown.

mod rules;

use std::collections::BTreeMap;
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use super::super::Broken;
use super::super::epub::{self, Book, Role};
use crate::html::css;
use crate::office::edit::{Form, Rules, edit};
use crate::office::package::{Fate, Package};
use crate::text::hex;
use rules::{Chapter, Container, Contents, PackageFile};

/// The cleaned package; `None` where it is no EPUB, or one whose text is not
/// read.
pub(super) fn clean(bytes: &[u8]) -> Result<Option<Vec<u8>>, Broken> {
    let mut package = Package::open(bytes)?;
    if !epub::is(&mut package)? {
        return Ok(None);
    }
    let book = Rc::new(epub::book(&mut package)?);
    if !epub::is_readable(&book) {
        return Ok(None);
    }
    let (lists, parts): (Vec<String>, Vec<String>) =
        package.names().map(str::to_owned).partition(|name| is_list(&book, name));
    let mut fates = BTreeMap::new();
    let mut hash = Sha256::new();
    for name in parts {
        let fate = part(&mut package, &book, &name)?;
        let stays = match &fate {
            Fate::Replace(bytes) => Some(bytes.clone()),
            Fate::Copy => package.part(&name)?,
            Fate::Drop | Fate::Edit(..) => None,
        };
        if let Some(bytes) = stays {
            hash.update(name.as_bytes());
            hash.update(&bytes);
        }
        fates.insert(name, fate);
    }
    // What the book is called among programs is made of what its parts are; where
    // fonts are disguised by the name that it has, it stays.
    let digits: String = hex(&hash.finalize()).chars().take(32).collect();
    let id = (!package.has(epub::ENCRYPTION)).then(|| format!("urn:sha256:{digits}"));
    for name in lists {
        let fate = match book.roles.get(&name) {
            Some(Role::Package) => edited(PackageFile::new(name.clone(), Rc::clone(&book), id.clone())),
            _ => edited(Contents { id: id.clone() }),
        };
        fates.insert(name, fate);
    }
    package.rewritten(fates).map(Some)
}

/// Whether a part is a list of the others, which says what the book is called.
fn is_list(book: &Book, name: &str) -> bool {
    matches!(book.roles.get(name), Some(Role::Package | Role::Contents))
}

/// What becomes of a part that is no list.
fn part(package: &mut Package<'_>, book: &Rc<Book>, name: &str) -> Result<Fate, Broken> {
    let mut bytes = || Ok::<_, Broken>(package.part(name)?.unwrap_or_default());
    Ok(match (name, book.roles.get(name)) {
        ("mimetype" | "meta-inf/encryption.xml", _) | (_, Some(Role::Media)) => Fate::Copy,
        ("meta-inf/container.xml", _) => {
            let container = bytes()?;
            Fate::Replace(edit(&container, Form::Strict, &mut Container)?.unwrap_or(container))
        }
        (_, Some(Role::Chapter)) => {
            let chapter = epub::xhtml(&bytes()?)?;
            let mut rules = Chapter { file: name.to_owned(), book: Rc::clone(book), drawings: 0 };
            Fate::Replace(edit(&chapter, Form::Strict, &mut rules)?.unwrap_or(chapter))
        }
        (_, Some(Role::Style)) => {
            Fate::Replace(css::without_comments(&String::from_utf8_lossy(&bytes()?)).into_bytes())
        }
        (_, Some(Role::Picture)) => super::picture(&bytes()?),
        (_, None | Some(Role::Package | Role::Contents)) => Fate::Drop,
    })
}

fn edited(rules: impl Rules + 'static) -> Fate {
    Fate::Edit(Form::Strict, Box::new(rules))
}

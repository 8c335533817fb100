//! Whether all that a PDF's pages draw could be read.
//!
//! Readers repair what was damaged on its way, each as it can: one that counts
//! bytes anew finds a text that another one leaves out. So what is published of
//! such a file, being written anew, might lack what its editor sees.
//!
//! **Invariant:** a reference to an object that the file itself does not list
//! means nothing at all (ISO 32000-2, 7.3.10), and is no damage.

use std::collections::BTreeSet;

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Keys of a page and of the tree of pages that lead to nothing that is drawn
/// on it, or back to where one comes from.
const UNDRAWN: [&[u8]; 8] =
    [b"Parent", b"Annots", b"Metadata", b"PieceInfo", b"Thumb", b"B", b"Tabs", b"StructParents"];

/// Whether every object that the pages draw was read.
pub(super) fn is_whole(document: &Document) -> bool {
    let Ok(pages) = document.catalog().and_then(|catalog| catalog.get(b"Pages")) else { return true };
    let mut seen = BTreeSet::new();
    let mut ahead = Vec::new();
    follow(pages, &mut ahead);
    while let Some(id) = ahead.pop() {
        if !seen.insert(id) {
            continue;
        }
        match document.objects.get(&id) {
            Some(object) => follow(object, &mut ahead),
            None if is_listed(document, id) => return false,
            None => {}
        }
    }
    true
}

/// Whether the file says that it has the object. A list that was made anew has
/// only what was found.
fn is_listed(document: &Document, (number, _): ObjectId) -> bool {
    match document.reference_table.get(number) {
        Some(XrefEntry::Normal { offset, .. }) => *offset != 0,
        Some(XrefEntry::Compressed { .. }) => true,
        _ => document.xref_recovery == Some(XrefRecovery::Reconstructed),
    }
}

/// Adds what `object` refers to. Objects within objects are as deep as `lopdf`
/// reads.
fn follow(object: &Object, ahead: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => ahead.push(*id),
        Object::Array(items) => items.iter().for_each(|item| follow(item, ahead)),
        Object::Dictionary(dictionary) => follow_all(dictionary, ahead),
        Object::Stream(stream) => follow_all(&stream.dict, ahead),
        _ => {}
    }
}

fn follow_all(dictionary: &Dictionary, ahead: &mut Vec<ObjectId>) {
    let drawn = dictionary.iter().filter(|(key, _)| !UNDRAWN.contains(&key.as_slice()));
    drawn.for_each(|(_, value)| follow(value, ahead));
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::load;
    use crate::material::Broken;

    /// A PDF of one page with this content stream, whose length is said to be
    /// `length`; `resources` and further objects as they are written.
    fn pdf(content: &str, length: usize, resources: &str, more: &[&str]) -> Vec<u8> {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<{resources}>>>>"
            ),
            format!("<</Length {length}>>\nstream\n{content}\nendstream"),
        ];
        objects.extend(more.iter().map(|object| (*object).to_owned()));
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut table = String::new();
        for (at, object) in objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", out.len());
            out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", at + 1).as_bytes());
        }
        let (start, size) = (out.len(), objects.len() + 1);
        out.extend_from_slice(
            format!(
                "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
            )
            .as_bytes(),
        );
        out
    }

    fn check(bytes: &[u8], whole: bool) {
        match load(bytes) {
            Ok(_) => assert!(whole),
            Err(broken) => assert_eq!((broken, whole), (Broken::Damaged, false)),
        }
    }

    #[test]
    fn what_is_listed_has_to_be_there() {
        let text = "BT (a) Tj ET";
        let sound = pdf(text, text.len(), "", &[]);
        check(&sound, true);
        // A reference to nothing means nothing.
        check(&pdf(text, text.len(), "/Font<</F1 9 0 R>>", &[]), true);
        // A font that is no object any more.
        check(
            &pdf(text, text.len(), "/Font<</F1 5 0 R>>", &["<</Type/Font/Subtype/Type1/BaseFont(("]),
            false,
        );
        // The same, where nothing that is drawn leads to it.
        check(&pdf(text, text.len(), "", &["<</Type/Font/Subtype/Type1/BaseFont(("]), true);
        // Bytes got lost before the list, which had to be made anew.
        let at = memchr::memmem::find(&sound, b"4 0 obj").unwrap();
        let mut lost = sound;
        lost.drain(at..at + 4);
        check(&lost, false);
    }
}

//! `见附件：学习资料.docx`: the name of a file where a link was meant.

use super::Writer;
use crate::diagnostic::{Edit, Fix, MarkdownFault};
use crate::markdown::inline::Run;

/// Extensions of files that are handed out.
const EXTENSIONS: [&str; 14] =
    ["docx", "doc", "xlsx", "xls", "pptx", "ppt", "pdf", "ofd", "wps", "et", "dps", "zip", "odt", "ods"];

/// The longest name of a file, in characters, without its extension.
const LONGEST: usize = 80;

/// How many characters before a file's name may say that it is handed out.
const BEFORE: usize = 12;

/// Names of attachments within text that is no link.
pub(in crate::markdown) fn in_text(writer: &mut Writer<'_>, run: &Run) {
    if writer.links_open > 0 {
        return;
    }
    let text = run.text.as_str();
    for (dot, _) in text.match_indices('.') {
        let Some(name) = name_at(text, dot) else { continue };
        let before: String = text.get(..name.start).unwrap_or_default().chars().rev().take(BEFORE).collect();
        let is_meant = ["件附", "载下", "看见"].iter().any(|word| before.contains(word))
            || before.starts_with(['见', '：']) && before.contains('见');
        if !is_meant {
            continue;
        }
        let written = text.get(name.clone()).unwrap_or_default();
        let place = run.place(&name);
        let edits = vec![Edit::new(place.start, place.end, format!("[{written}](<{written}>)"))];
        let fault = MarkdownFault::UnlinkedFile { name: written.to_owned() };
        writer.report_with_fix(place, fault, Fix::offered(edits));
    }
}

/// The file's name around the dot at `dot`.
fn name_at(text: &str, dot: usize) -> Option<std::ops::Range<usize>> {
    let rest = text.get(dot + 1..)?;
    let letters = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let extension = rest.get(..letters)?.to_ascii_lowercase();
    if !EXTENSIONS.contains(&extension.as_str()) {
        return None;
    }
    let stem: usize =
        text.get(..dot)?.chars().rev().take(LONGEST).take_while(|c| is_of_name(*c)).map(char::len_utf8).sum();
    (stem > 0).then_some(dot - stem..dot + 1 + letters)
}

fn is_of_name(c: char) -> bool {
    !c.is_whitespace() && !"：:，。；、/\\“”\"[]<>".contains(c)
}

//! What an office document carries besides its own text: macros, programs,
//! files that were put into it.

use super::{Broken, executable};
use crate::office::Package;

/// The name of the stream of an object that is a file (MS-OLEDS 2.3.6):
/// `Ole10Native` in UTF-16.
const PACKAGED: &[u8] = b"O\0l\0e\x001\x000\0N\0a\0t\0i\0v\0e\0";

/// The first entry that is a program, by its name or by what stands in an
/// embedded object; and how many objects are files that were put into the
/// document as they were, which note their path on its author's computer.
pub(super) fn carried(package: &mut Package<'_>) -> Result<(Option<String>, u32), Broken> {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let (mut program, mut files) = (None, 0);
    for name in names {
        let embedded = name.contains("/embeddings/") || name.contains("/oleobjects/");
        if executable::by_name(&name) {
            program.get_or_insert(name);
        } else if embedded {
            let object = package.part(&name)?.unwrap_or_default();
            if executable::by_bytes(&object) {
                program.get_or_insert(name);
            } else if memchr::memmem::find(&object, PACKAGED).is_some() {
                files += 1;
            }
        }
    }
    Ok((program, files))
}

/// Whether it carries macros or controls.
pub(super) fn has_macros(package: &mut Package<'_>) -> Result<bool, Broken> {
    let named = |name: &str| {
        name.ends_with("vbaproject.bin") || name.ends_with("vbadata.xml") || name.contains("/activex/")
    };
    if package.names().any(named) {
        return Ok(true);
    }
    let types = package.part("[Content_Types].xml")?.unwrap_or_default();
    // The type of every binary workbook says so, with macros or without.
    let said = memchr::memmem::find_iter(&types, b"macroEnabled")
        .any(|at| !types.get(..at).is_some_and(|before| before.ends_with(b"sheet.binary.")));
    Ok(said)
}

//! What a ZIP file is that is no office document: by what is in it.

use crate::office::Package;

/// What a ZIP file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    /// A document of a kind that nobody here reads; its name among people.
    Document(&'static str),
    /// A program; what kind.
    Program(&'static str),
    /// Files packed together.
    Files,
}

/// What `package` is, which has no main part of Office Open XML and is neither
/// OpenDocument nor EPUB.
pub(super) fn kind(package: &Package<'_>) -> Packed {
    let has = |name: &str| package.names().any(|entry| entry == name);
    // Names are in lower case.
    let any = |extension: &str| package.names().any(|name| name.rsplit('.').next() == Some(extension));
    match () {
        () if any("iwa") || has("index.apxl") => Packed::Document("iWork"),
        () if any("fdseq") => Packed::Document("XPS"),
        () if has("content.json") && has("metadata.json") => Packed::Document("XMind"),
        () if has("androidmanifest.xml") || has("classes.dex") => Packed::Program("APK"),
        () if has("appxmanifest.xml") => Packed::Program("APPX"),
        () if has("meta-inf/manifest.mf") && any("class") => Packed::Program("JAR"),
        () => Packed::Files,
    }
}

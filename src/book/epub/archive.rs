//! The archive that an EPUB is (OCF 3.3, section 4): a ZIP whose first file is
//! `mimetype`, uncompressed.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// An archive that is being written, to memory.
pub(super) struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    /// An archive with its `mimetype`.
    pub(super) fn new() -> Self {
        let mut archive = Self { zip: ZipWriter::new(Cursor::new(Vec::new())) };
        archive.stored("mimetype", b"application/epub+zip");
        archive
    }

    /// Adds a text, compressed.
    pub(super) fn text(&mut self, path: &str, text: &str) {
        self.add(path, text.as_bytes(), CompressionMethod::Deflated);
    }

    /// Adds bytes as they are: photos are compressed already.
    pub(super) fn stored(&mut self, path: &str, bytes: &[u8]) {
        self.add(path, bytes, CompressionMethod::Stored);
    }

    /// Every file has one and the same time, system and mode: what an archive
    /// tells of its making would differ from day to day.
    fn add(&mut self, path: &str, bytes: &[u8], method: CompressionMethod) {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644);
        // Writing to memory fails only beyond 4 GiB, which no book has; such a
        // one would be cut short, and the archive says so to its reader.
        if self.zip.start_file(path, options).is_ok() {
            let _ = self.zip.write_all(bytes);
        }
    }

    /// The archive's bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.zip.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

//! A package that was verified: nothing else is parsed.

use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use minisign_verify::{Signature, StreamVerifier};

use super::super::{Hooks, Result};
use super::{FIRST_LINE, Fault, PublicKey};
use crate::disk::{self, Source};

/// The first line of the signature, with its end. It is not signed, so it has
/// one value.
pub(super) const COMMENT: &str = "signature of a zhuanlan package, from the sixth line on";

/// A package whose signature is right.
pub struct Package {
    path: PathBuf,
    key: PublicKey,
    signature: Signature,
    /// Where the payload begins.
    start: u64,
}

impl std::fmt::Debug for Package {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Package").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Package {
    /// Opens the package at `path` and reads all of it.
    ///
    /// # Errors
    /// Where the file is no package, or the owner of `key` did not sign it as
    /// it is.
    pub fn open(path: &Path, key: &PublicKey, hooks: &dyn Hooks) -> Result<Self> {
        let (file, len) = disk::open(path)?;
        let mut file = BufReader::new(file);
        let (signature, start) = signature(&mut file).map_err(|e| read_error(path, e))??;
        let package = Self { path: path.to_owned(), key: key.clone(), signature, start };
        let mut reader = package.payload()?;
        let mut done = 0_u64;
        loop {
            let part = reader.fill_buf().map_err(|e| read_error(path, e))?.len();
            if part == 0 {
                break;
            }
            reader.consume(part);
            done += part as u64;
            hooks.read(done, len.saturating_sub(start));
        }
        reader.finish()?;
        Ok(package)
    }

    /// The payload, from its beginning.
    pub(super) fn payload(&self) -> Result<Payload<'_>> {
        let (mut file, _) = disk::open(&self.path)?;
        file.seek(SeekFrom::Start(self.start)).map_err(|e| read_error(&self.path, e))?;
        let verifier = self.key.0.verify_stream(&self.signature).map_err(|error| match error {
            minisign_verify::Error::UnexpectedKeyId => Fault::OtherKey,
            _ => Fault::Tampered,
        })?;
        Ok(Payload { file: BufReader::with_capacity(256 << 10, file), verifier })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

pub(super) fn read_error(path: &Path, error: io::Error) -> super::super::Error {
    disk::Error::new(disk::Act::Read, path, error).into()
}

/// What stands before the payload, and how long it is.
fn signature(file: &mut dyn BufRead) -> io::Result<std::result::Result<(Signature, u64), Fault>> {
    let mut line = || {
        let mut line = Vec::new();
        file.take(512).read_until(b'\n', &mut line)?;
        Ok::<_, io::Error>(String::from_utf8(line).unwrap_or_default())
    };
    let lines = [line()?, line()?, line()?, line()?, line()?];
    let [first, comment, of_payload, trusted, of_comment] = &lines;
    if first != FIRST_LINE {
        let later = first.starts_with("zhuanlan package ");
        return Ok(Err(if later { Fault::OtherVersion } else { Fault::NoPackage }));
    }
    // 74 and 64 bytes, so that no other spelling is taken for the same.
    let shaped = *comment == format!("untrusted comment: {COMMENT}\n")
        && of_payload.len() == 101
        && of_comment.len() == 89
        && lines.iter().all(|line| line.ends_with('\n') && !line.contains('\r'))
        && trusted.starts_with("trusted comment: ");
    let [_, text @ ..] = &lines;
    let signature = Signature::decode(&text.concat()).ok().filter(|_| shaped);
    let start = lines.iter().map(|line| line.len() as u64).sum();
    Ok(signature.map(|signature| (signature, start)).ok_or(Fault::Tampered))
}

/// The payload of a package, which is verified once more as it is read.
pub(super) struct Payload<'p> {
    file: BufReader<Box<dyn Source>>,
    verifier: StreamVerifier<'p>,
}

impl Payload<'_> {
    /// Verifies what was read, which must be all.
    pub(super) fn finish(mut self) -> Result<()> {
        let more = self.file.fill_buf().map_or(true, |rest| !rest.is_empty());
        if more || self.verifier.finalize().is_err() {
            return Err(Fault::Tampered.into());
        }
        Ok(())
    }
}

impl Read for Payload<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buf)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Payload<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.file.fill_buf()
    }

    fn consume(&mut self, len: usize) {
        let read = self.file.buffer().get(..len).unwrap_or_default();
        self.verifier.update(read);
        self.file.consume(len);
    }
}

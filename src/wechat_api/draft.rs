//! What is to be in the draft box: an edition, with the bytes of its pictures
//! when they are asked for.

use crate::disk::{Act, Error, Files};
use crate::memo::Key;
use crate::wechat::{Edition, Origin, Picture};

/// One article, ready to be pushed.
#[derive(Clone, Copy)]
pub struct Draft<'d> {
    /// The piece's edition. Its key says whether anything changed.
    pub edition: &'d Edition,
    /// The hash of the piece's file, to tell later that it changed.
    pub source: Key,
    /// The bytes of its pictures.
    pub pictures: &'d dyn Pictures,
}

/// Who has the bytes of an edition's pictures.
pub trait Pictures {
    /// Those of `picture`, which may have to be made.
    ///
    /// # Errors
    /// What the system said.
    fn bytes(&self, picture: &Picture) -> Result<Vec<u8>, Error>;
}

impl Pictures for Files {
    fn bytes(&self, picture: &Picture) -> Result<Vec<u8>, Error> {
        match &picture.origin {
            Origin::Drawn(bytes) => Ok(bytes.to_vec()),
            Origin::Made(recipe) => {
                self.picture(recipe).map_err(|e| Error::new(Act::Read, picture.file.as_ref(), e))
            }
        }
    }
}

/// What a picture is remembered by.
pub(super) fn key(picture: &Picture) -> String {
    picture.origin.key().to_string()
}

/// The file name that a picture is uploaded under: ASCII, with the right
/// extension (else the service answers 41005), and made of its key, so that a
/// cover whose upload was cut off is found in the account's library.
pub(super) fn upload_name(picture: &Picture) -> String {
    format!("zhuanlan-{}.{}", key(picture), extension(picture))
}

/// The media type of a picture.
pub(super) fn media_type(picture: &Picture) -> &'static str {
    crate::path::media_type(extension(picture)).unwrap_or("image/jpeg")
}

fn extension(picture: &Picture) -> &str {
    picture.file.rsplit_once('.').map_or("jpg", |(_, extension)| extension)
}

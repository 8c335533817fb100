//! What an edition is.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::ai_label::AiLevel;
use crate::config::Comments;
use crate::memo::Key;
use crate::path::SourcePath;
use crate::photo::Recipe;

use super::limits::{Limit, Limited, limit};

/// A piece as the account gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The key of everything below: it changes where anything of the edition
    /// does, and only then.
    pub key: Key,
    /// The piece's file.
    pub source: SourcePath,
    /// The piece's page, from the site's root: `news/x.html`.
    pub page: String,
    /// The body: HTML that holds to the room's list. Each picture stands in it as
    /// `src="pictures/01.jpg"` ([`Picture::file`]), to be replaced by an address
    /// with [`Edition::html_with`].
    pub html: String,
    /// What stands beside the body.
    pub fields: Fields,
    /// The body's pictures, in the order in which they stand; a picture that is
    /// shown twice is here once. The cover is in `fields`.
    pub pictures: Vec<Picture>,
    /// What the numbers `[1]` of the body mean, in order.
    pub notes: Vec<Note>,
    /// What the site's page shows and the edition does not, in order.
    pub dropped: Vec<Dropped>,
}

/// What stands beside the body, under the names of the API where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fields {
    /// 标题. Never empty.
    pub title: String,
    /// 作者; may be empty.
    pub author: String,
    /// 摘要; may be empty: then the account takes the text's beginning.
    pub digest: String,
    /// 阅读原文: the piece's address; `None` where the site has none.
    pub content_source_url: Option<String>,
    /// 封面; `None` where the piece has no picture.
    pub cover: Option<Cover>,
    /// 留言: `need_open_comment` and `only_fans_can_comment`.
    pub comments: Comments,
    /// Whether 原创 is to be declared. There is no field of the API for it: an
    /// editor ticks it in the account.
    pub original: bool,
    /// What is to be declared of AI (标识办法, article 10): the text's own label,
    /// else the gravest of its pictures. No field of the API either.
    #[serde(skip)]
    pub ai: Option<AiLevel>,
}

/// The cover, whole and in the two forms that lists show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cover {
    /// All of it, to be uploaded as permanent material.
    pub whole: Picture,
    /// 2.35:1, about the picture's `focus`.
    pub wide: Picture,
    /// 1:1.
    pub square: Picture,
    /// What `wide` is of `whole`: `pic_crop_235_1`.
    pub wide_crop: Crop,
    /// What `square` is of `whole`: `pic_crop_1_1`.
    pub square_crop: Crop,
}

/// A part of a picture: left, top, right, bottom in millionths of its width and
/// height. Shown as the API wants it: `0.000000_0.120000_1.000000_0.860000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Crop(pub [u32; 4]);

impl fmt::Display for Crop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { "_" };
            write!(f, "{between}{}.{:06}", part / 1_000_000, part % 1_000_000)?;
        }
        Ok(())
    }
}

/// A picture of an edition: JPEG, PNG or GIF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// From 1, in the order of the text; 0 for the cover's forms.
    pub number: usize,
    /// Its name in the edition's folder: `pictures/01.jpg`. Its extension is
    /// that of what it holds.
    pub file: String,
    /// How its bytes come about.
    #[serde(skip)]
    pub origin: Origin,
    /// Pixels; 0 where they are not known.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The alternative text; may be empty.
    pub alt: String,
    /// What stands under it; may be empty.
    pub caption: String,
    /// Where the published site has it, for editors that fetch what is pasted;
    /// `None` where the site has no address, or has it in a form that the account
    /// refuses.
    pub address: Option<String>,
}

/// How the bytes of a picture come about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Made of a source file: `disk::Files::picture` gives the bytes.
    Made(Arc<Recipe>),
    /// Drawn for the edition: a QR code.
    Drawn(Arc<[u8]>),
}

impl Origin {
    /// Equal keys mean equal bytes.
    pub fn key(&self) -> Key {
        match self {
            Self::Made(recipe) => recipe.key(),
            Self::Drawn(bytes) => Key::hash(bytes),
        }
    }
}

/// A numbered note at the end of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// From 1, as `[1]` in the text.
    pub number: usize,
    /// What it says, plain: a footnote's text, or a link's words.
    pub text: String,
    /// The address of a link; `None` for a footnote.
    pub address: Option<String>,
}

/// Something that an edition leaves out, or shows in another form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// What happened to it.
    pub reason: Reason,
    /// What it is, in the piece's own words or by its address; may be empty.
    pub what: String,
}

/// Why something is not in an edition as the page has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A video or sound: the account has its own; a line says where to see it.
    Media,
    /// A picture of another site, which the account would leave out silently.
    ForeignPicture,
    /// A drawing (SVG) that has no size, or stands in the text itself: to be put in
    /// by hand as a picture.
    Drawing,
    /// A picture that moves in a format that the account does not take: its first
    /// frame stands for it.
    Motion,
    /// A GIF over the limit, which is not made smaller.
    LargeGif,
    /// An attached file: a line says where to fetch it.
    File,
    /// An element that the account strips (a form, a frame, a script).
    Element,
    /// A link within the page.
    Anchor,
}

impl Edition {
    /// The body with the address of each picture that `address` gives; a picture
    /// without one keeps its file's name.
    pub fn html_with(&self, address: impl Fn(&Picture) -> Option<String>) -> String {
        let mut html = self.html.clone();
        for picture in &self.pictures {
            if let Some(address) = address(picture) {
                let mut written = String::from("src=\"");
                crate::html::escape_into(&mut written, &address);
                written.push('"');
                // In text a quote is written `&quot;`, so this is an attribute.
                html = html.replace(&format!("src=\"{}\"", picture.file), &written);
            }
        }
        html
    }

    /// All limits that the edition's texts exceed, with how much is too much.
    pub fn excesses(&self) -> Vec<(&'static Limit, u64)> {
        let Fields { title, author, digest, content_source_url, .. } = &self.fields;
        let texts = [
            (Limited::Title, title.as_str()),
            (Limited::Author, author),
            (Limited::Digest, digest),
            (Limited::SourceUrl, content_source_url.as_deref().unwrap_or_default()),
            (Limited::Content, &self.html),
            (Limited::ContentBytes, &self.html),
        ];
        let over = |(of, text): (Limited, &str)| Some((limit(of), limit(of).over(text)?));
        texts.into_iter().filter_map(over).collect()
    }

    /// All pictures, the cover's forms before those of the body.
    pub fn all_pictures(&self) -> impl Iterator<Item = &Picture> {
        let cover = self.fields.cover.iter().flat_map(|cover| [&cover.wide, &cover.square]);
        cover.chain(&self.pictures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_is_written_as_the_api_wants_it() {
        let crop = Crop([0, 120_000, 1_000_000, 860_001]);
        assert_eq!(crop.to_string(), "0.000000_0.120000_1.000000_0.860001");
    }
}

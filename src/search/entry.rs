//! What is searched of one piece: all that its page says in words.

use crate::document::{Document, Moment};
use crate::material::Text;
use crate::memo::Key;
use crate::site::{Article, Asset, AssetKind, Site};

/// A piece with a page.
pub(super) struct Entry<'s> {
    /// The piece.
    pub(super) article: &'s Article,
    /// The section's title; empty for a page outside.
    pub(super) section: &'s str,
    /// The files that it offers, with the names shown and their texts.
    pub(super) files: Vec<Attached<'s>>,
    /// Phrases with their own pinyin.
    pub(super) pinyin: &'s [(String, String)],
    /// The key of all that a `Part` is made from.
    pub(super) key: Key,
}

/// A file that a piece offers.
pub(super) struct Attached<'s> {
    /// The name shown.
    pub(super) name: &'s str,
    /// What is published.
    pub(super) asset: &'s Asset,
    /// Its words, where it has any that can be read.
    pub(super) text: Option<&'s Text>,
}

/// The pieces of `site`, its sections' introductions last.
pub(super) fn entries(site: &Site) -> Vec<Entry<'_>> {
    let articles = site.articles.iter().chain(site.intros.values());
    articles.map(|article| Entry::new(site, article)).collect()
}

impl<'s> Entry<'s> {
    fn new(site: &'s Site, article: &'s Article) -> Self {
        let section = article.section.and_then(|at| site.config.sections.get(at));
        let section = section.map_or("", |section| section.title.as_str());
        let files = article.files.iter().filter_map(|(id, name)| {
            let asset = site.assets.get(id.0 as usize)?;
            Some(Attached { name, asset, text: site.text(*id).map(AsRef::as_ref) })
        });
        let files: Vec<Attached<'_>> = files.collect();
        let mut entry =
            Self { article, section, files, pinyin: &site.config.pinyin, key: article.document.key };
        entry.key = entry.key();
        entry
    }

    fn key(&self) -> Key {
        let date = self.date();
        let mut parts: Vec<&[u8]> = vec![
            self.article.document.key.as_bytes(),
            self.article.route.as_str().as_bytes(),
            self.section.as_bytes(),
            date.as_bytes(),
        ];
        for file in &self.files {
            parts.push(file.name.as_bytes());
            parts.push(file.asset.output.as_str().as_bytes());
            let paragraphs = file.text.map_or(&[][..], |text| &text.paragraphs);
            parts.extend(paragraphs.iter().map(String::as_bytes));
        }
        for (phrase, reading) in self.pinyin {
            parts.push(phrase.as_bytes());
            parts.push(reading.as_bytes());
        }
        Key::hash_parts(parts)
    }

    /// `2021-03-19`; empty without a date.
    pub(super) fn date(&self) -> String {
        self.article.date.map_or_else(String::new, |date: Moment| date.civil.date().to_string())
    }

    /// Year × 12 + month − 1; 0 without a date.
    pub(super) fn month(&self) -> u32 {
        let month = self.article.date.map(|date| (date.civil.year(), date.civil.month()));
        month.map_or(0, |(year, month)| {
            u32::try_from(i32::from(year) * 12 + i32::from(month) - 1).unwrap_or(0)
        })
    }

    /// The paragraphs of its page: the title first, the names of its files
    /// last.
    pub(super) fn paragraphs(&self) -> Vec<String> {
        let document = &self.article.document;
        let mut lines = vec![document.title.clone()];
        lines.extend(document.front.subtitle.clone());
        lines.extend(bylines(document));
        let front = &document.front;
        lines.extend(front.source.as_ref().map(|source| source.name.clone()));
        lines.extend(front.issuer.clone());
        lines.extend(front.number.as_ref().map(|number| number.value.clone()));
        lines.extend(front.version.clone());
        lines.extend(front.summary.clone());
        lines.push(document.body.prose.get().text.clone());
        lines.extend(captions(document));
        lines.extend(front.corrections.iter().map(|correction| correction.text.clone()));
        lines
    }
}

/// 本报记者 薛宏冰, one paragraph a role.
fn bylines(document: &Document) -> impl Iterator<Item = String> + '_ {
    document.front.byline.iter().map(|line| {
        let names: Vec<&str> = line.names.iter().map(|name| name.value.as_str()).collect();
        format!("{} {}", line.role, names.join(" "))
    })
}

/// What front matter says under photos: captions and who took them.
fn captions(document: &Document) -> impl Iterator<Item = String> + '_ {
    let notes = document.front.photos.values().map(|note| (&note.caption, &note.credit));
    let cover = document.front.cover.iter().map(|cover| (&cover.caption, &cover.credit));
    notes.chain(cover).flat_map(|(caption, credit)| [caption.clone(), credit.clone()]).flatten()
}

/// The type mark of a file: `PDF`.
pub(super) fn mark(asset: &Asset) -> String {
    match &asset.kind {
        AssetKind::File { mark, .. } => mark.clone(),
        _ => asset.source.extension().to_uppercase(),
    }
}

//! What is in an article's HTML: its text and its pictures.

use crate::html::{Change, Whole, rewrite};
use crate::memo::Key;

/// The text and the pictures of some HTML.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The text without white space, which services set as they like.
    text: String,
    /// The pictures' addresses, in order. A saved article has them in
    /// `data-src`.
    pub(super) pictures: Vec<String>,
}

impl Content {
    /// What `html` holds.
    pub(super) fn new(html: &str) -> Self {
        let mut content = Self::default();
        rewrite(html, &mut content, Whole::Balanced);
        content
    }

    /// The key of an article's words: what tells that somebody edited it.
    pub(super) fn words(&self, title: &str, author: &str) -> Key {
        Key::hash_parts([title.trim().as_bytes(), author.trim().as_bytes(), self.text.as_bytes()])
    }
}

impl Change for Content {
    fn open(&mut self, name: &mut String, attributes: &mut Vec<(String, String)>) -> bool {
        if name == "img" {
            let value = |wanted: &str| {
                attributes
                    .iter()
                    .find(|(name, value)| name == wanted && !value.is_empty())
                    .map(|(_, value)| value)
            };
            self.pictures.extend(value("src").or_else(|| value("data-src")).cloned());
        }
        true
    }

    fn text(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|c| !c.is_whitespace()));
    }
}

/// The part of a picture's address that stays: host and path. The service
/// answers `http:` and stores `https:`, and hangs parameters on it.
pub(super) fn address_core(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_pictures_are_read_as_a_browser_reads_them() {
        let content = Content::new(
            "<p>座谈会 &amp; <strong>学习</strong></p>\n<img src=\"http://mmbiz.qpic.cn/a/0?wx_fmt=png\"><img \
             data-src='https://mmbiz.qpic.cn/b/640'><img>",
        );
        assert_eq!(content.text, "座谈会&学习");
        assert_eq!(content.pictures, ["http://mmbiz.qpic.cn/a/0?wx_fmt=png", "https://mmbiz.qpic.cn/b/640"]);
        assert_eq!(address_core(&content.pictures[0]), "mmbiz.qpic.cn/a/0");
        let same = Content::new("<section>座谈会\u{a0}&amp;学习</section>");
        assert_eq!(content.words("题", ""), same.words(" 题", ""));
        assert_ne!(content.words("题", ""), same.words("题目", ""));
    }
}

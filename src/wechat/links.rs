//! What a link of a piece means to who reads the edition: only links to articles
//! of the account's own platform can be followed there.

use super::allow::is_own_link;

/// From where links are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links<'l> {
    /// The site's address, with a final `/`.
    pub(super) base: Option<&'l str>,
    /// The piece's own page, from the root.
    pub(super) page: &'l str,
}

/// What a link means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A link that stays one.
    Own(String),
    /// An address to be written out.
    Address(String),
    /// A place in the same text.
    Here,
    /// Nothing that could be written: a page of a site without an address.
    Nothing,
}

impl Links<'_> {
    /// What `href` means: an address, or a path from the site's root.
    pub(super) fn meaning(&self, href: &str) -> Meaning {
        let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
        let path = href.split('#').next().unwrap_or_default();
        if href.is_empty() {
            return Meaning::Nothing;
        }
        if href.starts_with('#') || path == self.page {
            return Meaning::Here;
        }
        if is_own_link(&href) {
            return Meaning::Own(href);
        }
        let scheme = href.split(['/', '#', '?']).next().unwrap_or_default();
        if let Some((scheme, rest)) = scheme
            .split_once(':')
            .map(|(scheme, _)| (scheme, href.split_once(':').map_or("", |(_, rest)| rest)))
        {
            return match scheme {
                "http" | "https" | "ftp" => Meaning::Address(href),
                "mailto" | "tel" | "sms" => Meaning::Address(rest.to_owned()),
                _ => Meaning::Nothing,
            };
        }
        if let Some(rest) = href.strip_prefix("//") {
            return Meaning::Address(format!("https://{rest}"));
        }
        self.base.map_or(Meaning::Nothing, |base| Meaning::Address(format!("{base}{href}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_articles_of_the_platform_stay_links() {
        let links = Links { base: Some("https://www.example.org/jyzd/"), page: "news/a.html" };
        let address = |to: &str| Meaning::Address(to.to_owned());
        let check = |href: &str, wanted: Meaning| assert_eq!(links.meaning(href), wanted, "{href}");
        check("https://mp.weixin.qq.com/s/abc", Meaning::Own("https://mp.weixin.qq.com/s/abc".to_owned()));
        check("https://mp.weixin.qq.com.example.org/", address("https://mp.weixin.qq.com.example.org/"));
        check("news/b.html#x", address("https://www.example.org/jyzd/news/b.html#x"));
        check("news/a.html#x", Meaning::Here);
        check("#x", Meaning::Here);
        check("mailto:a@example.org", address("a@example.org"));
        check("javascript:x", Meaning::Nothing);
        check("//example.org/x", address("https://example.org/x"));
        let links = Links { base: None, page: "news/a.html" };
        assert_eq!(links.meaning("news/b.html"), Meaning::Nothing);
    }
}

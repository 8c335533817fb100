//! Single values of the config, checked.

use super::shape::WechatShape;
use super::sink::Sink;
use super::{Comments, Wechat};
use crate::diagnostic::{ConfigFault, nearest};
use crate::path::is_reserved_folder;
use crate::text::{At, is_language_tag, slug};

/// The keys of front matter, by their English names.
///
/// They are `document`'s, whose shape a test holds against this list; a
/// section may require any of them.
pub const FRONT_KEYS: [&str; 33] = [
    "title",
    "subtitle",
    "date",
    "updated",
    "publish_at",
    "expire_at",
    "draft",
    "pinned",
    "order",
    "slug",
    "aliases",
    "summary",
    "cover",
    "topics",
    "units",
    "phase",
    "byline",
    "source",
    "related",
    "series",
    "corrections",
    "lang",
    "extra",
    "photos",
    "issuer",
    "number",
    "files",
    "version",
    "replaces",
    "section",
    "keywords",
    "aigc",
    "wechat",
];

/// The published address with a final `/`; the option's wins over the file's.
pub(super) fn base_url(
    written: Option<At<String>>,
    option: Option<&str>,
    sink: &mut Sink<'_>,
) -> Option<String> {
    let wrong = written.as_ref().filter(|url| !is_address(&url.value));
    if let Some(url) = wrong {
        sink.at(url.span, ConfigFault::BaseUrl { url: url.value.clone() });
    }
    let url = option.map(str::to_owned).or_else(|| written.map(|url| url.value));
    match url {
        Some(url) if is_address(&url) => Some(if url.ends_with('/') { url } else { url + "/" }),
        Some(_) => None,
        None => {
            sink.found.push(crate::diagnostic::Diagnostic::of_file(sink.path, ConfigFault::NoBaseUrl));
            None
        }
    }
}

/// An absolute `http:` or `https:` address without a query.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty()
            && !url.contains(['?', '#', ' ', '"', '<', '>', '\\'])
            && !url.chars().any(char::is_control)
    })
}

/// A BCP 47 tag: `zh-CN`, `zh-Hans`, `en`.
pub(super) fn language(tag: &At<String>, sink: &mut Sink<'_>) -> bool {
    let good = is_language_tag(&tag.value);
    if !good {
        sink.at(tag.span, ConfigFault::Language { tag: tag.value.clone() });
    }
    good
}

/// A folder's name that can stand in an address and is not taken.
pub(super) fn folder(name: &At<String>, sink: &mut Sink<'_>) -> bool {
    if is_reserved_folder(&name.value) {
        sink.at(name.span, ConfigFault::ReservedFolder { name: name.value.clone() });
        return false;
    }
    slug(name, sink)
}

/// A name for addresses.
pub(super) fn slug(name: &At<String>, sink: &mut Sink<'_>) -> bool {
    let good = slug::is_plain(&name.value);
    if !good {
        sink.at(name.span, ConfigFault::NotAscii { value: name.value.clone() });
    }
    good
}

/// A host's name, without scheme or path.
pub(super) fn domain(name: &At<String>, sink: &mut Sink<'_>) {
    let good = name.value.contains('.')
        && name
            .value
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    if !good {
        sink.at(name.span, ConfigFault::Domain { name: name.value.clone() });
    }
}

/// A government site's code: ten letters and digits (国办发〔2017〕47号).
pub(super) fn id_code(code: &At<String>, sink: &mut Sink<'_>) {
    if code.value.len() != 10 || !code.value.bytes().all(|b| b.is_ascii_alphanumeric()) {
        sink.at(code.span, ConfigFault::IdCode { code: code.value.clone() });
    }
}

/// The English name of a front-matter key that a section requires.
pub(super) fn required_key(key: At<String>, sink: &mut Sink<'_>) -> Option<String> {
    let known = FRONT_KEYS;
    if let Some(english) = crate::yaml::english(&key.value, &known) {
        return Some(english.to_owned());
    }
    let near = nearest(&key.value, known).map(str::to_owned);
    sink.at(key.span, ConfigFault::UnknownRequired { key: key.value, near });
    None
}

/// What the WeChat edition of a piece has where the piece says nothing.
pub(super) fn wechat(shape: Option<WechatShape>, sink: &mut Sink<'_>) -> Wechat {
    let usual = Wechat::default();
    let Some(WechatShape { author, author_roles, comments, original }) = shape else { return usual };
    let roles: Vec<String> = author_roles.map(|list| list.0).unwrap_or_default();
    let comments = comments.and_then(|word| {
        let meant = Comments::from_word(&word.value);
        if meant.is_none() {
            let near = nearest(&word.value, Comments::KNOWN).map(str::to_owned);
            let known = Comments::KNOWN.join(", ");
            sink.at(
                word.span,
                ConfigFault::UnknownChoice { key: "comments", value: word.value, near, known },
            );
        }
        meant
    });
    Wechat {
        author: author.map(|author| author.trim().to_owned()).unwrap_or_default(),
        author_roles: if roles.is_empty() { usual.author_roles } else { roles },
        comments: comments.unwrap_or_default(),
        original: original.unwrap_or(false),
    }
}

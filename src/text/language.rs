//! Language tags.

use icu_locale_core::Locale;

/// Whether `tag` is a well-formed BCP 47 tag as Unicode locales have it
/// (UTS 35, 3.2): `zh-CN`, `zh-Hans`, `en`, `sr-Latn-RS`. A language has two,
/// three or five to eight letters; `_` does not separate.
pub fn is_language_tag(tag: &str) -> bool {
    !tag.contains('_') && Locale::try_from_str(tag).is_ok()
}

/// Whether Chinese of the tag `tag` is written in traditional characters: it
/// says so, or its region implies it (CLDR, likely subtags).
pub fn is_traditional(tag: &str) -> bool {
    let has = |wanted: &[&str]| {
        tag.split(['-', '_']).skip(1).any(|part| wanted.iter().any(|w| part.eq_ignore_ascii_case(w)))
    };
    has(&["Hant"]) || !has(&["Hans"]) && has(&["TW", "HK", "MO"])
}

#[cfg(test)]
mod tests {
    use super::{is_language_tag, is_traditional};

    #[test]
    fn the_script_follows_from_the_region() {
        for (tag, wanted) in
            [("zh", false), ("zh-CN", false), ("zh-hk", true), ("zh-Hans-HK", false), ("zh-Hant-CN", true)]
        {
            assert_eq!(is_traditional(tag), wanted, "{tag}");
        }
    }

    #[test]
    fn tags_are_told_from_words() {
        for tag in ["zh-CN", "zh-Hans", "zh-Hant-HK", "en", "bo", "ug-Arab", "cmn", "en-x-own"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        // The first passed in the config and failed in front matter.
        for tag in ["abcd", "", "中文", "zh_CN", "zh-", "z", "chinese-simplified", "12"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}

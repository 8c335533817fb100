//! CSS, as far as markup carries it.

/// A style without its comments (CSS Syntax 3, 4.3.2), a blank in the place of
/// each; one that does not end goes on to the end. Strings stay as they are.
pub(crate) fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/', '\\']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if let Some(comment) = from.strip_prefix("/*") {
            out.push(' ');
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        let length = match from.chars().next() {
            Some(quote @ ('"' | '\'')) => string_length(from, quote),
            Some('\\') => 1 + from.chars().nth(1).map_or(0, char::len_utf8),
            _ => 1,
        };
        let (kept, after) = from.split_at(length);
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The length in bytes of the string that `text` begins with, its quotes
/// included; a line break ends one that has no end (CSS Syntax 3, 4.3.5).
fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_strings_stay() {
        let check = |css: &str, wanted: &str| assert_eq!(without_comments(css), wanted, "{css}");
        check("a{/* 张三 */color:red}/* 稿 */", "a{ color:red} ");
        check("a{content:\"/* 甲 */\"}", "a{content:\"/* 甲 */\"}");
        check("a{content:'\\'/*'}/*b*/", "a{content:'\\'/*'} ");
        check("a{b:\"c\n}/*d*/", "a{b:\"c\n} ");
        check("a{b:url(x/y)}\\/*c", "a{b:url(x/y)}\\/*c");
        check("a/*b", "a ");
        check("\\", "\\");
    }
}

//! Addresses as they go out.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `url` with what no valid address holds percent-encoded: blanks, control
/// characters, quotation marks, brackets of all kinds but round ones, `\\`, `^`,
/// `|` and the grave accent, and a `%` that begins no escape. What is
/// encoded already stays, and so do letters of any script: a "valid URL string"
/// of the WHATWG's URL standard has them as they are. The brackets of an IPv6
/// host stay too.
pub fn encoded(url: &str) -> Cow<'_, str> {
    let host_ends = host_end(url);
    let is_fine = |(at, c): (usize, char)| match c {
        '%' => is_escape(url.get(at + 1..).unwrap_or_default()),
        '[' | ']' => at < host_ends,
        c => {
            !(c.is_control()
                || c.is_whitespace()
                || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}'))
        }
    };
    if url.char_indices().all(is_fine) {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len() + 16);
    for (at, c) in url.char_indices() {
        if is_fine((at, c)) {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a string can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

/// Where the host of `scheme://host/…` ends; 0 where there is none.
fn host_end(url: &str) -> usize {
    let Some(at) = url.find("://") else { return 0 };
    let host = url.get(at + 3..).unwrap_or_default();
    at + 3 + host.find(['/', '?', '#']).unwrap_or(host.len())
}

/// Two hexadecimal digits at the beginning.
fn is_escape(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn what_no_address_holds_is_encoded() {
        let check = |url: &str, expected: &str| {
            assert_eq!(encoded(url), expected);
            assert_eq!(encoded(expected), expected, "twice is once");
        };
        check("https://example.org/a|b", "https://example.org/a%7Cb");
        check("https://example.org/10<28::AID>3", "https://example.org/10%3C28::AID%3E3");
        check("https://example.org/a b", "https://example.org/a%20b");
        check("https://example.org/?q=\"x\"", "https://example.org/?q=%22x%22");
        check("https://example.org/{id}", "https://example.org/%7Bid%7D");
        check("https://example.org/100%", "https://example.org/100%25");
        check("https://example.org/a%20b?c=d&e=(f)#g", "https://example.org/a%20b?c=d&e=(f)#g");
        check("https://example.org/a[1]", "https://example.org/a%5B1%5D");
        check("https://[::1]:8080/x", "https://[::1]:8080/x");
        check("https://example.org/通知\u{3000}一", "https://example.org/通知%E3%80%80一");
        check("mailto:a@example.org", "mailto:a@example.org");
    }
}

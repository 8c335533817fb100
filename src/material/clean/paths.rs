//! Paths on somebody's computer, of which only the file's name may be
//! published: `C:\Users\张三\表.xlsx`, `\\srv\share\a`, `/home/zhang/图.png`,
//! `file:` addresses.
//!
//! **Invariant:** a web address is never taken for a path.

/// Folders at the root that hold people's files, on Linux, macOS and Android.
const ROOTS: [&str; 16] = [
    "/home/",
    "/Users/",
    "/root/",
    "/mnt/",
    "/media/",
    "/Volumes/",
    "/tmp/",
    "/var/",
    "/data/",
    "/opt/",
    "/private/",
    "/storage/",
    "/sdcard/",
    "/run/",
    "/usr/",
    "~/",
];

/// Folders whose members are named after people.
const HOMES: [&str; 4] = ["users", "home", "documents and settings", "用户"];

/// Schemes of addresses that lead to the same place from every computer.
const SCHEMES: [&str; 7] = ["http", "https", "mailto", "ftp", "tel", "urn", "data"];

/// Where a value stands, which says what it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It leads out of the document: whatever is no address is a path, also
    /// `../张三/表.xlsx`.
    Target,
    /// It describes or names something: it may be a path as a whole.
    Description,
    /// Anything; a path may stand within it.
    Anywhere,
}

/// `text` with the file's name in place of each path; `None` where there is no
/// path.
pub(super) fn shortened(text: &str, place: Place) -> Option<String> {
    // Most values have no slash of any kind.
    if !text.contains(['/', '\\', '%']) {
        return None;
    }
    let new = match place {
        Place::Target => target(text),
        Place::Description if is_absolute(text) => file_name(text).to_owned(),
        _ => without_folders(text),
    };
    (new != text).then_some(new)
}

/// The file's name where `value` leads into somebody's folders; an address
/// without an account.
fn target(value: &str) -> String {
    let scheme = value.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme {
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => without_account(value),
        _ if value.starts_with('#') || !value.contains(['/', '\\']) => value.to_owned(),
        _ => file_name(value).to_owned(),
    }
}

/// `https://user:word@host/` without who logs in.
fn without_account(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(host).unwrap_or((rest, ""));
    match host.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{host}{path}"),
        None => address.to_owned(),
    }
}

/// Whether a whole value is a path from a root: `/opt/x/y`, `//srv/a`.
fn is_absolute(value: &str) -> bool {
    is_path(value) || value.strip_prefix('/').is_some_and(|rest| rest.contains('/'))
}

/// Whether a path on a computer or a share begins here.
pub(super) fn is_path(text: &str) -> bool {
    let lower: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    let drive = {
        let mut chars = lower.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && [":\\", ":/", ":%5c"].iter().any(|rest| chars.as_str().starts_with(rest))
    };
    let share = text.strip_prefix("\\\\").is_some_and(|rest| {
        let rest = rest.trim_start_matches('\\');
        rest.starts_with(|c: char| c.is_alphanumeric() || "?.".contains(c)) && rest.contains('\\')
    });
    drive || share || lower.starts_with("file:") || ROOTS.iter().any(|root| text.starts_with(root))
}

/// What stands behind the last slash; nothing, where that is a person's own
/// folder or a computer.
pub(super) fn file_name(path: &str) -> &str {
    let cut = path.rfind(['/', '\\']).or_else(|| path.to_ascii_lowercase().rfind("%5c").map(|at| at + 2));
    let Some((folder, name)) = cut.and_then(|at| path.split_at_checked(at)) else { return path };
    let name = name.get(1..).unwrap_or_default();
    let parent = folder.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    // `\\pc`, `file://pc`: behind the last slash stands a computer.
    let computer = folder.trim_end_matches(['/', '\\']).is_empty() && folder.len() == 1;
    if computer || HOMES.contains(&parent.as_str()) || folder.eq_ignore_ascii_case("file:/") {
        ""
    } else {
        name
    }
}

/// Every path in `text` cut to its file's name.
fn without_folders(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        if may_begin(before, rest) && is_path(rest) {
            let (path, after) = rest.split_at_checked(length(rest)).unwrap_or((rest, ""));
            out.push_str(name_of(path));
            (before, rest) = (path.chars().last(), after);
        } else {
            out.push(c);
            (before, rest) = (Some(c), rest.get(c.len_utf8()..).unwrap_or_default());
        }
    }
    out
}

/// Whether a path may begin behind that character: not in the middle of a word
/// or an address.
fn may_begin(before: Option<char>, rest: &str) -> bool {
    let inner =
        |c: char| c.is_ascii_alphanumeric() || (rest.starts_with(['/', '~']) && "/\\.-_~%:".contains(c));
    before.is_none_or(|c| !(inner(c) || c == '\\' && rest.starts_with('\\')))
}

/// How many bytes of `text`, which begins with a path, are the path.
fn length(text: &str) -> usize {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let next = text.get(at..).unwrap_or_default();
        // `'C:\x\[表.xlsx]一'!A1` ends here, `C:\O'Brien\a` does not.
        let quoted =
            c == '\'' && next.get(1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(['!', '#']));
        let ends = "\"<>|*\r\n\t".contains(c) || quoted || (c == '?' && at > 3);
        if ends || (at > 0 && before.is_some_and(char::is_whitespace) && (is_path(next) || is_address(next)))
        {
            return at;
        }
        before = Some(c);
    }
    text.len()
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The file's name of a path in a sentence, where slashes of the other kind
/// mean something else.
fn name_of(path: &str) -> &str {
    let windows = path.get(1..3).is_some_and(|at| at == ":\\") || path.starts_with('\\');
    if !windows {
        return file_name(path);
    }
    let name = path.rsplit('\\').next().unwrap_or_default();
    let folder = path.get(..path.len() - name.len()).unwrap_or_default().trim_end_matches('\\');
    let parent = folder.rsplit('\\').next().unwrap_or_default().to_lowercase();
    if HOMES.contains(&parent.as_str()) || folder.is_empty() { "" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(place: Place, cases: &[(&str, &str)]) {
        for (value, expected) in cases {
            let new = shortened(value, place).unwrap_or_else(|| (*value).to_owned());
            assert_eq!(new, *expected, "{value}");
        }
    }

    #[test]
    fn of_paths_of_every_system_the_name_is_left() {
        check(
            Place::Description,
            &[
                (r"C:\Users\张三\图.png", "图.png"),
                ("d:/work/图.png", "图.png"),
                (r"\\zhangsan-pc\share\图.png", "图.png"),
                ("file:///C:/Users/zhangsan/a.png", "a.png"),
                ("file:///home/zhangsan/a.png", "a.png"),
                ("/home/zhangsan/图片/会场.png", "会场.png"),
                ("/Users/zhangsan/Library/x/会场.png", "会场.png"),
                ("/srv/zhangsan/会场.png", "会场.png"),
                (r"C:\Users\zhangsan", ""),
                (r"C:\Users\zhangsan\", ""),
                ("来源：C:\\Users\\zhangsan\\a b.png，2021/3/8", "来源：a b.png，2021/3/8"),
                ("见 /home/zhangsan/a.png 与 /home/lisi/b.png", "见 a.png 与 b.png"),
                ("会场/主席台", "会场/主席台"),
                ("https://example.org/home/x/a.png", "https://example.org/home/x/a.png"),
                ("图片 1", "图片 1"),
                ("1/2", "1/2"),
                ("A:B", "A:B"),
            ],
        );
    }

    #[test]
    fn what_leads_out_is_an_address_or_a_name() {
        check(
            Place::Target,
            &[
                ("https://example.org/a", "https://example.org/a"),
                ("HTTP://example.org/Users/a", "HTTP://example.org/Users/a"),
                ("https://zhang:secret@example.org/a", "https://example.org/a"),
                ("mailto:office@example.org", "mailto:office@example.org"),
                ("#第一节", "#第一节"),
                ("计划.docx", "计划.docx"),
                ("../../张三/计划.docx", "计划.docx"),
                ("Users/zhangsan/计划.docx#节", "计划.docx#节"),
                ("/Users/zhangsan/计划.docx", "计划.docx"),
                ("file:///\\\\zhangsan-pc\\a.docx", "a.docx"),
                ("\\\\zhangsan-pc", ""),
                ("file://zhangsan-pc", ""),
                ("onenote:///D:\\张三\\笔记.one", "笔记.one"),
            ],
        );
    }

    #[test]
    fn paths_within_formulas_are_shortened_too() {
        check(
            Place::Anywhere,
            &[
                (r"'C:\Users\张三\[表.xlsx]一'!A1", "'[表.xlsx]一'!A1"),
                (r#"HYPERLINK("D:\张三\a.docx","看")&"C""#, r#"HYPERLINK("a.docx","看")&"C""#),
                ("of:=['file:///home/zhangsan/a.ods'#$表.A1]", "of:=['a.ods'#$表.A1]"),
                ("A1/B1", "A1/B1"),
                (r"\\*", r"\\*"),
                ("m,l,21600r21600,l21600,xe", "m,l,21600r21600,l21600,xe"),
            ],
        );
    }
}

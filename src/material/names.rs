//! Paths and file names where a reader would expect none: in the targets of
//! links, in titles. They say who wrote a document, on which computer, in which
//! folder.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What may stand before the colon of an address that leads into the network.
const SCHEMES: [&str; 6] = ["http", "https", "mailto", "tel", "ftp", "news"];

/// Extensions of what people save under a name; a title that ends in one is the
/// file's name.
const EXTENSIONS: [&str; 48] = [
    "doc", "docx", "docm", "dot", "dotx", "wps", "wpt", "xls", "xlsx", "xlsm", "et", "ppt", "pptx", "pps",
    "dps", "pdf", "ofd", "txt", "rtf", "htm", "html", "mht", "xml", "odt", "ods", "odp", "csv", "md", "tex",
    "dvi", "ps", "eps", "indd", "qxd", "cdr", "ai", "psd", "dwg", "dxf", "vsd", "vsdx", "pub", "jpg", "jpeg",
    "png", "tif", "tiff", "bmp",
];

/// Of a target on somebody's computer, the file's name; `None` for what leads
/// into the network, and for a name alone.
pub(super) fn local_name(target: &str) -> Option<String> {
    let target = target.trim();
    let decoded = percent_decode_str(target).decode_utf8().unwrap_or(Cow::Borrowed(target));
    let path = decoded.strip_prefix("file:").unwrap_or(&decoded).trim_end_matches(['/', '\\']);
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    is_local(target).then(|| name.split(['?', '#']).next().unwrap_or_default().to_owned())
}

fn is_local(target: &str) -> bool {
    let (head, rest) = target.split_once(':').unwrap_or(("", target));
    let is_scheme = head.len() > 1 && head.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if is_scheme {
        let known = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(head));
        return !known && (head.eq_ignore_ascii_case("file") || rest.contains(['/', '\\']));
    }
    let mut parts = target.split(['/', '\\']);
    let first = parts.next().unwrap_or_default();
    // `example.org/a` without a scheme is an address, `../张三/a.doc` is a path.
    parts.next().is_some() && !first.starts_with('#') && !is_host(first)
}

/// Whether a word is the name of a computer in the network.
fn is_host(word: &str) -> bool {
    let mut labels = word.split('.');
    let fine =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    labels.clone().count() > 1 && labels.all(fine)
}

/// Whether a title is a file's name or path, as programs write it where nobody
/// gave one: `Microsoft Word - 张三的稿子.doc`, `/home/zhangsan/通知.wps`.
pub(super) fn is_file_name(title: &str) -> bool {
    let title = title.trim();
    let named_by_office = title
        .strip_prefix("Microsoft ")
        .and_then(|rest| rest.split_once(" - "))
        .is_some_and(|(program, _)| program.chars().all(|c| c.is_ascii_alphabetic() || c == '®'));
    let has_extension = title.rsplit_once('.').is_some_and(|(before, extension)| {
        !before.is_empty() && EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
    });
    named_by_office || has_extension || is_path(title)
}

/// Whether a text is a path from the root of a computer or share.
fn is_path(text: &str) -> bool {
    let drive = matches!(text.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let file = text.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("file:"));
    let root = text.strip_prefix(['/', '~']).is_some_and(|rest| rest.contains('/'));
    drive || file || root || text.starts_with("\\\\")
}

/// Of a text that is a path, the file's name: people describe a picture so
/// without knowing it. `None` where it is something else.
pub(super) fn described_name(text: &str) -> Option<&str> {
    let text = text.trim();
    is_path(text).then(|| text.rsplit(['/', '\\']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_on_a_computer_are_cut_to_names() {
        let check = |target: &str, name: Option<&str>| {
            assert_eq!(local_name(target).as_deref(), name, "{target}");
        };
        check("file:///C:/Users/zhaoxiaoming/Desktop/签到表.xlsx", Some("签到表.xlsx"));
        check("file:///home/zhao/%E8%A1%A8.et", Some("表.et"));
        check(r"C:\Users\zhao\表.xlsx", Some("表.xlsx"));
        check(r"\\zhao-pc\共享\表.xlsx", Some("表.xlsx"));
        check("/home/zhao/表.xlsx", Some("表.xlsx"));
        check("../赵小明/表.xlsx", Some("表.xlsx"));
        check("ms-word:ofe|u|file:///C:/zhao/a.docx", Some("a.docx"));
        check("https://example.org/赵/a.docx", None);
        check("mailto:bianji@example.org", None);
        check("example.org/a", None);
        check("表.xlsx", None);
        check("#第一章", None);
        check("", None);
    }

    #[test]
    fn titles_that_are_names_of_files_are_known() {
        let named = [
            "Microsoft PowerPoint - 赵小明的汇报.ppt",
            "Microsoft Word - 文件1",
            "/home/zhaoxiaoming/桌面/通知.wps",
            "file:///C:/Users/zhaoxiaoming/Desktop/通知.html",
            "通知（赵小明改）.DOCX",
            r"D:\稿子\通知",
        ];
        for title in named {
            assert!(is_file_name(title), "{title}");
        }
        for title in ["学习计划", "第1.2版", "Microsoft Word 使用 - 入门", "工作/学习", "v2.0", "附件：表1"]
        {
            assert!(!is_file_name(title), "{title}");
        }
    }
}

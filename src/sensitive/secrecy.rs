//! Secrecy marks: what a document that is not for everybody says of itself.
//!
//! **`secrecy-mark`**: 绝密, 机密 or 秘密 before a star (GB/T 9704-2012, 7.2.2:
//! the mark, then ★ and the term, as `机密★1年`), behind 密级, or as a line of
//! their own. **`internal-mark`**: 内部资料 and the like before 不得外传 and the
//! like, or as a line of their own.
//!
//! Silent on prose about secrecy: 保守国家秘密, 机密文件的管理, 严禁把内部资料外传.

use std::ops::Range;

use memchr::memmem;

/// A secrecy mark in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecrecyMark {
    /// Whether it is one of the three marks of the law (`secrecy-mark`); else
    /// an internal one (`internal-mark`).
    pub legal: bool,
    /// Its place, in bytes.
    pub range: Range<usize>,
}

/// The marks of 《保守国家秘密法》.
const LEGAL: [&str; 3] = ["绝密", "机密", "秘密"];

/// Words that call something internal.
const INTERNAL: [&str; 9] = [
    "内部资料",
    "内部文件",
    "内部材料",
    "内部刊物",
    "内部参考",
    "内部使用",
    "内部传阅",
    "内部情况",
    "工作秘密",
];

/// What must not be done with it: one of each list, one behind the other.
const MUST_NOT: [&str; 7] = ["不得", "请勿", "严禁", "禁止", "切勿", "不准", "注意"];
const DONE: [&str; 13] =
    ["外传", "外泄", "泄露", "公开", "转发", "扩散", "传播", "复印", "翻印", "翻拍", "上网", "保存", "保密"];

/// The marks in `text`, in its order.
pub fn secrecy_marks(text: &str) -> Vec<SecrecyMark> {
    let mut found: Vec<SecrecyMark> = Vec::new();
    let places = |word: &str| memmem::find_iter(text.as_bytes(), word).collect::<Vec<_>>();
    let mut hits: Vec<(usize, bool)> = places("密").into_iter().map(|at| (at, true)).collect();
    hits.extend(places("内部").into_iter().map(|at| (at, false)));
    hits.sort_unstable();
    for (start, is_legal) in hits {
        let mark = if is_legal { legal(text, start + "密".len()) } else { internal(text, start) };
        let mark = mark.or_else(|| alone(text, start));
        let last = found.last().map_or(0, |mark| mark.range.end);
        found.extend(mark.filter(|mark| mark.range.start >= last));
    }
    found
}

/// A mark of the law that ends at `end`, with its star and its term.
fn legal(text: &str, end: usize) -> Option<SecrecyMark> {
    let before = text.get(..end)?;
    let word = LEGAL.into_iter().find(|word| before.ends_with(word))?;
    let start = end - word.len();
    let after = text.get(end..)?;
    let starred = after.trim_start_matches(is_blank);
    let Some(term) = starred.strip_prefix(['★', '☆', '⭐']) else {
        let head =
            text.get(..start)?.trim_end_matches(|c| is_blank(c) || matches!(c, ':' | '：' | '】' | '］'));
        let labelled = head.ends_with("密级") || head.ends_with("密级和保密期限");
        return labelled.then_some(SecrecyMark { legal: true, range: start..end });
    };
    let term = term.trim_start_matches(is_blank);
    let kept = term.len() - term.trim_start_matches(|c: char| c.is_numeric()).len();
    let years = term.get(kept..)?.starts_with('年').then_some(kept + '年'.len_utf8());
    let words = ["长期", "启用前", "启封前", "解密前"].into_iter().find(|word| term.starts_with(word));
    let length = years.or(words.map(str::len)).unwrap_or(0);
    Some(SecrecyMark { legal: true, range: start..text.len() - term.len() + length })
}

/// 内部资料 and what must not be done with it, at `start`.
fn internal(text: &str, start: usize) -> Option<SecrecyMark> {
    let rest = text.get(start..)?;
    let word = INTERNAL.into_iter().find(|word| rest.starts_with(word))?;
    let between = |c: char| is_blank(c) || "，,、。．.！!；;：:（(【[·-—*".contains(c);
    let after = rest.get(word.len()..)?.trim_start_matches(between);
    let must_not = MUST_NOT.into_iter().find(|word| after.starts_with(word))?;
    let after = after.get(must_not.len()..)?;
    let done = DONE.into_iter().find(|word| after.starts_with(word))?;
    let end = text.len() - after.len() + done.len();
    Some(SecrecyMark { legal: false, range: start..end })
}

/// A mark that is all of its line, blanks and the signs of Markdown apart.
fn alone(text: &str, at: usize) -> Option<SecrecyMark> {
    let begin = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(begin..)?.lines().next()?;
    if line.len() > 64 {
        return None;
    }
    let frame = |c: char| is_blank(c) || "#*>|_【】[]（）()".contains(c) || c == '\r';
    let lead = line.len() - line.trim_start_matches(frame).len();
    let inner = line.trim_matches(frame);
    let word: String = inner.chars().filter(|c| !is_blank(*c)).collect();
    let legal = LEGAL.contains(&word.as_str());
    let start = begin + lead;
    let known = legal || INTERNAL.contains(&word.as_str());
    known.then(|| SecrecyMark { legal, range: start..start + inner.len() })
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |mark: &SecrecyMark| {
            format!(
                "{}{}",
                if mark.legal { "" } else { "内 " },
                text.get(mark.range.clone()).expect("a range of the text")
            )
        };
        assert_eq!(secrecy_marks(text).iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn marks_are_known_by_their_form() {
        check("秘密★1年", &["秘密★1年"]);
        check("文件标有 机密 ★ 长期 字样", &["机密 ★ 长期"]);
        check("绝密★启用前\n2021年试卷", &["绝密★启用前"]);
        check("机密☆", &["机密☆"]);
        check("密级：秘密\n编号：3", &["秘密"]);
        check("机　密\n\n关于印发……", &["机　密"]);
        check("# 绝密\n", &["绝密"]);
        check("内部资料 不得外传", &["内 内部资料 不得外传"]);
        check("（内部文件，注意保密）", &["内 内部文件，注意保密"]);
        check("【内部使用】\n", &["内 内部使用"]);
        check("工作秘密", &["内 工作秘密"]);
    }

    #[test]
    fn prose_about_secrecy_passes() {
        check("严守党和国家秘密，不泄露工作秘密。", &[]);
        check("加强机密文件管理，严禁把内部资料外传。", &[]);
        check("涉密载体分为绝密、机密、秘密三级。", &[]);
        check("举报人信息严格保密★★★", &[]);
        check("**机密**等级", &[]);
        check("内部资料管理制度", &[]);
        check("| 秘密 | 机密 |", &[]);
    }
}

//! Numbers that are known by a word: passports by 护照, police officers' badges
//! by 警号, number plates by the province's character that they begin with.
//!
//! A passport's number is a letter, a digit or a second letter, and seven
//! digits (GA/T 704); a badge has six to eight digits (GA 244: six); a plate is
//! a province's character, a letter, and five or six letters and digits
//! without I and O, or four and 警 (GA 36-2018). Without the word nine
//! characters are too many other things, so nothing is found.

use std::ops::Range;

use super::{PersonalKind, PersonalNumber, digits};

const PASSPORT: &str = "护照";
const BADGE: &str = "警号";

/// The provinces as plates name them.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// How far behind its label a number may begin, in characters.
const REACH: usize = 8;

/// The number whose first digit, or one of whose digits, stands at `digit`.
pub(super) fn at(text: &str, digit: usize) -> Option<PersonalNumber> {
    let before = text.get(..digit)?;
    plate(text, before).or_else(|| {
        let reach = before.chars().rev().take(REACH + 2).map(char::len_utf8).sum::<usize>();
        let near = before.get(before.len() - reach..)?;
        let labels = [(PASSPORT, PersonalKind::Passport), (BADGE, PersonalKind::Badge)];
        labels.into_iter().find_map(|(label, kind)| {
            let behind = before.len() - reach + near.rfind(label)? + label.len();
            labelled(text.get(behind..)?, behind, kind)
        })
    })
}

/// A sign of a number, half-width and in capitals.
pub(super) fn sign(c: char) -> Option<char> {
    match digits::digit(c) {
        Some(digit) => Some(char::from(digit)),
        None => match c {
            'A'..='Z' | 'a'..='z' => Some(c.to_ascii_uppercase()),
            'Ａ'..='Ｚ' => char::from_u32(c as u32 - 'Ａ' as u32 + 'A' as u32),
            'ａ'..='ｚ' => char::from_u32(c as u32 - 'ａ' as u32 + 'A' as u32),
            _ => None,
        },
    }
}

/// The word of signs that begins within [`REACH`] characters of `text`, which
/// stands at byte `at`, in the same sentence.
fn word(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let ends = |c: char| matches!(c, '。' | '；' | '，' | '、' | '\n' | '）' | ')');
    let begin = text.char_indices().take(REACH).take_while(|(_, c)| !ends(*c));
    let begin = begin.into_iter().find(|(_, c)| sign(*c).is_some())?.0;
    let rest = text.get(begin..)?;
    let spelled: String = rest.chars().map_while(sign).collect();
    let len: usize = rest.chars().take(spelled.chars().count()).map(char::len_utf8).sum();
    Some((at + begin..at + begin + len, spelled))
}

fn labelled(after: &str, at: usize, kind: PersonalKind) -> Option<PersonalNumber> {
    let (range, spelled) = word(after, at)?;
    let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    let fits = match (kind, spelled.as_bytes()) {
        (PersonalKind::Passport, [first, second, rest @ ..]) => {
            first.is_ascii_uppercase() && second.is_ascii_alphanumeric() && rest.len() == 7 && digits(rest)
        }
        (PersonalKind::Badge, all) => (6..=8).contains(&all.len()) && digits(all),
        _ => false,
    };
    let visible = if kind == PersonalKind::Passport { (2, 2) } else { (1, 2) };
    fits.then_some(PersonalNumber { kind, range, spelled, visible })
}

/// The plate that goes on behind `before`, which ends before a digit of it.
fn plate(text: &str, before: &str) -> Option<PersonalNumber> {
    let walked = before.chars().rev().take(7);
    let signs: usize = walked.take_while(|c| sign(*c).is_some() || is_dot(*c)).map(char::len_utf8).sum();
    let province = before.get(..before.len() - signs)?.chars().next_back()?;
    if signs == 0 || !PROVINCES.contains(province) {
        return None;
    }
    let start = before.len() - signs - province.len_utf8();
    let mut spelled = String::from(province);
    let (mut end, mut dotted) = (start + province.len_utf8(), false);
    for c in text.get(end..)?.chars() {
        let own = spelled.chars().count();
        if own == 2 && !dotted && is_dot(c) {
            dotted = true;
        } else if let Some(sign) = sign(c).filter(|sign| own > 1 || sign.is_ascii_uppercase()) {
            spelled.push(sign);
        } else {
            break;
        }
        end += c.len_utf8();
    }
    let special = text.get(end..)?.starts_with(['警', '学', '挂', '港', '澳']);
    let own: Vec<char> = spelled.chars().skip(2).collect();
    let digits = own.iter().filter(|c| c.is_ascii_digit()).count();
    let known = own.iter().all(|c| !matches!(c, 'I' | 'O'));
    let fits = known && digits >= 3 && (matches!(own.len(), 5 | 6) || (special && own.len() == 4));
    fits.then_some(PersonalNumber { kind: PersonalKind::Plate, range: start..end, spelled, visible: (2, 2) })
}

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '.' | '-' | ' ' | '．')
}

#[cfg(test)]
mod tests {
    use super::super::numbers;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = numbers(text)
            .iter()
            .map(|number| text.get(number.range.clone()).expect("a range of the text").to_owned())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn passports_badges_and_plates() {
        check("护照号码：E12345678。", &["E12345678"]);
        check("持护照 EA1234567 入境", &["EA1234567"]);
        check("护照（g12345678）", &["g12345678"]);
        check("警号012345的民警", &["012345"]);
        check("警号：０１２３４５", &["０１２３４５"]);
        check("车牌号为豫LA1234警的车", &["豫LA1234"]);
        check("豫L·12345、京AD12345", &["豫L·12345", "京AD12345"]);
        check("护照办理 3 天，编号 E12345678", &[]);
        check("护照、证件共12345678件", &[]);
        check("编号E12345678", &[]);
        check("警号封存，2021年", &[]);
        check("新A座12345室", &[]);
        check("赴京G1234次列车", &[]);
        check("豫S81高速", &[]);
        check("全新APP10086", &[]);
    }
}

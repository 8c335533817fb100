//! Numbers as lists of Word write them (ECMA-376, part 1, 17.18.59).

/// Chinese digits from 0.
const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// As banks write them.
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// The ten stems and the twelve branches.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
/// ㊀ to ㊉.
const IN_CIRCLES: &str = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉";

/// `number` in that format; in digits where the format is not known.
pub(super) fn numeral(number: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting"
        | "ideographTraditionalCounting" => counted(number, DIGITS, ['十', '百', '千']),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counted(number, LEGAL, ['拾', '佰', '仟'])
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            number.to_string().chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect()
        }
        "decimalFullWidth" | "decimalFullWidth2" => shifted(number, '0', '０'),
        "ideographTraditional" => nth(STEMS, number),
        "ideographZodiac" => nth(BRANCHES, number),
        "ideographEnclosedCircle" => nth(IN_CIRCLES, number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from(number, '①', 20),
        "decimalEnclosedParen" => from(number, '⑴', 20),
        "decimalEnclosedFullstop" => from(number, '⒈', 20),
        _ => number.to_string(),
    }
}

/// The character that stands `number - 1` behind `first`, of `most`.
fn from(number: u32, first: char, most: u32) -> String {
    let c = (1..=most).contains(&number).then(|| char::from_u32(u32::from(first) + number - 1)).flatten();
    c.map_or_else(|| number.to_string(), String::from)
}

fn nth(all: &str, number: u32) -> String {
    let at = usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1);
    at.and_then(|at| all.chars().nth(at)).map_or_else(|| number.to_string(), String::from)
}

fn shifted(number: u32, from: char, to: char) -> String {
    let shift = |c: char| char::from_u32(u32::from(c) - u32::from(from) + u32::from(to));
    number.to_string().chars().filter_map(shift).collect()
}

/// 十二, 一百零五, up to 9999.
fn counted(number: u32, digits: [char; 10], units: [char; 3]) -> String {
    if !(1..10_000).contains(&number) {
        return if number == 0 {
            digits.first().map(ToString::to_string).unwrap_or_default()
        } else {
            number.to_string()
        };
    }
    let mut out = String::new();
    let mut gap = false;
    for power in (0..4_u32).rev() {
        let digit = number / 10_u32.pow(power) % 10;
        if digit == 0 {
            gap |= !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        // 十二, not 一十二; banks say 壹拾贰.
        let bare = power == 1 && digit == 1 && out.is_empty() && units.first() == Some(&'十');
        if !bare {
            out.extend(usize::try_from(digit).ok().and_then(|digit| digits.get(digit)));
        }
        out.extend(usize::try_from(power).ok().and_then(|power| units.get(power.checked_sub(1)?)));
    }
    out
}

/// I to MMMCMXCIX.
fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4_000).contains(&number) {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// A to Z, then AA, BB.
fn letters(number: u32) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from_u32(u32::from('A') + at % 26).unwrap_or('A');
    letter.to_string().repeat(usize::try_from(at / 26 + 1).unwrap_or(1).min(8))
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, cases) in [
            (
                "chineseCountingThousand",
                &[
                    (1, "一"),
                    (10, "十"),
                    (12, "十二"),
                    (20, "二十"),
                    (105, "一百零五"),
                    (110, "一百一十"),
                    (1001, "一千零一"),
                ][..],
            ),
            ("chineseLegalSimplified", &[(1, "壹"), (12, "壹拾贰")][..]),
            ("ideographDigital", &[(10, "一〇"), (21, "二一")][..]),
            ("ideographTraditional", &[(1, "甲"), (11, "11")][..]),
            ("decimalEnclosedCircle", &[(1, "①"), (20, "⑳"), (21, "21")][..]),
            ("decimalFullWidth", &[(12, "１２")][..]),
            ("upperRoman", &[(4, "IV"), (1999, "MCMXCIX"), (4000, "4000")][..]),
            ("lowerLetter", &[(1, "a"), (28, "bb"), (0, "")][..]),
            ("decimalZero", &[(7, "07")][..]),
            ("decimal", &[(7, "7")][..]),
        ] {
            for (number, expected) in cases {
                assert_eq!(numeral(*number, format), *expected, "{format} {number}");
            }
        }
    }
}

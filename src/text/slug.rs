//! Names in addresses, made from text: ASCII letters, digits and `-`.
//!
//! A Han character becomes its commonest reading without tone; per character
//! that is wrong for polyphones and place names, so phrases go first: the
//! column's own (`pinyin:` in the config), then [`PHRASES`].

use pinyin::ToPinyin;

/// The longest slug that is made from a text, in bytes; file systems allow 255
/// for a name, and a reader should be able to see an address whole.
const LONGEST: usize = 80;

/// Words that are read otherwise than their characters' commonest readings.
const PHRASES: [(&str, &str); 40] = [
    ("漯河", "luohe"),
    ("郾城", "yancheng"),
    ("召陵", "shaoling"),
    ("长葛", "changge"),
    ("重庆", "chongqing"),
    ("厦门", "xiamen"),
    ("六安", "luan"),
    ("蚌埠", "bengbu"),
    ("番禺", "panyu"),
    ("东阿", "donge"),
    ("浚县", "xunxian"),
    ("荥阳", "xingyang"),
    ("中牟", "zhongmu"),
    ("银行", "yinhang"),
    ("行业", "hangye"),
    ("行长", "hangzhang"),
    ("音乐", "yinyue"),
    ("快乐", "kuaile"),
    ("长城", "changcheng"),
    ("长期", "changqi"),
    ("长效", "changxiao"),
    ("成长", "chengzhang"),
    ("局长", "juzhang"),
    ("校长", "xiaozhang"),
    ("所长", "suozhang"),
    ("队长", "duizhang"),
    ("重温", "chongwen"),
    ("重走", "chongzou"),
    ("重新", "chongxin"),
    ("重阳", "chongyang"),
    ("调研", "diaoyan"),
    ("调查", "diaocha"),
    ("调度", "diaodu"),
    ("率先", "shuaixian"),
    ("效率", "xiaolv"),
    ("会计", "kuaiji"),
    ("参差", "cenci"),
    ("朝阳", "chaoyang"),
    ("传记", "zhuanji"),
    ("处理", "chuli"),
];

/// A slug from `text`: syllables and Latin words joined by `-`, lower case,
/// cut at a syllable to 80 bytes; empty where nothing can be spelled.
pub fn from_text(text: &str, phrases: &[(String, String)]) -> String {
    let mut slug = String::with_capacity(text.len().min(LONGEST));
    let mut rest = text;
    let mut latin = false;
    while let Some(c) = rest.chars().next() {
        let (syllable, taken, is_latin) = next(rest, c, phrases);
        rest = rest.get(taken..).unwrap_or_default();
        if syllable.is_empty() {
            latin = false;
            continue;
        }
        let hyphen = usize::from(!(slug.is_empty() || (latin && is_latin)));
        if slug.len() + hyphen + syllable.len() > LONGEST {
            break;
        }
        if hyphen == 1 {
            slug.push('-');
        }
        slug.push_str(&syllable);
        latin = is_latin;
    }
    slug
}

/// The spelling of what `rest`, which begins with `c`, begins with; how many
/// bytes that takes; and whether it goes on a Latin word.
fn next(rest: &str, c: char, phrases: &[(String, String)]) -> (String, usize, bool) {
    let own = phrases.iter().map(|(phrase, spelling)| (phrase.as_str(), spelling.as_str()));
    let phrase = own.chain(PHRASES).find(|(phrase, _)| !phrase.is_empty() && rest.starts_with(phrase));
    if let Some((phrase, spelling)) = phrase {
        let plain = spelling.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        return (plain.to_ascii_lowercase(), phrase.len(), false);
    }
    let folded = narrow(c);
    if folded.is_ascii_alphanumeric() {
        return (folded.to_ascii_lowercase().to_string(), c.len_utf8(), true);
    }
    let syllable = c.to_pinyin().map(|sound| sound.plain().replace('ü', "v")).unwrap_or_default();
    (syllable, c.len_utf8(), false)
}

/// A full-width letter or digit as a half-width one.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether `slug` can stand in an address as it is: ASCII letters, digits, `-`
/// and `_`, neither empty nor longer than 100 bytes.
pub fn is_plain(slug: &str) -> bool {
    (1..=100).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

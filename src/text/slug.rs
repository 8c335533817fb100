//! Names in addresses: Chinese as pinyin, all else as plain ASCII.
//!
//! Pinyin goes by character, which is wrong for polyphones; so phrases come
//! first, the config's before the built-in ones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

/// The longest slug, in bytes. A file's name may have 255, and a page's number
/// and extension are added.
const LONGEST: usize = 80;

/// Words whose characters read otherwise than alone: place names, and polyphones
/// that a column's titles use.
const PHRASES: &[(&str, &str)] = &[
    ("漯河", "luo he"),
    ("郾城", "yan cheng"),
    ("召陵", "shao ling"),
    ("源汇", "yuan hui"),
    ("临颍", "lin ying"),
    ("舞阳", "wu yang"),
    ("长葛", "chang ge"),
    ("长垣", "chang yuan"),
    ("长沙", "chang sha"),
    ("长春", "chang chun"),
    ("长治", "chang zhi"),
    ("长安", "chang an"),
    ("长江", "chang jiang"),
    ("长城", "chang cheng"),
    ("长征", "chang zheng"),
    ("长期", "chang qi"),
    ("长效", "chang xiao"),
    ("长远", "chang yuan"),
    ("长处", "chang chu"),
    ("特长", "te chang"),
    ("擅长", "shan chang"),
    ("延长", "yan chang"),
    ("所长", "suo zhang"),
    ("局长", "ju zhang"),
    ("队长", "dui zhang"),
    ("支队长", "zhi dui zhang"),
    ("市长", "shi zhang"),
    ("部长", "bu zhang"),
    ("组长", "zu zhang"),
    ("校长", "xiao zhang"),
    ("院长", "yuan zhang"),
    ("成长", "cheng zhang"),
    ("增长", "zeng zhang"),
    ("家长", "jia zhang"),
    ("重庆", "chong qing"),
    ("重温", "chong wen"),
    ("重新", "chong xin"),
    ("重塑", "chong su"),
    ("重建", "chong jian"),
    ("重复", "chong fu"),
    ("双重", "shuang chong"),
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("行列", "hang lie"),
    ("同行", "tong hang"),
    ("排行", "pai hang"),
    ("音乐", "yin yue"),
    ("乐曲", "yue qu"),
    ("声乐", "sheng yue"),
    ("调查", "diao cha"),
    ("调研", "diao yan"),
    ("调动", "diao dong"),
    ("调度", "diao du"),
    ("抽调", "chou diao"),
    ("强调", "qiang diao"),
    ("调整", "tiao zheng"),
    ("调解", "tiao jie"),
    ("便民", "bian min"),
    ("方便", "fang bian"),
    ("便利", "bian li"),
    ("会计", "kuai ji"),
    ("六安", "lu an"),
    ("厦门", "xia men"),
    ("蚌埠", "beng bu"),
    ("亳州", "bo zhou"),
    ("台州", "tai zhou"),
    ("丽水", "li shui"),
    ("番禺", "pan yu"),
    ("东阿", "dong e"),
    ("浚县", "xun xian"),
    ("洛阳", "luo yang"),
    ("中牟", "zhong mu"),
    ("尉氏", "wei shi"),
    ("乐清", "yue qing"),
    ("朝阳", "chao yang"),
    ("单县", "shan xian"),
    ("都市", "du shi"),
    ("首都", "shou du"),
    ("成都", "cheng du"),
    ("参差", "cen ci"),
    ("出差", "chu chai"),
    ("差距", "cha ju"),
    ("还款", "huan kuan"),
    ("归还", "gui huan"),
    ("为民", "wei min"),
    ("行为", "xing wei"),
    ("供给", "gong ji"),
    ("给予", "ji yu"),
    ("奖惩", "jiang cheng"),
    ("处分", "chu fen"),
    ("处理", "chu li"),
    ("处罚", "chu fa"),
    ("惩处", "cheng chu"),
    ("角色", "jue se"),
    ("传记", "zhuan ji"),
    ("自传", "zi zhuan"),
    ("数量", "shu liang"),
    ("质量", "zhi liang"),
    ("力量", "li liang"),
    ("测量", "ce liang"),
    ("模样", "mu yang"),
    ("模范", "mo fan"),
    ("率先", "shuai xian"),
    ("表率", "biao shuai"),
    ("效率", "xiao lü"),
    ("统率", "tong shuai"),
    ("省视", "xing shi"),
    ("反省", "fan xing"),
    ("内省", "nei xing"),
    ("相册", "xiang ce"),
    ("宿舍", "su she"),
    ("兴趣", "xing qu"),
    ("高兴", "gao xing"),
    ("应对", "ying dui"),
    ("回应", "hui ying"),
    ("响应", "xiang ying"),
    ("当作", "dang zuo"),
    ("当前", "dang qian"),
    ("妥当", "tuo dang"),
    ("难题", "nan ti"),
    ("灾难", "zai nan"),
    ("教书", "jiao shu"),
    ("校对", "jiao dui"),
    ("记载", "ji zai"),
    ("转载", "zhuan zai"),
    ("下载", "xia zai"),
    ("积累", "ji lei"),
    ("弹药", "dan yao"),
    ("子弹", "zi dan"),
    ("劲旅", "jing lü"),
    ("背景", "bei jing"),
    ("的确", "di que"),
    ("目的", "mu di"),
    ("了解", "liao jie"),
    ("着力", "zhuo li"),
    ("着眼", "zhuo yan"),
    ("着重", "zhuo zhong"),
    ("沉着", "chen zhuo"),
    ("得失", "de shi"),
    ("夹层", "jia ceng"),
    ("曾经", "ceng jing"),
    ("解放", "jie fang"),
    ("任务", "ren wu"),
    ("什么", "shen me"),
    ("怎么", "zen me"),
    ("地方", "di fang"),
    ("实地", "shi di"),
];

/// Surnames that read otherwise than the same character elsewhere.
const SURNAMES: &[(&str, &str)] = &[
    ("尉迟", "yu chi"),
    ("万俟", "mo qi"),
    ("长孙", "zhang sun"),
    ("单于", "chan yu"),
    ("单", "shan"),
    ("仇", "qiu"),
    ("解", "xie"),
    ("曾", "zeng"),
    ("查", "zha"),
    ("任", "ren"),
    ("区", "ou"),
    ("朴", "piao"),
    ("盖", "ge"),
    ("缪", "miao"),
    ("乐", "yue"),
    ("覃", "qin"),
    ("翟", "zhai"),
    ("华", "hua"),
    ("宁", "ning"),
    ("重", "chong"),
    ("种", "chong"),
    ("洗", "xian"),
    ("冼", "xian"),
    ("员", "yun"),
    ("折", "she"),
    ("黑", "he"),
    ("召", "shao"),
];

static BUILT_IN: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| PHRASES.iter().copied().collect());

/// The longest built-in phrase, in characters.
const LONGEST_PHRASE: usize = 4;

/// The name in addresses for `text`: lower-case ASCII letters and digits, words
/// and syllables joined by `-`, cut at a `-` to 80 bytes; empty where nothing
/// can be spelled. `phrases` are the config's, with their pinyin.
pub fn from_text(text: &str, phrases: &[(String, String)]) -> String {
    let mut parts = Parts::default();
    let folded: String = text.nfkc().collect();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let taken = if let Some((length, reading)) = phrase(rest, phrases) {
            parts.word(reading);
            length
        } else {
            parts.character(first);
            first.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or("");
    }
    parts.finish()
}

/// As [`from_text`], for a person's name: the surname reads as one.
pub fn from_name(name: &str, phrases: &[(String, String)]) -> String {
    let given = phrases.iter().any(|(phrase, _)| name.starts_with(phrase.as_str()));
    let surname = SURNAMES.iter().find(|(surname, _)| !given && name.starts_with(surname));
    let Some((surname, reading)) = surname else { return from_text(name, phrases) };
    let rest = from_text(name.strip_prefix(surname).unwrap_or(""), phrases);
    let reading = reading.replace(' ', "-");
    if rest.is_empty() { reading } else { format!("{reading}-{rest}") }
}

/// How each character of `text` reads: pinyin without tones for 汉字, an ASCII
/// letter or digit as itself in lower case, nothing for all else.
pub fn readings(text: &str, phrases: &[(String, String)]) -> Vec<String> {
    let mut readings = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((length, reading)) = phrase(rest, phrases) {
            let syllables: Vec<String> =
                reading.split([' ', '-', '\'']).filter(|s| !s.is_empty()).map(spelled).collect();
            let characters = rest.get(..length).map_or(0, |phrase| phrase.chars().count());
            if syllables.len() == characters {
                readings.extend(syllables);
                rest = rest.get(length..).unwrap_or("");
                continue;
            }
        }
        let own = first.to_ascii_lowercase();
        readings.push(match first.to_pinyin() {
            Some(pinyin) => spelled(pinyin.plain()),
            None if own.is_ascii_alphanumeric() => own.to_string(),
            None => String::new(),
        });
        rest = rest.get(first.len_utf8()..).unwrap_or("");
    }
    readings
}

/// A syllable as it is typed.
fn spelled(syllable: &str) -> String {
    syllable.to_lowercase().replace('ü', "v").chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A name in addresses for a text that has none of its own, or whose own is
/// taken: `x` and eight hexadecimal digits of a hash.
pub fn short_hash(text: &str) -> String {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    format!("x{}", hash.get(..8).unwrap_or_default())
}

/// Whether `slug` can stand in an address as it is: ASCII letters, digits, `-`
/// and `_`, neither empty nor longer than 100 bytes.
pub fn is_plain(slug: &str) -> bool {
    (1..=100).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The phrase that `rest` begins with: its length in bytes, and its pinyin.
fn phrase<'p>(rest: &str, phrases: &'p [(String, String)]) -> Option<(usize, &'p str)> {
    let own = phrases.iter().filter(|(phrase, _)| !phrase.is_empty() && rest.starts_with(phrase.as_str()));
    if let Some((phrase, reading)) = own.max_by_key(|(phrase, _)| phrase.len()) {
        return Some((phrase.len(), reading));
    }
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_PHRASE);
    let found = ends.filter_map(|end| Some((end, *BUILT_IN.get(rest.get(..end)?)?)));
    found.last()
}

/// A slug as it grows.
#[derive(Default)]
struct Parts {
    text: String,
    /// Whether the last character was part of a Latin word or number.
    in_word: bool,
}

impl Parts {
    /// A syllable or phrase of pinyin.
    fn word(&mut self, reading: &str) {
        for syllable in reading.split([' ', '-', '\'']).filter(|syllable| !syllable.is_empty()) {
            self.separate();
            self.letters(syllable);
        }
        self.in_word = false;
    }

    fn character(&mut self, c: char) {
        if let Some(pinyin) = c.to_pinyin() {
            self.word(pinyin.plain());
        } else if c.is_alphanumeric() {
            if !self.in_word {
                self.separate();
            }
            let before = self.text.len();
            self.letters(c.encode_utf8(&mut [0; 4]));
            self.in_word = self.text.len() > before;
        } else if c != '\'' && c != '’' {
            self.in_word = false;
        }
    }

    fn separate(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('-') {
            self.text.push('-');
        }
    }

    /// The ASCII letters and digits of `text`, accents dropped; `ü` is `v`, as
    /// it is typed.
    fn letters(&mut self, text: &str) {
        let plain = text.replace(['ü', 'Ü'], "v").replace('ß', "ss");
        let ascii = plain.nfkd().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
        self.text.extend(ascii);
    }

    /// The slug, cut at a `-` where it is too long.
    fn finish(self) -> String {
        let text = self.text.trim_matches('-');
        let Some(short) = text.get(..LONGEST) else { return text.to_owned() };
        let whole = text.as_bytes().get(LONGEST).is_none_or(|next| *next == b'-');
        let cut = if whole { short } else { short.rsplit_once('-').map_or(short, |(before, _)| before) };
        cut.trim_matches('-').to_owned()
    }
}

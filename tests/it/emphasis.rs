//! Emphasis in Chinese, Japanese, Korean and mixed text.

use crate::commonmark::normal;
use crate::markdown::html;

fn comrak(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    comrak::markdown_to_html(text, &options)
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = normal(&html(text));
        let found = found.trim_start_matches("<p>").trim_end_matches("</p>");
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}\n  comrak   {}", comrak(text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A small generator of numbers, the same on every machine (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("below n")
    }

    fn text(&mut self, parts: &[&str], most: usize) -> String {
        let length = 1 + self.below(most);
        (0..length).map(|_| parts[self.below(parts.len())]).collect()
    }
}

/// `rounds` random texts of `parts` give what comrak's implementation of the
/// amendment gives.
#[track_caller]
fn same_as_comrak(seed: u64, rounds: usize, parts: &[&str]) {
    let mut random = Random(seed);
    let mut wrong = Vec::new();
    for _ in 0..rounds {
        let text = random.text(parts, 14);
        let (ours, theirs) = (normal(&html(&text)), normal(&comrak(&text)));
        if ours != theirs {
            wrong.push(format!("{text:?}\n  comrak {theirs}\n  ours   {ours}"));
        }
    }
    let shown: Vec<&str> = wrong.iter().take(10).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {rounds} differ\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn random_asterisks_as_in_comrak() {
    let parts = [
        "*", "**", "***", "中", "文", "。", "，", "《", "》", "“", "”", "：", "a", "b", " ", ".", "(", ")", "！", "か",
        "ー", "「", "」", "한", "글", "…", "—", "é", "１", "（", "）", "\\", "`", "_", "塚\u{FE00}", "葛\u{E0100}", "①",
        "④", "㋐", "¥", "￥", "👍", "·",
    ];
    same_as_comrak(20_210_308, 100_000, &parts);
}

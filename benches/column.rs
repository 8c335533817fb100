//! A column of any size, made from a few words: the same number gives the same
//! bytes.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use zhuanlan::path::SourcePath;
use zhuanlan::source::{Blobs, Source, SourceTree};

const SECTIONS: [(&str, &str); 4] =
    [("directives", "上级部署"), ("study", "学习资料"), ("experience", "经验做法"), ("news", "工作动态")];
const UNITS: [&str; 6] = ["东城分局", "西城分局", "南湖分局", "特警支队", "交警支队", "政治部"];
const TOPICS: [&str; 12] = [
    "政治建警",
    "从严治警",
    "学习教育",
    "查纠整改",
    "总结提升",
    "党史学习",
    "英模教育",
    "警示教育",
    "廉政教育",
    "警务实战",
    "红色教育",
    "专题党课",
];
const WHO: [&str; 6] = ["市公安局党委", "各基层所队", "班子成员", "全体民警", "督导检查组", "窗口单位"];
const HOW: [&str; 6] = ["坚持高标准", "进一步", "扎实有序地", "统筹", "结合工作实际", "带头"];
const WHAT: [&str; 6] = [
    "推进队伍教育整顿各项任务",
    "组织开展专题党课辅导",
    "梳理群众反映的突出问题",
    "落实便民惠民举措",
    "完善责任清单和整改台账",
    "学习研讨交流",
];

/// A small generator of numbers (SplitMix64): benches need no good one.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap_or(0)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }
}

/// No photos, no attachments.
pub(crate) struct NoBlobs;

impl Blobs for NoBlobs {
    fn read(&self, path: &SourcePath) -> io::Result<Arc<[u8]>> {
        Err(io::Error::new(io::ErrorKind::NotFound, path.to_string()))
    }
}

/// The path of article `n`.
pub(crate) fn path(n: usize) -> SourcePath {
    let (folder, _) = SECTIONS[n % SECTIONS.len()];
    SourcePath::new(&format!("content/{folder}/a{n:06}.md")).expect("a plain path")
}

/// The text of article `n` of `count`; `edit` changes its body, `title` its title.
pub(crate) fn article(n: usize, count: usize, title: &str, edit: &str) -> String {
    let mut r = Numbers(n as u64);
    let mut out = String::new();
    let (day, minute) = (n / 200, (n % 200) * 7);
    let date =
        jiff::civil::date(2021, 2, 1).saturating_add(jiff::Span::new().days(i64::try_from(day).unwrap_or(0)));
    let unit = r.pick(&UNITS);
    let _ = write!(
        out,
        "---\ntitle: \"{title}{unit}教育整顿工作第{n}期\"\ndate: {date} {:02}:{:02}\ntopics: [{}, {}]\nunits: [{unit}]\nbyline:\n  本报记者: 王晓明\nsource: 本报\n---\n\n",
        minute / 60,
        minute % 60,
        TOPICS[r.below(6)],
        TOPICS[6 + r.below(6)],
    );
    for heading in 0..4 {
        let _ = write!(out, "## {}{}\n\n", r.pick(&HOW), heading + 1);
        for _ in 0..4 {
            for _ in 0..3 {
                let _ =
                    write!(out, "{}{}{}，**{}**。", r.pick(&WHO), r.pick(&HOW), r.pick(&WHAT), r.pick(&WHAT));
            }
            out.push_str("\n\n");
        }
    }
    let other = r.below(count);
    let (folder, _) = SECTIONS[other % SECTIONS.len()];
    let _ = write!(
        out,
        "相关报道：[往期](../{folder}/a{other:06}.md)。\n\n| 单位 | 数量 |\n| --- | ---: |\n| {unit} | {n} |\n{edit}\n"
    );
    out
}

/// A column of `count` articles.
pub(crate) fn column(count: usize) -> SourceTree {
    let mut tree = SourceTree::default();
    let mut config = String::from(
        "title: 教育整顿进行时\ndescription: 基准测试\nbase_url: https://www.example.org/\nsections:\n",
    );
    for (folder, title) in SECTIONS {
        let _ = writeln!(config, "  - {{folder: {folder}, title: {title}}}");
    }
    config.push_str("units:\n");
    for unit in UNITS {
        let _ = writeln!(config, "  - {{name: {unit}}}");
    }
    tree.insert(SourcePath::config(), Source::text(config.into_bytes()));
    for n in 0..count {
        tree.insert(path(n), Source::text(article(n, count, "", "").into_bytes()));
    }
    tree
}

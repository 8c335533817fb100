//! The few words that a body needs in HTML, in the piece's language.

use pulldown_cmark::BlockQuoteKind;

use crate::text::is_traditional;

/// Words for readers, some of them only heard.
#[derive(Debug)]
pub(super) struct Words {
    /// Names a table that scrolls: 表格1.
    pub(super) table: &'static str,
    /// Names the footnotes.
    pub(super) notes: &'static str,
    /// Names the way back from a footnote.
    pub(super) back: &'static str,
    /// A ticked task.
    pub(super) done: &'static str,
    /// An open task.
    pub(super) open: &'static str,
    alerts: [&'static str; 5],
    /// The id of a heading whose text gives none.
    pub(super) section: &'static str,
}

static CHINESE: Words = Words {
    table: "表格",
    notes: "注释",
    back: "回到正文",
    done: "已完成",
    open: "未完成",
    alerts: ["注意", "提示", "重要", "警告", "小心"],
    section: "节",
};

static TRADITIONAL: Words = Words {
    table: "表格",
    notes: "註釋",
    back: "回到正文",
    done: "已完成",
    open: "未完成",
    alerts: ["注意", "提示", "重要", "警告", "小心"],
    section: "節",
};

static ENGLISH: Words = Words {
    table: "Table ",
    notes: "Notes",
    back: "Back to the text",
    done: "Done",
    open: "To do",
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
    section: "section",
};

impl Words {
    /// The words for a BCP 47 tag: Chinese for `zh`, else English.
    pub(super) fn for_lang(lang: &str) -> &'static Self {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        match () {
            () if !primary.is_empty() && !primary.eq_ignore_ascii_case("zh") => &ENGLISH,
            () if is_traditional(lang) => &TRADITIONAL,
            () => &CHINESE,
        }
    }

    /// The class and the label of an alert.
    pub(super) fn alert(&self, kind: BlockQuoteKind) -> (&'static str, &'static str) {
        let [note, tip, important, warning, caution] = self.alerts;
        match kind {
            BlockQuoteKind::Note => ("note", note),
            BlockQuoteKind::Tip => ("tip", tip),
            BlockQuoteKind::Important => ("important", important),
            BlockQuoteKind::Warning => ("warning", warning),
            BlockQuoteKind::Caution => ("caution", caution),
        }
    }
}

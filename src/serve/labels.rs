//! The words of the preview's own pages, in both languages.

use serde::Serialize;

use crate::build::State;
use crate::diagnostic::{Lang, Severity};

/// Words that stand alone. The scripts get them as they are, so no sentence
/// is written in two places.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    /// Of `<html>`.
    pub(super) lang: &'static str,
    pub(super) bar: &'static str,
    pub(super) collapse: &'static str,
    pub(super) expand: &'static str,
    pub(super) overview: &'static str,
    pub(super) count: &'static str,
    pub(super) minutes: &'static str,
    pub(super) open: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) failed: &'static str,
    pub(super) error: &'static str,
    pub(super) errors: &'static str,
    pub(super) of_draft: &'static str,
    pub(super) warning: &'static str,
    pub(super) warnings: &'static str,
    pub(super) here: &'static str,
    pub(super) none_here: &'static str,
    pub(super) stays: &'static str,
    pub(super) later: &'static str,
    pub(super) hint: &'static str,
    pub(super) write: &'static str,
    pub(super) copy_line: &'static str,
    pub(super) more: &'static str,
    pub(super) offline: &'static str,
    pub(super) broken: &'static str,
    pub(super) missing: &'static str,
    pub(super) no_site: &'static str,
    pub(super) next: &'static str,
    pub(super) nothing_due: &'static str,
    pub(super) title: &'static str,
    pub(super) state: &'static str,
    pub(super) section: &'static str,
    pub(super) date: &'static str,
    pub(super) findings: &'static str,
    pub(super) source: &'static str,
    pub(super) all: &'static str,
    pub(super) search: &'static str,
    pub(super) filter: &'static str,
    pub(super) pieces: &'static str,
    pub(super) previous_page: &'static str,
    pub(super) next_page: &'static str,
    pub(super) with_findings: &'static str,
    pub(super) home: &'static str,
    pub(super) wechat: &'static str,
}

const ZH: Words = Words {
    lang: "zh-CN",
    bar: "预览",
    collapse: "收起",
    expand: "展开预览栏",
    overview: "全栏总览",
    count: "字",
    minutes: "分钟读完",
    open: "在编辑器中打开",
    copy: "复制位置",
    copied: "已复制",
    failed: "没能打开，已复制位置",
    error: "处错误",
    errors: "处错误",
    of_draft: "（草稿）",
    warning: "处提示",
    warnings: "处提示",
    here: "本页",
    none_here: "本页没有提示",
    stays: "改好之前，页面保持上一次正确的样子",
    later: "先看页面",
    hint: "提示",
    write: "改成",
    copy_line: "复制改好的一行",
    more: "还有更多，见终端",
    offline: "预览已停止，等它重新运行",
    broken: "这篇稿件还不能显示",
    missing: "没有这个页面",
    no_site: "专栏还不能显示",
    next: "下一次变化",
    nothing_due: "没有定时发布或到期的稿件",
    title: "标题",
    state: "状态",
    section: "栏目",
    date: "日期",
    findings: "提示",
    source: "文件",
    all: "全部",
    search: "标题或文件名",
    filter: "筛选",
    pieces: "篇",
    previous_page: "上一页",
    next_page: "下一页",
    with_findings: "有提示",
    home: "首页",
    wechat: "公众号版",
};

const EN: Words = Words {
    lang: "en",
    bar: "preview",
    collapse: "collapse",
    expand: "expand the preview bar",
    overview: "overview",
    count: "words",
    minutes: "min to read",
    open: "open in the editor",
    copy: "copy its place",
    copied: "copied",
    failed: "could not open it; its place is copied",
    error: "error",
    errors: "errors",
    of_draft: " (draft)",
    warning: "warning",
    warnings: "warnings",
    here: "this page",
    none_here: "nothing to note on this page",
    stays: "until it is mended, the page stays as it last was right",
    later: "show the page",
    hint: "hint",
    write: "write",
    copy_line: "copy the mended line",
    more: "there are more, see the terminal",
    offline: "the preview has stopped; waiting for it to run again",
    broken: "this piece can't be shown yet",
    missing: "there is no such page",
    no_site: "the column can't be shown yet",
    next: "next change",
    nothing_due: "nothing is scheduled or about to expire",
    title: "title",
    state: "state",
    section: "section",
    date: "date",
    findings: "findings",
    source: "file",
    all: "all",
    search: "title or file name",
    filter: "filter",
    pieces: "pieces",
    previous_page: "previous page",
    next_page: "next page",
    with_findings: "with findings",
    home: "home",
    wechat: "WeChat edition",
};

impl Words {
    /// Those of `lang`.
    pub(super) fn for_lang(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}

/// A state's short name, for classes and addresses.
pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Published => "published",
        State::Draft => "draft",
        State::Scheduled(_) => "scheduled",
        State::Expired(_) => "expired",
    }
}

/// What a state means for readers.
pub(super) fn state_text(state: State, lang: Lang) -> String {
    let minutes = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
    match (lang, state) {
        (Lang::Zh, State::Published) => "会发布".to_owned(),
        (Lang::Zh, State::Draft) => "草稿，读者看不到".to_owned(),
        (Lang::Zh, State::Scheduled(at)) => format!("定时 {}", minutes(at)),
        (Lang::Zh, State::Expired(at)) => format!("{} 已到期", minutes(at)),
        (Lang::En, State::Published) => "to be published".to_owned(),
        (Lang::En, State::Draft) => "draft, hidden from readers".to_owned(),
        (Lang::En, State::Scheduled(at)) => format!("from {}", minutes(at)),
        (Lang::En, State::Expired(at)) => format!("expired {}", minutes(at)),
    }
}

/// The same of a piece that an error keeps back.
pub(super) fn wrong_text(state: State, lang: Lang) -> String {
    match (lang, state) {
        (Lang::Zh, State::Published) => "有错误，还不能发布".to_owned(),
        (Lang::En, State::Published) => "with errors, not to be published".to_owned(),
        (Lang::Zh, _) => format!("{}；有错误", state_text(state, lang)),
        (Lang::En, _) => format!("{}; with errors", state_text(state, lang)),
    }
}

/// A severity's word.
pub(super) fn severity_text(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::Zh, Severity::Error) => "错误",
        (Lang::Zh, Severity::Warning) => "警告",
        (Lang::Zh, Severity::Note) => "注意",
        (Lang::En, Severity::Error) => "error",
        (Lang::En, Severity::Warning) => "warning",
        (Lang::En, Severity::Note) => "note",
    }
}

/// A severity's short name, for classes.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    severity_text(severity, Lang::En)
}

//! Where titles may break: between words, never inside one.

use zhuanlan::text::words;

/// `shown` is the title with a stroke at each place where it may break.
#[track_caller]
fn check(shown: &str) {
    let title = shown.replace('｜', "");
    assert_eq!(words(&title).join("｜"), shown);
}

#[test]
fn one_character_and_a_mark_lean_on_the_word_before() {
    check("民警｜写作课，｜两天治｜“三不”");
    check("民警｜写作课");
    check("这样｜读书");
}

#[test]
fn words_of_the_trade_are_known() {
    check("整顿｜暨｜党史｜学习｜教育");
    check("上｜党课");
}

#[test]
fn a_number_takes_its_measure_along() {
    check("28个｜单位，｜两天｜部署完");
}

#[test]
fn no_title_loses_a_character() {
    for title in
        ["", "课", "课，", "，课", "a 课。", "以考促学：考场有抽检，也有录像", "e\u{301}课\u{200d}！"]
    {
        assert_eq!(words(title).concat(), title);
    }
}

/// `shown` is the title as HTML with `[` `]` round what stays on one line, `｜` for the places to break.
#[track_caller]
fn check_html(title: &str, shown: &str) {
    let html = zhuanlan::html::breakable(&words(title));
    let html = html.replace("<wbr>", "｜").replace("<span class=\"c\">", "[").replace("</span>", "]");
    assert_eq!(html, shown);
}

#[test]
fn short_clauses_stay_on_one_line() {
    check_html("谁牵头、谁联系：责任分成三层", "谁牵头、｜[谁｜联系：]｜[责任｜分成｜三层]");
    check_html("集中学：每周两个下午", "集中学：｜[每周｜两个｜下午]");
}

#[test]
fn a_clause_does_not_end_within_quotation_marks() {
    check_html("从“学什么、怎样学”说起：一堂课", "[从｜“学｜什么、｜怎样学”｜说起：]｜一堂课");
}

#[test]
fn a_title_without_clauses_breaks_between_words_only() {
    check_html("全市公安队伍教育整顿", "全市｜公安｜队伍｜教育｜整顿");
    check_html("学", "学");
    check_html("", "");
}

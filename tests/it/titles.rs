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

//! Addresses stay with their owner.

use super::Case;

const BOOK: &str = "addresses.yaml";

fn piece(byline: &str, more: &str) -> String {
    format!("---\n标题: 乙\n日期: 2021-03-09\n署名: {{记者: {byline}}}\n{more}---\n\n正文。\n")
}

fn h1(case: &Case, page: &str) -> String {
    let html = case.read(&format!("output/{page}"));
    let (_, after) = html.split_once("<h1").unwrap();
    after.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()
}

#[test]
fn bug_address_taken_over() {
    let case = Case::new("bug-address-taken-over");
    case.build();
    assert_eq!(h1(&case, "people/zhang-wei.html"), "章威");
    assert!(case.read(BOOK).contains("\"people/章威\": zhang-wei\n"));
    let before = case.read(BOOK);
    // 张伟 comes before 章威 by code point, and later in time.
    case.write("content/news/b.md", &piece("张伟", ""));
    assert_eq!(case.run(&["check"]).code, 0);
    assert_eq!(case.read(BOOK), before, "`check` writes nothing");
    case.build();
    assert_eq!(h1(&case, "people/zhang-wei.html"), "章威");
    let name = case.read(BOOK);
    let name = name.lines().find_map(|line| line.strip_prefix("\"people/张伟\": ")).expect("张伟");
    assert_eq!(h1(&case, &format!("people/{name}.html")), "张伟");
    // Nothing new, nothing written.
    assert!(case.build().stderr.contains("没有变化"));
}

#[test]
fn topics_and_series_keep_theirs_too() {
    let case = Case::new("bug-address-taken-over");
    case.write("content/news/a.md", &piece("章威", "主题: [意义]\n系列: 意义\n"));
    case.build();
    case.write("content/news/b.md", &piece("章威", "主题: [一一]\n系列: 一一\n"));
    case.write("content/news/c.md", &piece("章威", "主题: [义一]\n系列: 义一\n"));
    case.build();
    assert_eq!(
        (h1(&case, "topics/yi-yi.html"), h1(&case, "series/yi-yi.html")),
        ("意义".into(), "意义".into())
    );
}

#[test]
fn who_has_gone_leaves_the_address_empty() {
    let case = Case::new("bug-address-taken-over");
    case.build();
    case.write("content/news/a.md", &piece("张伟", ""));
    case.build();
    assert!(!case.path("output/people/zhang-wei.html").exists());
    assert!(case.read(BOOK).contains("\"people/章威\": zhang-wei\n"));
}

#[test]
fn the_book_is_the_same_whatever_the_order_and_sorted() {
    let case = Case::new("bug-address-taken-over");
    case.write("content/news/b.md", &piece("[王伟, 李娜]", "系列: 五种学法\n"));
    case.build();
    let book = case.read(BOOK);
    let lines: Vec<&str> = book.lines().skip(1).collect();
    assert!(lines.is_sorted() && lines.len() == 4, "{book}");
    std::fs::remove_file(case.path(BOOK)).unwrap();
    std::fs::remove_dir_all(case.path("output")).unwrap();
    case.build();
    assert_eq!(case.read(BOOK), book);
}

#[test]
fn a_merge_of_two_branches_is_put_right() {
    let case = Case::new("bug-address-taken-over");
    case.write("content/news/b.md", &piece("张伟", ""));
    // Each branch gave `zhang-wei` away, and one line came twice.
    case.write(
        BOOK,
        "\"people/张伟\": zhang-wei\n\"people/章威\": zhang-wei\n\"people/张伟\": zhang-wei\n\"series/五种学法\": wu-zhong\n",
    );
    let run = case.build();
    assert_eq!(run.stderr.matches("警告[address-twice]").count(), 1, "{run:?}");
    assert_eq!(h1(&case, "people/zhang-wei.html"), "张伟");
    let book = case.read(BOOK);
    assert_eq!(book.lines().filter(|line| line.ends_with(": zhang-wei")).count(), 1, "{book}");
    assert!(
        book.contains("\"series/五种学法\": wu-zhong\n") && book.contains("\"people/章威\": zhang-wei-"),
        "{book}"
    );
    assert!(case.build().stderr.contains("没有发现问题"));
}

#[test]
fn what_is_no_entry_is_an_error_at_its_line() {
    let case = Case::new("bug-address-taken-over");
    case.write(BOOK, "\"people/章威\": zhang-wei\n<<<<<<< HEAD\n\"people/李娜\": li na\n");
    let run = case.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("错误[address-line]") && run.stderr.contains("addresses.yaml:2:1"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("警告[address-name]") && run.stderr.contains("addresses.yaml:3:1"),
        "{run:?}"
    );
}

#[test]
fn a_draft_gets_no_address_yet() {
    let case = Case::new("bug-address-taken-over");
    case.write("content/news/b.md", &piece("李娜", "草稿: 是\n"));
    assert_eq!(case.run(&["build", "--drafts"]).code, 0);
    assert!(!case.path(BOOK).exists());
    case.build();
    assert!(!case.read(BOOK).contains("李娜"));
}

//! The program started without a word beside a column, as a double click does.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the browser was given, where a browser was opened.
fn opened(program: &Path, folder: &Path, tools: &Path) -> Option<String> {
    let note = tools.join("opened");
    let mut child = Command::new(program)
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", tools.display()))
        .env("OPENED", &note)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let mut found = None;
    while found.is_none() && began.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(20));
        found = fs::read_to_string(&note).ok().filter(|text| text.ends_with('\n'));
        if matches!(child.try_wait(), Ok(Some(_))) {
            break;
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    fs::remove_file(&note).ok();
    found
}

/// `new --open` opens the file that it wrote, wherever it was started.
#[cfg(unix)]
#[test]
fn a_new_piece_is_opened() {
    let (home, tools) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    browser(tools.path());
    fs::create_dir_all(home.path().join("content/news")).unwrap();
    fs::write(home.path().join("column.yaml"), "title: 专栏\nsections: [{folder: news, title: 新闻}]\n")
        .unwrap();
    let note = tools.path().join("opened");
    let ended = Command::new(env!("CARGO_BIN_EXE_zhuanlan"))
        .args(["new", "news", "座谈会", "--open", "--date", "2021年3月8日"])
        .current_dir(home.path().join("content"))
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", tools.path().display()))
        .env("OPENED", &note)
        .output()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
    let began = Instant::now();
    let mut opened = String::new();
    while !opened.ends_with('\n') && began.elapsed() < Duration::from_mins(2) {
        std::thread::sleep(Duration::from_millis(20));
        opened = fs::read_to_string(&note).unwrap_or_default();
    }
    let file = fs::canonicalize(home.path().join("content/news/2021-03-08-座谈会.md")).unwrap();
    assert_eq!(Path::new(opened.trim_end()), file);
}

/// A browser that only notes what it was asked to show.
#[cfg(unix)]
fn browser(tools: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let script = tools.join("xdg-open");
    fs::write(&script, "#!/bin/sh\necho \"$1\" > \"$OPENED\"\n").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_double_click_shows_the_column_beside_the_program() {
    let (home, tools, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    browser(tools.path());
    fs::write(home.path().join("column.yaml"), "title: 专栏\nsections: [{folder: news, title: 新闻}]\n")
        .unwrap();
    fs::create_dir_all(home.path().join("content/news")).unwrap();
    fs::write(
        home.path().join("content/news/a.md"),
        "---\ntitle: 一篇\ndate: 2021-03-08\nsummary: 说明。\n---\n\n正文。\n",
    )
    .unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_zhuanlan"));
    let beside = home.path().join("zhuanlan");
    fs::copy(program, &beside).unwrap();
    // Some desktops start programs in the home folder, others where they are.
    for (program, folder) in [(program, home.path()), (&beside, elsewhere.path())] {
        let shown = opened(program, folder, tools.path());
        assert!(shown.as_deref().is_some_and(|url| url.starts_with("http://127.0.0.1:")), "{shown:?}");
    }
    assert_eq!(opened(program, elsewhere.path(), tools.path()), None, "with no column it says how to begin");
}

/// What Windows' command processor needs of the starters that `init` writes:
/// lines that end with CR LF, no character of any code page, no argument that
/// ends with a backslash before its quotation mark.
#[test]
fn the_starters_are_batch_files() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("专栏 & 100%");
    zhuanlan::scaffold::init(&folder, jiff::civil::date(2021, 3, 8), false).unwrap();
    for (name, command) in [("预览.cmd", "call zhuanlan serve --open"), ("生成.cmd", "call zhuanlan build")]
    {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        assert!(text.is_ascii() && text.ends_with("pause\r\n"), "{text:?}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
        assert_eq!(text.matches('"').count(), 4, "{text:?}");
        let lines: Vec<&str> = text.lines().collect();
        let of_folder = ["pushd \"%~dp0\" || goto :end", "set \"PATH=%~dp0;%PATH%\"", command];
        assert!(lines.windows(3).any(|three| three == of_folder), "{text}");
    }
    let attributes = fs::read_to_string(folder.join(".gitattributes")).unwrap();
    assert!(attributes.contains("*.cmd text eol=crlf"), "or git gives them another line end: {attributes}");
}

//! The real command, killed at any request, is followed by a run that ends
//! right.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use serde_json::json;

use super::command::{Bureau, PIECE};
use super::server::Cut;

/// The piece before or after an edit, which brings another picture.
fn write(bureau: &Bureau, edited: bool) {
    if edited {
        bureau.piece("新的正文。", &["一", "三"]);
    } else {
        bureau.piece("原来的正文。", &["一", "二"]);
    }
}

/// A column whose piece is as it was, pushed, and then edited; or new.
fn begin(edited: bool) -> Bureau {
    let bureau = Bureau::new();
    if edited {
        write(&bureau, false);
        assert_eq!(bureau.push(&[]).code, Some(0));
    }
    write(&bureau, edited);
    bureau.server.account().requests.clear();
    bureau
}

/// Starts the command and kills it (SIGKILL) while the service holds its
/// request number `at`.
fn cut_off(bureau: &Bureau, at: usize, cut: Cut) {
    bureau.server.account().cut_at = Some((at, cut));
    let args = ["wechat", "push", PIECE, "--api", &bureau.server.api];
    let mut process = bureau.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let held = bureau.server.cut.recv_timeout(Duration::from_mins(5));
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(held.is_ok(), "request {at} never came");
    bureau.server.account().cut_at = None;
}

/// How often each picture and cover was uploaded.
fn uploads(bureau: &Bureau) -> BTreeMap<Vec<u8>, usize> {
    let account = bureau.server.account();
    let mut uploads = BTreeMap::new();
    for (_, bytes) in &account.pictures {
        *uploads.entry([b"picture", bytes.as_slice()].concat()).or_insert(0) += 1;
    }
    for (_, _, bytes) in &account.materials {
        *uploads.entry([b"cover", bytes.as_slice()].concat()).or_insert(0) += 1;
    }
    uploads
}

fn check(edited: bool) {
    let whole = begin(edited);
    assert_eq!(whole.push(&[]).code, Some(0));
    let all = whole.server.account().requests.len();
    assert!(all >= 5, "{all}");
    for at in 0..all {
        for cut in [Cut::Before, Cut::After] {
            let bureau = begin(edited);
            cut_off(&bureau, at, cut);
            let name = bureau.server.account().requests.last().cloned().unwrap();
            let context = format!("request {at} ({name}), cut off {cut:?}, edited {edited}");

            let run = bureau.push(&["--format", "json"]);
            assert_eq!(run.code, Some(0), "{context}: {run:?}");
            assert_eq!(run.json()["problems"], json!([]), "{context}: {run:?}");
            assert_eq!(bureau.server.account().drafts.len(), 1, "{context}");
            let article = bureau.server.account().drafts[0].1.clone();
            let content = article["content"].as_str().unwrap();
            assert!(content.contains(if edited { "新的正文" } else { "原来的正文" }), "{context}");
            assert_eq!(content.matches("mmbiz.qpic.cn").count(), 2, "{context}");

            // Nobody can ask the service for the address of a picture whose
            // answer was lost: that one is uploaded again, and none besides.
            let again: usize = uploads(&bureau).values().map(|count| count - 1).sum();
            let lost = usize::from(cut == Cut::After && name.ends_with("uploadimg"));
            assert_eq!(again, lost, "{context}");

            bureau.server.account().requests.clear();
            assert_eq!(bureau.push(&["--format", "json"]).json()["outcome"], "unchanged", "{context}");
            assert!(bureau.server.account().requests.is_empty(), "{context}");
        }
    }
}

#[test]
fn a_first_push_may_be_killed_at_any_request() {
    check(false);
}

#[test]
fn an_update_may_be_killed_at_any_request() {
    check(true);
}

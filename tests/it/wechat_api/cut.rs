//! A run that is killed at any request is followed by one that ends right.
//!
//! The run is a process of its own, this program with one test, and is killed
//! with SIGKILL while the service holds its request.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use zhuanlan::wechat_api::Outcome;

use super::server::Cut;
use super::*;

/// The variable that tells the process what to push where.
const TASK: &str = "ZHUANLAN_TEST_PUSH";

/// The piece before and after an edit.
fn piece(edited: bool) -> Edition {
    if edited {
        edition("甲", "新的正文。", &["一", "三"])
    } else {
        edition("甲", "原来的正文。", &["一", "二二"])
    }
}

/// What the process does; nothing where it is run with the other tests.
#[test]
fn process() {
    let Ok(task) = std::env::var(TASK) else { return };
    let [api, root, edited]: [&str; 3] = task.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let credentials = credentials();
    let http = Http::new(api).unwrap();
    let session = Session::new(&http, &credentials, &Hurried);
    let store = Store::open(Path::new(root), &credentials, "process").unwrap();
    let mut pusher = Pusher::new(session, store, Office::new().options);
    let edition = piece(edited == "true");
    let draft = Draft { edition: &edition, source: Key::hash(b""), pictures: &Drawn };
    assert!(pusher.push(&draft).unwrap().problems.is_empty());
}

/// Starts the process and kills it when its request number `at` is held.
fn cut_off(office: &Office, at: usize, cut: Cut, edited: bool) {
    {
        let mut account = office.server.account();
        account.requests.clear();
        account.cut_at = Some((at, cut));
    }
    let task = format!("{} {} {edited}", office.server.api, office.root().display());
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["wechat_api::cut::process", "--exact", "--test-threads=1"])
        .env(TASK, task)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let held = office.server.cut.recv_timeout(Duration::from_mins(5));
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(held.is_ok(), "request {at} never came");
    office.server.account().cut_at = None;
}

/// How many requests a run makes that nobody cuts off.
fn requests(edited: bool) -> usize {
    let office = Office::new();
    if edited {
        office.push_well(&piece(false));
    }
    office.server.account().requests.clear();
    office.push_well(&piece(edited));
    office.server.account().requests.len()
}

/// How often each picture and cover was uploaded.
fn uploads(office: &Office) -> BTreeMap<Vec<u8>, usize> {
    let account = office.server.account();
    let mut uploads = BTreeMap::new();
    let covers = account.materials.iter().map(|(_, _, bytes)| bytes);
    for bytes in account.pictures.iter().map(|(_, bytes)| bytes).chain(covers) {
        *uploads.entry(bytes.clone()).or_insert(0) += 1;
    }
    uploads
}

fn check(edited: bool) {
    let all = requests(edited);
    assert!(all >= 5, "{all}");
    for at in 0..all {
        for cut in [Cut::Before, Cut::After] {
            let office = Office::new();
            if edited {
                office.push_well(&piece(false));
            }
            cut_off(&office, at, cut, edited);
            let name = office.server.account().requests.last().cloned().unwrap();
            let context = format!("request {at} ({name}), cut off {cut:?}, edited {edited}");

            let pushed = office.push(&piece(edited)).unwrap_or_else(|error| panic!("{context}: {error}"));
            assert!(pushed.problems.is_empty(), "{context}: {pushed:?}");
            assert_eq!(office.server.account().drafts.len(), 1, "{context}");
            let article = office.server.account().drafts[0].1.clone();
            let content = article["content"].as_str().unwrap();
            assert!(content.contains(if edited { "新的正文" } else { "原来的正文" }), "{context}");
            assert_eq!(content.matches("mmbiz.qpic.cn").count(), 2, "{context}");

            // Nobody can ask the service for the address of a picture whose
            // answer was lost: that one is uploaded again, and none besides.
            let again: usize = uploads(&office).values().map(|count| count - 1).sum();
            let lost = usize::from(cut == Cut::After && name.ends_with("uploadimg"));
            assert_eq!(again, lost, "{context}");

            office.server.account().requests.clear();
            assert_eq!(office.push_well(&piece(edited)).outcome, Outcome::Unchanged, "{context}");
            assert!(office.server.account().requests.is_empty(), "{context}");
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

//! What a push asks for, and what is in the draft box after it.

use std::rc::Rc;

use serde_json::json;
use zhuanlan::wechat_api::{Auth, Outcome, Rehearsal, Request, Response, Transport, Trouble};
use zhuanlan::wechat_api::{Pusher, Session, Store, draft_states};

use super::server::{SECRET, Server};
use super::*;

const FIRST: [&str; 6] = [
    "draft/batchget",
    "media/uploadimg",
    "media/uploadimg",
    "material/add_material",
    "draft/add",
    "draft/get",
];

#[test]
fn a_piece_is_added_then_left_alone_then_updated() {
    let office = Office::new();
    let first = edition("座谈会", "市局召开座谈会。", &["一", "二二"]);
    let pushed = office.push_well(&first);
    assert_eq!((pushed.outcome, pushed.pictures, pushed.uploaded), (Outcome::Added, 2, 3));
    assert_eq!(asked(&office.server), FIRST);

    // Nothing changed: nothing is asked, not even a token.
    let pushed = office.push_well(&first);
    assert_eq!((pushed.outcome, pushed.uploaded), (Outcome::Unchanged, 0));
    assert!(asked(&office.server).is_empty());

    // Other words, and a picture more: the same draft, one upload.
    let second = edition("座谈会", "市局召开第二次座谈会。", &["一", "二二", "三"]);
    let pushed = office.push_well(&second);
    assert_eq!((pushed.outcome, pushed.uploaded), (Outcome::Updated, 1));
    assert_eq!(asked(&office.server), ["draft/get", "media/uploadimg", "draft/update", "draft/get"]);

    let account = office.server.account();
    assert_eq!((account.drafts.len(), account.pictures.len(), account.materials.len()), (1, 3, 1));
    let article = &account.drafts[0].1;
    assert_eq!(article["title"], "教育整顿座谈会");
    assert_eq!(article["author"], "某某");
    assert_eq!(article["content_source_url"], "https://www.example.org/news/座谈会.html");
    assert_eq!(article["pic_crop_235_1"], "0.000000_0.120000_1.000000_0.860000");
    assert_eq!((&article["need_open_comment"], &article["only_fans_can_comment"]), (&json!(0), &json!(0)));
    let content = article["content"].as_str().unwrap();
    assert!(content.contains("第二次") && content.matches("mmbiz.qpic.cn").count() == 3, "{content}");
}

#[test]
fn equal_pictures_of_several_pieces_are_uploaded_once() {
    let office = Office::new();
    let all = [edition("甲", "一。", &["同一张", "甲图"]), edition("乙", "二。", &["同一张"])];
    for pushed in office.push_all(&[&all[0], &all[1]]) {
        assert_eq!(problems(&pushed.unwrap()), [""; 0]);
    }
    assert_eq!(office.server.account().pictures.len(), 2);
    assert_eq!(office.server.counts()[0], ("draft/add".to_owned(), 2));
    // The box was listed once, a token asked for once.
    assert!(office.server.counts().contains(&("draft/batchget".to_owned(), 1)));
    assert!(office.server.counts().contains(&("stable_token".to_owned(), 1)));
}

#[test]
fn a_token_that_ends_in_the_middle_is_renewed() {
    for (lasts, overlap) in [(3, 0), (3, 2), (2, 1), (4, 5)] {
        let office = Office::new();
        office.server.account().token_lasts = lasts;
        office.server.account().overlap = overlap;
        let pushed = office.push_well(&edition("甲", "正文。", &["一", "二二", "三", "四四"]));
        assert_eq!(pushed.uploaded, 5, "{lasts} {overlap}");
        let account = office.server.account();
        assert_eq!((account.drafts.len(), account.pictures.len(), account.materials.len()), (1, 4, 1));
    }
}

#[test]
fn another_program_may_take_the_token_away() {
    let office = Office::new();
    let refused = server::Instead::Code(40001, "invalid credential".to_owned());
    office.server.instead("/cgi-bin/media/uploadimg", [refused.clone()]);
    office.push_well(&edition("甲", "正文。", &["一"]));
    // The service gave the same token again, so one was asked for by force.
    assert_eq!(office.server.account().forced, 1);

    // Refused again and again: it ends, after one renewal.
    office.server.instead("/cgi-bin/draft/get", [refused.clone(), refused]);
    let error = office.push(&edition("甲", "新的正文。", &["一"])).unwrap_err();
    assert!(words(&error).contains("40001"), "{error}");
    assert_eq!(office.server.account().forced, 2);
}

#[test]
fn pictures_that_do_not_arrive_are_found_missing() {
    let office = Office::new();
    // Of another host: it vanishes without an error.
    let mut foreign = edition("甲", "正文。", &["一", "二二"]);
    foreign.html += "<section><img src=\"https://www.example.org/x.jpg\"></section>";
    let pushed = office.push(&foreign).unwrap();
    assert_eq!(problems(&pushed), ["wechat-pictures-missing"]);
    let told = pushed.problems[0].message(Lang::Zh);
    assert_eq!(told.text, "草稿里的图片少了：推送 3 张，草稿里有 2 张");

    // One of ours that the service lost is named, and uploaded again.
    let ours = edition("乙", "正文。", &["一", "丢失"]);
    office.server.account().lost.push(Drawn.bytes(&ours.pictures[1]).unwrap());
    let pushed = office.push(&ours).unwrap();
    let told = pushed.problems[0].message(Lang::En).text;
    assert_eq!(
        told,
        "pictures are missing in the draft: 2 were sent, 1 are there; missing: pictures/02.png 图说2"
    );
    office.server.account().lost.clear();
    let pushed = office.push_well(&ours);
    assert_eq!((pushed.outcome, pushed.uploaded), (Outcome::Updated, 1));
    assert_eq!(office.server.account().drafts.len(), 2);
}

#[test]
fn what_an_editor_changed_in_the_account_stays() {
    let mut office = Office::new();
    let first = edition("甲", "原来的正文。", &["一"]);
    office.push_well(&first);
    let edited = json!("<p>编辑改过的正文。</p>");
    office.server.account().drafts[0].1["content"] = edited.clone();
    let second = edition("甲", "新的正文。", &["一"]);
    let pushed = office.push(&second).unwrap();
    assert_eq!((pushed.outcome, problems(&pushed)), (Outcome::Failed, vec!["wechat-draft-edited"]));
    assert_eq!(office.server.account().drafts[0].1["content"], edited);

    office.options.overwrite = true;
    assert_eq!(office.push_well(&second).outcome, Outcome::Updated);
    let account = office.server.account();
    assert!(
        account.drafts.len() == 1 && account.drafts[0].1["content"].as_str().unwrap().contains("新的正文")
    );
}

/// Which of several articles is the piece can't be told, so none is touched.
#[test]
fn a_draft_that_was_combined_with_others_stays() {
    let mut office = Office::new();
    office.push_well(&edition("甲", "正文。", &["一"]));
    let own = office.server.account().drafts[0].1.clone();
    let several = json!([{ "title": "头条", "content": "头条的正文" }, own]);
    office.server.account().drafts[0].1 = several.clone();
    office.options.overwrite = true;
    let pushed = office.push(&edition("甲", "新的正文。", &["一"])).unwrap();
    assert_eq!((pushed.outcome, problems(&pushed)), (Outcome::Failed, vec!["wechat-draft-combined"]));
    assert_eq!(office.server.account().drafts[0].1, several);
}

#[test]
fn a_draft_that_left_the_box_is_added_anew() {
    let mut office = Office::new();
    let first = edition("甲", "正文。", &["一"]);
    office.push_well(&first);
    office.server.account().drafts.clear();
    let pushed = office.push(&edition("甲", "更正后的正文。", &["一"])).unwrap();
    assert_eq!((pushed.outcome, problems(&pushed)), (Outcome::Added, vec!["wechat-draft-gone"]));

    // Unchanged, it is looked for where that is asked.
    office.server.account().drafts.clear();
    let same = edition("甲", "更正后的正文。", &["一"]);
    assert_eq!(office.push_well(&same).outcome, Outcome::Unchanged);
    office.options.again = true;
    assert_eq!(office.push(&same).unwrap().outcome, Outcome::Added);
    let account = office.server.account();
    assert_eq!((account.drafts.len(), account.pictures.len()), (1, 1));
}

#[test]
fn another_computer_adds_no_second_draft() {
    let office = Office::new();
    let first = edition("甲", "正文。", &["一"]);
    office.push_well(&first);

    // The same words: it is the draft.
    let mut other = Office::at(Rc::clone(&office.server));
    assert_eq!(other.push_well(&first).outcome, Outcome::Updated);
    assert_eq!(office.server.account().drafts.len(), 1);

    // Other words: somebody's work, which is not touched unless that is asked.
    let second = edition("甲", "另一个正文。", &["一"]);
    other = Office::at(Rc::clone(&office.server));
    let pushed = other.push(&second).unwrap();
    assert_eq!((pushed.outcome, problems(&pushed)), (Outcome::Failed, vec!["wechat-draft-not-ours"]));
    other.options.overwrite = true;
    assert_eq!(other.push_well(&second).outcome, Outcome::Updated);
    assert_eq!(office.server.account().drafts.len(), 1);
}

/// In a column without an address, pieces are told by their titles.
#[test]
fn a_column_without_an_address_has_its_drafts_too() {
    let office = Office::new();
    let [mut first, mut second] = [edition("甲", "一。", &[]), edition("乙", "二。", &[])];
    first.fields.content_source_url = None;
    second.fields.content_source_url = None;
    second.fields.title = first.fields.title.clone();
    office.push_well(&first);
    office.push_well(&second);
    assert_eq!(office.server.account().drafts.len(), 2);
    assert_eq!(office.server.account().drafts[0].1["content_source_url"], "");
}

#[test]
fn the_draft_is_looked_for_on_every_page_of_the_box() {
    let office = Office::new();
    let first = edition("甲", "正文。", &[]);
    office.push_well(&first);
    for number in 0..45 {
        let other = json!({ "title": "别的", "content": "别的", "content_source_url": "" });
        office.server.account().drafts.push((format!("other-{number}"), other));
    }
    let other = Office::at(Rc::clone(&office.server));
    asked(&office.server);
    assert_eq!(other.push_well(&first).outcome, Outcome::Updated);
    let asked = asked(&office.server);
    assert_eq!(asked.iter().filter(|path| *path == "draft/batchget").count(), 3, "{asked:?}");
}

/// The service keeps `\u` escapes as text, so none is sent.
#[test]
fn nothing_is_escaped() {
    let office = Office::new();
    let mut strange = edition("甲", "“引号”\u{1}、\\u4e2d、\u{7f}、😀。", &[]);
    strange.fields.title = "题\u{2}目\t“一”".to_owned();
    office.push_well(&strange);
    let account = office.server.account();
    let article = &account.drafts[0].1;
    assert_eq!(article["title"], "题目\t“一”");
    assert!(article["content"].as_str().unwrap().contains("“引号”、\\u4e2d、、😀。"), "{article}");
}

#[test]
fn comments_are_as_the_piece_says() {
    for (comments, open, fans) in [(Comments::Open, 1, 0), (Comments::Fans, 1, 1)] {
        let office = Office::new();
        let mut piece = edition("甲", "正文。", &[]);
        piece.fields.comments = comments;
        office.push_well(&piece);
        let account = office.server.account();
        let article = &account.drafts[0].1;
        assert_eq!(
            (&article["need_open_comment"], &article["only_fans_can_comment"]),
            (&json!(open), &json!(fans))
        );
    }
}

#[test]
fn what_was_pushed_is_known_afterwards() {
    let office = Office::new();
    assert!(draft_states(office.root()).is_empty());
    office.push_well(&edition("甲", "正文。", &[]));
    let states = draft_states(office.root());
    let state = &states["content/news/甲.md"][0];
    assert_eq!(
        (state.account.as_str(), state.source.as_str()),
        ("…cdef", Key::hash(b"source").to_string().as_str())
    );
    assert_eq!(state.media_id, "draft-2");
}

/// A state that was cut short or spoilt counts as lost.
#[test]
fn a_spoilt_state_costs_no_second_draft() {
    let office = Office::new();
    let first = edition("甲", "正文。", &["一"]);
    office.push_well(&first);
    let path = office.root().join(format!(".cache/wechat/{}.json", super::APP_ID));
    for spoilt in ["", "{", "[]", "{\"drafts\": 3}"] {
        std::fs::write(&path, spoilt).unwrap();
        assert_eq!(office.push_well(&first).outcome, Outcome::Updated, "{spoilt}");
        assert_eq!(office.server.account().drafts.len(), 1);
    }
}

/// `--dry-run`: nothing is sent, everything is shown but what is secret.
#[test]
fn a_rehearsal_shows_each_request_and_sends_none() {
    struct Shown<'s>(&'s Rehearsal, std::cell::RefCell<Vec<String>>);
    impl Transport for Shown<'_> {
        fn send(&self, request: &Request, auth: Auth<'_>) -> Result<Response, Trouble> {
            self.1.borrow_mut().push(request.shown("https://api.weixin.qq.com"));
            self.0.send(request, auth)
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let rehearsal = Rehearsal::default();
    let shown = Shown(&rehearsal, std::cell::RefCell::default());
    let credentials = credentials();
    let options = Office::new().options;
    let store = Store::rehearsal(folder.path(), &credentials);
    let mut pusher = Pusher::new(Session::new(&shown, &credentials, &Hurried), store, options);
    let piece = edition("甲", "正文。", &["一", "二二"]);
    let pushed = pusher.push(&Draft { edition: &piece, source: Key::hash(b""), pictures: &Drawn }).unwrap();
    assert_eq!((pushed.outcome, problems(&pushed).len()), (Outcome::Added, 0));
    let shown = shown.1.into_inner();
    assert_eq!(shown.len(), 1 + FIRST.len());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let all = shown.join("\n");
    assert!(!all.contains(SECRET) && !all.contains("TOKEN") && all.contains("\"secret\": \"***\""), "{all}");
    assert!(all.contains("POST https://api.weixin.qq.com/cgi-bin/draft/add?access_token=***\n"), "{all}");
    assert!(all.contains("material/add_material?type=image&access_token=***\n"), "{all}");
    assert!(all.contains(".png\"; image/png; ") && all.contains("教育整顿甲"), "{all}");
}

#[test]
fn two_runs_do_not_push_to_one_account_at_once() {
    let office = Office::new();
    let credentials = credentials();
    let held = Store::open(office.root(), &credentials, "pid 1, zhuanlan wechat push").unwrap();
    let error = Store::open(office.root(), &credentials, "other").unwrap_err();
    assert!(words(&error).contains("pid 1, zhuanlan wechat push"), "{error}");
    drop(held);
    drop(open(office.root(), &credentials));
}

/// The test's own service refuses what the real one does.
#[test]
fn the_service_of_the_tests_wants_a_length_and_a_name() {
    use std::io::{Read as _, Write as _};
    let server = Server::new();
    let ask = |path: &str, head: &str, body: &str| {
        let mut stream = std::net::TcpStream::connect(server.api.trim_start_matches("http://")).unwrap();
        write!(stream, "POST {path} HTTP/1.1\r\n{head}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let secret = json!({ "grant_type": "client_credential", "appid": APP_ID, "secret": SECRET }).to_string();
    let answer = ask("/cgi-bin/stable_token", &format!("Content-Length: {}", secret.len()), &secret);
    let token = answer.split('"').find(|part| part.contains("_t0ken")).unwrap();
    let path = format!("/cgi-bin/media/uploadimg?access_token={token}");
    let part = |disposition: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"media\"{disposition}\r\n\r\n\u{0}\r\n--b--\r\n"
        )
    };
    let kind = "Content-Type: multipart/form-data; boundary=b";
    for (head, body) in [
        (kind.to_owned(), part("; filename=\"a.png\"")),
        (format!("{kind}\r\nTransfer-Encoding: chunked"), part("; filename=\"a.png\"")),
        (format!("{kind}\r\nContent-Length: {}", part("").len()), part("")),
        (format!("{kind}\r\nContent-Length: {}", part("; filename=\"a\"").len()), part("; filename=\"a\"")),
    ] {
        assert!(ask(&path, &head, &body).contains("41005"), "{head}");
    }
}

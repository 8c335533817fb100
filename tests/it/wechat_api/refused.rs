//! What the service refuses, what is tried again, and what is said.

use zhuanlan::wechat_api::{CredentialsFault, Outcome, Problem};

use super::server::Instead;
use super::*;

fn code(code: i64) -> Instead {
    Instead::Code(code, "said by the service rid: 1".to_owned())
}

/// Codes, and words of what is said of them in both languages.
const CODES: [(i64, &str, &str); 45] = [
    (-1, "系统繁忙", "busy"),
    (40001, "AppSecret 不对", "AppSecret"),
    (40002, "取 access_token", "grant"),
    (40004, "文件类型", "type of file"),
    (40005, "图片格式", "format of picture"),
    (40006, "文件大小", "size"),
    (40007, "素材编号", "media_id"),
    (40009, "图片太大", "too large"),
    (40013, "AppID 不对", "AppID is wrong"),
    (40014, "access_token 不对", "token is wrong"),
    (40125, "AppSecret 不对", "AppSecret is wrong"),
    (40164, "白名单", "whitelist"),
    (40243, "冻结", "frozen"),
    (41001, "缺少 access_token", "no token"),
    (41002, "缺少 AppID", "no AppID"),
    (41004, "缺少 AppSecret", "no AppSecret"),
    (41005, "没有收到图片", "did not arrive"),
    (41006, "缺少素材编号", "missing"),
    (42001, "已过期", "expired"),
    (43002, "POST", "POST"),
    (43003, "HTTPS", "HTTPS"),
    (44001, "图片是空的", "picture is empty"),
    (44002, "内容是空的", "request is empty"),
    (44003, "图文内容是空的", "article is empty"),
    (45001, "图片超过大小", "too large"),
    (45002, "正文太长", "body is too long"),
    (45003, "标题太长", "title is too long"),
    (45004, "摘要太长", "digest is too long"),
    (45005, "链接太长", "address is too long"),
    (45008, "图文太大", "article is too large"),
    (45009, "次数用完", "quota"),
    (45011, "太频繁", "too many calls"),
    (45110, "作者太长", "author is too long"),
    (45166, "不被接受的内容", "not taken"),
    (47001, "格式不对", "can't be read"),
    (48001, "没有这个接口的权限", "may not use"),
    (48004, "接口被封禁", "banned"),
    (50002, "受到限制", "restricted"),
    (50004, "禁止使用", "may not ask for tokens"),
    (50007, "账号已冻结", "account is frozen"),
    (53402, "封面裁剪失败", "cropped"),
    (53404, "商品", "goods"),
    (89501, "管理员确认", "administrator"),
    (89503, "管理员确认", "administrator"),
    (99999, "没有见过", "do not know"),
];

#[test]
fn every_code_has_its_message_and_leaves_no_draft() {
    for (number, zh, en) in CODES {
        let office = Office::new();
        office.server.instead("/cgi-bin/draft/add", std::iter::repeat_n(code(number), 8));
        let piece = edition("甲", "正文。", &["一"]);
        let said = match office.push(&piece) {
            Ok(pushed) => {
                assert_eq!(pushed.outcome, Outcome::Failed, "{number}");
                [Lang::Zh, Lang::En].map(|lang| pushed.problems[0].message(lang))
            }
            Err(error) => [Lang::Zh, Lang::En].map(|lang| error.message(lang)),
        };
        assert!(said[0].text.starts_with(&format!("公众号接口 `draft/add` 返回 {number}：")), "{said:?}");
        assert!(said[0].text.contains(zh) && said[1].text.contains(en), "{number}: {said:?}");
        assert!(said.iter().all(|said| said.text.contains("rid: 1") && said.hint.is_some()), "{said:?}");
        assert_eq!(office.server.account().drafts.len(), 0);

        // Later it goes through, and nothing is uploaded twice.
        office.server.account().instead.clear();
        assert_eq!(office.push_well(&piece).outcome, Outcome::Added, "{number}");
        let account = office.server.account();
        let covers = if number == 40007 { 2 } else { 1 };
        assert_eq!(
            (account.pictures.len(), account.materials.len(), account.drafts.len()),
            (1, covers, 1),
            "{number}"
        );
    }
}

#[test]
fn the_quota_ends_the_run_and_the_next_day_goes_on() {
    let office = Office::new();
    let all = [edition("甲", "一。", &["一", "二二", "三"]), edition("乙", "二。", &["四四"])];
    office.push_well(&edition("丙", "三。", &["一"]));
    office.server.instead("/cgi-bin/media/uploadimg", [code(45009)]);
    asked(&office.server);
    let error = office.push(&all[0]).unwrap_err();
    assert!(words(&error).contains("45009") && words(&error).contains("明天再运行"), "{error}");
    assert_eq!(asked(&office.server), ["draft/batchget", "media/uploadimg"]);
    for pushed in office.push_all(&[&all[0], &all[1]]) {
        assert_eq!(problems(&pushed.unwrap()), [""; 0]);
    }
    assert_eq!(office.server.account().pictures.len(), 4);
}

#[test]
fn a_cover_that_the_account_lost_is_uploaded_again_once() {
    let office = Office::new();
    office.push_well(&edition("甲", "正文。", &["一"]));
    office.server.account().materials.clear();
    // As it updates a draft.
    assert_eq!(office.push_well(&edition("甲", "新的正文。", &["一"])).outcome, Outcome::Updated);
    assert_eq!(office.server.account().materials.len(), 1);
    // It is not tried for ever.
    asked(&office.server);
    office.server.instead("/cgi-bin/draft/update", [code(40007), code(40007)]);
    let pushed = office.push(&edition("甲", "又一个正文。", &["一"])).unwrap();
    assert_eq!(problems(&pushed), ["wechat-refused"]);
    assert_eq!(asked(&office.server), ["draft/get", "draft/update", "material/add_material", "draft/update"]);
}

#[test]
fn what_is_busy_is_tried_again() {
    for path in
        ["/cgi-bin/stable_token", "/cgi-bin/media/uploadimg", "/cgi-bin/draft/batchget", "/cgi-bin/draft/get"]
    {
        let office = Office::new();
        office.server.instead(path, [code(-1), code(-1), Instead::Status(502)]);
        office.push_well(&edition("甲", "正文。", &["一"]));
        assert_eq!(office.server.account().drafts.len(), 1);

        // Not for ever.
        office.server.instead(path, std::iter::repeat_n(code(-1), 4));
        if path != "/cgi-bin/draft/batchget" {
            let error = office.push(&edition("甲", "新的正文。", &["一", "二二"])).unwrap_err();
            assert!(words(&error).contains("系统繁忙"), "{path}: {error}");
        }
    }
}

/// The answer was lost, or said no though all was done: the second try finds
/// what the first one made.
#[test]
fn a_draft_or_cover_that_was_made_all_the_same_is_not_made_twice() {
    for done in [Instead::DoneBut(-1), Instead::Status(502), Instead::Status(504)] {
        for path in ["/cgi-bin/draft/add", "/cgi-bin/material/add_material", "/cgi-bin/draft/update"] {
            let office = Office::new();
            if path.ends_with("update") {
                office.push_well(&edition("甲", "原来的正文。", &["一"]));
            }
            office.server.instead(path, [done.clone()]);
            office.push_well(&edition("甲", "正文。", &["一"]));
            let account = office.server.account();
            assert_eq!((account.drafts.len(), account.materials.len()), (1, 1), "{path} {done:?}");
            assert!(
                account.drafts[0].1["content"].as_str().unwrap().contains("<p>正文。"),
                "{path} {done:?}"
            );
        }
    }
}

#[test]
fn limits_stop_one_piece_and_not_the_others() {
    let office = Office::new();
    let mut long = edition("甲", "正文。", &["一"]);
    long.fields.title = "题".repeat(33);
    let mut tall = edition("乙", &"字".repeat(20_000), &[]);
    tall.fields.digest = "摘".repeat(129);
    let results = office.push_all(&[&long, &tall, &edition("丙", "正文。", &["一"])]);
    let all: Vec<Pushed> = results.into_iter().map(Result::unwrap).collect();
    let text = |at: usize| all[at].problems[0].message(Lang::Zh).text;
    assert!(text(0).contains("45003") && text(0).contains("标题太长"), "{}", text(0));
    assert!(text(1).contains("45004"), "{}", text(1));
    assert_eq!((all[2].outcome, problems(&all[2]).len()), (Outcome::Added, 0));
    assert_eq!(office.server.account().pictures.len(), 1);

    tall.fields.digest.clear();
    let pushed = office.push(&tall).unwrap();
    assert!(pushed.problems[0].message(Lang::En).text.contains("45002"), "{pushed:?}");
}

#[test]
fn an_article_needs_a_cover() {
    let office = Office::new();
    let mut bare = edition("甲", "正文。", &[]);
    bare.fields.cover = None;
    let pushed = office.push(&bare).unwrap();
    assert_eq!(pushed.problems, [Problem::NoCover]);
    assert!(asked(&office.server).is_empty());
}

#[test]
fn who_is_not_there_is_said() {
    let office = Office::new();
    let gone = Server::new().api.clone();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let free = format!("http://{}", closed.local_addr().unwrap());
    drop((gone, closed));
    let credentials = credentials();
    let http = Http::new(&free).unwrap();
    let store = open(office.root(), &credentials);
    let mut pusher = Pusher::new(Session::new(&http, &credentials, &Hurried), store, office.options);
    let piece = edition("甲", "正文。", &[]);
    let error =
        pusher.push(&Draft { edition: &piece, source: Key::hash(b""), pictures: &Drawn }).unwrap_err();
    assert!(words(&error).contains("连接不上") && words(&error).contains("no connection"), "{error}");
}

/// Services and proxies repeat what they are sent, and none of it is shown or
/// kept.
#[test]
fn no_secret_is_in_any_message_or_file() {
    let check = |said: &str| {
        assert!(!said.contains(SECRET) && !said.contains("_t0ken"), "{said}");
    };
    let office = Office::new();
    let wrong = Credentials::new(APP_ID, Secret::new("0badc0de0badc0de")).unwrap();
    let http = Http::new(&office.server.api).unwrap();
    let store = open(office.root(), &wrong);
    let mut pusher = Pusher::new(Session::new(&http, &wrong, &Hurried), store, office.options);
    let piece = edition("甲", "正文。", &["一"]);
    let draft = Draft { edition: &piece, source: Key::hash(b""), pictures: &Drawn };
    let error = pusher.push(&draft).unwrap_err();
    let said = words(&error) + &format!("{error:?}");
    assert!(said.contains("invalid appsecret \\\"***") && !said.contains("0badc0de"), "{said}");
    drop(pusher);

    let echo = Instead::Code(45166, format!("bad {SECRET}"));
    office.server.instead("/cgi-bin/draft/add", [echo]);
    let pushed = office.push(&piece).unwrap();
    check(&format!("{pushed:?}{:?}", pushed.problems[0].message(Lang::Zh)));
    // The service names the token that it refuses.
    office.server.account().token_lasts = 1;
    office.server.instead("/cgi-bin/draft/batchget", [Instead::Code(40001, "x".to_owned())]);
    let pushed = office.push(&piece);
    check(&format!("{pushed:?}"));
    check(&office.state());
    assert!(office.state().contains("mmbiz.qpic.cn"));
}

#[test]
fn a_file_with_credentials_lies_elsewhere_and_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("仓库/专栏");
    std::fs::create_dir_all(&root).unwrap();
    std::fs::create_dir(home.path().join("仓库/.git")).unwrap();
    let write = |path: &Path, text: &str, mode: u32| {
        std::fs::write(path, text).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let good = format!("appid = {APP_ID}\nsecret = {SECRET}\n");
    let outside = home.path().join("wechat.txt");
    let read = || Credentials::from_file(&outside, &root);
    for text in [
        good.clone(),
        format!("\u{feff}AppID: {APP_ID}\r\nSecret: \"{SECRET}\"\r\n"),
        format!("# x\nZHUANLAN_WECHAT_APPID={APP_ID}\nZHUANLAN_WECHAT_SECRET='{SECRET}'"),
    ] {
        write(&outside, &text, 0o600);
        assert_eq!(read().map(|credentials| credentials.tail()).unwrap(), "…cdef", "{text}");
    }
    for (text, mode, fits) in [
        (good.as_str(), 0o644, "ReadableByOthers"),
        (good.as_str(), 0o620, "ReadableByOthers"),
        ("appid = wx0123456789abcdef\n", 0o600, "Incomplete"),
        ("", 0o600, "Incomplete"),
        ("appid = ../../x\nsecret = 5ec2e7\n", 0o600, "BadAppId"),
    ] {
        write(&outside, text, mode);
        let fault = read().err().unwrap();
        assert!(format!("{fault:?}").contains(fits), "{fault:?}");
        let said = [Lang::Zh, Lang::En].map(|lang| format!("{:?}", fault.message(lang))).concat();
        assert!(!said.contains("5ec2e7"), "{said}");
    }
    // In the column, in its repository, and by way of a link.
    for inside in [root.join("a.txt"), home.path().join("仓库/b.txt")] {
        write(&inside, &good, 0o600);
        std::fs::remove_file(&outside).unwrap();
        std::os::unix::fs::symlink(&inside, &outside).unwrap();
        for path in [&inside, &outside] {
            let fault = Credentials::from_file(path, &root).err().unwrap();
            assert!(matches!(fault, CredentialsFault::InsideColumn(_)), "{fault:?}");
        }
    }
}

//! The service's error codes: what each means, what to do, and whether trying
//! again is of use.
//!
//! **Flat table:** a row a code, in the order of their numbers.
//!
//! Sources: the pages of each endpoint (`stable_token`: 40013, 40125, 40164,
//! 40243, 41004, 50004, 50007, 89503, 89506, 89507; `uploadimg`: 40005, 40009;
//! `draft/add`: 53404–53406), the general list (公众号全局返回码), and what the
//! service's community reports where no page names a code (45166, 53402).

use super::request::Endpoint;
use crate::diagnostic::Message;

/// What becomes of a request that was answered so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Try again soon.
    Busy,
    /// Try again in a minute.
    TooFast,
    /// The token is no longer one: get another, once.
    Renew,
    /// A file that the account no longer has: upload it again, once.
    UploadAgain,
    /// This piece can't be pushed so; others may be.
    Piece,
    /// Nothing can be pushed.
    Account,
}

/// A code that we know.
#[derive(Debug)]
pub(super) struct Known {
    code: i64,
    pub(super) class: Class,
    /// What it means, and what to do: in Chinese, in English.
    what: [&'static str; 2],
    hint: [&'static str; 2],
}

const fn row(code: i64, class: Class, zh: [&'static str; 2], en: [&'static str; 2]) -> Known {
    Known { code, class, what: [zh[0], en[0]], hint: [zh[1], en[1]] }
}

use Class::{Account, Busy, Piece, Renew, TooFast, UploadAgain};

#[rustfmt::skip]
const KNOWN: [Known; 47] = [
    row(-1, Busy, ["系统繁忙", "已经多次重试，请过几分钟再运行一次"],
        ["the service is busy", "it was tried several times; run the command again in some minutes"]),
    row(40001, Renew, ["AppSecret 不对，或 access_token 已失效", "到公众号后台“设置与开发 → 开发接口管理”核对 AppSecret；重置过的要换成新的"],
        ["the AppSecret is wrong, or the token is no longer valid", "compare the AppSecret with the account's settings (设置与开发 → 开发接口管理); one that was reset has a new one"]),
    row(40002, Account, ["取 access_token 的方式不对", "如果用了 --api，请代理的管理员检查它有没有改动请求"],
        ["the kind of grant is not known", "with --api, let its administrator see whether the proxy changes requests"]),
    row(40004, Piece, ["文件类型不对", "图片只能是 JPEG、PNG 或 GIF"],
        ["this type of file is not taken", "pictures are JPEG, PNG or GIF"]),
    row(40005, Piece, ["图片格式不被接受", "官方只说接受 JPG 和 PNG；GIF 请换成 JPG 或 PNG 再试"],
        ["this format of picture is not taken", "the official pages name JPG and PNG alone; replace a GIF"]),
    row(40006, Piece, ["文件大小不合要求", "把图片缩小后再试"],
        ["the file's size is not taken", "make the picture smaller"]),
    row(40007, UploadAgain, ["素材编号（media_id）无效", "封面已经重新上传过一次仍不行，请到公众号后台看看素材库"],
        ["the media_id is not valid", "the cover was uploaded once more in vain; look at the account's library"]),
    row(40009, Piece, ["图片太大", "正文图片须小于 1 MB，封面须小于 10 MB"],
        ["the picture is too large", "pictures of a body are smaller than 1 MB, covers smaller than 10 MB"]),
    row(40013, Account, ["AppID 不对", "到公众号后台“设置与开发 → 开发接口管理”复制 AppID，注意大小写和多余的字符"],
        ["the AppID is wrong", "copy it from the account's settings (设置与开发 → 开发接口管理); mind the case and stray characters"]),
    row(40014, Renew, ["access_token 不对", "再运行一次；还不行，看看是否有别的程序在强制刷新 access_token"],
        ["the token is wrong", "run the command again; see whether another program refreshes tokens by force"]),
    row(40066, Account, ["接口地址不对", "如果用了 --api，请检查代理的地址和它的转发规则"],
        ["the address of the endpoint is wrong", "with --api, check the proxy's address and its rules"]),
    row(40125, Account, ["AppSecret 不对", "到公众号后台“设置与开发 → 开发接口管理”核对；重置过的要换成新的"],
        ["the AppSecret is wrong", "compare it with the account's settings (设置与开发 → 开发接口管理); one that was reset has a new one"]),
    row(40164, Account, ["这台电脑的公网地址不在公众号的 IP 白名单里", "请管理员到公众号后台“设置与开发 → 开发接口管理 → IP 白名单”添加"],
        ["this computer's public address is not on the account's IP whitelist", "let the administrator add it in the account's settings (设置与开发 → 开发接口管理 → IP 白名单)"]),
    row(40243, Account, ["AppSecret 已被冻结", "请管理员登录公众号后台解冻后再试"],
        ["the AppSecret is frozen", "let the administrator unfreeze it in the account's settings"]),
    row(41001, Account, ["请求里缺少 access_token", "如果用了 --api，请检查代理有没有去掉地址里的参数"],
        ["the request has no token", "with --api, see whether the proxy drops parameters of addresses"]),
    row(41002, Account, ["请求里缺少 AppID", "检查环境变量或密钥文件"],
        ["the request has no AppID", "check the environment or the file of credentials"]),
    row(41004, Account, ["请求里缺少 AppSecret", "检查环境变量或密钥文件"],
        ["the request has no AppSecret", "check the environment or the file of credentials"]),
    row(41005, Account, ["没有收到图片的内容", "请求带有长度和文件名；如果用了 --api，请检查代理有没有改成分块传输（chunked）"],
        ["the picture did not arrive", "the request has its length and a file name; with --api, see whether the proxy sends it on in chunks"]),
    row(41006, Piece, ["缺少素材编号（media_id）", "运行 `zhuanlan wechat push --again` 再试"],
        ["the media_id is missing", "try `zhuanlan wechat push --again`"]),
    row(42001, Renew, ["access_token 已过期", "再运行一次；还不行，请检查这台电脑的时间"],
        ["the token has expired", "run the command again; then check this computer's clock"]),
    row(43002, Account, ["接口要求 POST", "如果用了 --api，请检查代理有没有改动请求"],
        ["the endpoint wants POST", "with --api, see whether the proxy changes requests"]),
    row(43003, Account, ["接口要求 HTTPS", "如果用了 --api，请检查代理是否用 HTTPS 转发"],
        ["the endpoint wants HTTPS", "with --api, see whether the proxy goes on by HTTPS"]),
    row(44001, Piece, ["图片是空的", "检查稿件里的图片文件"],
        ["the picture is empty", "check the piece's picture files"]),
    row(44002, Account, ["请求的内容是空的", "如果用了 --api，请检查代理有没有改动请求"],
        ["the request is empty", "with --api, see whether the proxy changes requests"]),
    row(44003, Piece, ["图文内容是空的", "检查稿件有没有标题和正文"],
        ["the article is empty", "see whether the piece has a title and a text"]),
    row(45001, Piece, ["图片超过大小", "正文图片须小于 1 MB，封面须小于 10 MB"],
        ["the picture is too large", "pictures of a body are smaller than 1 MB, covers smaller than 10 MB"]),
    row(45002, Piece, ["正文太长", "正文连同样式代码须少于 2 万字符、小于 1 MB：把稿件分成几篇，或减少表格和图片说明"],
        ["the body is too long", "with its markup it has to stay below 20,000 characters and 1 MB: divide the piece, or use fewer tables and captions"]),
    row(45003, Piece, ["标题太长", "官方说不超过 32 个字：在稿件开头写 `微信: {标题: …}`，给公众号一个短的"],
        ["the title is too long", "the official page says 32 characters: write `wechat: {title: …}` in the front matter"]),
    row(45004, Piece, ["摘要太长", "官方说不超过 128 个字：在稿件开头写 `微信: {摘要: …}`"],
        ["the digest is too long", "the official page says 128 characters: write `wechat: {digest: …}` in the front matter"]),
    row(45005, Piece, ["链接太长", "“阅读原文”的地址不能超过 1 KB"],
        ["an address is too long", "that of 阅读原文 has 1 KB at most"]),
    row(45008, Piece, ["图文太大", "减少正文的长度或图片"],
        ["the article is too large", "shorten the text or leave out pictures"]),
    row(45009, Account, ["今天的接口调用次数用完了", "明天再运行，已经上传的图片不会再传；正文图片每天的次数尤其有限"],
        ["today's quota of calls is used up", "run the command again tomorrow: what was uploaded is not uploaded again"]),
    row(45011, TooFast, ["调用太频繁", "过几分钟再运行一次"],
        ["too many calls in a minute", "run the command again in some minutes"]),
    row(45110, Piece, ["作者太长", "官方说不超过 16 个字：在稿件开头写 `微信: {作者: …}`"],
        ["the author is too long", "the official page says 16 characters: write `wechat: {author: …}` in the front matter"]),
    row(45166, Piece, ["正文里有不被接受的内容", "看看有没有站外链接、脚本或不常见的标记，去掉后再推送"],
        ["the body holds something that is not taken", "look for links to other sites, scripts and rare markup"]),
    row(47001, Account, ["请求的格式不对", "如果用了 --api，请检查代理有没有改动请求；否则请把这条提示告诉我们"],
        ["the request can't be read", "with --api, see whether the proxy changes requests; else please report this message"]),
    row(48001, Account, ["公众号没有这个接口的权限", "到公众号后台“设置与开发 → 开发接口管理 → 接口权限”查看；有的权限要先完成认证"],
        ["the account may not use this endpoint", "see the account's rights (设置与开发 → 开发接口管理 → 接口权限); some want a verified account"]),
    row(48004, Account, ["接口被封禁", "请管理员登录公众号后台看通知"],
        ["the endpoint is banned for this account", "let the administrator read the notices in the account"]),
    row(50002, Account, ["账号受到限制", "请管理员登录公众号后台看通知"],
        ["the account is restricted", "let the administrator read the notices in the account"]),
    row(50004, Account, ["这个账号禁止使用取 access_token 的接口", "请管理员登录公众号后台看通知"],
        ["the account may not ask for tokens", "let the administrator read the notices in the account"]),
    row(50007, Account, ["账号已冻结", "请管理员登录公众号后台看通知"],
        ["the account is frozen", "let the administrator read the notices in the account"]),
    row(53402, Piece, ["封面裁剪失败", "换一张大一些的封面图片再试"],
        ["the cover could not be cropped", "try a larger picture as cover"]),
    row(53404, Piece, ["账号没有插入商品的权限", "去掉正文里的商品"],
        ["the account may not insert goods", "take them out of the body"]),
    row(53405, Piece, ["正文里的商品不对", "去掉正文里的商品"],
        ["goods in the body are wrong", "take them out of the body"]),
    row(53406, Piece, ["账号受到限制，不能插入商品", "去掉正文里的商品"],
        ["the account may not insert goods now", "take them out of the body"]),
    row(89503, Account, ["这台电脑第一次调用接口，要管理员确认", "请管理员在微信里确认后再运行一次"],
        ["the administrator has to confirm this computer", "let the administrator confirm it in WeChat, then run the command again"]),
    row(89506, Account, ["管理员拒绝了这台电脑的调用", "24 小时后再试，先和管理员说好"],
        ["the administrator refused this computer", "try again after 24 hours, and speak with the administrator first"]),
];

/// What the code means; `None` for one that we do not know.
fn known(code: i64) -> Option<&'static Known> {
    // Two more answers about the administrator's confirmation.
    let code = match code {
        89501 => 89503,
        89507 => 89506,
        other => other,
    };
    KNOWN.iter().find(|known| known.code == code)
}

/// What becomes of a request that was answered with `code`.
pub(super) fn class(endpoint: Endpoint, code: i64) -> Class {
    match known(code).map(|known| known.class) {
        // A new token can't help who asks for one.
        Some(Renew) if endpoint == Endpoint::Token => Account,
        Some(class) => class,
        None => Piece,
    }
}

/// The words for an error, in Chinese and in English; `said` is the service's
/// own text, with secrets covered.
pub(super) fn words(endpoint: Endpoint, code: i64, said: &str) -> [Message; 2] {
    let name = endpoint.path().split('?').next().unwrap_or_default().trim_start_matches("/cgi-bin/");
    let unknown = [
        ["没有见过的错误", "到微信官方文档里查这个错误码"],
        ["an error that we do not know", "look it up in WeChat's official pages"],
    ];
    let ([zh, en], [zh_hint, en_hint]) = match known(code) {
        Some(known) => (known.what, known.hint),
        None => ([unknown[0][0], unknown[1][0]], [unknown[0][1], unknown[1][1]]),
    };
    let (mut zh_hint, mut en_hint) = (zh_hint.to_owned(), en_hint.to_owned());
    let addresses = addresses(said);
    if code == 40164 && !addresses.is_empty() {
        let list = addresses.join("、");
        zh_hint = format!("{zh_hint}：{list}。这是公众号看到的地址，不是本机 ipconfig 里的局域网地址");
        let list = addresses.join(", ");
        en_hint = format!(
            "{en_hint}: {list}. It is the address that the service sees, not the one in the local network"
        );
    }
    let quoted = |open: &str, close: &str| {
        if said.is_empty() { String::new() } else { format!("{open}{said}{close}") }
    };
    [
        Message::with_hint(format!("公众号接口 `{name}` 返回 {code}：{zh}{}", quoted("（", "）")), zh_hint),
        Message::with_hint(format!("`{name}` answered {code}: {en}{}", quoted(" (", ")")), en_hint),
    ]
}

/// The internet addresses that a text names.
fn addresses(said: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in said.split([' ', ',', '(', ')']) {
        let Ok(address) = word.parse::<core::net::IpAddr>() else { continue };
        // `::ffff:203.0.113.7` is the same address again.
        let text = address.to_canonical().to_string();
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_once_in_order_and_in_both_languages() {
        assert!(KNOWN.windows(2).all(|pair| pair[0].code < pair[1].code));
        for known in &KNOWN {
            let han = |text: &str| text.chars().any(crate::text::is_han);
            assert!(han(known.what[0]) && han(known.hint[0]), "{}", known.code);
            assert!(!han(known.what[1]) && known.what[1].is_ascii(), "{}", known.code);
            assert!(!known.hint[1].is_empty(), "{}", known.code);
        }
    }

    #[test]
    fn the_address_for_the_whitelist_is_shown() {
        let said = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 65e-1";
        let [zh, en] = words(Endpoint::Token, 40164, said);
        let hint = zh.hint.unwrap();
        assert!(hint.contains("IP 白名单”添加：203.0.113.7。"), "{hint}");
        assert!(en.hint.unwrap().contains(": 203.0.113.7. It is"));
        assert_eq!(addresses("invalid ip 2001:db8::1 ipv6 2001:db8::1, not in"), ["2001:db8::1"]);
    }

    #[test]
    fn a_wrong_secret_asks_for_no_other_token() {
        assert_eq!(class(Endpoint::Token, 40001), Class::Account);
        assert_eq!(class(Endpoint::GetDraft, 40001), Class::Renew);
        assert_eq!(class(Endpoint::AddDraft, 99_999), Class::Piece);
    }
}

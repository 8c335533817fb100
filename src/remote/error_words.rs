//! The words for what keeps a site from a target, in both languages.
//!
//! **Flat table:** one arm an error.

use jiff::tz::TimeZone;

use super::error::{Act, Cause, Error, Refusal};
use crate::config::{TargetFault, Vendor};
use crate::diagnostic::{Lang, Message};
use crate::path::OutputPath;

/// In Chinese and in English.
#[expect(clippy::too_many_lines, reason = "a table, one arm an error")]
pub(super) fn both(error: &Error) -> [Message; 2] {
    match error {
        Error::Target(text, fault) => [target_zh(text, fault), target_en(text, fault)],
        Error::NotRemote => [
            Message::plain("这是文件夹，不是网上的位置"),
            Message::plain("that is a folder, not a place elsewhere"),
        ],
        Error::NoSftp => [
            {
                Message::with_hint(
                    "在 Windows 上不能用 sftp:// 发布",
                    "用 WebDAV 或对象存储，或在 Linux 上发布",
                )
            },
            Message::with_hint(
                "sftp:// can't be published to from Windows",
                "use WebDAV or an object store, or publish from Linux",
            ),
        ],
        Error::NoKeys((id, key)) => [
            Message::with_hint(
                "没有密钥",
                format!(
                    "设好环境变量 `{id}` 和 `{key}`，或写在文件里用 `--credentials` 指明；不要写在 column.yaml 里"
                ),
            ),
            Message::with_hint(
                "there is no key",
                format!(
                    "set the environment variables `{id}` and `{key}`, or write them into a file that `--credentials` names; never into column.yaml"
                ),
            ),
        ],
        Error::Source(error) => [error.message(Lang::Zh), error.message(Lang::En)],
        Error::Moved(path) => [
            Message::with_hint(
                format!("发布途中网站又有更新，`{path}` 已经变了"),
                "再运行一次：传好的文件不会重传",
            ),
            Message::with_hint(
                format!(
                    "the website was built anew while it was being published: `{path}` is no longer the same"
                ),
                "run again: what was sent already is not sent again",
            ),
        ],
        Error::OtherSite { there, ours } => [
            Message::with_hint(
                format!("那里发布的是另一个网站 `{there}`，不是 `{ours}`，没有动它"),
                "换一个位置；如果就是要由这个网站取代它，加上 `--adopt`",
            ),
            Message::with_hint(
                format!("another website, `{there}`, is published there, not `{ours}`; nothing was touched"),
                "choose another place, or let this website replace it with `--adopt`",
            ),
        ],
        Error::Strangers(count, path) => strangers(*count, path),
        Error::Removals { gone, of, section: Some(section), example } => [
            Message::with_hint(
                format!(
                    "`{section}` 里的网页会全部消失（共 {gone} 个网页，原有 {of} 个），例如 `{example}`；没有发布"
                ),
                "确实要删去，就加上 `--allow-removals`",
            ),
            Message::with_hint(
                format!(
                    "all pages in `{section}` would go ({gone} of {of} pages in all), `{example}` for one; nothing was published"
                ),
                "if that is meant, add `--allow-removals`",
            ),
        ],
        Error::Removals { gone, of, section: None, example } => [
            Message::with_hint(
                format!("原有的 {of} 个网页会少掉 {gone} 个，例如 `{example}`；没有发布"),
                "确实要删去，就加上 `--allow-removals`",
            ),
            Message::with_hint(
                format!("{gone} of {of} pages would go, `{example}` for one; nothing was published"),
                "if that is meant, add `--allow-removals`",
            ),
        ],
        Error::Leased { who, until } => [
            Message::with_hint(
                format!("有人正在往那里发布（{who}）"),
                format!("等它结束再运行；如果它已经中断，{} 以后就可以发布", clock(*until)),
            ),
            Message::with_hint(
                format!("somebody is publishing there ({who})"),
                format!("run again when it has ended; if it was broken off, from {} on", clock(*until)),
            ),
        ],
        Error::Superseded(who) => [
            Message::with_hint(
                format!("途中有人接手往那里发布（{who}），这一次停下了"),
                "等它结束，再运行一次",
            ),
            Message::with_hint(
                format!("another run took over ({who}), so this one stopped"),
                "run again when it has ended",
            ),
        ],
        Error::Interrupted => [
            Message::with_hint(
                "没有发布完就停下了；读者看到的是完整的网页，有的新，有的旧",
                "再运行一次，从停下的地方接着发布",
            ),
            Message::with_hint(
                "stopped before all was published; readers see whole pages, some new and some old",
                "run again: it goes on from there",
            ),
        ],
        Error::Damaged => [
            Message::with_hint(
                "那里的发布清单 `.zhuanlan.manifest` 坏了，不知道哪些文件是自己的",
                "加上 `--adopt` 重新发布：网站的文件全部重传，其他文件不动",
            ),
            Message::with_hint(
                "the manifest there, `.zhuanlan.manifest`, is damaged: nobody knows which files are ours",
                "publish with `--adopt`: all files of the website are sent again, others stay as they are",
            ),
        ],
        Error::Garbled(path) => [
            Message::with_hint(
                format!("`{path}` 传过去以后长度不对"),
                "再运行一次；如果总是这样，请管理员检查服务器（磁盘、代理）",
            ),
            Message::with_hint(
                format!("`{path}` has another length there than was sent"),
                "run again; if it stays so, have the server looked at (its disk, a proxy)",
            ),
        ],
        Error::Store(refusal) => both_of(refusal),
    }
}

/// `14:05:09 UTC`, in the computer's own zone where that is known.
fn clock(moment: jiff::Timestamp) -> String {
    TimeZone::system().to_datetime(moment).strftime("%H:%M:%S").to_string()
}

fn target_zh(text: &str, fault: &TargetFault) -> Message {
    let shown = format!("`{text}` 不能作为发布的位置");
    match fault {
        TargetFault::Scheme(scheme, near) => {
            let near = near.map(|near| format!("是不是 `{near}://`？")).unwrap_or_default();
            Message::with_hint(
                format!("{shown}：不认识 `{scheme}://`"),
                format!("{near}可以写 s3、oss、cos、obs、webdav、webdavs、sftp，或一个文件夹"),
            )
        }
        TargetFault::Address => Message::with_hint(
            format!("{shown}：地址不完整"),
            "例如 `s3://桶/jyzd?endpoint=https://s3.example.gov.cn`",
        ),
        TargetFault::Secret => Message::with_hint(
            "发布的位置里不能写密码或密钥".to_owned(),
            "放进环境变量，或写在文件里用 `--credentials` 指明；写过的密码请换掉",
        ),
        TargetFault::Nameless(what) => {
            let what = nameless(what);
            Message::with_hint(
                format!("{shown}：没有写{what}"),
                "例如 `s3://桶/jyzd`、`webdavs://服务器/jyzd`、`sftp://用户@服务器/srv/www/jyzd`",
            )
        }
        TargetFault::NoEndpoint(vendor) => {
            Message::with_hint(format!("{shown}：没有写 `endpoint`"), format!("例如 `{}`", example(*vendor)))
        }
        TargetFault::Parameter(name, near) => {
            let near = near.map_or_else(|| "这里没有这一项".to_owned(), |near| format!("是不是 `{near}`？"));
            Message::with_hint(format!("{shown}：不认识 `{name}`"), near)
        }
        TargetFault::Value(name, value) => {
            Message::with_hint(format!("`{name}` 不能是 `{value}`"), values(name, Lang::Zh))
        }
    }
}

fn nameless(what: &str) -> &'static str {
    match what {
        "bucket" => "桶的名字",
        "host" => "服务器的名字",
        _ => "文件夹",
    }
}

fn target_en(text: &str, fault: &TargetFault) -> Message {
    let shown = format!("`{text}` is no place to publish to");
    match fault {
        TargetFault::Scheme(scheme, near) => {
            let near = near.map(|near| format!("did you mean `{near}://`? ")).unwrap_or_default();
            Message::with_hint(
                format!("{shown}: `{scheme}://` is not known"),
                format!("{near}known are s3, oss, cos, obs, webdav, webdavs and sftp, or write a folder"),
            )
        }
        TargetFault::Address => Message::with_hint(
            format!("{shown}: it is not whole"),
            "`s3://bucket/column?endpoint=https://s3.example.org`, say",
        ),
        TargetFault::Secret => Message::with_hint(
            "no password or key may stand in a target".to_owned(),
            "put it into the environment, or into a file that `--credentials` names; change one that was written",
        ),
        TargetFault::Nameless(what) => Message::with_hint(
            format!("{shown}: no {what} is named"),
            "`s3://bucket/column`, `webdavs://host/column`, `sftp://user@host/srv/www/column`, say",
        ),
        TargetFault::NoEndpoint(vendor) => Message::with_hint(
            format!("{shown}: `endpoint` is missing"),
            format!("`{}`, say", example(*vendor)),
        ),
        TargetFault::Parameter(name, near) => {
            let near = near
                .map_or_else(|| "there is none here".to_owned(), |near| format!("did you mean `{near}`?"));
            Message::with_hint(format!("{shown}: `{name}` is not known"), near)
        }
        TargetFault::Value(name, value) => {
            Message::with_hint(format!("`{name}` can't be `{value}`"), values(name, Lang::En))
        }
    }
}

fn example(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::S3 => "s3://bucket/jyzd?endpoint=https://s3.example.gov.cn",
        Vendor::Oss => "oss://bucket/jyzd?endpoint=oss-cn-beijing.aliyuncs.com",
        Vendor::Cos => "cos://bucket-1250000000/jyzd?endpoint=cos.ap-beijing.myqcloud.com",
        Vendor::Obs => "obs://bucket/jyzd?endpoint=obs.cn-north-4.myhuaweicloud.com",
    }
}

fn values(name: &str, lang: Lang) -> &'static str {
    match (name, lang) {
        ("style", Lang::Zh) => "写 `path` 或 `virtual`",
        ("style", Lang::En) => "write `path` or `virtual`",
        ("hosts", Lang::Zh) => "写 `known`（只连认识的服务器）或 `add`（第一次连时记下）",
        ("hosts", Lang::En) => "write `known` (only hosts that ssh knows) or `add` (a new one is taken down)",
        (_, Lang::Zh) => "写完整的地址，例如 `https://s3.example.gov.cn`",
        (_, Lang::En) => "write a whole address: `https://s3.example.org`, say",
    }
}

#[expect(clippy::too_many_lines, reason = "a table, one arm a cause")]
fn both_of(refusal: &Refusal) -> [Message; 2] {
    let (zh, en) = acts(refusal.act);
    let [(what_zh, hint_zh), (what_en, hint_en)] = match refusal.cause {
        Cause::Denied => [{
            (format!("不允许{zh}"), format!("请管理员给这个密钥加上权限：{}", permission(refusal.act)))
        }, (
            format!("the key may not {en}"),
            format!("have it allowed: {}", permission(refusal.act)),
        )],
        Cause::WrongKey => [(
            "不认识这个密钥，或密码不对".to_owned(),
            "检查环境变量或 `--credentials` 文件里的密钥；临时密钥可能过期了".to_owned(),
        ), (
            "the key is not known, or the password is wrong".to_owned(),
            "look at the key in the environment or in the file of `--credentials`; one for a while may have expired".to_owned(),
        )],
        Cause::NoKey => [(
            "没有找到密钥".to_owned(),
            "设好环境变量 `AWS_ACCESS_KEY_ID` 和 `AWS_SECRET_ACCESS_KEY`，或用 `--credentials` 指明文件"
                .to_owned(),
        ), (
            "no key was found".to_owned(),
            "set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or name a file with `--credentials`".to_owned(),
        )],
        Cause::Signature => [(
            "签名不对".to_owned(),
            "多半是私钥抄错了（多了空格、少了字符），或 `region`、`style` 不对".to_owned(),
        ), (
            "the signature is wrong".to_owned(),
            "most often the secret was not copied whole, or `region` or `style` is wrong".to_owned(),
        )],
        Cause::Skew(ahead) => [(
            "这台电脑的时钟和服务器相差太多".to_owned(),
            match ahead {
                Some(ahead) => format!(
                    "服务器的时钟{} {} 秒；校准时钟（例如 `timedatectl set-ntp true`）再运行",
                    if ahead >= 0 { "快" } else { "慢" },
                    ahead.abs()
                ),
                None => "校准时钟（例如 `timedatectl set-ntp true`）再运行".to_owned(),
            },
        ), (
            "the clocks of this computer and of the server differ too much".to_owned(),
            match ahead {
                Some(ahead) => format!(
                    "the server's is {} seconds {}; set this one right (`timedatectl set-ntp true`, say)",
                    ahead.abs(),
                    if ahead >= 0 { "ahead" } else { "behind" }
                ),
                None => "set this one right (`timedatectl set-ntp true`, say)".to_owned(),
            },
        )],
        Cause::NoBucket => [{
            ("没有这个桶".to_owned(), "检查桶的名字和 `endpoint`；桶要先由管理员建好".to_owned())
        }, (
            "there is no such bucket".to_owned(),
            "look at its name and at `endpoint`; a bucket has to be made before".to_owned(),
        )],
        Cause::Region => [{
            ("桶在另一个地域".to_owned(), "写上 `?region=…`，或换成那个地域的 `endpoint`".to_owned())
        }, (
            "the bucket is in another region".to_owned(),
            "write `?region=…`, or the `endpoint` of that region".to_owned(),
        )],
        Cause::Full => [{
            ("空间不够了".to_owned(), "请管理员加大配额，再运行一次：传好的文件不会重传".to_owned())
        }, (
            "there is no room left".to_owned(),
            "have the quota raised and run again: what was sent already is not sent again".to_owned(),
        )],
        Cause::NoListing => [
            (
                "服务器不肯按 WebDAV 列出文件夹".to_owned(),
                "检查地址是不是 WebDAV 的；Apache 要在那个文件夹的设置里写上 `DirectoryIndex disabled`，否则有 index.html 的文件夹都列不出来".to_owned(),
            ),
            (
                "the server does not list the folder by WebDAV".to_owned(),
                "is the address WebDAV's? Apache wants `DirectoryIndex disabled` there, or it lists no folder that has an index.html".to_owned(),
            ),
        ],
        Cause::Unreachable => [{
            ("连不上服务器".to_owned(), "检查地址、端口和网络（内网要不要代理）".to_owned())
        }, (
            "the server can't be reached".to_owned(),
            "look at the address, the port and the network (does it want a proxy?)".to_owned(),
        )],
        Cause::Certificate => [(
            "服务器的证书不受信任".to_owned(),
            "请管理员把单位的根证书装到这台电脑的系统里；不要改用 http".to_owned(),
        ), (
            "the server's certificate is not trusted".to_owned(),
            "have the organisation's root certificate installed on this computer; don't go over to http".to_owned(),
        )],
        Cause::HostKey => [(
            "ssh 不认识这台服务器，或它的密钥变了".to_owned(),
            "先用 `ssh` 连一次，核对指纹；确实是新服务器可写 `?hosts=add`".to_owned(),
        ), (
            "ssh does not know the server, or its key has changed".to_owned(),
            "connect once with `ssh` and compare the fingerprint; for a server that is new write `?hosts=add`".to_owned(),
        )],
        Cause::SshKey => [(
            "服务器不接受 ssh 密钥".to_owned(),
            "用 `ssh 用户@服务器` 试一次；密钥文件可写 `?key=/路径/id_ed25519`".to_owned(),
        ), (
            "the server takes no key that ssh has".to_owned(),
            "try `ssh user@host`; the file of a key can be given with `?key=/path/id_ed25519`".to_owned(),
        )],
        Cause::Down => [("服务器一再出错或中断".to_owned(), "过一会儿再运行：传好的文件不会重传".to_owned()), (
            "the server failed again and again".to_owned(),
            "run again in a while: what was sent already is not sent again".to_owned(),
        )],
        Cause::Other => [(format!("不能{zh}"), "再运行一次；如果总是这样，把下面的话告诉管理员".to_owned()), (
            format!("can't {en}"),
            "run again; if it stays so, show these words to whoever runs the server".to_owned(),
        )],
    };
    [
        Message::with_hint(format!("{what_zh}：{}", refusal.said), hint_zh),
        Message::with_hint(format!("{what_en}: {}", refusal.said), hint_en),
    ]
}

/// What was asked for, in both languages.
fn acts(act: Act) -> (&'static str, &'static str) {
    match act {
        Act::Connect => ("连接", "connect"),
        Act::List => ("列出文件", "list files"),
        Act::Get => ("读取文件", "read files"),
        Act::Put => ("写入文件", "write files"),
        Act::Delete => ("删除文件", "delete files"),
    }
}

/// What a key has to be allowed, in S3's names and others'.
fn permission(act: Act) -> &'static str {
    match act {
        Act::Connect | Act::List => "s3:ListBucket / oss:ListObjects / WebDAV PROPFIND",
        Act::Get => "s3:GetObject / oss:GetObject / WebDAV GET",
        Act::Put => "s3:PutObject / oss:PutObject / WebDAV PUT, MKCOL, MOVE",
        Act::Delete => "s3:DeleteObject / oss:DeleteObject / WebDAV DELETE",
    }
}

/// Objects of others stand at paths of the site.
fn strangers(count: usize, path: &OutputPath) -> [Message; 2] {
    [
        Message::with_hint(
            format!(
                "那里有 {count} 个文件不是 zhuanlan 发布的，而网站也有同名的文件，例如 `{path}`；没有动它们"
            ),
            "换一个位置；如果就是要取代它们（例如以前用别的工具上传的同一个网站），加上 `--adopt`",
        ),
        Message::with_hint(
            format!(
                "{count} files stand there that zhuanlan did not publish and that the website has too, `{path}` for one; nothing was touched"
            ),
            "choose another place; to replace them (the same website, sent by another program before, say) add `--adopt`",
        ),
    ]
}

//! Why nothing, or nothing more, could be pushed.
//!
//! **Invariant:** no variant holds a secret: texts of the service are masked
//! before they come here.

use std::fmt;

use super::code::{self, Class};
use super::credentials::CredentialsFault;
use super::request::Endpoint;
use crate::diagnostic::{Lang, Message};
use crate::disk;

/// Why a run ended.
#[derive(Debug)]
pub enum Error {
    /// There are no credentials, or none that may be used.
    Credentials(CredentialsFault),
    /// The service said no, or was not reached.
    Failure(Failure),
    /// The system refused something.
    Disk(disk::Error),
    /// Another run pushes to the same account.
    Locked(String),
    /// `--api` is no address.
    BadApi(String),
}

/// Why a request came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The service answered with an error.
    Refused {
        /// Which request.
        endpoint: Endpoint,
        /// The service's code.
        code: i64,
        /// The service's text, secrets covered.
        said: String,
    },
    /// No answer that can be used came.
    Unanswered {
        /// Which request.
        endpoint: Endpoint,
        /// Why.
        trouble: Trouble,
    },
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The host's name is not known.
    NoHost,
    /// No connection.
    NotReached,
    /// The system's proxy refused.
    Proxy,
    /// The certificate is not to be trusted.
    Certificate,
    /// The address can't be asked.
    BadAddress,
    /// No answer in time.
    TimedOut,
    /// The connection broke.
    CutOff,
    /// An HTTP status that no answer of the service has.
    Status(u16),
    /// An answer that is no JSON, or lacks what it should hold.
    NotUnderstood,
}

impl Trouble {
    /// Whether the service can't have seen the request.
    pub(super) fn is_before_sending(self) -> bool {
        matches!(
            self,
            Self::NoHost
                | Self::NotReached
                | Self::Proxy
                | Self::Certificate
                | Self::BadAddress
                | Self::Status(429)
        )
    }

    /// Whether asking again may help.
    pub(super) fn may_pass(self) -> bool {
        match self {
            Self::NotReached | Self::TimedOut | Self::CutOff | Self::Status(429 | 500..) => true,
            Self::NoHost
            | Self::Proxy
            | Self::Certificate
            | Self::BadAddress
            | Self::Status(_)
            | Self::NotUnderstood => false,
        }
    }

    fn words(self) -> [Message; 2] {
        let Self::Status(status) = self else {
            let [zh, en] = [self.zh(), self.en()];
            return [Message::with_hint(zh[0], zh[1]), Message::with_hint(en[0], en[1])];
        };
        [
            Message::with_hint(format!("服务器回答 HTTP {status}"), self.zh()[1]),
            Message::with_hint(format!("the server answered HTTP {status}"), self.en()[1]),
        ]
    }

    /// What happened, and what to do.
    fn zh(self) -> [&'static str; 2] {
        match self {
            Self::NoHost => ["找不到主机", "检查网络；用了 --api 的，检查地址"],
            Self::NotReached => {
                ["连接不上", "检查网络和防火墙；单位只能经代理上网的，设 HTTPS_PROXY 或用 --api"]
            }
            Self::Proxy => ["上网代理拒绝了连接", "检查环境变量 HTTPS_PROXY"],
            Self::Certificate => {
                ["服务器的证书不可信", "检查这台电脑的时间；用了 --api 的，请管理员把单位的根证书装到系统里"]
            }
            Self::BadAddress => ["地址不能用", "检查 --api"],
            Self::TimedOut => ["等了很久没有回答", "过一会儿再运行一次：已经完成的不会重复"],
            Self::CutOff => ["连接中断", "再运行一次：已经完成的不会重复"],
            Self::Status(_) => ["", "这不是公众号接口的回答：检查 --api 和网络里的代理"],
            Self::NotUnderstood => {
                ["看不懂服务器的回答", "检查 --api 和网络里的代理；网络要先登录网页的，先登录"]
            }
        }
    }

    fn en(self) -> [&'static str; 2] {
        match self {
            Self::NoHost => ["the host is not known", "check the network and, with --api, the address"],
            Self::NotReached => [
                "no connection",
                "check the network and the firewall; where a proxy is needed, set HTTPS_PROXY or use --api",
            ],
            Self::Proxy => ["the network's proxy refused", "check HTTPS_PROXY"],
            Self::Certificate => [
                "the server's certificate is not to be trusted",
                "check this computer's clock; with --api, have the bureau's root certificate installed",
            ],
            Self::BadAddress => ["the address can't be asked", "check --api"],
            Self::TimedOut => {
                ["no answer in time", "run the command again later: what is done is not done twice"]
            }
            Self::CutOff => ["the connection broke", "run the command again: what is done is not done twice"],
            Self::Status(_) => ["", "the service does not answer so: check --api and the network's proxies"],
            Self::NotUnderstood => [
                "the answer can't be read",
                "check --api and the network's proxies, and whether the network wants a login first",
            ],
        }
    }
}

impl Failure {
    /// Whether the service may have done what it was asked.
    pub(super) fn may_be_done(&self) -> bool {
        match self {
            Self::Refused { code, .. } => *code == -1,
            Self::Unanswered { trouble, .. } => !trouble.is_before_sending(),
        }
    }

    /// Whether other pieces can be pushed all the same.
    pub(super) fn is_of_the_piece(&self) -> bool {
        match self {
            Self::Refused { endpoint, code, .. } => {
                matches!(code::class(*endpoint, *code), Class::Piece | Class::UploadAgain)
            }
            Self::Unanswered { .. } => false,
        }
    }

    /// Whether the service does not know a media id that was sent.
    pub(super) fn is_unknown_media(&self) -> bool {
        matches!(self, Self::Refused { code: 40007, .. })
    }

    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        let [zh, en] = match self {
            Self::Refused { endpoint, code, said } => code::words(*endpoint, *code, said),
            Self::Unanswered { endpoint, trouble } => {
                let name =
                    endpoint.path().split('?').next().unwrap_or_default().trim_start_matches("/cgi-bin/");
                let [mut zh, mut en] = trouble.words();
                zh.text = format!("公众号接口 `{name}`：{}", zh.text);
                en.text = format!("`{name}`: {}", en.text);
                [zh, en]
            }
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl Error {
    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        let [zh, en] = match self {
            Self::Credentials(fault) => return fault.message(lang),
            Self::Failure(failure) => return failure.message(lang),
            Self::Disk(error) => return error.message(lang),
            Self::Locked(who) => [
                Message::with_hint(format!("另一个程序正在推送到这个公众号（{who}）"), "等它结束再运行"),
                Message::with_hint(
                    format!("another run pushes to this account ({who})"),
                    "wait until it has ended",
                ),
            ],
            Self::BadApi(url) => [
                Message::with_hint(
                    format!("`--api` 不能是 `{url}`"),
                    "写 https:// 开头的地址，例如 `--api https://wechat-proxy.example.org`；http:// 只能用于本机，否则密钥会明文经过网络",
                ),
                Message::with_hint(
                    format!("`--api` can't be `{url}`"),
                    "write an address with https://; http:// is for this machine only, since the secret would cross the network in the clear",
                ),
            ],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl From<disk::Error> for Error {
    fn from(error: disk::Error) -> Self {
        Self::Disk(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<CredentialsFault> for Error {
    fn from(fault: CredentialsFault) -> Self {
        Self::Credentials(fault)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}

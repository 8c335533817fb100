//! Why the preview can't be served, worded for people.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener};

use crate::diagnostic::{Lang, Message};

/// Why the preview can't be served.
#[derive(Debug)]
pub enum Error {
    /// Another program listens at the port.
    PortInUse {
        /// That port.
        port: u16,
        /// The next one that is free.
        next: Option<u16>,
    },
    /// The host's name has no address.
    NoSuchHost(String),
    /// The system would not let us listen there.
    Listen(SocketAddr, io::Error),
    /// The system would not start threads.
    Runtime(io::Error),
    /// The system gave no random bytes for a token.
    NoRandomness,
}

/// How many ports after a used one are tried.
const TRIED: u16 = 50;

impl Error {
    /// What came of trying to listen at `address`.
    pub(super) fn bind(address: SocketAddr, error: io::Error) -> Self {
        if error.kind() != ErrorKind::AddrInUse {
            return Self::Listen(address, error);
        }
        let port = address.port();
        let mut others = port.saturating_add(1)..=port.saturating_add(TRIED);
        let next = others.find(|port| TcpListener::bind((address.ip(), *port)).is_ok());
        Self::PortInUse { port, next }
    }

    /// The words for it.
    pub fn message(&self, lang: Lang) -> Message {
        match (self, lang) {
            (Self::PortInUse { port, next }, _) => port_in_use(*port, *next, lang),
            (Self::NoSuchHost(host), Lang::Zh) => Message::with_hint(
                format!("找不到主机 `{host}`"),
                "`--host` 是本机的名称或地址，例如 `0.0.0.0`",
            ),
            (Self::NoSuchHost(host), Lang::En) => Message::with_hint(
                format!("no host `{host}` can be found"),
                "`--host` is a name or address of this machine, such as `0.0.0.0`",
            ),
            (Self::Listen(address, error), Lang::Zh) => Message::with_hint(
                format!("不能在 `{address}` 上提供预览：{error}"),
                "换一个端口（`--port 0` 由系统挑选），或去掉 `--host`",
            ),
            (Self::Listen(address, error), Lang::En) => Message::with_hint(
                format!("can't serve the preview at `{address}`: {error}"),
                "try another port (`--port 0` lets the system pick one), or leave `--host` out",
            ),
            (Self::Runtime(error), Lang::Zh) => Message::plain(format!("系统不能启动预览：{error}")),
            (Self::Runtime(error), Lang::En) => {
                Message::plain(format!("the system can't start the preview: {error}"))
            }
            (Self::NoRandomness, Lang::Zh) => Message::plain("系统没有给出随机数，不能保护预览的地址"),
            (Self::NoRandomness, Lang::En) => {
                Message::plain("the system gave no random bytes, so the preview's address can't be guarded")
            }
        }
    }
}

fn port_in_use(port: u16, next: Option<u16>, lang: Lang) -> Message {
    let next = next.unwrap_or(0);
    match lang {
        Lang::Zh => Message::with_hint(
            format!("端口 {port} 已被别的程序占用"),
            format!("换一个端口：`--port {next}`；也可能预览已经开着：`http://127.0.0.1:{port}/`"),
        ),
        Lang::En => Message::with_hint(
            format!("port {port} is used by another program"),
            format!("use another: `--port {next}`; or a preview is open already: `http://127.0.0.1:{port}/`"),
        ),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En).text)
    }
}

impl std::error::Error for Error {}

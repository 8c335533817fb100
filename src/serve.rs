//! The live preview: the site of the latest build, served to editors.
//!
//! A [`Preview`] answers from the moment it is started. [`Preview::show`] gives
//! it the next build, in one exchange of a pointer: answers never wait for a
//! build, nor a build for an answer. What the preview adds (its script, the
//! editor's bar, the overlay of errors, the overview) is added on the way out
//! and is in no output.
//!
//! **Invariant:** without what is added, what is answered for a path is what a
//! clean build has there, or, while there are errors, what the last build
//! without one had.

mod answer;
mod error;
mod facts;
mod guard;
mod keys;
mod labels;
mod live;
mod net;
mod open;
mod overview;
mod page;
mod references;
mod site;
mod wechat;

pub use error::Error;
pub use keys::Keys;
pub use open::{Editor, browse};

use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs as _, UdpSocket};
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch::{Sender, channel};

use crate::build::{Artifact, BuildResult, Former};
use crate::diagnostic::Lang;
use crate::disk::Files;
use crate::path::OutputPath;
use answer::AnswerSettings;
use guard::{Guard, Secret};
use labels::Words;
use live::{Hello, Tabs};
use net::AppState;
use site::Site;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name or address to listen at; loopback where `None`. Any other
    /// place is guarded by a random token in the address.
    pub host: Option<String>,
    /// The port; 0 lets the system pick one.
    pub port: u16,
    /// The language of findings and of the preview's own pages.
    pub lang: Lang,
    /// What opens a file at a click; without it, its place is copied.
    pub editor: Option<Editor>,
    /// Whether pages get the preview's script.
    pub inject: bool,
}

/// A running preview; it ends when dropped.
#[derive(Debug)]
pub struct Preview {
    sender: Sender<Option<Arc<Site>>>,
    url: String,
    tabs: Tabs,
    runtime: Option<Runtime>,
}

/// The port where none is asked for.
pub const PORT: u16 = 4321;

/// [`PORT`], or 0, any port, where it is used already.
pub fn free_port() -> u16 {
    let is_free = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, PORT)).is_ok();
    if is_free { PORT } else { 0 }
}

impl Preview {
    /// Begins to answer for the project at `root` (canonical). Requests wait
    /// for the first [`Preview::show`].
    ///
    /// # Errors
    /// Where the host or the port can't be had.
    pub fn start(root: &Path, settings: &Settings) -> Result<Self, Error> {
        let address = address(settings)?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("preview")
            .enable_all()
            .build()
            .map_err(Error::Runtime)?;
        let listener = runtime.block_on(TcpListener::bind(address)).map_err(|e| Error::bind(address, e))?;
        let port = listener.local_addr().map_err(|e| Error::bind(address, e))?.port();
        let guard = guard(settings, address.ip(), port)?;
        let url = url(&guard, settings.host.as_deref(), address.ip(), port);
        let (sender, shown) = channel(None);
        let hello = Hello {
            words: Words::for_lang(settings.lang),
            token: guard.act.as_str().to_owned(),
            editor: settings.editor.is_some(),
        };
        let answer_settings =
            AnswerSettings { files: Files::new(root), lang: settings.lang, inject: settings.inject };
        let (editor, tabs) = (settings.editor.clone(), Tabs::default());
        let known = AppState {
            shown,
            tabs: tabs.clone(),
            answer_settings,
            guard,
            hello,
            editor,
            root: root.to_owned(),
        };
        runtime.spawn(net::answer_all(listener, Arc::new(known)));
        Ok(Self { sender, url, tabs, runtime: Some(runtime) })
    }

    /// Shows the site of the latest build from now on; how many of its pages
    /// are new or other than before.
    pub fn show(&self, built: BuildResult) -> usize {
        let before = self.sender.borrow().clone();
        let site = Arc::new(Site::after(before.as_deref(), built));
        self.sender.send_replace(Some(Arc::clone(&site)));
        site.pages_other_than(before.as_deref())
    }

    /// The site that is shown, as it was without an error; `None` before there
    /// is one.
    pub fn former(&self) -> Option<Former> {
        self.sender.borrow().as_ref().and_then(|site| site.former())
    }

    /// The address of the site's root, without a token.
    pub fn base(&self) -> &str {
        self.url.split('?').next().unwrap_or(&self.url)
    }

    /// The pages that tabs show now, and those that were asked for last.
    pub fn looked_at(&self) -> Vec<OutputPath> {
        self.tabs.pages()
    }

    /// What shows a file of the next build before that is done. Where the
    /// latest build has an error, what was good before it stays.
    pub fn early(&self) -> impl Fn(&OutputPath, Artifact) + Sync + use<> {
        let sender = self.sender.clone();
        move |path, artifact| {
            let before = sender.borrow().clone();
            let same = |site: &Site| site.artifact(path).is_some_and(|known| known.key == artifact.key);
            if let Some(site) = before.filter(|site| site.errors() == 0 && !same(site)) {
                sender.send_replace(Some(Arc::new(site.with_early(path, artifact))));
            }
        }
    }

    /// The address to open, with its token where it has one.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Open streams are cut, not waited for.
            runtime.shutdown_background();
        }
    }
}

/// The address to listen at.
fn address(settings: &Settings) -> Result<SocketAddr, Error> {
    let Some(host) = &settings.host else {
        return Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, settings.port)));
    };
    let name = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let found = (name, settings.port).to_socket_addrs().ok().and_then(|mut all| all.next());
    found.ok_or_else(|| Error::NoSuchHost(host.clone()))
}

fn guard(settings: &Settings, ip: IpAddr, port: u16) -> Result<Guard, Error> {
    let secret = || Secret::random().ok_or(Error::NoRandomness);
    // A name for loopback is loopback.
    let beyond = settings.host.as_ref().filter(|_| !ip.to_canonical().is_loopback());
    let access = beyond.map(|_| secret()).transpose()?;
    let host = settings.host.as_ref().map(|host| host.to_ascii_lowercase());
    Ok(Guard { host, any_address: ip.is_unspecified(), access, act: secret()?, port })
}

/// The address that a browser opens.
fn url(guard: &Guard, host: Option<&str>, ip: IpAddr, port: u16) -> String {
    let host = match host {
        Some(host) if !ip.is_unspecified() => host.to_owned(),
        _ if ip.is_unspecified() => {
            bracketed(&own_address().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)).to_string())
        }
        _ => ip.to_string(),
    };
    let query = guard.access.as_ref().map_or(String::new(), |token| format!("?token={}", token.as_str()));
    format!("http://{}:{port}/{query}", bracketed(&host))
}

/// An IPv6 address stands in brackets.
fn bracketed(host: &str) -> String {
    if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.to_owned() }
}

/// This machine's address as others in its network see it. Nothing is sent:
/// choosing a way for datagrams is all that the system does.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

//! Who may ask.
//!
//! The preview shows what readers must not see yet, and any page in the
//! editor's browser can send requests to 127.0.0.1. So:
//! - the `Host` must be a loopback name, or the host asked for with `--host`:
//!   a foreign name that resolves to 127.0.0.1 (DNS rebinding) is refused;
//! - what a foreign page embeds or fetches is refused where the browser says
//!   so (`Sec-Fetch-Site`), and unreadable for it otherwise: there is no CORS;
//! - beyond loopback the address carries a random token, kept in a cookie;
//! - whatever acts is a POST from the preview's own page with a token of this
//!   run.

use std::net::IpAddr;

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};

/// What is asked of requests.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    /// The name or address of `--host`, in lower case; `None` for loopback.
    pub(super) host: Option<String>,
    /// Whether that host stands for every address of the machine.
    pub(super) any_address: bool,
    /// What the address must carry; `None` for loopback.
    pub(super) access: Option<Secret>,
    /// What acts must carry.
    pub(super) act: Secret,
    /// Names the cookie, since cookies of all ports share one jar.
    pub(super) port: u16,
}

/// A random token.
#[derive(Debug, Clone)]
pub(super) struct Secret(String);

/// What to do with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Answer it.
    Pass,
    /// It carries the token in its address: keep it in this cookie, and send
    /// the browser to the same address without it.
    Enter {
        /// `Set-Cookie`.
        cookie: String,
        /// `Location`.
        location: String,
    },
    /// It came for another host.
    ForeignHost,
    /// A foreign page sent it.
    ForeignPage,
    /// It lacks the token.
    NoToken,
}

impl Secret {
    /// 128 random bits; `None` where the system has none to give.
    pub(super) fn random() -> Option<Self> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(format!("{:032x}", u128::from_ne_bytes(bytes))))
    }

    /// Its text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is it; takes as long whatever differs.
    fn is(&self, other: &str) -> bool {
        // `blake3::Hash` compares in constant time.
        blake3::hash(self.0.as_bytes()) == blake3::hash(other.as_bytes())
    }
}

impl Guard {
    /// What to do with a request for `uri` with these headers.
    pub(super) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Verdict {
        if !self.is_for_us(uri, headers) {
            return Verdict::ForeignHost;
        }
        if is_foreign(headers) {
            return Verdict::ForeignPage;
        }
        let Some(access) = &self.access else { return Verdict::Pass };
        if let Some(given) = parameter(uri.query().unwrap_or_default(), "token").filter(|t| access.is(t)) {
            let cookie = format!("{}={given}; Path=/; HttpOnly; SameSite=Lax", self.cookie_name());
            return Verdict::Enter { cookie, location: without_token(uri) };
        }
        match self.cookie(headers).filter(|token| access.is(token)) {
            Some(_) => Verdict::Pass,
            None => Verdict::NoToken,
        }
    }

    /// Whether a request may act: open a file in the editor.
    pub(super) fn may_act(&self, method: &Method, headers: &HeaderMap) -> bool {
        let host = text(headers, HOST.as_str());
        let origin = text(headers, ORIGIN.as_str());
        let same_origin = match (origin, host) {
            (Some(origin), Some(host)) => origin.strip_prefix("http://").is_some_and(|o| o == host),
            _ => false,
        };
        method == Method::POST && same_origin && text(headers, TOKEN_HEADER).is_some_and(|t| self.act.is(t))
    }

    fn is_for_us(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let named = text(headers, HOST.as_str()).is_some_and(|host| self.is_our_name(host));
        // A proxy's form of request names the host twice.
        named
            && headers.get_all(HOST).iter().count() == 1
            && uri.authority().is_none_or(|a| self.is_our_name(a.as_str()))
    }

    /// Whether `host`, with or without a port, is one of our names.
    fn is_our_name(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix('.').unwrap_or(&name);
        if name == "localhost" || self.host.as_deref() == Some(name) {
            return true;
        }
        let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        match address.parse::<IpAddr>() {
            Ok(ip) => ip.to_canonical().is_loopback() || self.any_address,
            Err(_) => false,
        }
    }

    fn cookie_name(&self) -> String {
        format!("zhuanlan-{}", self.port)
    }

    fn cookie<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        let name = self.cookie_name();
        let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// The header that acts carry; a foreign page can't set it without CORS.
pub(super) const TOKEN_HEADER: &str = "x-zhuanlan-token";

/// Whether the browser says that another site's page embeds or fetches this.
/// Following a link to us from there is no harm.
fn is_foreign(headers: &HeaderMap) -> bool {
    let foreign =
        text(headers, "sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
    let navigates = text(headers, "sec-fetch-mode") == Some("navigate")
        && text(headers, "sec-fetch-dest").is_none_or(|dest| dest == "document");
    foreign && !navigates
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The name in `name:port`, `[::1]:port`, or either without a port.
fn without_port(host: &str) -> Option<&str> {
    if host.starts_with('[') {
        let (address, rest) = host.split_at_checked(host.find(']')? + 1)?;
        return (rest.is_empty() || is_port(rest)).then_some(address);
    }
    match host.split_once(':') {
        None => Some(host),
        Some((name, port)) => port.bytes().all(|b| b.is_ascii_digit()).then_some(name),
    }
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()))
}

/// The value of a parameter of a query, undecoded.
fn parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The path and query of `uri` without the token. It begins with one `/`, so
/// that it can't lead to another host.
fn without_token(uri: &Uri) -> String {
    let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
    let query: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|p| !p.is_empty() && !p.starts_with("token="))
        .collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn guard(host: Option<&str>, any_address: bool) -> Guard {
        let access = host.map(|_| Secret("secret".to_owned()));
        let act = Secret("act".to_owned());
        Guard { host: host.map(str::to_owned), any_address, access, act, port: 4321 }
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    fn check(guard: &Guard, uri: &str, pairs: &[(&'static str, &str)]) -> Verdict {
        guard.check(&uri.parse().unwrap(), &headers(pairs))
    }

    #[test]
    fn only_loopback_names_are_ours() {
        let guard = guard(None, false);
        let hosts = [
            "127.0.0.1",
            "127.0.0.1:4321",
            "localhost:4321",
            "LOCALHOST",
            "localhost.:80",
            "[::1]:4321",
            "[::1]",
            "127.9.9.9:1",
            "[::ffff:127.0.0.1]:4321",
        ];
        for host in hosts {
            assert_eq!(check(&guard, "/", &[("host", host)]), Verdict::Pass, "{host}");
        }
        let hosts = [
            "evil.example",
            "evil.example:4321",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.1.5",
            "0.0.0.0",
            "",
            "[::1",
            "[::1]x",
            "127.0.0.1:x",
            "127.0.0.1@evil.example",
            "::1",
            "[::2]",
            "2130706433",
        ];
        for host in hosts {
            assert_eq!(check(&guard, "/", &[("host", host)]), Verdict::ForeignHost, "{host}");
        }
        assert_eq!(check(&guard, "/", &[]), Verdict::ForeignHost);
        let twice = [("host", "127.0.0.1"), ("host", "evil.example")];
        let mut both = HeaderMap::new();
        for (name, value) in twice {
            both.append(name, HeaderValue::from_static(value));
        }
        assert_eq!(guard.check(&"/".parse().unwrap(), &both), Verdict::ForeignHost);
        assert_eq!(check(&guard, "http://evil.example/", &[("host", "127.0.0.1")]), Verdict::ForeignHost);
    }

    #[test]
    fn foreign_pages_may_link_but_not_embed() {
        let guard = guard(None, false);
        let with = |site: &'static str, mode: &str, dest: &str| {
            let pairs = [
                ("host", "localhost"),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ];
            check(&guard, "/", &pairs)
        };
        assert_eq!(with("same-origin", "cors", "empty"), Verdict::Pass);
        assert_eq!(with("none", "navigate", "document"), Verdict::Pass);
        assert_eq!(with("cross-site", "navigate", "document"), Verdict::Pass);
        assert_eq!(with("cross-site", "no-cors", "image"), Verdict::ForeignPage);
        assert_eq!(with("cross-site", "navigate", "iframe"), Verdict::ForeignPage);
        assert_eq!(with("same-site", "cors", "empty"), Verdict::ForeignPage);
    }

    #[test]
    fn beyond_loopback_the_address_carries_a_token() {
        let guard = guard(Some("10.0.0.5"), false);
        let host = ("host", "10.0.0.5:4321");
        assert_eq!(check(&guard, "/", &[host]), Verdict::NoToken);
        assert_eq!(check(&guard, "/?token=wrong", &[host]), Verdict::NoToken);
        assert_eq!(check(&guard, "/?token=secret", &[("host", "evil.example")]), Verdict::ForeignHost);
        assert_eq!(
            check(&guard, "/news/x.html?a=1&token=secret", &[host]),
            Verdict::Enter {
                cookie: "zhuanlan-4321=secret; Path=/; HttpOnly; SameSite=Lax".to_owned(),
                location: "/news/x.html?a=1".to_owned(),
            }
        );
        assert_eq!(check(&guard, "/", &[host, ("cookie", "a=b; zhuanlan-4321=secret")]), Verdict::Pass);
        assert_eq!(check(&guard, "/", &[host, ("cookie", "zhuanlan-4321=wrong")]), Verdict::NoToken);
        assert_eq!(check(&guard, "/", &[host, ("cookie", "zhuanlan-80=secret")]), Verdict::NoToken);
    }

    #[test]
    fn a_token_never_leads_to_another_host() {
        let guard = guard(Some("10.0.0.5"), false);
        for uri in ["//evil.example/?token=secret", "/\\evil.example?token=secret"] {
            let Ok(uri) = uri.parse::<Uri>() else { continue };
            match guard.check(&uri, &headers(&[("host", "10.0.0.5")])) {
                Verdict::Enter { location, .. } => assert!(!location.starts_with("//"), "{location}"),
                other => assert_eq!(other, Verdict::ForeignHost),
            }
        }
    }

    #[test]
    fn on_every_address_any_address_is_ours_but_no_name() {
        let guard = guard(Some("0.0.0.0"), true);
        assert_eq!(check(&guard, "/", &[("host", "192.168.1.5:4321")]), Verdict::NoToken);
        assert_eq!(check(&guard, "/", &[("host", "evil.example")]), Verdict::ForeignHost);
    }

    #[test]
    fn acts_come_from_our_own_page() {
        let guard = guard(None, false);
        let may = |method: Method, pairs: &[(&'static str, &str)]| guard.may_act(&method, &headers(pairs));
        let (host, origin) = (("host", "127.0.0.1:4321"), ("origin", "http://127.0.0.1:4321"));
        let token = ("x-zhuanlan-token", "act");
        assert!(may(Method::POST, &[host, origin, token]));
        assert!(!may(Method::GET, &[host, origin, token]));
        assert!(!may(Method::POST, &[host, origin]));
        assert!(!may(Method::POST, &[host, token]));
        assert!(!may(Method::POST, &[host, origin, ("x-zhuanlan-token", "wrong")]));
        assert!(!may(Method::POST, &[host, ("origin", "http://localhost:4321"), token]));
        assert!(!may(Method::POST, &[host, ("origin", "null"), token]));
    }
}

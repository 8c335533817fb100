//! Requests over the network.
//!
//! **Invariant:** secret and token leave `Secret` here alone. No error of the
//! HTTP client is shown as it is, since it may repeat an address, and tokens
//! stand in addresses; [`Trouble`] says what happened in words of ours.

use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::multipart::{Form, Part};
use ureq::{Agent, Timeout};

use super::error::{Error, Trouble};
use super::request::{Auth, Body, Endpoint, Request, Response, Transport};

/// The service's address.
pub const API: &str = "https://api.weixin.qq.com";

/// How long reaching the service may take.
const CONNECT: Duration = Duration::from_secs(20);

/// How long one request may take: ten megabytes over a slow line.
const WHOLE: Duration = Duration::from_mins(3);

/// What is escaped of a token: what RFC 3986 (2.3) does not call unreserved. So
/// a token stands in addresses as it is, and is masked where somebody repeats
/// one.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The longest answer, in bytes: twenty drafts' heads, or one draft of 1 MB.
const LONGEST: u64 = 16 << 20;

/// The service, or a proxy in front of it.
pub struct Http {
    api: String,
    agent: Agent,
}

impl Http {
    /// The service at `api`: [`API`], or the address of a proxy.
    ///
    /// Certificates of the service itself are checked against Mozilla's list,
    /// which is compiled in; those of a proxy as the system does, which knows
    /// the bureau's own.
    ///
    /// # Errors
    /// Where `api` is no address, or one that would send the secret through
    /// the network in the clear.
    pub fn new(api: &str) -> Result<Self, Error> {
        if !is_safe(api) {
            return Err(Error::BadApi(api.to_owned()));
        }
        let roots = if api == API { RootCerts::WebPki } else { RootCerts::PlatformVerifier };
        let agent = Agent::config_builder()
            // The service answers its errors with status 200; a proxy does not.
            .http_status_as_error(false)
            // A token must not follow a redirect to another host.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("zhuanlan/", env!("CARGO_PKG_VERSION")))
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build()
            .new_agent();
        Ok(Self { api: api.trim_end_matches('/').to_owned(), agent })
    }

    fn address(&self, endpoint: Endpoint, auth: Auth<'_>) -> String {
        let path = endpoint.path();
        match auth {
            Auth::Credentials(_) => format!("{}{path}", self.api),
            Auth::Token(token) => {
                let joint = if path.contains('?') { '&' } else { '?' };
                let token = utf8_percent_encode(token.expose(), ESCAPED);
                format!("{}{path}{joint}access_token={token}", self.api)
            }
        }
    }
}

impl Transport for Http {
    fn send(&self, request: &Request, auth: Auth<'_>) -> Result<Response, Trouble> {
        let post = self.agent.post(self.address(request.endpoint, auth));
        let answer = match &request.body {
            Body::Json(value) => {
                let text = with_credentials(value, auth).to_string();
                post.content_type("application/json; charset=utf-8").send(text.as_bytes())
            }
            Body::File { name, media_type, bytes } => {
                let part = Part::bytes(bytes).file_name(name).mime_str(media_type);
                part.and_then(|part| post.send(Form::new().part("media", part)))
            }
        };
        let mut answer = answer.map_err(|error| trouble(&error))?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(LONGEST).read_to_vec();
        Ok(Response { status, body: body.map_err(|error| after_sending(&error))? })
    }
}

/// Whether an address is encrypted, or does not leave this machine.
fn is_safe(api: &str) -> bool {
    let host = |rest: &str| rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    if let Some(rest) = api.strip_prefix("https://") {
        return !host(rest).is_empty();
    }
    let Some(host) = api.strip_prefix("http://").map(host) else { return false };
    let name = if host.starts_with('[') { host.as_str() } else { host.split(':').next().unwrap_or_default() };
    matches!(name, "localhost" | "127.0.0.1") || name.starts_with("[::1]")
}

/// The object with `AppID` and secret, where they allow the request.
fn with_credentials(value: &Value, auth: Auth<'_>) -> Value {
    let mut value = value.clone();
    if let (Auth::Credentials(credentials), Some(object)) = (auth, value.as_object_mut()) {
        object.insert("appid".to_owned(), credentials.app_id().into());
        object.insert("secret".to_owned(), credentials.secret().expose().into());
    }
    value
}

/// What an error of the client means for us.
fn trouble(error: &ureq::Error) -> Trouble {
    use std::io::ErrorKind::{ConnectionRefused, HostUnreachable, NetworkUnreachable};
    match error {
        ureq::Error::HostNotFound => Trouble::NoHost,
        ureq::Error::Io(e)
            if matches!(e.kind(), ConnectionRefused | HostUnreachable | NetworkUnreachable) =>
        {
            Trouble::NotReached
        }
        ureq::Error::ConnectionFailed | ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
            Trouble::NotReached
        }
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Trouble::Proxy,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::TlsRequired => Trouble::Certificate,
        // What a TLS stream says of a handshake that failed.
        ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => Trouble::Certificate,
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Trouble::BadAddress,
        other => after_sending(other),
    }
}

/// What an error means once the request may be on its way.
fn after_sending(error: &ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(_) => Trouble::TimedOut,
        _ => Trouble::CutOff,
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_secret_leaves_the_machine_encrypted() {
        for safe in [
            "https://api.weixin.qq.com",
            "https://proxy:8443/wx",
            "http://127.0.0.1:80",
            "http://localhost/",
            "http://[::1]:8080",
        ] {
            assert!(is_safe(safe), "{safe}");
        }
        let bad = [
            "",
            "api.weixin.qq.com",
            "https://",
            "http://proxy",
            "http://127.0.0.1.example.org",
            "http://127.0.0.1@x",
        ];
        for bad in bad {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}

//! The way that requests take: counted, with what they tell of the server's
//! clock.
//!
//! TLS is `rustls` with `ring`, and what this computer trusts.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::header::{DATE, IF_NONE_MATCH};
use http::{HeaderValue, Method, Request, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use opendal::raw::ServiceOperation;
use opendal::{Buffer, Error, ErrorKind, HttpBody, HttpTransport};
use opendal_http_transport_reqwest::ReqwestTransport;

use super::state::LEASE;

/// How many requests of each kind were made.
pub type Requests = BTreeMap<&'static str, usize>;

/// A clock.
pub type Clock = fn() -> Timestamp;

/// What is shared by all requests of a run.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    /// This computer's clock.
    clock: Clock,
    requests: Arc<Mutex<Requests>>,
    /// Seconds by which the server's clock is ahead; none known at first.
    ahead: Arc<AtomicI64>,
}

/// No answer told the time yet.
const UNKNOWN: i64 = i64::MIN;

impl Meter {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, requests: Arc::default(), ahead: Arc::new(AtomicI64::new(UNKNOWN)) }
    }

    /// The moment by this computer's clock.
    pub(super) fn here(&self) -> Timestamp {
        (self.clock)()
    }

    pub(super) fn requests(&self) -> Requests {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// By how many seconds the server's clock is ahead of this computer's.
    pub(super) fn ahead(&self) -> Option<i64> {
        Some(self.ahead.load(Ordering::Relaxed)).filter(|ahead| *ahead != UNKNOWN)
    }

    fn count(&self, kind: &'static str) {
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner).entry(kind).or_default() += 1;
    }

    fn compare(&self, date: Option<&HeaderValue>) {
        let date = date.and_then(|date| rfc2822::parse(date.to_str().ok()?).ok());
        if let Some(date) = date {
            let ahead = date.timestamp().as_second() - self.here().as_second();
            self.ahead.store(ahead, Ordering::Relaxed);
        }
    }
}

/// HTTP with a meter.
pub(super) struct Transport {
    inner: ReqwestTransport,
    meter: Meter,
    guard: Guard,
}

/// Asks a server to refuse the lease where there is one (`If-None-Match: *`,
/// RFC 9110, 13.1.2), for services that opendal does not let ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    /// Whether the service is such a one.
    pub(super) usable: bool,
    on: Arc<AtomicBool>,
}

impl Guard {
    pub(super) fn new(usable: bool) -> Self {
        Self { usable, on: Arc::default() }
    }

    /// From now on it is asked; `false` where it can't be.
    pub(super) fn asks(&self) -> bool {
        self.on.store(self.usable, Ordering::Relaxed);
        self.usable
    }

    /// No longer.
    pub(super) fn rests(&self) {
        self.on.store(false, Ordering::Relaxed);
    }

    fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }
}

impl Transport {
    /// # Errors
    /// Where this computer's certificates can't be read.
    pub(super) fn new(meter: Meter, guard: Guard) -> Result<Self, Error> {
        // A second installation is refused, and as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(std::time::Duration::from_secs(15))
            .pool_idle_timeout(std::time::Duration::from_secs(30))
            .user_agent(concat!("zhuanlan/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Error::new(ErrorKind::ConfigInvalid, "TLS").set_source(error))?;
        Ok(Self { inner: ReqwestTransport::new(client), meter, guard })
    }
}

impl HttpTransport for Transport {
    async fn fetch(&self, mut request: Request<Buffer>) -> opendal::Result<Response<HttpBody>> {
        let kind = request.extensions().get::<ServiceOperation>();
        self.meter.count(kind.map_or("request", |kind| kind.0));
        if self.guard.is_on() && request.method() == Method::PUT && request.uri().path().ends_with(LEASE) {
            request.headers_mut().insert(IF_NONE_MATCH, HeaderValue::from_static("*"));
        }
        let answer = self.inner.fetch(request).await?;
        self.meter.compare(answer.headers().get(DATE));
        Ok(answer)
    }
}

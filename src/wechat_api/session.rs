//! Requests with a token, tried again where that is of use.

use std::time::Duration;

use serde_json::Value;

use super::code::{Class, class};
use super::credentials::Credentials;
use super::error::{Failure, Trouble};
use super::request::{Auth, Endpoint, Request, Transport};
use super::secret::Secret;

/// What is being done, for who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Looking the draft up.
    Find,
    /// Uploading a picture: its number, and how many there are.
    Picture(usize, usize),
    /// Uploading the cover.
    Cover,
    /// Adding or updating the draft.
    Draft,
    /// Reading it back.
    Check,
    /// Waiting before another try: how long.
    Wait(Duration),
}

/// Who looks on.
pub trait Hooks {
    /// A step begins.
    fn step(&self, _: Step) {}
    /// A request is about to be sent.
    fn request(&self, _: &Request) {}
    /// Waits.
    fn wait(&self, how_long: Duration) {
        std::thread::sleep(how_long);
    }
}

/// Nobody looks on.
#[derive(Debug, Clone, Copy)]
pub struct NoHooks;

impl Hooks for NoHooks {}

/// How often a request is tried.
const TRIES: u32 = 4;

/// How long the first wait is; each further one is twice as long.
const PAUSE: Duration = Duration::from_secs(1);

/// How long "retry next minute" is.
const MINUTE: Duration = Duration::from_mins(1);

/// One account, and a token for it.
pub struct Session<'s> {
    transport: &'s dyn Transport,
    credentials: &'s Credentials,
    pub(super) hooks: &'s dyn Hooks,
    token: Option<Secret>,
}

impl<'s> Session<'s> {
    /// A session without a token yet: one is asked for with the first request,
    /// and lives as long as the session. `stable_token` gives the same one
    /// until five minutes before its end, so nothing is gained by a token on
    /// the disk.
    pub fn new(transport: &'s dyn Transport, credentials: &'s Credentials, hooks: &'s dyn Hooks) -> Self {
        Self { transport, credentials, hooks, token: None }
    }

    /// The answer to `request`.
    ///
    /// A token that is no longer valid is renewed, once. What failed for the
    /// moment is tried again, unless the request may have been carried out and
    /// a second time would do it twice.
    pub(super) fn call(&mut self, request: &Request) -> Result<Value, Failure> {
        let (mut tries, mut renewed) = (1, false);
        loop {
            if self.token.is_none() {
                self.token = Some(self.new_token(false)?);
            }
            let failure = match self.once(request) {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if is_about_the_token(&failure) && !renewed {
                renewed = true;
                self.renew()?;
                continue;
            }
            let twice = failure.may_be_done() && !request.endpoint.is_repeatable();
            match pause(&failure, tries).filter(|_| !twice) {
                Some(pause) => self.wait(pause),
                None => return Err(failure),
            }
            tries += 1;
        }
    }

    /// Waits before another try.
    pub(super) fn wait(&self, pause: Duration) {
        self.hooks.step(Step::Wait(pause));
        self.hooks.wait(pause);
    }

    /// How long to wait after the failure of a try; `None` where another would
    /// be in vain.
    pub(super) fn pause(failure: &Failure, tries: u32) -> Option<Duration> {
        pause(failure, tries)
    }

    /// Another token. Where the service gives the same one again, though it
    /// just refused it, by force: another program may have done that before
    /// us. It is allowed twenty times a day.
    fn renew(&mut self) -> Result<(), Failure> {
        let new = self.new_token(false)?;
        let same = self.token.as_ref().is_some_and(|old| old.equals(&new));
        self.token = Some(if same { self.new_token(true)? } else { new });
        Ok(())
    }

    fn new_token(&self, force: bool) -> Result<Secret, Failure> {
        let request = Request::token(force);
        let mut tries = 1;
        loop {
            match self.exchange(&request, Auth::Credentials(self.credentials)) {
                Ok(answer) => {
                    let token = Secret::new(text(&answer, "access_token").unwrap_or_default());
                    return if token.is_empty() { Err(not_understood(Endpoint::Token)) } else { Ok(token) };
                }
                Err(failure) => match pause(&failure, tries) {
                    Some(pause) => self.wait(pause),
                    None => return Err(failure),
                },
            }
            tries += 1;
        }
    }

    fn once(&self, request: &Request) -> Result<Value, Failure> {
        let Some(token) = &self.token else { return Err(not_understood(Endpoint::Token)) };
        self.exchange(request, Auth::Token(token))
    }

    /// One request, one answer.
    fn exchange(&self, request: &Request, auth: Auth<'_>) -> Result<Value, Failure> {
        let endpoint = request.endpoint;
        self.hooks.request(request);
        let unanswered = |trouble| Failure::Unanswered { endpoint, trouble };
        let response = self.transport.send(request, auth).map_err(unanswered)?;
        if response.status != 200 {
            return Err(unanswered(Trouble::Status(response.status)));
        }
        let answer: Value =
            serde_json::from_slice(&response.body).map_err(|_| unanswered(Trouble::NotUnderstood))?;
        match answer.get("errcode").and_then(Value::as_i64) {
            None | Some(0) => Ok(answer),
            Some(code) => {
                let said = text(&answer, "errmsg").unwrap_or_default();
                Err(Failure::Refused { endpoint, code, said: self.mask(said) })
            }
        }
    }

    /// A text of the service, secrets covered, on one line.
    fn mask(&self, said: &str) -> String {
        let mut masked = self.credentials.secret().mask(said);
        if let Some(token) = &self.token {
            masked = token.mask(&masked);
        }
        masked.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect()
    }
}

fn is_about_the_token(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { endpoint, code, .. } if class(*endpoint, *code) == Class::Renew)
}

fn pause(failure: &Failure, tries: u32) -> Option<Duration> {
    let backoff = (tries < TRIES).then(|| PAUSE * 2_u32.pow(tries - 1));
    match failure {
        Failure::Refused { endpoint, code, .. } => match class(*endpoint, *code) {
            Class::Busy => backoff,
            Class::TooFast => (tries == 1).then_some(MINUTE),
            Class::Renew | Class::UploadAgain | Class::Piece | Class::Account => None,
        },
        Failure::Unanswered { trouble, .. } => backoff.filter(|_| trouble.may_pass()),
    }
}

/// The text under `name`.
pub(super) fn text<'v>(answer: &'v Value, name: &str) -> Option<&'v str> {
    answer.get(name).and_then(Value::as_str)
}

/// An answer without what it should hold.
pub(super) fn not_understood(endpoint: Endpoint) -> Failure {
    Failure::Unanswered { endpoint, trouble: Trouble::NotUnderstood }
}

//! Drafts into the draft box (草稿箱) of a WeChat official account (公众号), by
//! the official API.
//!
//! [`Pusher::push`] takes a [`Draft`] and gives [`Pushed`]: it uploads the
//! pictures that the account does not have yet, the cover, then adds the draft
//! or updates the one that it added before, and reads it back to count its
//! pictures, because pictures of other hosts vanish without an error. It never
//! publishes or sends anything: no such endpoint is known to `request`.
//!
//! Sources: the pages of developers.weixin.qq.com on `stable_token`,
//! `uploadimg`, `add_material`, `draft/add`, `draft/update`, `draft/get` and
//! `draft/batchget`, read in November 2026. **Nothing here was tried against a
//! live account**; what the pages leave open is data (`code`) or is reported.
//!
//! **Invariant:** the secret and the token are in [`Secret`] alone, which can't
//! be printed; they join a request in `http` and nowhere else. What is known
//! is written down (`state`) before a request that can't be taken back and
//! after every answer, so that a run that is killed at any moment is followed
//! by one that adds no second draft.

mod article;
mod code;
mod content;
mod credentials;
mod draft;
mod error;
mod find;
mod http;
mod problem;
mod push;
mod rehearsal;
mod request;
mod secret;
mod session;
mod state;

pub use credentials::{Credentials, CredentialsFault};
pub use draft::{Draft, Pictures};
pub use error::{Error, Failure, Trouble};
pub use http::{API, Http};
pub use problem::{Outcome, Problem, Pushed};
pub use push::{PushOptions, Pusher};
pub use rehearsal::Rehearsal;
pub use request::{Auth, Endpoint, Request, Response, Transport};
pub use secret::Secret;
pub use session::{Hooks, NoHooks, Session, Step};
pub use state::{DraftState, Store, draft_states};

//! Search that finds what is there: an index of all pieces, as small scripts.
//!
//! [`Index::new`] takes a site and gives the files of `search/`. The promise: a
//! query of one or more characters finds every page whose text contains it,
//! and no other. The index answers with *candidates* (pages that have all
//! pairs of neighbouring characters of the query); the reader's browser then
//! looks into the candidates' texts, which are files of the index too.
//!
//! - `normalize`: letters that count as one (Ａ and a), the same length in and out;
//! - `grams`: the pairs, single characters and spellings of a text;
//! - `keys`: these, each once, and what follows from longer ones;
//! - `entry`: what is searched of a piece; `indexed`: that, made ready and
//!   remembered;
//! - `numbering`: a number for each piece, which later pieces hardly change;
//!   `plan`: what has which number;
//! - `postings`: which pieces have which pair; `chunk`: lists as one file;
//!   `bit_writer`: lists of numbers in few bits; `kept_lists`: lists for a later
//!   process;
//! - `former`: what an earlier process left; `maker`: the files that differ from
//!   that; `facets`: what hits can be narrowed to;
//! - `script`: all of it as files that call one function, so that they load
//!   from a disk and under `script-src 'self'`.
//!
//! Counting is in UTF-16 units throughout, because browsers count so.
//! `themes/gazette/assets/search.js` reads these files; the two are held
//! together by `tests/browser/search.test.mjs`.
//!
//! **Invariant:** the files depend on the site alone, and a piece that changes
//! changes the files that hold its own text and its own pairs.

mod bit_writer;
mod chunk;
mod entry;
mod facets;
mod former;
mod grams;
mod index;
mod indexed;
mod kept_lists;
mod keys;
mod maker;
mod normalize;
mod numbering;
mod plan;
mod postings;
mod script;

pub use former::{Former, FormerFiles, Found};
pub use index::{Index, Memory};
pub use normalize::{clean, fold, is_indexed};
pub use script::{File, Take};

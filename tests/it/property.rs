//! How many cases a property test tries, and which.
//!
//! A test run decides whether a change is taken in, so it tries the same cases
//! each time. New ones are looked for on purpose: `FUZZ=20 ./test rust` tries
//! twenty times as many, at random.

use proptest::test_runner::{Config, RngSeed};

/// The setting of a property test that tries `count` cases.
pub(crate) fn cases(count: u32) -> Config {
    let times: Option<u32> = std::env::var("FUZZ").ok().and_then(|times| times.parse().ok());
    let mut config = Config { cases: count.saturating_mul(times.unwrap_or(1)), ..Config::default() };
    if times.is_none() && config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(20_210_301);
    }
    config
}

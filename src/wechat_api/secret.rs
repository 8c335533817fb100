//! A value that is never shown.
//!
//! **Invariant:** it has no `Debug`, `Display`, `Serialize` or `Clone`, so no
//! message, log or file can hold it by accident; [`Secret::expose`] is for
//! `http`, and [`Secret::mask`] for what others say.

/// A secret: the account's `AppSecret`, or an access token.
pub struct Secret(String);

/// What stands in place of a secret.
pub(super) const MASK: &str = "***";

impl Secret {
    /// The secret `text`, without the blanks round it that copying brings.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The secret itself, for the request that needs it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `text` with the secret in it covered: services and proxies repeat what
    /// they were sent.
    pub(super) fn mask(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, MASK) }
    }

    /// Whether both are the same.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_repeat_is_covered() {
        let secret = Secret::new(" 9f8e7d6c \n");
        assert_eq!(secret.mask("invalid secret 9f8e7d6c, rid: 1"), "invalid secret ***, rid: 1");
        assert_eq!(Secret::new("").mask("nothing"), "nothing");
    }
}

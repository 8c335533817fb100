//! The keys that packages are signed with: minisign's own, in its own files.

use std::fmt;

use super::fault::Fault;

/// What signs. Nobody but its owner may have it.
pub struct SecretKey(pub(super) minisign::SecretKey);

/// What verifies.
#[derive(Debug, Clone)]
pub struct PublicKey(pub(super) minisign_verify::PublicKey);

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

impl SecretKey {
    /// From the text of its file, as this program and `minisign -G` write it.
    ///
    /// # Errors
    /// Where that is no such key, or its password is wrong or missing.
    pub fn parse(text: &str, password: Option<&str>) -> Result<Self, Fault> {
        let bytes = bytes(text).ok_or(Fault::NoSecretKey)?;
        let boxed = minisign::SecretKeyBox::from_string(text).map_err(|_| Fault::NoSecretKey)?;
        if bytes.starts_with(ENCRYPTED) {
            // Without a password, the crate would ask at the terminal.
            let password = password.ok_or(Fault::PasswordWanted)?;
            let key = boxed.into_secret_key(Some(password.to_owned()));
            return key.map(Self).map_err(|_| Fault::WrongPassword);
        }
        // `minisign` 0.11 writes no checksum into keys without a password (`-W`),
        // and the crate wants one.
        let key = if bytes.ends_with(&[0; 32]) {
            minisign::SecretKey::from_bytes(&bytes)
        } else {
            boxed.into_unencrypted_secret_key()
        };
        key.map(Self).map_err(|_| Fault::NoSecretKey)
    }
}

/// How a secret key begins: `Ed25519`, then `Scrypt` or nothing.
const ENCRYPTED: &[u8] = b"EdSc";
const PLAIN: &[u8] = b"Ed\0\0";

/// Three names of algorithms, salt, two limits, number, key, checksum.
const SECRET_BYTES: usize = 6 + 32 + 16 + 8 + 64 + 32;

/// The bytes of the secret key in a file of this text; `None` where this is no
/// such key.
fn bytes(text: &str) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text.lines().nth(1)?).ok()?;
    let known = bytes.starts_with(ENCRYPTED) || bytes.starts_with(PLAIN);
    (known && bytes.len() == SECRET_BYTES).then_some(bytes)
}

impl PublicKey {
    /// From the text of its file, or from its second line, the key alone.
    ///
    /// # Errors
    /// Where that is no such key.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        let parsed = match text.lines().nth(1) {
            Some(_) => minisign_verify::PublicKey::decode(text),
            None => minisign_verify::PublicKey::from_base64(text),
        };
        parsed.map(Self).map_err(|_| Fault::NoPublicKey)
    }
}

/// The texts of a new secret key's file and of its public key's.
///
/// # Errors
/// Where the system gives no chance.
pub fn new_pair(password: Option<&str>) -> Result<(String, String), Fault> {
    let make = || {
        let pair = match password {
            Some(password) => minisign::KeyPair::generate_encrypted_keypair(Some(password.to_owned()))?,
            None => minisign::KeyPair::generate_unencrypted_keypair()?,
        };
        let secret = pair.sk.to_box(Some("zhuanlan: secret key of packages"))?.into_string();
        Ok((secret, pair.pk.to_box()?.into_string()))
    };
    make().map_err(|_: minisign::PError| Fault::NoChance)
}

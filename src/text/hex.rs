//! Bytes as hexadecimal digits, lower case, and back: of keys, of SHA-256 sums
//! and in the names of files.
//!
//! **Invariant:** [`from_hex`] reads what [`hex`] writes and nothing else, so
//! that one value has one spelling.

/// The digits of `bytes`, as `sha256sum` prints them.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    hex_into(&mut text, bytes);
    text
}

/// Appends the digits of `bytes`.
pub fn hex_into(text: &mut String, bytes: &[u8]) {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + (value - 10) });
    text.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
}

/// The `N` bytes that twice as many digits are.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() || pairs.len() != N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = value(*high)? << 4 | value(*low)?;
    }
    Some(bytes)
}

/// Whether `text` consists of such digits.
pub fn is_hex(text: &str) -> bool {
    text.bytes().all(|digit| value(digit).is_some())
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let bytes: [u8; 32] = std::array::from_fn(|at| u8::try_from(at * 8 + 7).unwrap());
        let text = hex(&bytes);
        assert_eq!(text, bytes.map(|byte| format!("{byte:02x}")).concat());
        assert_eq!(from_hex(&text), Some(bytes));
        // One copy took a sign for a digit, two took capitals.
        for wrong in [
            text.get(1..).unwrap(),
            text.get(2..).unwrap(),
            &text.replace('0', "g"),
            &text.to_uppercase(),
            "+f",
            "é",
        ] {
            assert_eq!(from_hex::<32>(wrong), None, "{wrong}");
        }
        assert_eq!(from_hex::<1>("+f"), None);
        assert_eq!((is_hex("0f"), is_hex("0F"), is_hex("+f")), (true, false, false));
    }
}

//! Ascending numbers in few bits, and bits as plain ASCII.
//!
//! Lists are coded by binary interpolation (Moffat and Stuiver 2000): the
//! middle number first, in the range that its neighbours leave, then both
//! halves. Counts before them are Elias gamma codes.

/// Bits as they are appended; six make a character.
#[derive(Debug, Default)]
pub(super) struct Bits {
    text: Vec<u8>,
    /// Bits that are not among the characters yet: the lowest `count`, fewer
    /// than [`WHOLE`].
    held: u64,
    count: u32,
}

/// So many bits become characters at once.
const WHOLE: u32 = 30;

impl Bits {
    /// Appends the lowest `count` bits of `value`, the highest first; at most
    /// 32, and `value` has no others.
    fn put(&mut self, value: u32, count: u32) {
        self.held = self.held << count | u64::from(value);
        self.count += count;
        while self.count >= WHOLE {
            self.count -= WHOLE;
            let whole = self.held >> self.count;
            self.text.extend([24, 18, 12, 6, 0].map(|shift| character(whole >> shift)));
        }
    }

    /// Appends a number from 1.
    pub(super) fn gamma(&mut self, value: u32) {
        let value = value.max(1);
        let length = value.ilog2();
        if length < 16 {
            self.put(value, 2 * length + 1);
        } else {
            self.put(0, length);
            self.put(value, length + 1);
        }
    }

    /// Appends ascending numbers below `limit`, whose count the reader knows.
    pub(super) fn list(&mut self, list: &[u32], limit: u32) {
        self.between(list, 0, limit);
    }

    /// Numbers from `low` to below `high`.
    fn between(&mut self, list: &[u32], low: u32, high: u32) {
        let (left, rest) = list.split_at(list.len() / 2);
        let Some((value, right)) = rest.split_first() else { return };
        let (first, size) = (low + length(left), (high - low).saturating_sub(length(list)) + 1);
        self.one_of(value.saturating_sub(first), size);
        if !left.is_empty() {
            self.between(left, low, *value);
        }
        if !right.is_empty() {
            self.between(right, value + 1, high);
        }
    }

    /// A number below `size`, by truncated binary coding.
    fn one_of(&mut self, value: u32, size: u32) {
        if size <= 1 {
            return;
        }
        let bits = size.ilog2();
        let short = (2 << bits) - size;
        if value < short { self.put(value, bits) } else { self.put(value + short, bits + 1) }
    }

    /// The characters.
    pub(super) fn finish(mut self) -> String {
        while self.count >= 6 {
            self.count -= 6;
            self.text.push(character(self.held >> self.count));
        }
        if self.count > 0 {
            self.text.push(character(self.held << (6 - self.count)));
        }
        String::from_utf8(self.text).unwrap_or_default()
    }
}

fn length(list: &[u32]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// `0` to `o` in ASCII's order, with `p` in place of the backslash.
fn character(six: u64) -> u8 {
    match (six & 63) as u8 + b'0' {
        b'\\' => b'p',
        byte => byte,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as `search.js` does.
    struct Reader<'t> {
        text: &'t [u8],
        at: usize,
    }

    impl Reader<'_> {
        fn bit(&mut self) -> u32 {
            let byte = self.text[self.at / 6];
            let six = if byte == b'p' { b'\\' - b'0' } else { byte - b'0' };
            let bit = six >> (5 - self.at % 6) & 1;
            self.at += 1;
            u32::from(bit)
        }

        fn bits(&mut self, count: u32) -> u32 {
            (0..count).fold(0, |value, _| value << 1 | self.bit())
        }

        fn gamma(&mut self) -> u32 {
            let mut length = 0;
            while self.bit() == 0 {
                length += 1;
            }
            1 << length | self.bits(length)
        }

        fn one_of(&mut self, size: u32) -> u32 {
            if size <= 1 {
                return 0;
            }
            let bits = size.ilog2();
            let short = (2 << bits) - size;
            let value = self.bits(bits);
            if value < short { value } else { (value << 1 | self.bit()) - short }
        }

        fn list(&mut self, count: u32, low: u32, high: u32, out: &mut Vec<u32>) {
            if count == 0 {
                return;
            }
            let middle = count / 2;
            let value = low + middle + self.one_of(high - low - count + 1);
            self.list(middle, low, value, out);
            out.push(value);
            self.list(count - middle - 1, value + 1, high, out);
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let lists: [(&[u32], u32); 6] = [
            (&[], 9),
            (&[0], 1),
            (&[8], 9),
            (&[0, 1, 2, 3, 4], 5),
            (&[3, 17, 18, 900, 4095], 4096),
            (&[0, 5, 6, 7, 12_000], 12_345),
        ];
        let mut bits = Bits::default();
        for (list, limit) in lists {
            bits.gamma(length(list) + 1);
            bits.list(list, limit);
        }
        let text = bits.finish();
        assert!(text.is_ascii() && !text.contains(['\\', '"']));
        let mut reader = Reader { text: text.as_bytes(), at: 0 };
        for (list, limit) in lists {
            let count = reader.gamma() - 1;
            let mut read = Vec::new();
            reader.list(count, 0, limit, &mut read);
            assert_eq!(read, list);
        }
    }
}

//! The records of a workbook of before 2007 (MS-XLS 2.1, BIFF): whether it has
//! a password, and the numbers in its cells.
//!
//! A stream is records one behind the other: number and length of two bytes
//! each, little-endian, then the record.

/// A workbook's beginning; what follows may be encrypted.
const BOF: [u16; 4] = [0x0809, 0x0409, 0x0209, 0x0009];
/// Says that all that follows is encrypted (MS-XLS 2.4.117).
const FILEPASS: u16 = 0x002F;
/// The end of a substream.
const EOF: u16 = 0x000A;
/// A cell with a double (2.4.180).
const NUMBER: u16 = 0x0203;
/// A cell with a number in four bytes (2.4.220); several of them (2.4.175).
const RK: u16 = 0x027E;
const MULRK: u16 = 0x00BD;
/// A cell with a formula and its last value (2.4.127).
const FORMULA: u16 = 0x0006;

/// The records of a stream.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let [a, b, c, d, body @ ..] = rest else { return None };
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let (record, after) = body.split_at_checked(length)?;
        rest = after;
        Some((kind, record))
    })
}

/// Whether the workbook in this stream opens with a password only.
pub(super) fn is_encrypted(stream: &[u8]) -> bool {
    let begins = records(stream).next().is_some_and(|(kind, _)| BOF.contains(&kind));
    begins && records(stream).take_while(|(kind, _)| *kind != EOF).any(|(kind, _)| kind == FILEPASS)
}

/// The numbers in cells.
pub(super) fn numbers(stream: &[u8]) -> Vec<f64> {
    let mut found = Vec::new();
    for (kind, record) in records(stream) {
        match kind {
            NUMBER | FORMULA => found.extend(double(record, 6)),
            RK => found.extend(rk(record, 6)),
            MULRK => {
                let places = (0..record.len().saturating_sub(6) / 6).map(|at| 6 + 6 * at);
                found.extend(places.filter_map(|at| rk(record, at)));
            }
            _ => {}
        }
    }
    found
}

fn double(record: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*record.get(at..)?.first_chunk()?)).filter(|value| value.is_finite())
}

/// Thirty bits: the upper half of a double, or an integer; perhaps in
/// hundredths (2.5.217).
fn rk(record: &[u8], at: usize) -> Option<f64> {
    let value = u32::from_le_bytes(*record.get(at..)?.first_chunk()?);
    let number = if value & 2 == 0 {
        f64::from_bits(u64::from(value & !3) << 32)
    } else {
        f64::from(value.cast_signed() >> 2)
    };
    Some(if value & 1 == 0 { number } else { number / 100.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    }

    #[test]
    fn a_password_is_seen() {
        let open = [record(0x0809, &[0; 16]), record(EOF, &[]), record(FILEPASS, &[0; 4])].concat();
        assert!(!is_encrypted(&open), "after the end of the globals it means something else");
        let closed = [record(0x0809, &[0; 16]), record(FILEPASS, &[0; 54]), record(EOF, &[])].concat();
        assert!(is_encrypted(&closed));
        assert!(!is_encrypted(b""));
        assert!(!is_encrypted(&record(FILEPASS, &[0; 4])));
    }

    #[test]
    fn numbers_of_cells_are_read() {
        let cell = |value: f64| [&[0; 6][..], &value.to_le_bytes()].concat();
        let rks = [
            &[0; 6][..],
            &0x4024_0000_u32.to_le_bytes(),
            &[0; 2],
            &((5_u32 << 2) | 2).to_le_bytes(),
            &[0; 2],
        ];
        let stream = [record(NUMBER, &cell(13_912_345_678.0)), record(MULRK, &rks.concat()), vec![1, 2, 3]];
        assert_eq!(numbers(&stream.concat()), [13_912_345_678.0, 10.0, 5.0]);
    }
}

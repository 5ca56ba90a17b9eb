//! The one byte string that a report travels as: its header, and how it is read without trusting a byte of it.
//!
//! `PRHD`, version, report, number of columns, number of rows (`u32`), then each column as it describes itself. Numbers
//! are little-endian, lengths LEB128.

use crate::report::{ReportName, ReportSpec};

const MAGIC: &[u8; 4] = b"PRHD";
const VERSION: u8 = 1;

/// Not a report as this program writes it: cut, changed on the way, of another version, or another report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the report's bytes can't be read")
    }
}

impl std::error::Error for Unreadable {}

/// What has not been read yet.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Unreadable)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Unreadable> {
        let (byte, rest) = self.0.split_first().ok_or(Unreadable)?;
        self.0 = rest;
        Ok(*byte)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        self.take(N)?.try_into().map_err(|_| Unreadable)
    }

    /// Up to 32 bits; most are below 128, in one byte.
    pub(super) fn length(&mut self) -> Result<u32, Unreadable> {
        let mut value = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(value).map_err(|_| Unreadable);
            }
        }
        Err(Unreadable)
    }
}

pub(super) fn write_length(mut value: usize, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// What the header says of a report besides its rows.
fn kind(spec: &ReportSpec) -> [u8; 3] {
    let columns = u8::try_from(spec.columns.len()).unwrap_or(u8::MAX);
    [VERSION, place(spec.name), columns]
}

fn place(name: ReportName) -> u8 {
    ReportName::ALL.iter().zip(0..).find(|(known, _)| **known == name).map_or(u8::MAX, |(_, place)| place)
}

pub(super) fn write_header(spec: &ReportSpec, rows: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(MAGIC);
    out.extend(kind(spec));
    out.extend_from_slice(&u32::try_from(rows).unwrap_or(u32::MAX).to_le_bytes());
}

/// How many rows follow. Each has a byte of its own at least, so that a short text can't ask for much memory.
pub(super) fn read_header(spec: &ReportSpec, reader: &mut Reader<'_>) -> Result<usize, Unreadable> {
    let fits = reader.take(4)? == MAGIC && reader.array()? == kind(spec);
    let rows = u32::from_le_bytes(reader.array()?) as usize;
    if fits && rows <= reader.0.len() { Ok(rows) } else { Err(Unreadable) }
}

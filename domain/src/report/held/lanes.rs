//! Sixteen bytes at a time: where in a block two letters stand at their distance. The one place that knows the processor.
//!
//! The browser's vectors can be used without `unsafe`; on other processors words of eight bytes do, a third as fast.

/// Two bytes of a needle, and how far apart they stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub(super) first: Letter,
    pub(super) last: Letter,
    pub(super) apart: usize,
}

/// A byte to look for, and the bit that tells capitals from small letters, where it is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    byte: u8,
    case: u8,
}

impl Letter {
    /// Of text in lower case.
    pub(super) const fn new(byte: u8) -> Self {
        Self { byte, case: if byte.is_ascii_lowercase() { 0x20 } else { 0 } }
    }

    pub(super) const fn is(self, byte: u8) -> bool {
        byte | self.case == self.byte
    }
}

pub(super) const BLOCK: usize = 16;

/// One bit for each of the sixteen places where the pair may begin.
#[cfg(target_arch = "wasm32")]
#[target_feature(enable = "simd128")]
pub(super) fn places(pair: Pair, here: &[u8; BLOCK], there: &[u8; BLOCK]) -> u32 {
    use std::arch::wasm32::{i8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128, v128_and, v128_or};

    #[target_feature(enable = "simd128")]
    fn equal(letter: Letter, block: &[u8; BLOCK]) -> v128 {
        let [low, high] = words(block);
        u8x16_eq(v128_or(u64x2(low, high), u8x16_splat(letter.case)), u8x16_splat(letter.byte))
    }

    u32::from(i8x16_bitmask(v128_and(equal(pair.first, here), equal(pair.last, there))))
}

#[cfg(not(target_arch = "wasm32"))]
#[inline]
pub(super) fn places(pair: Pair, here: &[u8; BLOCK], there: &[u8; BLOCK]) -> u32 {
    /// Each byte that differs is not zero.
    const fn differs(letter: Letter, word: u64) -> u64 {
        (word | every(letter.case)) ^ every(letter.byte)
    }

    /// One bit for each byte that is zero, side by side.
    const fn zeros(word: u64) -> u32 {
        let low = every(0x7f);
        let zero = !(((word & low) + low) | word | low);
        let [.., side_by_side] = (zero >> 7).wrapping_mul(0x0102_0408_1020_4080).to_le_bytes();
        side_by_side as u32
    }

    let ([low, high], [low_there, high_there]) = (words(here), words(there));
    zeros(differs(pair.first, low) | differs(pair.last, low_there))
        | zeros(differs(pair.first, high) | differs(pair.last, high_there)) << 8
}

#[cfg(not(target_arch = "wasm32"))]
const fn every(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

#[inline]
fn words(block: &[u8; BLOCK]) -> [u64; 2] {
    let half = |at: usize| block.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
    [u64::from_le_bytes(half(0)), u64::from_le_bytes(half(8))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_are_where_both_letters_stand(
            here in any::<[u8; 16]>(), there in any::<[u8; 16]>(), first in any::<u8>(), last in any::<u8>(), at in 0..16_usize,
        ) {
            let (mut here, mut there) = (here, there);
            let [first, last] = [first, last].map(|byte| byte.to_ascii_lowercase());
            (here[at], there[at]) = (first.to_ascii_uppercase(), last);
            let pair = Pair { first: Letter::new(first), last: Letter::new(last), apart: 0 };
            let found = places(pair, &here, &there);
            for (i, (a, b)) in here.iter().zip(&there).enumerate() {
                let both = a.to_ascii_lowercase() == first && b.to_ascii_lowercase() == last;
                prop_assert_eq!(found >> i & 1 == 1, both, "{}", i);
            }
            prop_assert_eq!(found >> 16, 0);
        }
    }
}

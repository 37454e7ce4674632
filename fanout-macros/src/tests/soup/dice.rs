//! Where random choices come from: numbers that are the same in every run, or the bytes that a fuzzer tries.

/// A choice among some.
pub(crate) struct Dice<'a>(From<'a>);

enum From<'a> {
    Numbers(u64),
    Bytes(core::slice::Iter<'a, u8>),
}

impl<'a> Dice<'a> {
    /// The dice of the `k`-th input.
    #[cfg_attr(not(test), allow(dead_code, reason = "fuzzers bring bytes"))]
    pub(crate) fn numbered(k: u64) -> Self {
        // Neighbouring numbers should not begin alike.
        let mut mixed = k.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^= mixed >> 29;
        Self(From::Numbers(mixed | 1))
    }

    /// The choices that `bytes` stand for; the first side of everything once they are used up, which ends any grammar.
    #[cfg_attr(test, allow(dead_code, reason = "tests count"))]
    pub(crate) fn of_bytes(bytes: &'a [u8]) -> Self {
        Self(From::Bytes(bytes.iter()))
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        match &mut self.0 {
            From::Numbers(state) => {
                *state ^= *state << 13;
                *state ^= *state >> 7;
                *state ^= *state << 17;
                usize::try_from((*state >> 11) % sides as u64)
                    .expect("fewer sides than usize holds")
            }
            From::Bytes(bytes) => usize::from(bytes.next().copied().unwrap_or(0)) % sides,
        }
    }

    /// Whether the first of `sides` is up.
    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        // The last side: so that a fuzzer whose bytes are used up adds nothing more.
        self.roll(sides) + 1 == sides
    }

    pub(crate) fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }
}

//! What items cost: work that takes a given time, lines of text, words.

use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// One link of a chain that neither the vectoriser nor a second execution unit can shorten.
#[inline]
pub fn link(value: u64) -> u64 {
    let wide = u128::from(value) * u128::from(FACTOR ^ value);
    (wide >> 64) as u64 ^ wide as u64
}

/// `links` links.
#[inline]
pub fn chain(mut value: u64, links: u32) -> u64 {
    for _ in 0..links {
        value = link(value);
    }
    value
}

/// How many links take `nanoseconds`: measured once, so that the same run does the same work for every contender.
pub fn links(nanoseconds: u32) -> u32 {
    static FOR_A_MILLISECOND: OnceLock<u32> = OnceLock::new();
    let in_a_millisecond = *FOR_A_MILLISECOND.get_or_init(|| {
        const LINKS: u32 = 1_000_000;
        let shortest = (0..7)
            .map(|_| {
                let start = Instant::now();
                black_box(chain(black_box(1), LINKS));
                start.elapsed()
            })
            .min()
            .unwrap_or(Duration::from_millis(1));
        (f64::from(LINKS) * 1e-3 / shortest.as_secs_f64()) as u32
    });
    (u64::from(in_a_millisecond) * u64::from(nanoseconds) / 1_000_000).max(1) as u32
}

/// Makes a checksum of results that depends on their order.
#[inline]
pub fn in_order(sum: u64, result: u64) -> u64 {
    (sum.rotate_left(7) ^ result).wrapping_mul(FACTOR)
}

/// Makes a checksum of results that does not depend on their order.
#[inline]
pub fn in_any_order(sum: u64, result: u64) -> u64 {
    sum.wrapping_add(link(result))
}

/// Lines of 16 to 48 bytes, from an iterator that nobody can see through.
///
/// Parts of a text that is there: only one thread at a time can ask an iterator, so what it does in `next` no pool can share
/// out.
pub fn lines(count: usize) -> Box<dyn Iterator<Item = String> + Send> {
    const TEXT: usize = 1 << 15;

    let mut state = 1;
    let mut next = move || {
        state = link(state ^ FACTOR);
        state
    };
    let text: String = (0..TEXT + 48)
        .map(|_| char::from(b'a' + (next() % 26) as u8))
        .collect();
    Box::new((0..count).map(move |_| {
        let state = next();
        let from = (state >> 20) as usize % TEXT;
        text[from..][..16 + (state % 33) as usize].to_owned()
    }))
}

/// A hash of a line.
#[inline]
pub fn hash(line: &str) -> u64 {
    hash_on(FACTOR, line)
}

/// About 100 ns of work on a line.
#[inline]
pub fn hash_twice(line: &str) -> u64 {
    hash_on(hash(line), line)
}

fn hash_on(hash: u64, line: &str) -> u64 {
    line.bytes().fold(hash, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// `distinct` short words.
pub fn words(distinct: usize) -> Vec<String> {
    (0..distinct)
        .map(|n| format!("w{:x}", link(n as u64) % 0xff_ffff))
        .collect()
}

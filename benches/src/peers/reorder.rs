//! Order by hand: what came too early waits in a map.

use std::collections::HashMap;

/// Hands `results` to `sink` by their numbers. Without a bound: behind a slow item everything piles up here.
pub fn by_number<R>(results: impl Iterator<Item = (usize, R)>, mut sink: impl FnMut(R)) {
    let mut early = HashMap::new();
    let mut next = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            sink(result);
            next += 1;
        }
    }
}

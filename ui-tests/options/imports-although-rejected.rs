//! What was imported for an option is not unused because another option is wrong.
#![deny(warnings)]

use fanout::fan_out;
use std::collections::HashMap;
use std::time::Duration;

mod helpers {
    pub fn add(a: u32, b: u32) -> u32 {
        a + b
    }

    pub fn key(n: &u32) -> u32 {
        *n
    }
}
use helpers::{add, key};

#[fan_out(orderd, shard_by = key, merge = add, timeout = Duration::from_secs(9))]
fn values(n: u32, #[local(0)] sum: &mut u32) {
    *sum += n;
}

mod misspelt {
    use fanout::fan_out;
    use std::time::Duration;

    #[fan_out(timout = Duration::from_secs(9))]
    pub fn double(n: u32) -> u32 {
        n * 2
    }
}

mod twice {
    use fanout::fan_out;
    use std::time::Duration;

    #[fan_out(timeout = "1s", timeout = Duration::from_secs(9))]
    pub fn double(n: u32) -> u32 {
        n * 2
    }
}

mod parentheses {
    use fanout::fan_out;
    use std::time::Duration;

    #[fan_out(timeout(Duration::from_secs(9)))]
    pub fn double(n: u32) -> u32 {
        n * 2
    }
}

type Counts = HashMap<String, u64>;

mod states {
    use super::Counts;
    use fanout::fan_out;
    use std::collections::HashMap;

    #[fan_out(wrokers = 2)]
    pub fn count(word: String, #[local(HashMap::new())] counts: &mut Counts) {
        *counts.entry(word).or_default() += 1;
    }
}

fn main() {
    let _ = values(vec![1]).merged();
    let _ = misspelt::double([1]).collect_unordered();
    let _ = twice::double([1]).collect_unordered();
    let _ = parentheses::double([1]).collect_unordered();
    states::count([]).run();
}

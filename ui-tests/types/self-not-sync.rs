use fanout::fan_out;
use std::cell::Cell;

struct Counter {
    seen: Cell<u32>,
}

impl Counter {
    #[fan_out]
    fn count(&self, n: u32) {
        self.seen.set(n);
    }
}

fn main() {}

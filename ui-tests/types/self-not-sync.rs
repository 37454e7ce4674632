use fanout::fan_out;
use std::cell::{Cell, RefCell};

struct Counter {
    seen: Cell<u32>,
}

impl Counter {
    #[fan_out]
    fn count(&self, n: u32) {
        self.seen.set(n);
    }

    #[fan_out]
    fn begin(&self, n: u32, #[local(self.seen.get())] state: &mut u32) {
        *state += n;
    }
}

struct Cache<T> {
    seen: RefCell<Vec<T>>,
}

impl<T: Clone> Cache<T> {
    #[fan_out(ordered)]
    fn get(&self, index: usize) -> T {
        self.seen.borrow()[index].clone()
    }
}

fn main() {
    let cache = Cache { seen: RefCell::new(vec![1]) };
    println!("{:?}", cache.get(vec![0]).collect::<Vec<u32>>());
}

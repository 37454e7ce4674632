//! Where it is not known what callers were written for, they are told nothing.
#![deny(warnings)]

use fanout::fan_out;

#[fan_out]
fn no_parameter() {
    println!("tick");
}

#[fan_out(ordered)]
fn unmarked(a: u32, b: u32) -> u32 {
    a + b
}

#[fan_out(ordered)]
fn default_in_parentheses(n: u32, #[shared(7)] offset: u32) -> u32 {
    n + offset
}

#[fan_out(ordered)]
fn shared_by_mut(n: u32, #[shared] table: &mut [u32]) -> u32 {
    table[0] + n
}

#[fan_out(ordered)]
unsafe fn not_safe(at: usize) -> u8 {
    unsafe { *(at as *const u8) }
}

struct Counter {
    seen: u32,
}

impl Counter {
    #[fan_out]
    fn see(&mut self, n: u32) {
        self.seen += n;
    }
}

#[fan_out(ordered)]
fn without_type(n: u32) {
    n * 2
}

#[fan_out(ordered, cancel_on_error)]
fn no_result(n: u32) -> Vec<u32> {
    vec![n]
}

#[fan_out(ordered)]
fn hidden(n: u32) -> impl Iterator<Item = u32> + Clone {
    0..n
}

#[fan_out(wrokers = 2, item_fn = one)]
fn kept(n: u32) -> u32 {
    n
}

fn main() {
    no_parameter();
    no_parameter([1]).run();
    let sums: Vec<u32> = unmarked(vec![1], vec![2]).collect();
    let more: Vec<u32> = default_in_parentheses(vec![1]).collect();
    let less: Vec<u32> = shared_by_mut(vec![1], &[1, 2]).collect();
    let byte = 7_u8;
    let bytes: Vec<u8> = unsafe { not_safe(vec![&raw const byte as usize]).collect() };
    println!("{sums:?}{more:?}{less:?}{bytes:?}");
    let mut counter = Counter { seen: 0 };
    counter.see(vec![1, 2]).run();
    println!("{}", counter.seen);
    let doubled: Vec<u32> = without_type(vec![1]).collect();
    let lists: Result<Vec<Vec<u32>>, String> = no_result([1]).collect();
    println!("{doubled:?}{lists:?}");
    for numbers in hidden([1]).collect::<Vec<_>>() {
        println!("{}", numbers.clone().sum::<u32>());
    }
    println!("{}", one(1));
}

/// Without the `unsafe` that it would need.
#[allow(dead_code)]
fn safe() {
    println!("{:?}", not_safe(vec![0]).collect::<Vec<_>>());
}

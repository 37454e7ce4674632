use fanout::fan_out;

#[fan_out(merge = add)]
fn total(n: u32, #[local(0)] sum: &mut u32) {
    *sum += n;
}

fn add(a: u32, b: u32, c: u32) -> u32 {
    a + b + c
}

#[fan_out(merge = add_in_place)]
fn in_place(n: u32, #[local(0)] sum: &mut u32) {
    *sum += n;
}

fn add_in_place(all: &mut u32, one: u32) {
    *all += one;
}

#[fan_out(merge = numbers::add)]
fn another_number(n: u32, #[local(0)] sum: &mut u64) {
    *sum += u64::from(n);
}

mod numbers {
    pub fn add(one: u32, other: u32) -> u32 {
        one + other
    }
}

fn main() {
    println!("{}", total([1]).merged());
}

use fanout::fan_out;

#[fan_out]
fn total(n: u64, #[shared] sum: &mut u64) {
    *sum += n;
}

#[fan_out]
fn list(n: u64, #[shared] mut all: Vec<u64>) {
    all.push(n);
}

fn main() {
    let mut sum = 0;
    total([1], &mut sum).run();
    list([1], Vec::new()).run();
}

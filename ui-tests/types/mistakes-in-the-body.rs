use fanout::fan_out;

#[fan_out(workers = 2, ordered)]
fn double(n: u32) -> u32 {
    "two"
}

#[fan_out]
fn missing(n: u32, #[shared] names: &[String]) -> usize {
    names.length() + n as usize;
}

fn main() {}

use fanout::fan_out;

#[fan_out(unordered)]
fn by_default(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 4, shared(factor))]
fn at_a_parameter(n: u32, #[shared] factor: u32) -> u32 {
    n * factor
}

#[fan_out(stream)]
fn at_the_call(n: u32) -> u32 {
    n * 2
}

#[fan_out(retries = 3, cancel_on_error)]
fn in_the_body(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {
    let _ = at_a_parameter([1], 2).collect_unordered();
}

use fanout::fan_out;

#[fan_out(ordered, cancel_on_error)]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    // An error can end the run.
    let all: Vec<u32> = parse(["1"]).collect();
    let large: Vec<u64> = double(0..3).collect();
    println!("{all:?} {large:?}");
}

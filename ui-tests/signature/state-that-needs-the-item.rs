use fanout::fan_out;

#[fan_out]
fn copy(word: String, #[local(word.clone())] last: &mut String) {
    *last = word;
}

#[fan_out]
fn open(n: u32, #[local(try "1".parse::<u32>())] one: &mut u32) -> Result<u32, std::num::ParseIntError> {
    Ok(n + *one)
}

fn main() {}

use fanout::fan_out;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {
    let numbers: Vec<u32> = vec![1, 2];
    let _ = double(&numbers).collect_unordered();
    let _ = double(numbers.iter()).collect_unordered();
    let _ = double(0..numbers.len()).collect_unordered();
    let _ = double((0..numbers.len()).map(|n| n + 1)).collect_unordered();
    let _ = parse(vec![String::new()]).collect_unordered();
    let _ = double(parse(["1"])).collect_unordered();
}

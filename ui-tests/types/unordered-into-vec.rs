use fanout::fan_out;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out]
fn upper(letter: char) -> char {
    letter.to_ascii_uppercase()
}

#[fan_out]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {
    let all: Vec<u32> = double(0..3).collect();
    let word = upper("abc".chars()).collect::<String>();
    let parsed: Result<Vec<u32>, _> = parse(["1"]).collect();
    println!("{all:?} {word} {parsed:?}");
}

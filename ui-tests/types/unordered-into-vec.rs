use fanout::fan_out;

#[fan_out]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let all: Vec<u32> = double(0..3).collect();
    println!("{all:?}");
}

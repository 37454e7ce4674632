use fanout::fan_out;

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let all: Result<Vec<u32>, Vec<String>> = double([1]).collect_all_errors();
    println!("{all:?}");
}

use fanout::fan_out;
use std::process;

#[fan_out]
fn exits(path: String) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        eprintln!("{path}: {error}");
        process::exit(1)
    })
}

#[fan_out]
fn aborts(n: u64) -> u64 {
    use std::process::abort;
    if n > 100 {
        abort();
    }
    n
}

fn main() {
    let _ = exits(vec![]).collect_unordered();
    let _ = aborts(0..3).collect_unordered();
}

use fanout::fan_out;

#[fan_out(timeout = 30s)]
fn without_quotes(n: u32) -> u32 {
    n * 2
}

#[fan_out(timeout = std::time::Duration::from_secs(0))]
fn of_nothing(n: u32) -> u32 {
    n * 2
}

fn main() {}

use fanout::fan_out;

#[fan_out(allow(FO105, FO999), workers = 0)]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 1, allow(fo114))]
fn lower_case(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow(dead_code))]
fn lint(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow("FO114"), workers = 1)]
fn in_quotes(n: u32) -> u32 {
    n * 2
}

#[fan_out(allow(), workers = 8)]
fn of_nothing(n: u32) -> u32 {
    n * 2
}

fn main() {}

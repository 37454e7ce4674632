use fanout::fan_out;

#[fan_out(timeout = 30)]
fn number(n: u32) -> u32 {
    n * 2
}

#[fan_out(timeout = "30")]
fn without_unit(n: u32) -> u32 {
    n * 2
}

#[fan_out(timeout = "soon")]
fn words(n: u32) -> u32 {
    n * 2
}

fn main() {}

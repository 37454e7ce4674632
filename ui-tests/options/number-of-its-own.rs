use fanout::fan_out;

#[fan_out(workers = "auto")]
fn auto(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = num_cpus)]
fn cores(n: u32) -> u32 {
    n * 2
}

#[fan_out(window = unbounded)]
fn unbounded(n: u32) -> u32 {
    n * 2
}

#[fan_out(window = None)]
fn none(n: u32) -> u32 {
    n * 2
}

#[fan_out(batch = 16u64)]
fn other_integer(n: u32) -> u32 {
    n * 2
}

#[fan_out(stack_size = 8)]
fn tiny_stack(n: u32) -> u32 {
    n * 2
}

fn main() {}

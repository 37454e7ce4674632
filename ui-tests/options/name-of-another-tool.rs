use fanout::fan_out;

#[fan_out(threads = 4, fail_fast, chunk_size = 16, in_order)]
fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(max_concurrency(4), buffer = 64, stop_on_error)]
fn parse(text: String) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

fn main() {}

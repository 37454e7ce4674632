use std::time::Duration;

use fanout::fan_out;

const NO_TIME: Duration = Duration::ZERO;
const BATCH: usize = 16;
const WINDOW: u32 = 8;

#[fan_out(timeout = Duration::ZERO)]
fn no_time(n: u32) -> u32 {
    n * 2
}

#[fan_out(timeout = NO_TIME)]
fn no_time_by_name(n: u32) -> u32 {
    n * 2
}

#[fan_out(window = WINDOW as usize, batch = BATCH)]
fn batch_above_window(n: u32) -> u32 {
    n * 2
}

#[fan_out(batch = 16, window = WINDOW as usize)]
fn number_above_window(n: u32) -> u32 {
    n * 2
}

fn main() {}

use fanout::channel::Sender;
use fanout::fan_out;

#[fan_out(allow(FO206))]
fn no_reason(n: u32, #[shared] progress: &Sender<u32>) -> u32 {
    let _ = progress.send(n);
    n * 2
}

#[fan_out(allow(FO206, reason = ""))]
fn empty_reason(n: u32, #[shared] progress: &Sender<u32>) -> u32 {
    let _ = progress.send(n);
    n * 2
}

#[fan_out(stack_size = 8, allow(FO111, FO206))]
fn no_reason_for_two(n: u32, #[shared] progress: &Sender<u32>) -> u32 {
    let _ = progress.send(n);
    n * 2
}

fn main() {}

use fanout::fan_out;

#[fan_out]
fn counts(n: u64) -> u64 {
    static mut SEEN: u64 = 0;
    unsafe {
        SEEN += 1;
        n + SEEN
    }
}

static mut TOTAL: u64 = 0;

#[fan_out]
fn adds(n: u64) {
    unsafe {
        TOTAL += n;
    }
}

fn main() {
    let _ = counts(0..3).collect_unordered();
    adds(0..3).run();
    println!("{}", unsafe { TOTAL });
}

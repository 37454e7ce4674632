use fanout::fan_out;

#[fan_out]
async fn asynchronous(n: u32) -> u32 {
    std::future::ready(n).await
}

#[fan_out]
const fn constant(n: u32) -> u32 {
    n
}

#[fan_out]
unsafe fn not_safe(n: u32) -> u32 {
    n
}

#[fan_out]
extern "C" fn foreign(n: u32) -> u32 {
    n
}

fn main() {
    let _ = asynchronous([1]).collect_unordered();
    let _ = constant([1]).collect_unordered();
    let _ = not_safe([1]).collect_unordered();
    let _ = foreign([1]).collect_unordered();
}

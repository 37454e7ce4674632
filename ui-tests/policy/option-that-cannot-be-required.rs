//! [package.metadata.fanout]
//! require = ["fail_fast", "allow"]

#[fanout::fan_out]
pub fn double(n: u32) -> u32 {
    n * 2
}

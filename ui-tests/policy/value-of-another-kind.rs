//! [package.metadata.fanout]
//! deny = "FO114"
//! max-workers = 0
//! contact = ["#concurrency"]

#[fanout::fan_out]
pub fn double(n: u32) -> u32 {
    n * 2
}

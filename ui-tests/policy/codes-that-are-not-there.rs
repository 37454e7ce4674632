//! [package.metadata.fanout]
//! deny = ["FO114", "FO999"]
//! allow = ["FO105", "FO114"]

#[fanout::fan_out]
pub fn double(n: u32) -> u32 {
    n * 2
}

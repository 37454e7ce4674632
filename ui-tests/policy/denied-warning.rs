//! [package.metadata.fanout]
//! deny = ["FO114"]
//! contact = "ask in #concurrency"
//! help-url = "https://wiki.example.com/concurrency"

use fanout::fan_out;

#[fan_out(workers = 1)]
pub fn double(n: u32) -> u32 {
    n * 2
}

#[fan_out(workers = 0)]
pub fn the_contact_is_everywhere(n: u32) -> u32 {
    n * 2
}

//! What was imported for the body, or for a type, is not unused because the signature is wrong.
#![deny(warnings)]

use fanout::fan_out;

type Counts = std::collections::HashMap<String, u64>;

mod misspelt_role {
    use fanout::fan_out;
    use std::fs;
    use std::path::Path;

    #[fan_out]
    pub fn read(path: String, #[share] root: &Path) -> Option<String> {
        fs::read_to_string(root.join(path)).ok()
    }
}

mod state_without_a_value {
    use super::Counts;
    use fanout::fan_out;
    use std::fs;

    #[fan_out]
    pub fn read(path: String, #[local] counts: &mut Counts) {
        *counts.entry(fs::read_to_string(path).unwrap()).or_default() += 1;
    }
}

mod context_by_value {
    use fanout::{Context, fan_out};
    use std::fs;

    #[fan_out]
    pub fn read(path: String, #[ctx] cx: Context) -> u64 {
        fs::metadata(path).unwrap().len() + cx.index()
    }
}

mod state_by_value {
    use super::Counts;
    use fanout::fan_out;
    use std::fs;

    #[fan_out]
    pub fn read(path: String, #[local(Counts::new())] counts: Counts) {
        *counts.entry(fs::read_to_string(path).unwrap()).or_default() += 1;
    }
}

mod shared_by_mut {
    use fanout::fan_out;
    use std::fs;
    use std::path::PathBuf;

    #[fan_out]
    pub fn read(path: String, #[shared] root: &mut PathBuf) -> Option<String> {
        root.push(path);
        fs::read_to_string(root).ok()
    }
}

mod constant {
    use fanout::fan_out;
    use std::fs;

    #[fan_out]
    pub const fn read(path: String) -> Option<String> {
        fs::read_to_string(path).ok()
    }
}

mod not_safe {
    use fanout::fan_out;
    use std::ptr;

    #[fan_out]
    pub unsafe fn read(at: usize) -> u8 {
        unsafe { ptr::read(at as *const u8) }
    }
}

mod state_of_the_item {
    use super::Counts;
    use fanout::fan_out;
    use std::fs;

    #[fan_out]
    pub fn read(path: String, #[local(Counts::from([(path.clone(), 1)]))] counts: &mut Counts) {
        *counts.entry(fs::read_to_string(path).unwrap()).or_default() += 1;
    }
}

mod same_name {
    use fanout::fan_out;
    use std::fs;

    #[fan_out]
    pub fn read(path: String, #[shared] root: &str, #[shared] root: u32) -> Option<String> {
        fs::read_to_string(root.to_owned() + &path).ok()
    }
}

mod no_item {
    use fanout::fan_out;
    use std::fs;

    #[fan_out]
    pub fn read() -> Option<String> {
        fs::read_to_string("Cargo.toml").ok()
    }
}

#[fan_out]
fn feed_without_its_items(n: u32, #[feed] feed: &fanout::Feed) {
    feed.push(n);
}

fn main() {
    let mut root = std::path::PathBuf::new();
    let _ = misspelt_role::read([], "".as_ref()).collect_unordered();
    let _ = state_without_a_value::read([]).locals();
    let _ = context_by_value::read([]).collect_unordered();
    let _ = state_by_value::read([]).locals();
    let _ = shared_by_mut::read([], &mut root).collect_unordered();
    let _ = constant::read([]).collect_unordered();
    let _ = not_safe::read([]).collect_unordered();
    let _ = state_of_the_item::read([]).locals();
    let _ = same_name::read([], "", 1).collect_unordered();
    let _ = no_item::read([1]).collect_unordered();
    feed_without_its_items([1]).run();
}

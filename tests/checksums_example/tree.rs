//! A directory with all kinds of files in it.

use crate::common::Dice;
use crate::common::tree::{ODD_NAMES, Tree};

/// The SHA-256 of nothing.
pub const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// `files` files: wide, deep, empty, large, with odd names and with names whose order depends on how `/` sorts.
pub fn grow(tree: &Tree, files: usize) {
    let mut dice = Dice::new(1);
    let mut names: Vec<Vec<u8>> = Vec::new();
    for (number, odd) in ODD_NAMES.iter().enumerate() {
        names.push(odd.to_vec());
        names.push([format!("odd {number}/").as_bytes(), odd, b"/", odd].concat());
    }
    for order in ["a", "a!", "a-b", "a.b", "a0", "aa"] {
        names.push(format!("order/{order}.file").into_bytes());
        names.push(format!("order/{order}/file").into_bytes());
    }
    for depth in 0..60 {
        let deep = "deeper/".repeat(depth);
        names.extend((0..20).map(|number| format!("{deep}{number}").into_bytes()));
    }
    let wide = (files - names.len()) / 2;
    names.extend((0..wide).map(|number| format!("wide/{number}").into_bytes()));
    let rest = files - names.len();
    names.extend(
        (0..rest)
            .map(|number| format!("tree/{}/{}/{number}", number % 12, number % 35).into_bytes()),
    );

    let noise: Vec<u8> = (0..400_000).map(|_| dice.below(256) as u8).collect();
    for (number, name) in names.iter().enumerate() {
        let length = match number % 500 {
            0 => 300_000,
            1..100 => 0,
            _ => dice.below(1000),
        };
        let start = dice.below(100_000) as usize;
        tree.file(name, &noise[start..start + length as usize]);
    }
}

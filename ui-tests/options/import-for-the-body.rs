//! What only the body of a rejected function uses was imported for it: one error, and no warning about the import.
#![deny(unused_imports)]

use fanout::fan_out;
use std::collections::HashMap;

#[fan_out(wrokers = 2)]
fn letters(word: String) -> usize {
    let mut seen = HashMap::new();
    for letter in word.chars() {
        *seen.entry(letter).or_insert(0) += 1;
    }
    seen.len()
}

fn main() {
    let counts: Vec<usize> = letters(vec![String::new()]).collect_unordered();
    println!("{counts:?}");
}

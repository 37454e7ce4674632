//! A user crate of edition 2021. There `impl Trait` in a return type captures no lifetime that it does not name; the
//! expansion's does, as the edition of a token is that of the crate it comes from.

use std::sync::Mutex;

use fanout::{fan_out, Context};

/// A generic type.
pub struct Index<T> {
    /// What it holds.
    pub items: Vec<T>,
    /// Something with a guard: a tail expression's temporaries live longer in this edition.
    pub log: Mutex<Vec<usize>>,
}

impl<T: Clone + Send + Sync> Index<T> {
    /// `&self`, borrowed shared data and generics at once.
    #[fan_out(workers = 2, ordered)]
    pub fn find<K: AsRef<str> + Sync>(&self, word: &str, #[shared] keys: &[K]) -> Option<T> {
        let at = keys.iter().position(|key| key.as_ref() == word)?;
        self.items.get(at).cloned()
    }

    /// A result that borrows from `self`, a state that does too, and a temporary guard in the tail.
    #[fan_out(workers = 2, ordered)]
    pub fn log(
        &self,
        n: usize,
        #[local(self.items.len())] length: &mut usize,
        #[ctx] cx: &Context,
    ) -> usize {
        self.log
            .lock()
            .unwrap_or_else(|poisoned| panic!("{poisoned}"))
            .push(n + *length + cx.worker());
        self.log.lock().map(|log| log.len()).unwrap_or(0)
    }

    /// Items by reference, results that borrow from them.
    #[fan_out(workers = 2, ordered)]
    pub fn split<'a>(&self, line: &'a str, #[shared] sep: char) -> Vec<&'a str> {
        line.split(sep).take(self.items.len()).collect()
    }
}

/// Borrowed shared data, by reference and by value.
#[fan_out(workers = 2, cancel_on_error, ordered)]
pub fn parse(
    line: &str,
    #[shared] prefix: &str,
    #[shared] bias: Vec<u32>,
) -> Result<u32, std::num::ParseIntError> {
    let number: u32 = line.trim_start_matches(prefix).parse()?;
    Ok(number + bias[0])
}

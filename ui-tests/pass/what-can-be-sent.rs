//! Near what cannot be sent: a value that stays inside its item, what is generic, `Send` in disguise.

use fanout::fan_out;
use std::cell::Cell;
use std::error::Error;
use std::fmt::Debug;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

#[fan_out]
fn inside(n: u32) -> usize {
    let text: Rc<str> = n.to_string().into();
    text.len()
}

#[fan_out(ordered)]
fn share(n: u32) -> Arc<Mutex<Cell<u32>>> {
    Arc::new(Mutex::new(Cell::new(n)))
}

#[fan_out(ordered)]
fn cell(n: Cell<u32>) -> Cell<u32> {
    n
}

#[fan_out(cancel_on_error)]
fn parse(text: &str) -> Result<u32, Box<dyn Error + Send + Sync>> {
    Ok(text.parse()?)
}

#[fan_out(ordered)]
fn show<T: Debug>(item: T) -> String {
    format!("{item:?}")
}

#[fan_out(ordered)]
fn same<T>(item: T) -> T {
    item
}

#[fan_out(ordered)]
fn read<'a, T: ?Sized>(item: &'a Box<T>) -> &'a T {
    item
}

struct Store<T>(T);

impl<T: Clone + Sync> Store<T> {
    #[fan_out(ordered)]
    fn get(&self, _n: u32) -> T {
        self.0.clone()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    assert_eq!(inside([10]).collect_unordered(), [2]);
    assert_eq!(share(0..1).collect::<Vec<_>>().len(), 1);
    assert_eq!(cell([Cell::new(1)]).collect::<Vec<_>>(), [Cell::new(1)]);
    let parsed = parse(["1"]).collect_unordered();
    assert_eq!(parsed.map_err(|error| error as Box<dyn Error>)?, [1]);
    assert_eq!(show([Some(1)]).collect::<Vec<_>>(), ["Some(1)"]);
    assert_eq!(same(["a"]).collect::<Vec<_>>(), ["a"]);
    assert_eq!(read(&[Box::new(1)]).collect::<Vec<_>>(), [&1]);
    assert_eq!(Store("a").get(0..2).collect::<Vec<_>>(), ["a", "a"]);
    let counted = fanout::over_local([Rc::new(2)].into_iter().map(|n| *n));
    assert_eq!(counted.map(|n, _cx| n).collect_unordered(), [2]);
    Ok(())
}

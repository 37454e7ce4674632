//! What an item can know about its run, and how a run is told to stop.

#[path = "../common/mod.rs"]
mod common;

mod deadlines;
mod knows;
mod nested;
mod sleeps;
mod tokens;

/// The item function of a run that starts no item.
fn no_item_may_start<T>(_: T, _: &fanout::Context) {
    panic!("an item was started")
}

//! `fanout` turns a per-item function into a correct worker pool: you write what happens to one item, the attribute says how
//! many workers there are, whether order is kept and what an error does.
//!
//! ```
//! use fanout::fan_out;
//! use std::{fs, io, path::PathBuf};
//!
//! /// The first line of a file.
//! #[fan_out(workers = 8, ordered, cancel_on_error)]
//! fn headline(path: PathBuf) -> Result<String, io::Error> {
//!     let text = fs::read_to_string(&path)?;
//!     Ok(text.lines().next().unwrap_or_default().to_owned())
//! }
//!
//! # fn main() -> Result<(), io::Error> {
//! # let paths = || vec![PathBuf::from("Cargo.toml"); 3];
//! // The whole result, in input order, or the first error.
//! let lines: Vec<String> = headline(paths()).collect()?;
//! assert_eq!(lines.len(), 3);
//!
//! // A consumer on this thread, which may borrow.
//! let mut longest = String::new();
//! headline(paths()).for_each(|line| {
//!     if line.len() > longest.len() {
//!         longest = line;
//!     }
//! })?;
//!
//! // A bounded stream; dropping it stops and joins the workers.
//! for line in headline(paths()).stream() {
//!     println!("{}", line?);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Calling the function builds a [`FanOut`], which does nothing until one of its terminals is called. [`over`] builds the
//! same without the attribute.
//!
//! # Input
//!
//! Any iterator that is `Send`; a `Vec`, slice or array, whose items are claimed by index; a
//! [channel]'s receiver, for which waiting ends when the run does; another fan-out. See [`Input`].
//!
//! # Order
//!
//! Without `ordered`, results come as they are finished, and collect into what has no order: a set, a map,
//! [`collect_unordered`](FanOut::collect_unordered). With it they come in input order, and memory stays bounded: a slow item
//! holds up the results behind it, never the workers, until the window is full.
//!
//! # Errors
//!
//! Without `cancel_on_error` every `Result` is delivered. With it the first `Err` stops the run and is its result, so that `?`
//! works on the function's own error type. Together with `ordered` it is the error that the sequential loop would have met.
//!
//! # Cancellation and deadlines
//!
//! `timeout`, [`FanOut::cancel_with`] and dropping a stream stop the run: no item starts after that, and waiting on input or
//! output ends. A run that can be stopped ends in [`Error`], so that it never looks like a short successful one. A running
//! item cannot be interrupted; it can look at its [`Context`].
//!
//! # Panics
//!
//! A panic in the function, the input or the consumer stops the run, and the original payload is resumed on the caller when
//! all workers have ended.
//!
//! # State
//!
//! `#[shared]` arguments are seen by all workers; `#[local(..)]` is a state of each worker, which `merge` puts together.
//!
//! # Items that make further items
//!
//! Through a `#[feed]` parameter an item pushes further items into its run, which ends when none is left. See [`Feed`].
//!
//! # More
//!
//! The [`guide`] has a page on the [options](guide::options), one on [every message](guide::codes), and one on each of the
//! [bugs](guide::bugs) that pools written by hand keep having. In your tests [`testing::no_leaks`] finds what is left open.

pub use fanout_macros::fan_out;
pub use fanout_runtime::*;

pub mod guide;

//! Where the language ends the process, it ends at once and does not hang.

use super::common::{Bomb, dies_of_abort};
use super::{throw, throw_nothing};
use fanout::over;

/// Panics when dropped, whatever the thread is doing.
struct Relentless;

impl Drop for Relentless {
    fn drop(&mut self) {
        panic!("a destructor");
    }
}

#[test]
fn a_destructor_that_panics_while_the_consumer_unwinds() {
    dies_of_abort(|| {
        over(0..100).workers(2).map(|n, _| n).for_each(|_| {
            let _relentless = Relentless;
            throw(1);
        });
    });
}

#[test]
fn a_destructor_that_panics_while_its_item_unwinds() {
    dies_of_abort(|| {
        over(0..100)
            .workers(2)
            .map(|_, _| {
                let _relentless = Relentless;
                throw_nothing(1);
            })
            .run();
    });
}

#[test]
fn a_payload_that_panics_when_the_caller_drops_it_is_the_callers() {
    // Nothing of ours: whoever drops what `catch_unwind` returned gets that panic, and can catch it.
    let payload = super::common::caught(|| {
        over(0..1)
            .workers(2)
            .map(|_, _| std::panic::panic_any(Bomb("a payload")))
            .for_each(|()| {});
    });
    let second = super::common::caught(move || drop(payload));
    assert_eq!(super::common::payload_text(&*second), "a payload");
}

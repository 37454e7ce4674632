//! Promise 6, where a token comes into it: a failure is the run's result only if everything below it was handed over.

mod common;

use common::{Gate, watch};
use fanout::{CancelToken, Context, Error, over};

/// One worker is inside item 0 of the first four; the other fails at item 4, and goes on with what is left below it. Then
/// the run is cancelled, and some of the first four never start. The loop would not have come to item 4.
fn failure_then_cancel(window: Option<usize>) -> Result<Vec<u32>, Error<&'static str>> {
    let token = CancelToken::new();
    let first_runs = Gate::new();
    let fan_out = over((0_u32..8).collect::<Vec<_>>())
        .workers(2)
        .batch(4)
        .ordered()
        .cancel_on_error()
        .cancel_with(&token)
        .map(|n, cx: &Context| match n {
            0 => {
                first_runs.open();
                until_cancelled(cx);
                Ok(n)
            }
            4.. => {
                first_runs.wait();
                Err("item 4")
            }
            _ => {
                // Not cancelled by the failure, which is above.
                assert!(!cx.is_cancelled());
                token.cancel();
                until_cancelled(cx);
                Ok(n)
            }
        });
    match window {
        Some(window) => fan_out.window(window).collect(),
        None => fan_out.collect(),
    }
}

fn until_cancelled(cx: &Context) {
    while !cx.is_cancelled() {
        std::thread::yield_now();
    }
}

#[test]
fn by_index() {
    let _dog = watch("a failure, then a cancellation");
    for _ in 0..50 {
        assert_eq!(failure_then_cancel(None), Err(Error::Cancelled));
    }
}

#[test]
fn through_a_window() {
    let _dog = watch("a failure, then a cancellation");
    for _ in 0..50 {
        assert_eq!(failure_then_cancel(Some(8)), Err(Error::Cancelled));
    }
}

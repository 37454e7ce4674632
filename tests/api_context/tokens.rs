//! [`CancelToken`], and what `cancel_with` takes.

use fanout::channel::TryRecvError;
use fanout::{CancelToken, Error, over};

use crate::common::{Gate, watch};

#[test]
fn cancelling_goes_down_the_tree() {
    let root = CancelToken::new();
    let (left, right) = (root.child(), root.child());
    let grandchild = left.child();
    left.cancel();
    assert!(left.is_cancelled() && grandchild.is_cancelled());
    assert!(!root.is_cancelled() && !right.is_cancelled());
    root.cancel();
    // The second time is no different.
    root.cancel();
    assert!(right.is_cancelled() && root.child().child().is_cancelled());
}

#[test]
fn a_token_may_be_dropped_in_the_middle() {
    let root = CancelToken::default();
    let middle = root.child();
    let leaf = middle.child();
    drop(middle);
    assert!(!leaf.is_cancelled());
    root.cancel();
    assert!(leaf.is_cancelled());
    // Dropping is not cancelling.
    let root = CancelToken::new();
    drop(root.child());
    let child = root.child();
    drop(root);
    assert!(!child.is_cancelled());
}

#[test]
fn clones_are_the_same_token() {
    let token = CancelToken::new();
    let clone = token.clone();
    clone.cancel();
    assert!(token.is_cancelled());
    assert!(format!("{token:?}").contains("cancelled: true"));
}

#[test]
fn done_is_closed_by_cancelling() {
    let _dog = watch("done");
    let root = CancelToken::new();
    let child = root.child();
    assert_eq!(child.done().try_recv(), Err(TryRecvError::Empty));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| child.done().recv());
        root.cancel();
        assert!(waiting.join().expect("no panic").is_err());
    });
    assert_eq!(root.done().try_recv(), Err(TryRecvError::Disconnected));
    assert_eq!(
        root.child().done().try_recv(),
        Err(TryRecvError::Disconnected)
    );
}

/// Whether a run over an endless input ends when `cancel` is called from one of its items.
macro_rules! is_stopped_by {
    ($cancel:expr, $($token:expr),+) => {{
        let begun = Gate::new();
        let end = over(0_u64..)
            .workers(2)
            $(.cancel_with($token))+
            .map(|n, _cx| {
                begun.open();
                if n == 10 {
                    $cancel.cancel();
                }
            })
            .run();
        assert!(begun.is_open());
        assert_eq!(end, Err(Error::Cancelled));
    }};
}

#[test]
fn cancel_with_takes_tokens_as_they_are() {
    let _dog = watch("cancel_with");
    let new = CancelToken::new;
    let token = new();
    is_stopped_by!(token, &token);
    let token = new();
    is_stopped_by!(token, token.clone());
    let token = new();
    is_stopped_by!(token, token.child());
    let token = new();
    is_stopped_by!(token, Some(&token));
    let token = Some(new());
    is_stopped_by!(token.as_ref().expect("there"), token.as_ref());
    // None of them alone decides.
    let (first, second) = (new(), new());
    is_stopped_by!(first, &first, &second);
    let second_again = new();
    is_stopped_by!(second_again, &second, None, &second_again);
}

#[test]
fn no_token_stops_nothing() {
    let _dog = watch("cancel_with(None)");
    let none: Option<CancelToken> = None;
    let all = over(0..10)
        .ordered()
        .cancel_with(None)
        .cancel_with(none.as_ref());
    let all: Result<Vec<u32>, Error> = all.map(|n, _cx| n).collect();
    assert!(all.is_ok_and(|all| all.into_iter().eq(0..10)));
}

/// A token that was cancelled before stops a run before its first item, and the run leaves nothing behind in a token.
#[test]
fn a_token_is_used_for_many_runs() {
    let _dog = watch("runs with one token");
    let token = CancelToken::new();
    for _ in 0..100 {
        let run = over(vec![1, 2]).workers(2).cancel_with(&token);
        assert_eq!(run.map(|_, _cx| ()).run(), Ok(()));
    }
    token.cancel();
    for workers in 1..4 {
        let run = over(vec![1, 2]).workers(workers).cancel_with(&token);
        let end = run.map(crate::no_item_may_start).run();
        assert_eq!(end, Err(Error::Cancelled));
    }
    // Nor is an input asked for anything.
    let run = over(std::iter::from_fn(|| -> Option<u32> {
        panic!("the run is over before it begins")
    }));
    let run = run.workers(2).cancel_with(token);
    assert_eq!(run.map(|_, _cx| ()).run(), Err(Error::Cancelled));
}

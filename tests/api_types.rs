//! Properties of the public types: what may cross threads, what `?` converts, and that runs may recurse.

mod common;

use std::collections::HashSet;
use std::error::Error as StdError;
use std::num::ParseIntError;
use std::panic::{RefUnwindSafe, UnwindSafe};

use fanout::{
    CancelReason, CancelToken, Cancelled, Context, Ended, Error, FanOut, NotReady, Progress,
    Report, Scoped, Stream, Worker, over, over_local,
};

use fanout::testing::{Block, OpenRun};

use common::watch;

type Boxed = Box<dyn StdError + Send + Sync>;
type NotSend = std::rc::Rc<()>;

/// Whether a type has a trait. An inherent constant, which is there only if it has, goes before one of a trait.
macro_rules! has {
    ($type:ty: $($trait:tt)+) => {{
        #[allow(dead_code)]
        struct Probe<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code)]
        impl<T: ?Sized + $($trait)+> Probe<T> {
            const HAS: bool = true;
        }
        #[allow(dead_code)]
        trait Otherwise {
            const HAS: bool = false;
        }
        impl<T: ?Sized> Otherwise for Probe<T> {}
        Probe::<$type>::HAS
    }};
}

/// `(Send, Sync)` of a type.
macro_rules! threads {
    ($type:ty) => {
        (has!($type: Send), has!($type: Sync))
    };
}

#[test]
fn the_probe_can_tell() {
    assert_eq!(threads!(u32), (true, true));
    assert_eq!(threads!(std::cell::Cell<u32>), (true, false));
    assert_eq!(threads!(NotSend), (false, false));
}

#[test]
fn plain_values_go_anywhere() {
    assert_eq!(threads!(CancelToken), (true, true));
    assert_eq!(threads!(Cancelled), (true, true));
    assert_eq!(threads!(CancelReason), (true, true));
    assert_eq!(threads!(Report), (true, true));
    assert_eq!(threads!(Progress), (true, true));
    assert_eq!(threads!(Ended), (true, true));
    assert_eq!(threads!(NotReady), (true, true));
    assert_eq!(threads!(Error), (true, true));
    assert_eq!(threads!(Block), (true, true));
    assert_eq!(threads!(OpenRun), (true, true));
    assert_eq!(threads!(Error<NotSend>), (false, false));
    // An item may lend its context to threads that it joins.
    assert!(has!(Context: Sync));
    assert_eq!(threads!(Worker<'_, u32>), (true, true));
    assert_eq!(threads!(Worker<'_, NotSend>), (false, false));
}

/// A stream may move between two results. What comes out of it was sent here already, so it always may.
#[test]
fn streams_move() {
    assert!(has!(Stream<u32>: Send + 'static));
    assert!(has!(Scoped<'_, u32>: Send));
    assert!(has!(Stream<u32>: std::iter::FusedIterator));
    assert!(has!(Scoped<'_, u32>: std::iter::FusedIterator));
}

#[test]
fn a_fan_out_moves_with_its_input() {
    fn is_send<T: Send>(fan_out: T) -> T {
        fan_out
    }
    let run = is_send(over(vec![1, 2]).workers(2).ordered().map(|n, _cx| n * 2));
    let all = std::thread::spawn(move || run.collect::<Vec<i32>>()).join();
    assert_eq!(all.expect("no panic"), [2, 4]);
    assert!(has!(FanOut<std::cell::Cell<u32>>: Send));
    assert!(!has!(FanOut<NotSend>: Send));
}

#[test]
fn values_may_cross_a_caught_panic() {
    assert!(has!(Error<String>: UnwindSafe + RefUnwindSafe));
    assert!(has!(Report: UnwindSafe + RefUnwindSafe));
    assert!(has!(Cancelled: UnwindSafe + RefUnwindSafe));
}

/// All public types can be printed.
#[test]
fn everything_has_debug() {
    use std::fmt::Debug;
    assert!(has!(CancelToken: Debug) && has!(Context: Debug) && has!(Worker<'_, u8>: Debug));
    assert!(has!(Error<NotSend>: Debug) && has!(Report: Debug) && has!(Progress: Debug));
    // Also where what they are about cannot be.
    struct Mute;
    assert!(has!(Stream<Mute>: Debug) && has!(Scoped<'_, Mute>: Debug));
    assert!(has!(FanOut<Mute>: Debug));
    assert!(!has!(Error<Mute>: Debug));
}

/// A run whose item 1 fails, under a deadline that is far away.
macro_rules! failing {
    ($error:ty) => {{
        let run = over(["1", "x", "3"])
            .workers(2)
            .ordered()
            .cancel_on_error()
            .timeout(std::time::Duration::from_secs(3600))
            .map(|text, _cx| text.parse::<u32>().map_err(<$error>::from));
        run.collect::<Vec<u32>>()
    }};
}

const TEXT: &str = "item 1 failed: invalid digit found in string";

/// `?` converts the run's error, whatever error the items have.
#[test]
fn question_mark_into_boxed_errors() {
    fn plain() -> Result<Vec<u32>, Boxed> {
        Ok(failing!(ParseIntError)?)
    }
    fn boxed() -> Result<Vec<u32>, Boxed> {
        Ok(failing!(Boxed)?)
    }
    fn any() -> Result<Vec<u32>, Boxed> {
        Ok(failing!(anyhow::Error)?)
    }
    let _dog = watch("runs in functions with boxed errors");
    for error in [plain(), boxed(), any()].map(|end| end.expect_err("item 1 fails")) {
        assert_eq!(error.to_string(), TEXT);
        assert!(error.source().is_none(), "the item's text is part of it");
    }
    let error = plain().expect_err("item 1 fails");
    let error = error
        .downcast::<Error<ParseIntError>>()
        .expect("it is in there");
    assert_eq!(error.index(), Some(1));
}

#[test]
fn question_mark_into_anyhow() {
    fn plain() -> anyhow::Result<Vec<u32>> {
        Ok(failing!(ParseIntError)?)
    }
    fn boxed() -> anyhow::Result<Vec<u32>> {
        Ok(failing!(Boxed)?)
    }
    fn any() -> anyhow::Result<Vec<u32>> {
        Ok(failing!(anyhow::Error)?)
    }
    let _dog = watch("runs in functions with anyhow");
    for error in [plain(), boxed(), any()].map(|end| end.expect_err("item 1 fails")) {
        assert_eq!(error.to_string(), TEXT);
    }
    // The item's own error is still there as a value.
    let error = any().expect_err("item 1 fails");
    let error = error
        .downcast::<Error<anyhow::Error>>()
        .expect("it is in there");
    let own = error.into_item().expect("an item failed");
    assert!(own.is::<ParseIntError>());
}

/// Without a deadline the error is the user's own, and `?` does with it what it always does.
#[test]
fn question_mark_on_the_users_own_error() {
    fn own() -> Result<Vec<u32>, ParseIntError> {
        let run = over(["1", "x"]).ordered().cancel_on_error();
        let all: Vec<u32> = run.map(|text, _cx| text.parse::<u32>()).collect()?;
        Ok(all)
    }
    fn any() -> anyhow::Result<Vec<u32>> {
        let run = over(["1", "x"]).ordered().cancel_on_error();
        let run = run.map(|text, _cx| Ok::<_, anyhow::Error>(text.parse::<u32>()?));
        run.collect::<Vec<u32>>()
    }
    let _dog = watch("runs in functions with the items' error");
    assert_eq!(
        own().map_err(|e| e.to_string()),
        Err("invalid digit found in string".into())
    );
    assert!(any().expect_err("item 1 fails").is::<ParseIntError>());
}

#[test]
fn the_parts_of_an_error() {
    let _dog = watch("errors");
    let error = failing!(ParseIntError).expect_err("item 1 fails");
    let own = "x".parse::<u32>().expect_err("no number");
    assert_eq!(error.index(), Some(1));
    assert_eq!(error.clone().into_item(), Some(own.clone()));
    assert_eq!(error.to_string(), TEXT);
    let mapped: Error<usize> = error.clone().map_item(|e| e.to_string().len());
    assert_eq!(
        (mapped.index(), mapped.into_item()),
        (Some(1), Some(own.to_string().len()))
    );
    assert_eq!(error.clone(), error);
    assert!(matches!(error, Error::Item { index: 1, error: ref inner, .. } if *inner == own));

    for (error, text) in [
        (Error::Cancelled, "the run was cancelled before its end"),
        (
            Error::DeadlineExceeded,
            "the run did not end before its deadline",
        ),
    ] {
        assert_eq!(error.to_string(), text);
        let error: Error<u32> = error;
        assert_eq!((error.index(), error.into_item()), (None, None));
        assert_eq!(error.map_item(|n| n + 1), error);
    }
    // One that no item can have needs no type.
    let never: Error = Error::Cancelled;
    assert_eq!(never.into_item().map(|never| match never {}), None::<()>);
}

#[test]
fn other_errors_say_what_they_are() {
    assert_eq!(NotReady.to_string(), "no result of the run is ready yet");
    assert!(has!(NotReady: StdError) && has!(Cancelled: StdError));
    let texts = [
        CancelReason::Stopped,
        CancelReason::Deadline,
        CancelReason::ItemDeadline,
    ];
    let texts = texts.map(|reason| reason.to_string());
    let deadlines = [
        "the run's deadline has passed",
        "the item's deadline has passed",
    ];
    assert_eq!(texts[0], "the run was stopped");
    assert_eq!(texts[1..], deadlines);
}

enum Tree {
    Leaf(u64),
    Node(Vec<Tree>),
}

/// A run inside its own item function: as deep as the data.
fn sum(tree: &Tree) -> u64 {
    match tree {
        Tree::Leaf(value) => *value,
        Tree::Node(trees) => {
            let run = over(trees).workers(2).map(|tree, _cx| sum(tree));
            run.collect_unordered().into_iter().sum()
        }
    }
}

/// The same as a stage and with an input that is generic: the types must not grow with the depth.
fn fibonacci(n: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let both = over([n - 1, n - 2]).workers(2).ordered().map(|n, _cx| n);
    let both = over(both).workers(2).map(|n, _cx| fibonacci(n));
    both.collect_unordered().into_iter().sum()
}

/// What an item returns may be known by the terminal alone.
#[test]
fn types_that_the_terminal_says() {
    let _dog = watch("inference");
    let numbers: Vec<u8> = over(["1", "2"])
        .ordered()
        .map(|text, _cx| text.parse().unwrap())
        .collect();
    assert_eq!(numbers, [1, 2]);
    let sums: Vec<u64> = over(vec![vec![1, 2], vec![3]])
        .ordered()
        .map(|row, _cx| row.iter().sum())
        .collect();
    assert_eq!(sums, [3, 3]);
    let parsed: Result<Vec<u16>, _> = over(["1", "x"])
        .ordered()
        .cancel_on_error()
        .map(|text, _cx| text.parse())
        .collect();
    assert!(parsed.is_err());
    let local: HashSet<u32> = over_local([1_u8].map(Into::into)).map(|n, _cx| n).collect();
    assert_eq!(local, HashSet::from([1]));
}

#[test]
fn a_run_may_recurse() {
    let _dog = watch("recursion");
    let leaf = |n| Tree::Node(vec![Tree::Leaf(n), Tree::Leaf(1)]);
    let tree = Tree::Node(vec![
        leaf(10),
        Tree::Node(vec![leaf(20), leaf(30)]),
        Tree::Node(vec![]),
    ]);
    assert_eq!(sum(&tree), 63);
    assert_eq!(fibonacci(7), 13);
}

//! Each input item is given to exactly one call, and each result is delivered exactly once.

#[macro_use]
mod common;

use common::{Census, Counted, Dice, caught, watch};
use fanout::over;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A mark for each item, set by the call that is given the item.
struct Marks(Vec<AtomicU32>);

impl Marks {
    fn new(items: usize) -> Self {
        Self((0..items).map(|_| AtomicU32::new(0)).collect())
    }
    fn set(&self, item: usize) {
        self.0[item].fetch_add(1, Relaxed);
    }
    /// Every item has its mark once; the marks are wiped for the next run.
    #[track_caller]
    fn assert_once_each(&self, run: &str) {
        for (item, mark) in self.0.iter().enumerate() {
            assert_eq!(mark.swap(0, Relaxed), 1, "{run}: calls for item {item}");
        }
    }
}

/// Defines a function that runs items in every terminal, over what `$input` makes of a vector.
macro_rules! each_once {
    ($name:ident, $input:expr) => {
        fn $name(items: usize, workers: usize) {
            let _dog = watch(format!("{items} items, {workers} workers"));
            let marks = Marks::new(items);
            let make = || (0..items).collect::<Vec<usize>>();
            in_every_terminal!(
                over($input(make()))
                    .workers(workers)
                    .map(|item, _cx| marks.set(item)),
                |terminal: &str, delivered: usize| {
                    assert_eq!(delivered, items, "{terminal}");
                    marks.assert_once_each(terminal);
                }
            );
            in_every_silent_terminal!(
                over($input(make())).workers(workers),
                |item, _cx| marks.set(item),
                |terminal: &str| marks.assert_once_each(terminal)
            );
        }
    };
}

each_once!(of_an_iterator, Vec::into_iter);
each_once!(of_a_vector, |items: Vec<usize>| items);
each_once!(of_a_channel, |items: Vec<usize>| {
    let (sender, receiver) = fanout::channel::unbounded();
    for item in items {
        sender.send(item).expect("the receiver is here");
    }
    receiver
});

each_once!(of_a_stage, |items: Vec<usize>| {
    over(items).workers(3).ordered().map(|item, _| item)
});

#[test]
fn each_item_of_a_stage() {
    for items in SIZES {
        for workers in WORKERS {
            of_a_stage(items, workers);
        }
    }
}

const SIZES: [usize; 5] = [0, 1, 2, 1_000, 10_000];
const WORKERS: [usize; 4] = [1, 2, 3, 8];

#[test]
fn each_item_of_an_iterator() {
    for items in SIZES {
        for workers in WORKERS {
            of_an_iterator(items, workers);
        }
    }
}

#[test]
fn each_item_of_a_vector() {
    for items in SIZES {
        for workers in WORKERS {
            of_a_vector(items, workers);
        }
    }
}

#[test]
fn each_item_of_a_channel() {
    for items in SIZES {
        for workers in WORKERS {
            of_a_channel(items, workers);
        }
    }
}

#[test]
fn each_item_of_a_slice_an_array_and_a_box() {
    let _dog = watch("slices, arrays, boxes");
    let items: Vec<usize> = (0..3_000).collect();
    let marks = Marks::new(items.len());
    over(&items[..]).workers(3).map(|n, _| marks.set(*n)).run();
    marks.assert_once_each("slice");
    over(&items).workers(3).map(|n, _| marks.set(*n)).run();
    marks.assert_once_each("reference of a vector");
    let boxed = items.clone().into_boxed_slice();
    over(boxed).workers(3).map(|n, _| marks.set(n)).run();
    marks.assert_once_each("box");
    let array: [usize; 3_000] = items.try_into().expect("three thousand");
    over(&array).workers(3).map(|n, _| marks.set(*n)).run();
    marks.assert_once_each("reference of an array");
    over(array).workers(3).map(|n, _| marks.set(n)).run();
    marks.assert_once_each("array");
}

#[test]
fn each_item_that_the_calling_thread_pulls() {
    let _dog = watch("items pulled here");
    let marks = Marks::new(5_000);
    // Not `Send`.
    let zero = std::rc::Rc::new(0);
    fanout::over_local((0..5_000).map(|n| n + *zero))
        .workers(3)
        .map(|n: usize, _| marks.set(n))
        .run();
    marks.assert_once_each("over_local");
    over(0..5_000)
        .pull_here()
        .workers(3)
        .map(|n: usize, _| marks.set(n))
        .run();
    marks.assert_once_each("pull_here");
}

#[test]
fn each_result_is_delivered_once() {
    let _dog = watch("results of uneven items");
    for workers in [1, 2, 3, 8] {
        let mut seen = over(0..20_000_u64)
            .workers(workers)
            .map(|n, _| {
                if n % 1_000 == 0 {
                    common::spin(200_000);
                }
                n
            })
            .collect_unordered();
        seen.sort_unstable();
        assert!(seen.iter().copied().eq(0..20_000), "{workers} workers");
    }
}

#[test]
fn each_item_and_each_result_lives_and_dies_once() {
    let _dog = watch("the lives of items and results");
    let mut dice = Dice::new(2);
    for _ in 0..60 {
        let (items, results) = (Census::new(), Census::new());
        let count = dice.below(300);
        let workers = 1 + dice.below(5) as usize;
        let work = |item: Counted, _: &fanout::Context| results.make(item.value);
        let input: Vec<Counted> = (0..count).map(|n| items.make(n)).collect();
        let run = over(input).workers(workers).ordered().map(work);
        let all: Vec<Counted> = match dice.below(3) {
            0 => run.collect(),
            1 => run.window(64).collect(),
            _ => run.scope(|results| results.collect()),
        };
        items.assert_all_gone();
        assert_eq!(results.alive() as u64, count);
        assert!(all.iter().map(|result| result.value).eq(0..count));
        drop(all);
        results.assert_all_gone();
    }
}

#[test]
fn an_iterator_that_lies_about_its_size_loses_nothing() {
    let _dog = watch("lying size hints");
    struct Liar(std::ops::Range<u64>, (usize, Option<usize>));
    impl Iterator for Liar {
        type Item = u64;
        fn next(&mut self) -> Option<u64> {
            self.0.next()
        }
        fn size_hint(&self) -> (usize, Option<usize>) {
            self.1
        }
    }
    for lie in [
        (0, Some(0)),
        (3, Some(3)),
        (100, Some(1)),
        (usize::MAX, Some(usize::MAX)),
        (usize::MAX, None),
        (usize::MAX, Some(0)),
    ] {
        for workers in [1, 3] {
            let run = || over(Liar(0..700, lie)).workers(workers).map(|n, _| n);
            assert!(run().ordered().collect::<Vec<_>>().into_iter().eq(0..700));
            assert_eq!(run().collect_unordered().len(), 700);
            assert_eq!(run().scope(|results| results.count()), 700);
        }
    }
}

#[test]
fn zero_sized_items_and_results_are_counted_like_others() {
    let _dog = watch("zero-sized items");
    let calls = AtomicU32::new(0);
    let all: Vec<()> = over(vec![(); 5_000])
        .workers(3)
        .ordered()
        .map(|(), _| {
            calls.fetch_add(1, Relaxed);
        })
        .collect();
    assert_eq!((all.len(), calls.into_inner()), (5_000, 5_000));
}

#[test]
fn as_many_zero_sized_items_as_there_can_be() {
    let _dog = watch("usize::MAX items");
    for workers in [1, 2, 8] {
        let everything = || over(vec![(); usize::MAX]).workers(workers).ordered();
        let failed: Result<Vec<()>, u64> = everything()
            .cancel_on_error()
            .map(|(), cx| {
                if cx.index() == 5_000 {
                    Err(cx.index())
                } else {
                    Ok(())
                }
            })
            .collect();
        assert_eq!(failed, Err(5_000), "{workers} workers");
        let some = everything().map(|(), cx| cx.index()).stream().take(3_000);
        assert!(some.eq(0..3_000), "{workers} workers");
        let payload = caught(|| {
            everything()
                .map(|(), cx| assert!(cx.index() < 3_000, "enough"))
                .run();
        });
        assert!(common::payload_text(&*payload).contains("enough"));
    }
}

#[test]
fn large_items_do_not_need_a_large_stack() {
    let _dog = watch("large items");
    // Items of 1 MiB are moved by the engine as any other; a stack that holds a few of them is enough.
    let megabytes = over((0..24_u8).map(|n| [n; 1 << 20]))
        .workers(2)
        .stack_size(16 << 20)
        .window(4)
        .ordered()
        .map(|item, _| Box::new(item))
        .stream();
    let firsts: Vec<u8> = megabytes.map(|item| item[0]).collect();
    assert!(firsts.into_iter().eq(0..24));
    // Boxed, they need none of it.
    let sums: Vec<u64> = over((0..24_u8).map(|n| vec![n; 1 << 20]))
        .workers(2)
        .stack_size(64 << 10)
        .ordered()
        .map(|item, _| item.into_iter().map(u64::from).sum())
        .collect();
    assert!(sums.into_iter().eq((0..24).map(|n| n << 20)));
}

#[test]
fn items_of_odd_alignment_arrive_whole() {
    let _dog = watch("aligned items");
    #[derive(Debug, Clone, Copy, PartialEq)]
    #[repr(align(64))]
    struct Line(u8);
    let lines: Vec<Line> = over((0..200).map(Line).collect::<Vec<_>>())
        .workers(3)
        .ordered()
        .map(|line, _| {
            assert_eq!((&raw const line).addr() % 64, 0);
            line
        })
        .collect();
    assert!(lines.into_iter().eq((0..200).map(Line)));
}

#[test]
fn the_receiver_may_be_shared_with_somebody_else() {
    let _dog = watch("a shared channel");
    let (sender, receiver) = fanout::channel::bounded(16);
    let foreign = receiver.clone();
    let marks = Marks::new(4_000);
    std::thread::scope(|scope| {
        scope.spawn(move || (0..4_000).for_each(|n| sender.send(n).expect("a receiver")));
        scope.spawn(|| foreign.iter().for_each(|n: usize| marks.set(n)));
        over(receiver).workers(3).map(|n, _| marks.set(n)).run();
    });
    marks.assert_once_each("shared channel");
}

#[test]
fn the_senders_may_leave_at_any_time() {
    let _dog = watch("senders that leave");
    let mut dice = Dice::new(7);
    for _ in 0..200 {
        let sends = dice.below(40) as usize;
        let (sender, receiver) = fanout::channel::unbounded();
        let marks = Marks::new(sends);
        std::thread::scope(|scope| {
            scope.spawn(move || (0..sends).for_each(|n| sender.send(n).expect("a receiver")));
            let delivered = over(receiver)
                .workers(3)
                .map(|n: usize, _| marks.set(n))
                .collect_unordered();
            assert_eq!(delivered.len(), sends);
        });
        marks.assert_once_each("channel");
    }
}

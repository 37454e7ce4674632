//! The examples' watchdog: it sees every hang, and nothing else.

#[path = "../../examples/support/mod.rs"]
mod support;

use crate::common::caught;
use crate::{TIMES, watch as dog};
use support::watched::{bounded, scope, until_others_wait, watch};

#[test]
fn threads_that_wait_for_each_other_are_reported_and_let_go() {
    let _dog = dog("two that wait for each other");
    for _ in 0..TIMES {
        let ((), report) = watch(|| {
            let (questions, asked) = bounded::<u32>("questions", 1);
            let (answers, answered) = bounded::<u32>("answers", 1);
            scope(|scope| {
                scope.spawn("ann", move || {
                    let _ = answered.recv();
                    let _ = questions.send(1);
                });
                scope.spawn("bob", move || {
                    let _ = asked.recv();
                    let _ = answers.send(1);
                });
            });
        });
        let report = report.expect("they hang");
        let lines: Vec<&str> = report.lines().skip(1).collect();
        assert!(
            lines[0].contains("ann waits to receive from `answers`"),
            "{report}"
        );
        assert!(
            lines[1].contains("bob waits to receive from `questions`"),
            "{report}"
        );
        assert!(
            lines[2].ends_with("waits for its threads to end"),
            "{report}"
        );
    }
}

#[test]
fn a_full_channel_that_nobody_empties_is_reported() {
    let _dog = dog("a full channel");
    let (sent, report) = watch(|| {
        let (sender, _receiver) = bounded("letters", 2);
        (0..)
            .take_while(|letter| sender.send(*letter).is_ok())
            .count()
    });
    assert_eq!(sent, 2);
    let report = report.expect("it hangs");
    assert!(
        report.contains("to send to `letters`, which is full and has 1 receiver"),
        "{report}"
    );
}

#[test]
fn those_who_wait_now_and_then_are_left_alone() {
    let _dog = dog("messages through narrow channels");
    for _ in 0..TIMES {
        let (sum, report) = watch(|| {
            let (numbers, there) = bounded("there", 1);
            let (back, returned) = bounded("back", 1);
            scope(|scope| {
                for _ in 0..2 {
                    let numbers = numbers.clone();
                    scope.spawn("producer", move || {
                        (0..100_u64).for_each(|n| numbers.send(n).expect("somebody receives"));
                    });
                    let (there, back) = (there.clone(), back.clone());
                    scope.spawn("worker", move || {
                        there
                            .into_iter()
                            .for_each(|n| back.send(n).expect("somebody receives"));
                    });
                }
                drop((numbers, there, back));
                returned.iter().sum::<u64>()
            })
        });
        assert_eq!((sum, report), (9900, None));
    }
}

#[test]
fn who_waits_for_the_others_to_wait_is_no_hang() {
    let _dog = dog("a thread that looks on");
    for _ in 0..TIMES {
        let (sum, report) = watch(|| {
            let (numbers, there) = bounded("numbers", 1);
            scope(|scope| {
                let adder = scope.spawn("adder", move || there.into_iter().sum::<u32>());
                // The other one has come to rest each time, with nothing to do.
                for number in 1..=3 {
                    until_others_wait();
                    numbers.send(number).expect("somebody receives");
                }
                drop(numbers);
                adder.join().expect("it does not panic")
            })
        });
        assert_eq!((sum, report), (6, None));
    }
}

#[test]
fn a_panic_is_no_hang() {
    let _dog = dog("a panic in a thread");
    for _ in 0..TIMES {
        let (_payload, report) = watch(|| {
            caught(|| {
                let (sender, receiver) = bounded::<u32>("numbers", 1);
                scope(|scope| {
                    scope.spawn("worker", move || {
                        let _sender = sender;
                        std::panic::resume_unwind(Box::new("on purpose"));
                    });
                    assert!(receiver.recv().is_err());
                });
            })
        });
        assert_eq!(report, None);
    }
}

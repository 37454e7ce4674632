//! Inputs that only the calling thread pulls from.

use std::cell::Cell;
use std::io::BufRead;
use std::rc::Rc;
use std::thread;

use fanout::{Ended, over, over_local};

use crate::common::watch;

#[test]
fn an_iterator_that_cannot_leave_this_thread() {
    let _dog = watch("over_local");
    let here = thread::current().id();
    let pulled = Rc::new(Cell::new(0));
    let count = pulled.clone();
    let input = (0..100).inspect(move |_| {
        assert_eq!(thread::current().id(), here);
        count.set(count.get() + 1);
    });
    let all: Vec<u32> = over_local(input)
        .workers(3)
        .ordered()
        .map(|n, _cx| n * 2)
        .collect();
    assert!(all.into_iter().eq((0..100).map(|n| n * 2)));
    assert_eq!(pulled.get(), 100);
}

/// As `stdin().lock().lines()`: the lock is not `Send`.
#[test]
fn lines_of_a_reader_that_is_locked() {
    let _dog = watch("lines");
    struct Locked<'a> {
        text: &'a [u8],
        _not_send: Rc<()>,
    }
    impl std::io::Read for Locked<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            self.text.read(into)
        }
    }
    impl BufRead for Locked<'_> {
        fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
            self.text.fill_buf()
        }
        fn consume(&mut self, n: usize) {
            self.text.consume(n);
        }
    }
    let lines = Locked {
        text: b"one\ntwo\nthree",
        _not_send: Rc::new(()),
    };
    let lines = lines.lines();
    let lengths: Vec<usize> = over_local(lines)
        .workers(2)
        .ordered()
        .cancel_on_error()
        .map(|line, _cx| line.map(|line| line.len()))
        .collect()
        .expect("text can be read");
    assert_eq!(lengths, [3, 3, 5]);
}

#[test]
fn over_local_takes_what_can_be_iterated() {
    let _dog = watch("over_local");
    let mut all = over_local(vec![1, 2]).map(|n, _cx| n).collect_unordered();
    all.sort_unstable();
    assert_eq!(all, [1, 2]);
    let mut numbers = [1, 2];
    over_local(&mut numbers).map(|n, _cx| *n += 1).run();
    assert_eq!(numbers, [2, 3]);
}

/// The other spelling pulls here as well.
#[test]
fn pull_here() {
    let _dog = watch("pull_here");
    let here = thread::current().id();
    let input = (0..50).inspect(|_| assert_eq!(thread::current().id(), here));
    let all: Vec<i32> = over(input)
        .workers(3)
        .ordered()
        .map(|n, _cx| n)
        .pull_here()
        .collect();
    assert!(all.into_iter().eq(0..50));
    // It changes nothing for what has no code of its own to run.
    let all: Vec<i32> = over(vec![1, 2])
        .pull_here()
        .ordered()
        .map(|n, _cx| n)
        .collect();
    assert_eq!(all, [1, 2]);
}

/// Before and after the items have keys.
#[test]
fn pull_here_of_items_with_keys() {
    let _dog = watch("pull_here with keys");
    let here = thread::current().id();
    let input = || (0..50).inspect(|_| assert_eq!(thread::current().id(), here));
    let key = |n: &i32| n % 3;
    let before = over(input()).workers(3).pull_here().shard_by(key);
    let before: Vec<i32> = before.ordered().map(|n, _cx| n).collect();
    let after = over(input()).workers(3).shard_by(key).pull_here();
    let after: Vec<i32> = after.ordered().map(|n, _cx| n).collect();
    assert!(before.into_iter().eq(0..50));
    assert!(after.into_iter().eq(0..50));
}

/// Each terminal that ends here does the pulling.
#[test]
fn every_terminal_that_ends_here() {
    let _dog = watch("terminals over a local input");
    let input = || {
        let here = Rc::new(1_u32);
        over_local((0..20).map(move |n| n + *here)).workers(3)
    };
    let sum = (1..=20).sum::<u32>();
    let mut seen = 0;
    input().map(|n, _cx| n).for_each(|n| seen += n);
    assert_eq!(seen, sum);
    let counted = input().local(|| 0).map(|n, w| *w.local += n);
    assert_eq!(counted.merge(|a, b| a + b), sum);
    let counted = input().local(|| 0).map(|n, w| *w.local += n);
    assert_eq!(counted.locals().iter().sum::<u32>(), sum);
    let mut ended = None;
    let end = input()
        .ordered()
        .map(|n, _cx| n)
        .on_report(|report| ended = Some(report.ended()))
        .try_for_each(|n| if n == 3 { Err(n) } else { Ok(()) });
    assert_eq!(end, Err(3));
    assert_eq!(ended, Some(Ended::Stopped));
}

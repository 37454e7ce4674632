//! Lanes and cursor of a table between two workers, in every interleaving up to three preemptions (two, for single items at the size of
//! CI). Items and results are in
//! loom's cells.

use super::*;
use crate::deliver::items::ArrayItems;
use crate::sync::Arc;
use crate::sync::checking::{every_interleaving as model, middling};
use loom::thread;

type Numbers = Table<ArrayItems<u32>, u32>;

fn serve(table: &Numbers, worker: usize, batch: u32, admits: impl Fn(u64) -> bool) {
    let mut lane = table.lane(worker);
    while lane.fill(|_| batch, &admits, Fence::Asymmetric).is_some() {
        while lane.goes_on() {
            lane.each::<true, _>(|index, item, place| admits(index).then(|| place.put(item * 10)));
        }
    }
}

fn two_workers(items: Vec<u32>, batch: u32, admits: fn(u64) -> bool) -> Numbers {
    let mut table = Table::new(ArrayItems::new(items));
    table.open_lanes(2);
    let table = Arc::new(table);
    let helper = {
        let table = table.clone();
        thread::spawn(move || serve(&table, 1, batch, admits))
    };
    serve(&table, 0, batch, admits);
    helper.join().unwrap();
    Arc::into_inner(table).expect("the other worker has left")
}

/// Two workers claim single items.
#[test]
fn loom_table_single_items() {
    middling(|| {
        let table = two_workers(vec![1, 2], 1, |_| true);
        let mut panic = FirstPanic::none();
        assert_eq!(table.finish(&mut panic), Some(vec![10, 20]));
    });
}

/// One takes all that there is, so the other has to take it out of that lane.
#[test]
fn loom_table_stealing_from_a_lane() {
    model(|| {
        let table = two_workers(vec![1, 2, 3], 3, |_| true);
        let mut panic = FirstPanic::none();
        assert_eq!(table.finish(&mut panic), Some(vec![10, 20, 30]));
    });
}

/// What may not start is left, and nobody waits for it.
#[test]
fn loom_table_that_ends_early() {
    model(|| {
        let table = two_workers(vec![1, 2, 3], 2, |index| index < 1);
        assert_eq!(table.reached(), 1);
        let mut panic = FirstPanic::none();
        assert_eq!(table.finish(&mut panic), None);
    });
}

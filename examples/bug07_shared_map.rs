//! Bug 7: a race on a shared map, or a lock that makes all wait.
//!
//! Reading, working and writing back under two short locks loses what others wrote meanwhile. One long lock loses nothing,
//! but only one worker works.
//!
//! ```sh
//! cargo run --release --example bug07_shared_map
//! ```

#[path = "support/mod.rs"]
mod support;

use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use fanout::fan_out;
use support::{Gauge, Meeting, Table, line};

const WORKERS: usize = 4;

type Totals = HashMap<&'static str, u64>;

// ANCHOR: wrong
/// The total of all orders of each customer.
pub fn by_hand_wrong(orders: &[Order], shop: &Shop) -> Totals {
    let next = AtomicUsize::new(0);
    // A plain map does not compile: only one thread may change it.
    let totals = Mutex::new(Totals::new());
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(order) = orders.get(next.fetch_add(1, Relaxed)) {
                    let so_far = totals.lock().unwrap().get(order.customer).copied();
                    let price = shop.price(order);
                    let total = so_far.unwrap_or_default() + price;
                    totals.lock().unwrap().insert(order.customer, total);
                }
            });
        }
    });
    totals.into_inner().unwrap()
}
// ANCHOR_END: wrong

// ANCHOR: serial
/// The tempting fix: nothing is lost, and nothing is gained by having workers.
pub fn by_hand_serial(orders: &[Order], shop: &Shop) -> Totals {
    let next = AtomicUsize::new(0);
    let totals = Mutex::new(Totals::new());
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(order) = orders.get(next.fetch_add(1, Relaxed)) {
                    let mut totals = totals.lock().unwrap();
                    *totals.entry(order.customer).or_default() += shop.price(order);
                }
            });
        }
    });
    totals.into_inner().unwrap()
}
// ANCHOR_END: serial

// ANCHOR: right
/// A map for each worker, and one of all in the end.
pub fn by_hand_right(orders: &[Order], shop: &Shop) -> Totals {
    let next = AtomicUsize::new(0);
    let add_some = || {
        let mut totals = Totals::new();
        while let Some(order) = orders.get(next.fetch_add(1, Relaxed)) {
            *totals.entry(order.customer).or_default() += shop.price(order);
        }
        totals
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(add_some)).collect();
        let totals = workers.into_iter().map(|worker| worker.join().unwrap());
        totals.reduce(merge).unwrap_or_default()
    })
}
// ANCHOR_END: right

// ANCHOR: fanout
#[fan_out(workers = 4, merge = merge)]
fn add(order: &Order, #[shared] shop: &Shop, #[local(Totals::new())] totals: &mut Totals) {
    *totals.entry(order.customer).or_default() += shop.price(order);
}

pub fn with_fanout(orders: &[Order], shop: &Shop) -> Totals {
    add(orders, shop).merged()
}
// ANCHOR_END: fanout

// ANCHOR: merge
fn merge(mut one: Totals, other: Totals) -> Totals {
    for (customer, total) in other {
        *one.entry(customer).or_default() += total;
    }
    one
}
// ANCHOR_END: merge

const ORDERS: usize = 40;

pub struct Order {
    customer: &'static str,
}

/// Knows prices: looking one up takes until every worker does so, or until patience is over.
pub struct Shop {
    busy: Gauge,
    meeting: Meeting,
}

impl Shop {
    fn price(&self, _order: &Order) -> u64 {
        let _busy = self.busy.enter();
        self.meeting.attend();
        1
    }
}

/// What became of the orders.
#[derive(Debug)]
pub struct Facts {
    /// Orders that are in no total.
    pub lost: usize,
    /// The most orders that were looked up at the same time.
    pub at_once: usize,
}

pub fn measure(form: impl Fn(&[Order], &Shop) -> Totals, patience: Duration) -> Facts {
    let customers = ["ann", "bob"].iter().cycle().take(ORDERS);
    let orders: Vec<Order> = customers.map(|customer| Order { customer }).collect();
    let shop = Shop {
        busy: Gauge::new(),
        meeting: Meeting::new(WORKERS, patience),
    };
    let total: u64 = form(&orders, &shop).values().sum();
    Facts {
        lost: ORDERS - total as usize,
        at_once: shop.busy.most(),
    }
}

impl Facts {
    /// Whether it is free of the bug.
    pub fn is_right(&self) -> bool {
        self.lost == 0 && self.at_once == WORKERS
    }

    fn cells(&self) -> [String; 2] {
        let lost = format!("{} of {ORDERS}", self.lost);
        [lost, format!("{} of {WORKERS}", self.at_once)]
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {ORDERS} lost, {} at once",
            self.lost, self.at_once
        )
    }
}

/// Long enough to be sure that an order which waits for others waits in vain.
pub const PATIENCE: Duration = Duration::from_millis(5);
/// As good as endless.
pub const TRUST: Duration = Duration::from_secs(10);

/// What it says in the table of all bugs.
pub fn summary() -> [String; 3] {
    line(
        &measure(by_hand_wrong, TRUST),
        &measure(by_hand_right, TRUST),
        &measure(with_fanout, TRUST),
    )
}

fn main() {
    let table = Table::new(&["", "orders lost", "workers busy at once"])
        .row("by hand", &measure(by_hand_wrong, TRUST).cells())
        .row(
            "by hand, one lock",
            &measure(by_hand_serial, PATIENCE).cells(),
        )
        .row("by hand, fixed", &measure(by_hand_right, TRUST).cells())
        .row("with fanout", &measure(with_fanout, TRUST).cells());
    println!("{table}");
}

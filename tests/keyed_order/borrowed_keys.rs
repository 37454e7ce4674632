//! Keys that borrow from their items, items that borrow from the caller.

use std::collections::HashMap;
use std::sync::Mutex;

use fanout::over;

use crate::common::watch;

struct Event<'a> {
    user: &'a str,
    city: String,
    amount: u64,
}

fn user<'e>(event: &'e Event<'_>) -> &'e str {
    event.user
}

fn city<'e>(event: &'e Event<'_>) -> &'e str {
    &event.city
}

#[test]
fn of_an_event() {
    let _dog = watch("borrowed keys");
    let names = ["ann".to_owned(), "bob".to_owned()];
    let events = || {
        (0..200).map(|n| Event {
            user: &names[n % 2],
            city: format!("city {}", n % 5),
            amount: n as u64,
        })
    };
    let last = Mutex::new(HashMap::new());
    let note = |key: String, amount| last.lock().unwrap().insert(key, amount);
    over(events())
        .workers(3)
        .shard_by(user)
        .map(|event, _cx| {
            note(event.user.to_owned(), event.amount);
        })
        .run();
    over(events())
        .workers(3)
        .map(|event, _cx| {
            note(event.city, event.amount);
        })
        .shard_by(city)
        .run();
    let last = last.into_inner().unwrap();
    assert_eq!((last["ann"], last["bob"]), (198, 199));
    assert_eq!((last["city 0"], last["city 4"]), (195, 199));
}

#[test]
fn of_references() {
    let _dog = watch("keys of references");
    let words = ["a", "bb", "c", "dd"].map(str::to_owned);
    let lengths: Vec<usize> = over(&words)
        .workers(2)
        .shard_by(|word: &&String| word.len())
        .ordered()
        .map(|word, _cx| word.len())
        .collect();
    assert_eq!(lengths, [1, 2, 1, 2]);
}

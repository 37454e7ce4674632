//! `workers = 0` and its like are a clear panic before anything starts; that they are compile errors where the value is
//! known is in `ui-tests`.

mod common;

use common::{caught, payload_text, watch};
use fanout::{FanOut, over};

/// Calls `$option` on a fan-out whose input and item function must not be touched, in every terminal.
macro_rules! refused {
    ($name:ident, $option:expr, $names:expr) => {
        #[test]
        fn $name() {
            let _dog = watch("an option out of range");
            fn never() -> impl Iterator<Item = u64> + Send {
                std::iter::from_fn(|| unreachable!("the input is not asked"))
            }
            fn item(_: u64, _: &fanout::Context) {
                unreachable!("no item is run")
            }
            macro_rules! check {
                ($terminal:expr, $run:expr) => {
                    let payload = caught(|| $run);
                    let text = payload_text(&*payload);
                    assert!(
                        text.contains(concat!("`", $names, "`")),
                        "{}: it does not name the option: {text}",
                        $terminal
                    );
                };
            }
            let set = $option;
            check!("run", set(over(never())).map(item).run());
            check!(
                "collect",
                set(over(never())).ordered().map(item).collect::<Vec<()>>()
            );
            check!(
                "collect_unordered",
                set(over(never())).map(item).collect_unordered()
            );
            check!("for_each", set(over(never())).map(item).for_each(drop));
            check!(
                "try_for_each",
                set(over(never()))
                    .map(item)
                    .try_for_each(|()| Ok::<(), ()>(()))
            );
            check!("stream", set(over(never())).map(item).stream());
            check!("scope", set(over(never())).map(item).scope(|_| ()));
            let with_state = || set(over(never())).local(|| ()).map(|n, w| item(n, w.cx));
            check!("locals", with_state().locals());
            check!("merge", with_state().merge(|(), ()| ()));
        }
    };
}

refused!(workers_of_zero, |run: FanOut<_>| run.workers(0), "workers");
refused!(a_window_of_zero, |run: FanOut<_>| run.window(0), "window");
refused!(a_batch_of_zero, |run: FanOut<_>| run.batch(0), "batch");
refused!(
    a_stack_of_zero,
    |run: FanOut<_>| run.stack_size(0),
    "stack_size"
);
refused!(
    a_window_without_end,
    |run: FanOut<_>| run.window(usize::MAX),
    "window"
);
refused!(
    a_window_above_its_limit,
    |run: FanOut<_>| run.window((1 << 24) + 1),
    "window"
);
refused!(
    a_batch_above_its_limit,
    |run: FanOut<_>| run.batch((1 << 24) + 1),
    "batch"
);
refused!(
    a_batch_above_its_window,
    |run: FanOut<_>| run.window(10).batch(11),
    "batch"
);

#[test]
fn items_in_memory_are_dropped_and_not_run() {
    let census = common::Census::new();
    let items: Vec<_> = (0..10).map(|n| census.make(n)).collect();
    let payload = caught(|| {
        over(items)
            .workers(0)
            .map(|_, _| unreachable!("no item is run"))
            .for_each(|()| {})
    });
    assert!(payload_text(&*payload).contains("`workers`"));
    census.assert_all_gone();
}

#[test]
fn the_largest_values_are_taken() {
    let _dog = watch("the largest window and batch");
    let all: Vec<u64> = over(0..100)
        .workers(2)
        .window(1 << 24)
        .batch(1 << 24)
        .ordered()
        .map(|n, _| n)
        .collect();
    assert!(all.into_iter().eq(0..100));
}

#[test]
fn the_panic_is_at_the_caller() {
    let here = file!();
    let hook = std::panic::take_hook();
    let (say, said) = std::sync::mpsc::channel();
    let this = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == this {
            let file = panic.location().map(|place| place.file().to_owned());
            // Nobody listens any more when the test is over.
            let _ = say.send(file);
        } else {
            hook(panic);
        }
    }));
    drop(caught(|| over(0..10).workers(0).map(|_, _| ()).run()));
    drop(caught(|| over(0..10).workers(0).map(|_, _| ()).stream()));
    drop(caught(|| {
        over(0..10)
            .workers(0)
            .ordered()
            .map(|_, _| ())
            .collect::<Vec<()>>()
    }));
    drop(std::panic::take_hook());
    let places: Vec<_> = said.try_iter().collect();
    assert_eq!(places, vec![Some(here.to_owned()); 3]);
}

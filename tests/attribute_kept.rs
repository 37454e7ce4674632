//! An argument lives as long as the run, whether the body looks at it or not.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fanout::fan_out;

/// Counts its clones.
#[derive(Clone)]
struct Guard(Arc<()>);

impl Guard {
    fn new() -> (Self, impl Fn() -> usize) {
        let guard = Self(Arc::new(()));
        let alive = Arc::downgrade(&guard.0);
        (guard, move || alive.strong_count())
    }
}

#[fan_out(workers = 2, ordered)]
fn plainly(n: u32, #[shared] _guard: Guard) -> u32 {
    n
}

#[fan_out(workers = 2, ordered)]
fn without_a_name(n: u32, #[shared] _: Guard) -> u32 {
    n
}

#[fan_out(workers = 2, ordered)]
fn several_without_names(
    n: u32,
    #[shared] _: Guard,
    #[shared] (_, _): (Guard, Arc<Guard>),
    #[shared] _: &Guard,
    #[shared] _: Arc<Guard>,
) -> u32 {
    n
}

#[fan_out(workers = 2, ordered)]
#[allow(unused_variables)]
fn forgotten(n: u32, #[shared] guard: Guard) -> u32 {
    n
}

#[fan_out(workers = 2, ordered)]
fn in_a_pattern(
    n: u32,
    #[shared] (first, _second, _, (third, ..)): (Guard, Guard, Guard, (Guard, Guard, Guard)),
) -> u32 {
    let _ = (&first.0, &third);
    n
}

#[fan_out(workers = 2, ordered)]
fn in_an_array(n: u32, #[shared] [first, .., [_, ..]]: [[Guard; 2]; 3]) -> u32 {
    let _ = &first[0].0;
    n
}

#[fan_out(workers = 2, ordered)]
fn beside_a_state(n: u32, #[shared] _guard: Guard, #[local(0)] sum: &mut u32) -> u32 {
    *sum += n;
    n
}

#[fan_out(workers = 2, ordered)]
fn beside_its_own_state(
    n: u32,
    #[shared] (start, _guard): (Box<u32>, Guard),
    #[local(*start)] sum: &mut u32,
) -> u32 {
    *sum += n;
    n + *start - *start
}

struct Owner(Guard);

impl Owner {
    #[fan_out(workers = 2, ordered)]
    fn of_itself(self: Arc<Self>, n: u32) -> u32 {
        n
    }
    #[fan_out(workers = 2, ordered)]
    fn looked_at_elsewhere(self: Arc<Self>, n: u32) -> u32 {
        struct Other(u32);
        impl Other {
            fn get(&self) -> u32 {
                self.0
            }
        }
        Other(n).get()
    }
}

/// As many clones are alive before and in the run as there were, and none after it.
macro_rules! assert_kept {
    ($clones:expr, $run:expr) => {{
        let (guard, alive) = Guard::new();
        let run = $run(guard);
        assert_eq!(alive(), $clones, "before the run");
        assert_eq!(run.collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(alive(), 0, "after the run");
        let (guard, alive) = Guard::new();
        let mut stream = $run(guard).stream();
        assert_eq!(stream.next(), Some(1));
        assert_eq!(alive(), $clones, "in the run");
        assert_eq!(stream.by_ref().collect::<Vec<_>>(), [2, 3]);
        drop(stream);
        assert_eq!(alive(), 0, "after the stream");
    }};
}

const INPUT: [u32; 3] = [1, 2, 3];

#[test]
fn what_the_body_does_not_name() {
    assert_kept!(1, |guard| plainly(INPUT, guard));
    assert_kept!(1, |guard| without_a_name(INPUT, guard));
    assert_kept!(1, |guard| forgotten(INPUT, guard));
    let other = Guard::new().0;
    let arc = Arc::new(other.clone());
    let (guard, alive) = Guard::new();
    let run = several_without_names(
        INPUT,
        guard.clone(),
        (guard, arc.clone()),
        &other,
        arc.clone(),
    );
    assert_eq!((alive(), Arc::strong_count(&arc)), (2, 3));
    assert_eq!(run.collect::<Vec<_>>(), INPUT);
    assert_eq!((alive(), Arc::strong_count(&arc)), (0, 1));
    assert_kept!(1, |guard| beside_a_state(INPUT, guard));
    assert_kept!(1, |guard| beside_its_own_state(INPUT, (Box::new(0), guard)));
}

#[test]
fn the_parts_of_a_pattern() {
    assert_kept!(6, |guard: Guard| {
        let [a, b, c, d, e] = core::array::from_fn(|_| guard.clone());
        in_a_pattern(INPUT, (guard, a, b, (c, d, e)))
    });
    assert_kept!(6, |guard: Guard| {
        let array = core::array::from_fn(|_| [guard.clone(), guard.clone()]);
        let run = in_an_array(INPUT, array);
        drop(guard);
        run
    });
}

#[test]
fn a_self_that_the_body_does_not_name() {
    assert_kept!(1, |guard| Arc::new(Owner(guard)).of_itself(INPUT));
    assert_kept!(1, |guard| Arc::new(Owner(guard)).looked_at_elsewhere(INPUT));
    assert_eq!(Arc::strong_count(&Owner(Guard::new().0).0.0), 1);
}

static BEGUN: AtomicUsize = AtomicUsize::new(0);

fn begun(text: String) -> String {
    BEGUN.fetch_add(1, Ordering::Relaxed);
    text
}

#[fan_out(workers = 1, ordered, allow(FO114))]
fn in_the_body(n: u32, #[shared] x: u32, #[local(x + 1)] l: &mut u32) -> String {
    *l += n;
    format!("{x} {l}")
}

#[fan_out(workers = 1, allow(FO114))]
fn in_the_beginning(n: u32, #[shared] x: String, #[local(begun(format!("{x}-")))] l: &mut String) {
    write!(l, "{n}").expect("strings take all");
}

#[fan_out(workers = 1, ordered, allow(FO114))]
fn as_a_width(n: u32, #[shared] width: usize) -> String {
    format!("{n:width$}")
}

/// The text only looks like a format string.
#[fan_out(workers = 1, ordered, allow(FO114))]
fn in_no_format_string(n: u32, #[shared] x: &str, #[local("{x}")] l: &mut &'static str) -> String {
    format!("{n}{x}{l}")
}

#[derive(Debug)]
struct Named(#[allow(dead_code, reason = "it is printed")] &'static str);

impl Named {
    #[fan_out(workers = 1, allow(FO114))]
    fn its_own_self(&self, n: u32, #[local(format!("{self:?}"))] l: &mut String) {
        write!(l, "{n}").expect("strings take all");
    }
    #[fan_out(workers = 1, allow(FO114))]
    fn its_own_arc(self: Arc<Self>, n: u32, #[local(format!("{self:?}"))] l: &mut String) {
        write!(l, "{n}").expect("strings take all");
    }
}

#[test]
fn what_only_a_format_string_names() {
    assert_eq!(in_the_body([1, 2], 5).collect::<Vec<_>>(), ["5 7", "5 9"]);
    assert_eq!(in_the_beginning([1, 2], "a".to_owned()).locals(), ["a-12"]);
    assert_eq!(BEGUN.load(Ordering::Relaxed), 1);
    assert_eq!(as_a_width([1], 3).collect::<Vec<_>>(), ["  1"]);
    assert_eq!(in_no_format_string([1], "b").collect::<Vec<_>>(), ["1b{x}"]);
    assert_eq!(Named("a").its_own_self([1]).locals(), ["Named(\"a\")1"]);
    let owned = Arc::new(Named("a"));
    assert_eq!(owned.its_own_arc([1]).locals(), ["Named(\"a\")1"]);
}

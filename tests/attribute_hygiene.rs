//! The expansion neither sees nor shadows what the user calls things.

#![allow(
    dead_code,
    non_upper_case_globals,
    reason = "names that stand in the way, used or not"
)]

/// Names of the prelude, shadowed by what they are not.
mod shadowed {
    #[derive(Debug)]
    pub struct Result;
    pub struct Vec;
    pub struct Option;
    pub struct String;
    pub struct Box;
    pub trait Fn {}
    pub trait Send {}
    pub trait Sync {}
    pub trait Into {}
    pub fn drop() {}
    pub const Some: u32 = 1;
    pub const Ok: u32 = 2;
    pub const Err: u32 = 3;
    pub const None: u32 = 4;
    pub mod core {}
    pub mod std {}
    pub mod fanout {
        pub struct Context;
    }

    #[::fanout::fan_out(workers = 2, ordered, cancel_on_error, timeout = "1h")]
    pub fn parse(
        text: &str,
        #[local(try open())] seen: &mut u32,
        #[shared] base: u32,
    ) -> ::std::result::Result<u32, ()> {
        *seen += 1;
        ::std::result::Result::Ok(base + text.len() as u32 + Some)
    }

    fn open() -> ::std::result::Result<u32, ()> {
        ::std::result::Result::Ok(0)
    }
}

#[test]
fn names_of_the_prelude_may_be_taken() {
    let lengths: Result<Vec<u32>, _> = shadowed::parse(["a", "bb"], 10).collect();
    assert_eq!(lengths, Ok(vec![12, 13]));
}

/// The names that the expansion itself uses, as the user's.
mod hostile {
    use fanout::{Context, fan_out};

    pub struct M(pub u32);
    pub const INPUT: u32 = 1;

    fn call(n: u32) -> u32 {
        n + 1
    }
    fn begin(n: u32) -> u32 {
        n + 10
    }
    fn run(n: u32) -> u32 {
        n + 100
    }
    /// What the hidden function would be called.
    fn first_item(n: u32) -> u32 {
        n + 1000
    }

    #[fan_out(workers = 2, ordered)]
    pub fn first(
        input: M,
        #[shared] worker: u32,
        #[local(begin(0))] w: &mut u32,
        #[ctx] cx: &Context,
    ) -> u32 {
        let item = first_item(call(run(begin(input.0))));
        assert!(cx.worker() < 2);
        item + worker + *w
    }

    #[fan_out(workers = 2, ordered)]
    pub fn second(
        item: u32,
        #[shared] input: Vec<u32>,
        #[local(begin(input[0]))] worker: &mut u32,
    ) -> u32 {
        call(item) + run(input[1]) + *worker
    }

    #[fan_out(ordered)]
    pub fn third<Kind, M>(input: M, #[shared] shared: Kind, #[shared] over: u32) -> (u32, u32)
    where
        M: Into<u32>,
        Kind: Into<u32> + Copy + Send + Sync,
    {
        (input.into() + over, shared.into())
    }

    #[fan_out(ordered, workers = input + 1)]
    pub fn fourth(
        _: u8,
        #[shared] input: usize,
        #[shared] _: &str,
        #[shared] (a, b): (u32, &u32),
    ) -> u32 {
        a + b + input as u32
    }

    #[fan_out(ordered, item_fn = r#type)]
    pub fn r#fn(r#in: u32, #[shared] r#type: u32) -> u32 {
        r#in + r#type
    }
}

#[test]
fn names_of_the_expansion_may_be_taken() {
    use hostile::M;
    let all: Vec<u32> = hostile::first([M(0), M(1)], 5).collect();
    assert_eq!(all, [1126, 1127]);
    let all: Vec<u32> = hostile::second([0, 1], vec![7, 8]).collect();
    assert_eq!(all, [126, 127]);
    let all: Vec<(u32, u32)> = hostile::third::<u8, u16, _>([1, 2], 3, 10).collect();
    assert_eq!(all, [(11, 3), (12, 3)]);
    let all: Vec<u32> = hostile::fourth([1, 2], 1, "", (2, &3)).collect();
    assert_eq!(all, [6, 6]);
    let all: Vec<u32> = hostile::r#fn([1, 2], 1).collect();
    assert_eq!(all, [2, 3]);
    assert_eq!(hostile::r#type(1, 2), 3);
}

/// Patterns and attributes where parameters may have them.
mod patterns {
    use fanout::fan_out;

    pub struct Point {
        pub x: i32,
        pub y: i32,
    }

    #[fan_out(ordered)]
    pub fn sum((a, mut b): (i32, i32), #[shared] Point { x, y }: Point) -> i32 {
        b += a;
        b + x + y
    }

    #[fan_out(ordered)]
    pub fn by_ref(
        ref n: u32,
        #[shared] names: Vec<&str>,
        #[shared] all @ [first, ..]: [u32; 2],
    ) -> usize {
        assert_eq!(all[0], first);
        names.len() + usize::try_from(*n + first).unwrap_or_default()
    }

    #[fan_out(ordered)]
    pub fn ignored(#[allow(unused_variables)] n: u8, #[shared] _unused: &str) -> u8 {
        let n = 3;
        n + 0_u8.pow(1)
    }

    #[fan_out(ordered)]
    pub fn labelled(n: u32) -> u32 {
        #![allow(clippy::never_loop)]
        'outer: loop {
            for k in 0.. {
                if k == n {
                    break 'outer k;
                }
            }
        }
    }
}

#[test]
fn patterns_and_labels() {
    let point = patterns::Point { x: 10, y: 20 };
    assert_eq!(
        patterns::sum([(1, 2), (3, 4)], point).collect::<Vec<_>>(),
        [33, 37]
    );
    assert_eq!(
        patterns::by_ref([1], vec!["a"], [5, 6]).collect::<Vec<_>>(),
        [7]
    );
    assert_eq!(patterns::ignored([1, 2], "").collect::<Vec<_>>(), [3, 3]);
    assert_eq!(patterns::labelled([1, 2]).collect::<Vec<_>>(), [1, 2]);
}

/// A function made by another macro: its types come in invisible brackets, its names from two places.
macro_rules! from_macro {
    ($name:ident, $ty:ty, $state:ty, $workers:expr) => {
        #[fanout::fan_out(ordered, workers = $workers, window = $workers * 2)]
        fn $name(item: $ty, #[shared] offset: $ty, #[local(<$ty>::default())] last: $state) -> $ty {
            *last = item;
            item + offset
        }
    };
}
from_macro!(made, u64, &mut u64, 2 + 1);

#[test]
fn a_function_made_by_a_macro() {
    assert_eq!(made([1, 2], 10).collect::<Vec<_>>(), [11, 12]);
}

/// Types of the user's that are called as those that the compiler knows.
mod own_names {
    #![allow(non_camel_case_types, dead_code, reason = "that is the point")]

    struct u128;
    struct u64;
    const WORKERS: usize = 2;
    const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

    #[fanout::fan_out(workers = WORKERS, batch = WORKERS, window = 2 * WORKERS, timeout = LIMIT)]
    pub(super) fn double(n: u32) -> u32 {
        n * 2
    }
}

#[test]
fn constants_are_checked_beside_any_type() {
    assert_eq!(own_names::double([2]).collect_unordered(), Ok(vec![4]));
}

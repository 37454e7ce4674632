//! Functions that a `macro_rules` makes of its fragments.

use std::sync::Arc;

use fanout::{Context, fan_out};

struct Store(Vec<u32>);

macro_rules! methods {
    ($self:ident, $arc:ident, $add:expr) => {
        impl Store {
            #[fan_out(ordered)]
            fn get(&$self, at: usize) -> u32 {
                $self.0[at] + $add
            }
            #[fan_out(ordered)]
            fn get_owned($arc: Arc<Self>, at: usize, #[local($arc.0.len())] n: &mut usize) -> u32 {
                $arc.0[at % *n] + $add
            }
        }
    };
}

methods!(self, self, 1);

#[test]
fn a_receiver_from_a_fragment() {
    let store = Arc::new(Store(vec![1, 2]));
    assert_eq!(store.get([1, 0]).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(store.get_owned([1, 2]).collect::<Vec<_>>(), [3, 2]);
}

macro_rules! functions {
    ($($vis:vis fn $name:ident($item:ident: $in:ty $(, #[shared] $shared:ident: $kind:ty)?) -> $out:ty $body:block)*) => {
        $(#[fan_out(ordered, item_fn = one)]
        $vis fn $name($item: $in $(, #[shared] $shared: $kind)?) -> $out $body)*
    };
}

functions! {
    fn scale(n: u32, #[shared] by: Vec<u32>) -> u32 {
        if n == 0 {
            return 7;
        }
        n * by[0]
    }
}

mod inner {
    use super::fan_out;
    functions! {
        pub(super) fn trim(line: &str) -> &str {
            line.trim()
        }
    }
}

macro_rules! with_feed {
    ($name:ident, $in:ty, $item:ident, $feed:ident, $body:block) => {
        #[fan_out(workers = 2, item_fn = fed)]
        fn $name($item: $in, #[feed] $feed: &fanout::Feed<$in>) -> usize $body
    };
}

with_feed!(tails, &str, text, feed, {
    if let Some(tail) = text.get(1..) {
        feed.push(tail);
    }
    text.len()
});

macro_rules! from_literal {
    ($workers:literal, $size:expr, $wait:expr) => {
        #[fan_out(workers = $workers, window = $size, timeout = $wait, ordered)]
        fn limited(n: u32) -> u32 {
            n
        }
    };
}

from_literal!(2, 8 * 2, std::time::Duration::from_secs(60));

#[test]
fn a_body_from_a_fragment() {
    assert_eq!(scale([0, 2], vec![3]).collect::<Vec<_>>(), [7, 6]);
    assert_eq!(one(2, vec![3]), 6);
    assert_eq!(inner::trim([" a "]).collect::<Vec<_>>(), ["a"]);
    assert_eq!(inner::one(" a "), "a");
    assert_eq!(limited([1]).collect(), Ok(vec![1]));
    assert_eq!(tails(["abc"]).collect_unordered().len(), 4);
    let _: fn(&'static str, &fanout::Feed<&'static str>) -> usize = fed;
}

#[fan_out(ordered)]
fn with_lints(
    #[allow(unused_variables)] n: u32,
    #[ctx]
    #[allow(unused_variables)]
    cx: &Context,
    #[local(0)]
    #[allow(unused_variables)]
    l: &mut u32,
    #[local(0)]
    #[expect(unused_variables)]
    m: &mut u32,
) -> u32 {
    // A use to the attribute, and none to the compiler.
    let _ = stringify!(cx);
    1
}

#[test]
fn attributes_on_parameters() {
    assert_eq!(with_lints([1]).collect::<Vec<_>>(), [1]);
}

//! A lint that is expected of a function is expected once, where it is found.

#![deny(warnings, unfulfilled_lint_expectations, deprecated)]

use std::sync::Arc;

use fanout::{Context, fan_out};

#[fan_out(ordered)]
#[expect(unused_variables)]
fn outer(n: u32, #[local(0)] seen: &mut u32) -> u32 {
    let unused = *seen;
    n
}

#[fan_out(ordered)]
fn inner(n: u32, #[local(0)] _seen: &mut u32) -> u32 {
    #![expect(unused_variables)]
    let unused = 1;
    n
}

#[fan_out]
#[expect(dead_code)]
fn never_called(n: u32) -> u32 {
    n
}

#[fan_out(ordered)]
fn parameters(
    #[expect(unused_variables)] n: u32,
    #[shared]
    #[expect(unused_variables)]
    number: u32,
    #[shared]
    #[expect(unused_variables)]
    text: String,
    #[shared]
    #[expect(unused_variables)]
    (a, b): (String, u32),
    #[shared]
    #[allow(unused_variables)]
    list: Vec<u32>,
    #[expect(unused_variables)]
    #[local(0)]
    seen: &mut u32,
    #[expect(unused_variables)]
    #[ctx]
    cx: &Context,
) -> u32 {
    // A use to the attribute, and none to the compiler.
    let _ = stringify!(cx);
    1
}

struct Store(u32);

impl Store {
    #[fan_out(ordered, item_fn = outer_one)]
    #[expect(unused_variables)]
    fn outer(&self, n: u32, #[local(self.0)] seen: &mut u32) -> u32 {
        let unused = *seen;
        n
    }
    #[fan_out(ordered)]
    fn inner(self: Arc<Self>, n: u32, #[local(0)] _seen: &mut u32) -> u32 {
        #![expect(unused_variables)]
        let unused = 1;
        n + self.0
    }
    #[fan_out]
    #[expect(dead_code, reason = "nobody calls it")]
    fn never_called(&self, n: u32) -> u32 {
        n + self.0
    }
    #[fan_out(ordered)]
    fn parameters(
        &self,
        n: u32,
        #[shared]
        #[expect(unused_variables)]
        number: u32,
        #[shared]
        #[expect(unused_variables)]
        text: String,
    ) -> u32 {
        n + self.0
    }
}

#[deprecated]
#[derive(Clone, Copy)]
struct Old(u32);

/// What is deprecated may use what is deprecated.
#[fan_out(ordered)]
#[deprecated]
fn old(n: u32, #[shared] old: Old, #[local(Old(0))] seen: &mut Old) -> Old {
    seen.0 += n;
    Old(n + old.0)
}

#[allow(deprecated)]
impl Old {
    #[fan_out(ordered)]
    #[deprecated]
    fn add(&self, n: u32, #[local(Old(0))] seen: &mut Old) -> Old {
        seen.0 += n;
        Self(n + self.0)
    }
}

impl Store {
    #[fan_out(ordered)]
    #[deprecated]
    fn old(&self, n: u32, #[local(Old(0))] seen: &mut Old) -> Old {
        seen.0 += n;
        Old(n + self.0)
    }
}

#[test]
fn they_run() {
    assert_eq!(outer([1]).collect::<Vec<_>>(), [1]);
    assert_eq!(inner([1]).collect::<Vec<_>>(), [1]);
    let parts = (String::new(), 1);
    let all = parameters([1], 2, String::new(), parts, vec![]);
    assert_eq!(all.collect::<Vec<_>>(), [1]);
    let store = Arc::new(Store(2));
    assert_eq!(store.outer([1]).collect::<Vec<_>>(), [1]);
    assert_eq!(store.outer_one(1, &mut 0), 1);
    assert_eq!(
        store.parameters([1], 2, String::new()).collect::<Vec<_>>(),
        [3]
    );
    assert_eq!(store.inner([1]).collect::<Vec<_>>(), [3]);
}

#[test]
#[allow(deprecated)]
fn what_is_deprecated_runs() {
    assert_eq!(old([1], Old(1)).collect::<Vec<_>>()[0].0, 2);
    assert_eq!(Old(1).add([1]).collect::<Vec<_>>()[0].0, 2);
    assert_eq!(Store(1).old([1]).collect::<Vec<_>>()[0].0, 2);
}

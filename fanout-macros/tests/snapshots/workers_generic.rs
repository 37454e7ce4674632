// #[fan_out(workers = N)]
// fn double<const N: usize>(n: u32) -> u32 { n * 2 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - `N` workers.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn double<const N: usize, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
    >,
> {
    fn double_item<const N: usize>() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, _: &::fanout::Context| -> u32 { n * 2 }
    }
    const {
        ::core::assert!(
            N as ::core::primitive::u128 >= 1,
            "FO105: `workers` is zero, and a run without workers would never end; give at least 1, or leave `workers` out for the default"
        );
        ::core::assert!(
            N as ::core::primitive::u128 <= 65536,
            "FO106: `workers` is too large: each worker is a thread of the operating system; give at most 65536, or leave `workers` out for the default"
        );
    }
    M::run(
        ::fanout::over_items(input)
            .label("double")
            .workers(N)
            .map(double_item::<N>())
            .sends::<u32, _>(),
    )
}

// #[fan_out(batch = BATCH, window = 64)]
// fn double(n: u32) -> u32 { n * 2 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - At most 64 items are taken in and not yet delivered.
/// - Workers are handed `BATCH` items at a time.
fn double<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
    >,
> {
    fn double_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, _: &::fanout::Context| -> u32 { n * 2 }
    }
    const _: () = {
        ::core::assert!(
            BATCH as ::core::primitive::u128 >= 1,
            "FO105: `batch` is zero, and a worker that is handed no items would never end; give at least 1, or leave `batch` out for the default"
        );
        ::core::assert!(
            BATCH as ::core::primitive::u128 <= 16777216,
            "FO106: `batch` is too large: a batch is taken out of the window, which cannot be that large; give at most 16777216, or leave `batch` out for the default"
        );
    };
    const _: () = {
        ::core::assert!(
            BATCH as ::core::primitive::u128 <= 64,
            "FO110: `batch` is `BATCH` and `window` is `64`: a batch is taken out of the window, so it cannot be larger; make `batch` at most half the window, or leave `batch` out: it adapts to the cost of an item"
        );
    };
    M::run(
        ::fanout::over_items(input)
            .label("double")
            .window(64)
            .batch(BATCH)
            .map(double_item())
            .sends::<u32, _>(),
    )
}

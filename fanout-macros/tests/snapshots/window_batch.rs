// #[fan_out(window = 64, batch = 4)]
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
/// - Workers are handed 4 items at a time.
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
    M::run(
        ::fanout::over_items(input)
            .label("double")
            .window(64)
            .batch(4)
            .map(double_item())
            .sends::<u32, _>(),
    )
}

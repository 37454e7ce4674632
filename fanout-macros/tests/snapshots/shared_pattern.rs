// #[fan_out]
// fn add(n: u32, #[shared] (a, b): (u32, &u32)) -> u32 { n + a + b }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn add<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
    shared: (u32, &u32),
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
    >,
> {
    fn add_item(
        (a, b): (u32, &u32),
    ) -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        move |n: u32, _: &::fanout::Context| -> u32 { n + a + b }
    }
    M::run(
        ::fanout::over_items(input).label("add").map(add_item(shared)).sends::<u32, _>(),
    )
}

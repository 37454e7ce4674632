// #[fan_out]
// fn add((a, mut b): (u32, u32)) -> u32 { b += a; b }

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
    input: impl ::fanout::InputOf<(u32, u32), M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = (u32, u32)>,
        impl ::fanout::SendWork<(u32, u32), Local = (), Out = u32>,
    >,
> {
    fn add_item() -> impl ::core::ops::Fn(
        (u32, u32),
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |(a, mut b): (u32, u32), _: &::fanout::Context| -> u32 {
            b += a;
            b
        }
    }
    M::run(::fanout::over_items(input).label("add").map(add_item()).sends::<u32, _>())
}

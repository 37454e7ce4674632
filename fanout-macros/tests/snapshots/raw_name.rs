// #[fan_out]
// fn r#type(n: u32) -> u32 { n }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn r#type<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
    >,
> {
    fn type_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, _: &::fanout::Context| -> u32 { n }
    }
    M::run(::fanout::over_items(input).label("type").map(type_item()).sends::<u32, _>())
}

// #[fan_out(cancel_on_error)]
// fn parse(n: String) -> Result<u32, E> { n.parse() }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - The first error stops the run and is its result.
fn parse<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<String, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = String>,
        impl ::fanout::SendTryWork<String, Local = (), Out = Result<u32, E>>,
        ::fanout::Unordered,
        ::fanout::CancelOnError,
    >,
> {
    fn parse_item() -> impl ::core::ops::Fn(
        String,
        &::fanout::Context,
    ) -> Result<u32, E> + ::core::marker::Send + ::core::marker::Sync {
        |n: String, _: &::fanout::Context| -> Result<u32, E> { n.parse() }
    }
    M::run(
        ::fanout::over_items(input)
            .label("parse")
            .cancel_on_error()
            .map::<_, Result<u32, E>, _>(parse_item())
            .sends::<Result<u32, E>, _>(),
    )
}

// #[fan_out]
// fn own(line: Cow<'_, str>) -> String { line.into_owned() }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn own<'item, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<Cow<'item, str>, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = Cow<'item, str>>,
        impl ::fanout::SendWork<Cow<'item, str>, Local = (), Out = String>,
    >,
> {
    fn own_item<'item>() -> impl ::core::ops::Fn(
        Cow<'item, str>,
        &::fanout::Context,
    ) -> String + ::core::marker::Send + ::core::marker::Sync {
        |line: Cow<'item, str>, _: &::fanout::Context| -> String { line.into_owned() }
    }
    M::run(::fanout::over_items(input).label("own").map(own_item()).sends::<String, _>())
}

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
fn own<'item, M>(
    input: impl ::fanout::Input<M, Item = Cow<'item, str>>,
) -> ::fanout::FanOut<
    impl ::fanout::Source<Item = Cow<'item, str>>,
    impl ::fanout::Work<Cow<'item, str>, Local = (), Out = String>,
> {
    fn own_item<'item>() -> impl ::core::ops::Fn(
        Cow<'item, str>,
        &::fanout::Context,
    ) -> String + ::core::marker::Send + ::core::marker::Sync {
        |line: Cow<'item, str>, _: &::fanout::Context| -> String { line.into_owned() }
    }
    ::fanout::over(input).label("own").map(own_item())
}

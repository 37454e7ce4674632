// #[fan_out(ordered)]
// fn trim(line: &str) -> &str { line.trim() }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in input order.
/// - Every result is delivered.
fn trim<'item, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<&'item str, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = &'item str>,
        impl ::fanout::SendWork<&'item str, Local = (), Out = &'item str>,
        ::fanout::Ordered,
    >,
> {
    fn trim_item<'item>() -> impl ::core::ops::Fn(
        &'item str,
        &::fanout::Context,
    ) -> &'item str + ::core::marker::Send + ::core::marker::Sync {
        |line: &'item str, _: &::fanout::Context| -> &'item str { line.trim() }
    }
    M::run(
        ::fanout::over_items(input)
            .label("trim")
            .ordered()
            .map(trim_item())
            .sends::<&'item str, _>(),
    )
}

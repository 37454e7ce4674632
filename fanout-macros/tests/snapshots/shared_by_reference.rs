// #[fan_out]
// fn find(id: usize, #[shared] names: &[String]) -> Option<&str> { names.get(id) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - All workers see the same `names`.
fn find<'shared, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<usize, M>,
    names: &'shared [String],
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = usize>,
        impl ::fanout::SendWork<usize, Local = (), Out = Option<&'shared str>>,
    >,
> {
    fn find_item<'shared>(
        names: &'shared [String],
    ) -> impl ::core::ops::Fn(
        usize,
        &::fanout::Context,
    ) -> Option<&'shared str> + ::core::marker::Send + ::core::marker::Sync {
        let names = ::fanout::shared::<&'shared [String], _>(names);
        move |id: usize, _: &::fanout::Context| -> Option<&'shared str> { names.get(id) }
    }
    M::run(
        ::fanout::over_items(input)
            .label("find")
            .map(find_item(names))
            .sends::<Option<&'shared str>, _>(),
    )
}

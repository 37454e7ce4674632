// #[fan_out]
// fn find(word: String, #[shared] dict: Dict) -> bool { dict.has(&word) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - All workers see the same `dict`.
fn find<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<String, M>,
    dict: Dict,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = String>,
        impl ::fanout::SendWork<String, Local = (), Out = bool>,
    >,
> {
    fn find_item(
        dict: Dict,
    ) -> impl ::core::ops::Fn(
        String,
        &::fanout::Context,
    ) -> bool + ::core::marker::Send + ::core::marker::Sync {
        let dict = ::fanout::shared::<Dict, _>(dict);
        move |word: String, _: &::fanout::Context| -> bool {
            let _ = &dict;
            { dict.has(&word) }
        }
    }
    M::run(
        ::fanout::over_items(input).label("find").map(find_item(dict)).sends::<bool, _>(),
    )
}

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
fn find<M>(
    input: impl ::fanout::Input<M, Item = String>,
    dict: Dict,
) -> ::fanout::FanOut<
    impl ::fanout::Source<Item = String>,
    impl ::fanout::Work<String, Local = (), Out = bool>,
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
    ::fanout::over(input).label("find").map(find_item(dict))
}

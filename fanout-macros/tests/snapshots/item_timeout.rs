// #[fan_out(item_timeout = "5s")]
// fn fetch(url: Url, #[ctx] cx: &Context) -> Option<Page> { cx.checkpoint().ok()?; get(url) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - Each item has 5s, which the function looks at itself.
fn fetch<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<Url, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = Url>,
        impl ::fanout::SendWork<Url, Local = (), Out = Option<Page>>,
    >,
> {
    fn fetch_item() -> impl ::core::ops::Fn(
        Url,
        &::fanout::Context,
    ) -> Option<Page> + ::core::marker::Send + ::core::marker::Sync {
        |url: Url, cx: &Context| -> Option<Page> {
            cx.checkpoint().ok()?;
            get(url)
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("fetch")
            .item_timeout(::core::time::Duration::from_secs(5))
            .map(fetch_item())
            .sends::<Option<Page>, _>(),
    )
}

// #[fan_out(cancel_on_error, timeout = "1h")]
// fn walk(path: PathBuf, #[ctx] cx: &Context, #[feed] feed: &fanout::Feed<PathBuf>) -> io::Result<u64> { visit(path, cx, feed) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Results come in the order in which they are finished.
/// - The first error stops the run and is its result.
/// - After 1h the run is stopped.
fn walk<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::SendTryWork<PathBuf, Local = (), Out = io::Result<u64>>,
        ::fanout::Unordered,
        ::fanout::Stoppable<::fanout::CancelOnError>,
    >,
> {
    fn walk_item() -> impl ::core::ops::Fn(
        PathBuf,
        &::fanout::Feed<PathBuf>,
        &::fanout::Context,
    ) -> io::Result<u64> + ::core::marker::Send + ::core::marker::Sync {
        |path: PathBuf, feed: &fanout::Feed<PathBuf>, cx: &Context| -> io::Result<u64> {
            visit(path, cx, feed)
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .cancel_on_error()
            .timeout(::core::time::Duration::from_secs(3600))
            .map_feed::<_, io::Result<u64>, _>(walk_item())
            .sends::<io::Result<u64>, _>()
            .sends::<PathBuf, _>(),
    )
}

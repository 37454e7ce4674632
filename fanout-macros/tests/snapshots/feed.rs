// #[fan_out]
// fn walk(path: PathBuf, #[feed] feed: &Feed<PathBuf>) -> u64 { visit(path, feed) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn walk<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::SendWork<PathBuf, Local = (), Out = u64>,
    >,
> {
    fn walk_item() -> impl ::core::ops::Fn(
        PathBuf,
        &::fanout::Feed<PathBuf>,
        &::fanout::Context,
    ) -> u64 + ::core::marker::Send + ::core::marker::Sync {
        |path: PathBuf, feed: &Feed<PathBuf>, _: &::fanout::Context| -> u64 {
            visit(path, feed)
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .map_feed(walk_item())
            .sends::<u64, _>()
            .sends::<PathBuf, _>(),
    )
}

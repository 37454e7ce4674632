// #[fan_out(merge = add)]
// fn walk(path: PathBuf, #[feed] feed: &Feed<PathBuf>, #[local(0)] sum: &mut u64, #[ctx] cx: &Context) { *sum += visit(path, cx, feed); }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// or `.merged()` is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Every item is handled.
/// - Each worker has its own `sum`; `.merged()` puts them together.
fn walk<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::Work<PathBuf, Local = u64, Out = ()> + ::fanout::Merge<u64>,
    >,
> {
    fn walk_local() -> impl ::core::ops::Fn(
    ) -> u64 + ::core::marker::Send + ::core::marker::Sync {
        || -> u64 { 0 }
    }
    fn walk_item() -> impl ::core::ops::Fn(
        PathBuf,
        &::fanout::Feed<PathBuf>,
        &mut ::fanout::Worker<'_, u64>,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |path: PathBuf, feed: &Feed<PathBuf>, worker: &mut ::fanout::Worker<'_, u64>| {
            let cx: &Context = worker.cx;
            let sum: &mut u64 = &mut *worker.local;
            {
                *sum += visit(path, cx, feed);
            }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .local(walk_local())
            .map_feed(walk_item())
            .merge_with(::fanout::merge_fn::<u64, _, _>(add))
            .sends::<PathBuf, _>(),
    )
}

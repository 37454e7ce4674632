// #[fan_out(shard_by = keys::of, pinned)]
// fn count(word: &str, #[local(Counts::new())] counts: &mut Counts) { counts.add(word); }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// or `.locals()` is called.
///
/// - One worker for each core.
/// - Every item is handled.
/// - Items with equal keys (`keys::of`) run one at a time, in input order.
/// - Each key belongs to one worker.
/// - Each worker has its own `counts`.
fn count<'item, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<&'item str, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = &'item str>,
        impl ::fanout::Work<&'item str, Local = Counts, Out = ()> + ::fanout::HasState,
    >,
> {
    fn count_local() -> impl ::core::ops::Fn(
    ) -> Counts + ::core::marker::Send + ::core::marker::Sync {
        || -> Counts { Counts::new() }
    }
    fn count_item<'item>() -> impl ::core::ops::Fn(
        &'item str,
        &mut ::fanout::Worker<'_, Counts>,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |word: &'item str, worker: &mut ::fanout::Worker<'_, Counts>| {
            let counts: &mut Counts = &mut *worker.local;
            {
                counts.add(word);
            }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("count")
            .shard_by(keys::of)
            .pinned()
            .local(count_local())
            .map(count_item()),
    )
}

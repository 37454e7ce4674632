// #[fan_out(shard_by = user_of, ordered)]
// fn store(event: Event) -> u64 { event.save() }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in input order.
/// - Every result is delivered.
/// - Items with equal keys (`user_of`) run one at a time, in input order.
fn store<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<Event, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = Event>,
        impl ::fanout::SendWork<Event, Local = (), Out = u64>,
        ::fanout::Ordered,
    >,
> {
    fn store_item() -> impl ::core::ops::Fn(
        Event,
        &::fanout::Context,
    ) -> u64 + ::core::marker::Send + ::core::marker::Sync {
        |event: Event, _: &::fanout::Context| -> u64 { event.save() }
    }
    M::run(
        ::fanout::over_items(input)
            .label("store")
            .shard_by(user_of)
            .ordered()
            .map(store_item())
            .sends::<u64, _>(),
    )
}

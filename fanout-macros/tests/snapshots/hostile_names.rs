// #[fan_out]
// fn item<M>(input: M, #[shared] worker: M, #[local(0)] w: &mut u32, #[ctx] call: &Context) -> u32 { item_item(input, worker, w, call) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - All workers see the same `worker`.
/// - Each worker has its own `w`.
fn item<M, Kind: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<M, Kind>,
    worker: M,
) -> Kind::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = M>,
        impl ::fanout::SendWork<M, Local = u32, Out = u32> + ::fanout::HasState,
    >,
> {
    fn item_local<M>() -> impl ::core::ops::Fn(
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        || -> u32 { 0 }
    }
    fn item_item_<M>(
        worker: M,
    ) -> impl ::core::ops::Fn(
        M,
        &mut ::fanout::Worker<'_, u32>,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        let worker = ::fanout::shared::<M, _>(worker);
        move |input: M, worker: &mut ::fanout::Worker<'_, u32>| -> u32 {
            let _ = &worker;
            let call: &Context = worker.cx;
            let w: &mut u32 = &mut *worker.local;
            { item_item(input, worker, w, call) }
        }
    }
    Kind::run(
        ::fanout::over_items(input)
            .label("item")
            .local(item_local::<M>())
            .map(item_item_::<M>(worker))
            .sends::<u32, _>(),
    )
}

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
fn item<M, Kind>(
    input: impl ::fanout::Input<Kind, Item = M>,
    worker: M,
) -> ::fanout::FanOut<
    impl ::fanout::Source<Item = M>,
    impl ::fanout::Work<M, Local = u32, Out = u32>,
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
    ::fanout::over(input)
        .label("item")
        .local(item_local::<M>())
        .map(item_item_::<M>(worker))
}

// #[fan_out(crate = crate::pools::fanout)]
// fn double(n: u32) -> u32 { n * 2 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn double<M: crate::pools::fanout::InputKind>(
    input: impl crate::pools::fanout::InputOf<u32, M>,
) -> M::Run<
    crate::pools::fanout::FanOut<
        impl crate::pools::fanout::Source<Item = u32>,
        impl crate::pools::fanout::SendWork<u32, Local = (), Out = u32>,
    >,
> {
    fn double_item() -> impl ::core::ops::Fn(
        u32,
        &crate::pools::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, _: &crate::pools::fanout::Context| -> u32 { n * 2 }
    }
    M::run(
        crate::pools::fanout::over_items(input)
            .label("double")
            .map(double_item())
            .sends::<u32, _>(),
    )
}

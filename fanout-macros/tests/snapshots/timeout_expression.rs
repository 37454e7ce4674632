// #[fan_out(timeout = limits::RUN)]
// fn double(n: u32) -> u32 { n * 2 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - After `limits::RUN` the run is stopped.
fn double<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
        ::fanout::Unordered,
        ::fanout::Stoppable<::fanout::RunsToEnd>,
    >,
> {
    fn double_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, _: &::fanout::Context| -> u32 { n * 2 }
    }
    const _: () = {
        ::core::assert!(
            ::fanout::Limit(limits::RUN).lasts(),
            "FO105: `timeout` is zero, and every run would be over before it began; give at least a nanosecond, or leave `timeout` out for the default"
        );
    };
    M::run(
        ::fanout::over_items(input)
            .label("double")
            .timeout(limits::RUN)
            .map(double_item())
            .sends::<u32, _>(),
    )
}

// #[fan_out]
// fn wait(n: u32, #[ctx] cx: &Context) { let _ = cx.sleep(STEP * n); }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// is called.
///
/// - One worker for each core.
/// - Every item is handled.
fn wait<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::Work<u32, Local = (), Out = ()>,
    >,
> {
    fn wait_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, cx: &Context| {
            let _ = cx.sleep(STEP * n);
        }
    }
    M::run(::fanout::over_items(input).label("wait").map(wait_item()))
}

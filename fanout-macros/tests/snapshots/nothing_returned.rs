// #[fan_out]
// fn print(line: String) { println!("{line}"); }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// is called.
///
/// - One worker for each core.
/// - Every item is handled.
fn print<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<String, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = String>,
        impl ::fanout::Work<String, Local = (), Out = ()>,
    >,
> {
    fn print_item() -> impl ::core::ops::Fn(
        String,
        &::fanout::Context,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |line: String, _: &::fanout::Context| {
            println!("{line}");
        }
    }
    M::run(::fanout::over_items(input).label("print").map(print_item()))
}

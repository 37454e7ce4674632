// #[fan_out(wrokers = 8, ordered)]
// fn double(n: u32) -> u32 { n * 2 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in input order.
/// - Every result is delivered.
fn double<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::Work<u32, Local = (), Out = u32>,
        ::fanout::Ordered,
    >,
> {
    fn double_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |_: u32, _: &::fanout::Context| -> u32 { ::core::unreachable!() }
    }
    #[doc(hidden)]
    #[allow(unused)]
    fn double_original(n: u32) -> u32 {
        let any = ::core::compile_error! {
            "FO101: unknown option `wrokers`\n= help: did you mean `workers`?\n= note: FO101 is explained in `fanout::guide::fo101`"
        };
        { n * 2 }
    }
    M::run(::fanout::over_items(input).label("double").ordered().map(double_item()))
}

// #[fan_out(workers = 1)]
// fn double(n: u32) -> u32 { n * 2 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - 1 worker.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn double<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
    >,
> {
    fn double_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, _: &::fanout::Context| -> u32 { n * 2 }
    }
    const _: () = {
        struct FO114(
            #[deprecated(
                note = "FO114: `workers = 1` runs one item after the other, on one thread\n= help: write `for item in input` if that is meant, or silence this with `allow(FO114)`\n= note: FO114 is explained in `fanout::guide::fo114`"
            )]
            (),
        );
        const FOUND: FO114 = FO114(());
        FOUND.0
    };
    M::run(
        ::fanout::over_items(input)
            .label("double")
            .workers(1)
            .map(double_item())
            .sends::<u32, _>(),
    )
}

// #[fan_out(ordered, item_fn = double_one)]
// fn double(n: u32, #[ctx] cx: &Context) -> u32 { thread::spawn(move || n * 2).join().unwrap() }

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
        impl ::fanout::SendWork<u32, Local = (), Out = u32>,
        ::fanout::Ordered,
    >,
> {
    fn double_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |n: u32, cx: &Context| -> u32 {
            ::core::compile_error! {
                "FO302: `thread::spawn` starts a thread for each item: nothing bounds how many there are, and the run ends without waiting for them\n= help: do that work here, as this is on a worker already, and say with `workers = N` how many there are; if it is meant, say so: `allow(FO302, reason = \"..\")`\n= note: FO302 is explained in `fanout::guide::fo302`"
            }
            ::core::compile_error! {
                "FO304: `cx` is never looked at: after an error, a deadline or a cancelled token this item would go on to its end\n= help: call `cx.checkpoint()?` between two steps, or ask `cx.is_cancelled()` in a loop, or leave the parameter out; if it is meant, say so: `allow(FO304, reason = \"..\")`\n= note: FO304 is explained in `fanout::guide::fo304`"
            }
            { thread::spawn(move || n * 2).join().unwrap() }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("double")
            .ordered()
            .map(double_item())
            .sends::<u32, _>(),
    )
}
#[allow(unused)]
fn double_one(n: u32, cx: &Context) -> u32 {
    ::core::unreachable!()
}

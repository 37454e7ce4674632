// #[fan_out(item_fn = trim_one)]
// fn trim(line: &str, #[local(0)] seen: &mut u32, #[ctx] cx: &Context) -> &str { *seen += 1; cut(line, cx) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - Each worker has its own `seen`.
fn trim<'item, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<&'item str, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = &'item str>,
        impl ::fanout::SendWork<
            &'item str,
            Local = u32,
            Out = &'item str,
        > + ::fanout::HasState,
    >,
> {
    fn trim_local() -> impl ::core::ops::Fn(
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        || -> u32 { 0 }
    }
    fn trim_item<'item>() -> impl ::core::ops::Fn(
        &'item str,
        &mut ::fanout::Worker<'_, u32>,
    ) -> &'item str + ::core::marker::Send + ::core::marker::Sync {
        |line: &'item str, worker: &mut ::fanout::Worker<'_, u32>| -> &'item str {
            let cx: &Context = worker.cx;
            let seen: &mut u32 = &mut *worker.local;
            {
                *seen += 1;
                cut(line, cx)
            }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("trim")
            .local(trim_local())
            .map(trim_item())
            .sends::<&'item str, _>(),
    )
}
fn trim_one<'item>(line: &'item str, seen: &mut u32, cx: &Context) -> &'item str {
    *seen += 1;
    cut(line, cx)
}

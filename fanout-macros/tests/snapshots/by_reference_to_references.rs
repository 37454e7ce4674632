// #[fan_out]
// fn sort<T: Ord>(chunk: &mut [&T]) { chunk.sort(); }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// is called.
///
/// - One worker for each core.
/// - Every item is handled.
fn sort<'item, 'item2: 'item, T: Ord + 'item2, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<&'item mut [&'item2 T], M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = &'item mut [&'item2 T]>,
        impl ::fanout::Work<&'item mut [&'item2 T], Local = (), Out = ()>,
    >,
> {
    fn sort_item<'item, 'item2: 'item, T: Ord + 'item2>() -> impl ::core::ops::Fn(
        &'item mut [&'item2 T],
        &::fanout::Context,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |chunk: &'item mut [&'item2 T], _: &::fanout::Context| {
            chunk.sort();
        }
    }
    M::run(::fanout::over_items(input).label("sort").map(sort_item::<T>()))
}

// #[fan_out(ordered, shard_by = user_of)]
// fn walk(node: &Node, #[feed] feed: &mut fanout::Feed<Node>) -> u64 { feed.close() }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Results come in input order.
/// - Every result is delivered.
/// - Items with equal keys (`user_of`) run one at a time, in input order.
fn walk<'item, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<&'item Node, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = &'item Node>,
        impl ::fanout::Work<&'item Node, Local = (), Out = u64>,
        ::fanout::Ordered,
    >,
> {
    fn walk_item<'item>() -> impl ::core::ops::Fn(
        &'item Node,
        &::fanout::Feed<&'item Node>,
        &::fanout::Context,
    ) -> u64 + ::core::marker::Send + ::core::marker::Sync {
        |_: &'item Node, _: &fanout::Feed<&'item Node>, _: &::fanout::Context| -> u64 {
            ::core::unreachable!()
        }
    }
    #[doc(hidden)]
    #[allow(unused)]
    fn walk_original(node: &Node, feed: &fanout::Feed<()>) -> u64 {
        let any = ::core::compile_error! {
            "FO121: `ordered` and a feed exclude each other: an item that is pushed has no place in the order of the input\n= help: leave `ordered` out\n= note: FO121 is explained in `fanout::guide::fo121`"
        };
        let _ = user_of;
        let feed = any;
        { feed.close() }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .ordered()
            .map_feed(walk_item())
            .sends::<&'item Node, _>(),
    )
}
::core::compile_error! {
    "FO121: `shard_by` and a feed exclude each other: an item that is pushed has no place in the order of its key\n= help: leave `shard_by` out\n= note: FO121 is explained in `fanout::guide::fo121`"
}
::core::compile_error! {
    "FO213: `#[feed]` is a reference to the feed of the run's items, not `&mut fanout::Feed<Node>`\n= help: write `#[feed] feed: &fanout::Feed<&Node>`\n= note: FO213 is explained in `fanout::guide::fo213`"
}
::core::compile_error! {
    "FO301: `feed.close()` closes the feed while others use it: they would find it closed, and what is left in it would be lost\n= help: leave it out: the run ends by itself when no item is left\n= note: FO301 is explained in `fanout::guide::fo301`"
}

// #[fan_out]
// fn walk(node: Node, #[feed] feed: &Feed<(u32, u32)>) { visit(node, feed) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Every item is handled.
fn walk<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<Node, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = Node>,
        impl ::fanout::Work<Node, Local = (), Out = ()>,
    >,
> {
    fn walk_item() -> impl ::core::ops::Fn(
        Node,
        &::fanout::Feed<Node>,
        &::fanout::Context,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |node: Node, feed: &::fanout::Feed<Node>, _: &::fanout::Context| {
            let feed: &Feed<(u32, u32)> = feed;
            { visit(node, feed) }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .map_feed(walk_item())
            .sends::<Node, _>(),
    )
}

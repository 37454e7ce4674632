// #[fan_out(item_fn = walk_one)]
// fn walk<'s, T: Sync>((node, depth): (&Tree<T>, usize), #[feed] feed: &Feed<(&Tree<T>, usize)>, #[shared] names: &'s Names) -> &'s str { feed.push((node.left(), depth + 1)); names.of(node) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - All workers see the same `names`.
fn walk<'item, 's, T: Sync, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<(&'item Tree<T>, usize), M>,
    names: &'s Names,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = (&'item Tree<T>, usize)>,
        impl ::fanout::SendWork<(&'item Tree<T>, usize), Local = (), Out = &'s str>,
    >,
>
where
    Tree<T>: 'item,
{
    fn walk_item<'item, 's, T: Sync>(
        names: &'s Names,
    ) -> impl ::core::ops::Fn(
        (&'item Tree<T>, usize),
        &::fanout::Feed<(&'item Tree<T>, usize)>,
        &::fanout::Context,
    ) -> &'s str + ::core::marker::Send + ::core::marker::Sync
    where
        Tree<T>: 'item,
    {
        let names = ::fanout::shared::<&'s Names, _>(names);
        move |
            (node, depth): (&'item Tree<T>, usize),
            feed: &Feed<(&'item Tree<T>, usize)>,
            _: &::fanout::Context,
        | -> &'s str {
            feed.push((node.left(), depth + 1));
            names.of(node)
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .map_feed(walk_item::<T>(names))
            .sends::<&'s str, _>()
            .sends::<(&'item Tree<T>, usize), _>(),
    )
}
fn walk_one<'item, 's, T: Sync>(
    (node, depth): (&'item Tree<T>, usize),
    feed: &Feed<(&'item Tree<T>, usize)>,
    names: &'s Names,
) -> &'s str {
    feed.push((node.left(), depth + 1));
    names.of(node)
}

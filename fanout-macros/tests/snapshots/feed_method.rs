// #[fan_out]
// fn walk(&self, id: u32, #[feed] feed: &Feed<u32>) -> &str { self.visit(id, feed) }

impl Holder {
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
    fn walk<'this, M: ::fanout::InputKind>(
        &'this self,
        input: impl ::fanout::InputOf<u32, M>,
    ) -> M::Run<
        ::fanout::FanOut<
            impl ::fanout::Source<Item = u32>,
            impl ::fanout::Work<u32, Local = (), Out = &'this str>,
        >,
    > {
        M::run(
            ::fanout::over_items(input)
                .label("walk")
                .map_feed(Self::__fanout_not_for_traits_walk_item(self))
                .sends::<u32, _>(),
        )
    }
    #[doc(hidden)]
    fn __fanout_not_for_traits_walk_item<'this>(
        &'this self,
    ) -> impl ::core::ops::Fn(
        u32,
        &::fanout::Feed<u32>,
        &::fanout::Context,
    ) -> &'this str + ::core::marker::Send + ::core::marker::Sync {
        <&'this Self as ::fanout::Shared<
            _,
        >>::by(move |id: u32, feed: &Feed<u32>, _: &::fanout::Context| -> &'this str {
            self.visit(id, feed)
        })
    }
}

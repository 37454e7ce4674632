// #[fan_out(ordered)]
// fn find(&self, id: usize) -> &T { &self.items[id] }

impl Holder {
    ///
    /// # As a worker pool
    ///
    /// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
    /// `.for_each(..)` or `.stream()` is called.
    ///
    /// - One worker for each core.
    /// - Results come in input order.
    /// - Every result is delivered.
    fn find<'this, M: ::fanout::InputKind>(
        &'this self,
        input: impl ::fanout::InputOf<usize, M>,
    ) -> M::Run<
        ::fanout::FanOut<
            impl ::fanout::Source<Item = usize>,
            impl ::fanout::Work<usize, Local = (), Out = &'this T>,
            ::fanout::Ordered,
        >,
    > {
        M::run(
            ::fanout::over_items(input)
                .label("find")
                .ordered()
                .map(Self::__fanout_not_for_traits_find_item(self)),
        )
    }
    #[doc(hidden)]
    fn __fanout_not_for_traits_find_item<'this>(
        &'this self,
    ) -> impl ::core::ops::Fn(
        usize,
        &::fanout::Context,
    ) -> &'this T + ::core::marker::Send + ::core::marker::Sync {
        <&'this Self as ::fanout::Shared<
            _,
        >>::by(move |id: usize, _: &::fanout::Context| -> &'this T { &self.items[id] })
    }
}

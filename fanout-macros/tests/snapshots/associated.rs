// #[fan_out]
// fn make(id: u32) -> Self { Self::new(id) }

impl Holder {
    ///
    /// # As a worker pool
    ///
    /// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
    /// `.for_each(..)` or `.stream()` is called.
    ///
    /// - One worker for each core.
    /// - Results come in the order in which they are finished.
    /// - Every result is delivered.
    fn make<M: ::fanout::InputKind>(
        input: impl ::fanout::InputOf<u32, M>,
    ) -> M::Run<
        ::fanout::FanOut<
            impl ::fanout::Source<Item = u32>,
            impl ::fanout::Work<u32, Local = (), Out = Self>,
        >,
    > {
        M::run(
            ::fanout::over_items(input)
                .label("make")
                .map(Self::__fanout_not_for_traits_make_item()),
        )
    }
    #[doc(hidden)]
    fn __fanout_not_for_traits_make_item() -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> Self + ::core::marker::Send + ::core::marker::Sync {
        |id: u32, _: &::fanout::Context| -> Self { Self::new(id) }
    }
}

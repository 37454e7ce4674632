// #[fan_out(ordered)]
// pub fn find(&self, id: u32, #[shared] extra: &str) -> Option<String> { self.get(id, extra) }

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
    /// - All workers see the same `extra`.
    pub fn find<M: ::fanout::InputKind>(
        &self,
        input: impl ::fanout::InputOf<u32, M>,
        extra: &str,
    ) -> M::Run<
        ::fanout::FanOut<
            impl ::fanout::Source<Item = u32>,
            impl ::fanout::Work<u32, Local = (), Out = Option<String>>,
            ::fanout::Ordered,
        >,
    > {
        M::run(
            ::fanout::over_items(input)
                .label("find")
                .ordered()
                .map(Self::__fanout_not_for_traits_find_item(self, extra)),
        )
    }
    #[doc(hidden)]
    fn __fanout_not_for_traits_find_item(
        &self,
        extra: &str,
    ) -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> Option<String> + ::core::marker::Send + ::core::marker::Sync {
        let extra = ::fanout::shared::<&str, _>(extra);
        <&Self as ::fanout::Shared<
            _,
        >>::by(move |id: u32, _: &::fanout::Context| -> Option<String> {
            self.get(id, extra)
        })
    }
}

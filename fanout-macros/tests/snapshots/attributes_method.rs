// #[fan_out]
// #[cfg(all())] #[expect(unused)] #[track_caller] fn double(&self, #[allow(unused)] n: u32) -> u32 { #![allow(unused)] n * 2 }

impl Holder {
    #[cfg(all())]
    #[allow(unused)]
    #[track_caller]
    ///
    /// # As a worker pool
    ///
    /// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
    /// `.for_each(..)` or `.stream()` is called.
    ///
    /// - One worker for each core.
    /// - Results come in the order in which they are finished.
    /// - Every result is delivered.
    fn double<M: ::fanout::InputKind>(
        &self,
        input: impl ::fanout::InputOf<u32, M>,
    ) -> M::Run<
        ::fanout::FanOut<
            impl ::fanout::Source<Item = u32>,
            impl ::fanout::Work<u32, Local = (), Out = u32>,
        >,
    > {
        M::run(
            ::fanout::over_items(input)
                .label("double")
                .map(Self::__fanout_not_for_traits_double_item(self)),
        )
    }
    #[cfg(all())]
    #[expect(unused)]
    #[doc(hidden)]
    #[allow(unused)]
    fn __fanout_not_for_traits_double_item(
        &self,
    ) -> impl ::core::ops::Fn(
        u32,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        move |#[allow(unused)] n: u32, _: &::fanout::Context| -> u32 { n * 2 }
    }
}

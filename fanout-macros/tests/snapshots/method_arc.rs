// #[fan_out]
// fn find(self: Arc<Self>, id: usize, #[local(self.cache())] cache: &mut Cache) -> u32 { cache.get(id) }

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
    /// - Each worker has its own `cache`.
    fn find<M: ::fanout::InputKind>(
        self: Arc<Self>,
        input: impl ::fanout::InputOf<usize, M>,
    ) -> M::Run<
        ::fanout::FanOut<
            impl ::fanout::Source<Item = usize>,
            impl ::fanout::Work<usize, Local = Cache, Out = u32> + ::fanout::HasState,
        >,
    > {
        M::run(
            ::fanout::over_items(input)
                .label("find")
                .map_joint(Self::__fanout_not_for_traits_find_item(self)),
        )
    }
    #[doc(hidden)]
    fn __fanout_not_for_traits_find_item(
        self: Arc<Self>,
    ) -> impl ::core::ops::Fn(
        ::fanout::Call<'_, '_, usize, Cache>,
    ) -> ::fanout::Reply<Cache, u32> + ::core::marker::Send + ::core::marker::Sync {
        <Arc<
            Self,
        > as ::fanout::Shared<
            _,
        >>::by(move |
            call: ::fanout::Call<'_, '_, usize, Cache>,
        | -> ::fanout::Reply<Cache, u32> {
            let _ = &self;
            match call {
                ::fanout::Call::Init => {
                    let begin = || -> Cache { self.cache() };
                    ::fanout::Reply::Local(begin())
                }
                ::fanout::Call::Item(item, worker) => {
                    let run = |
                        id: usize,
                        worker: &mut ::fanout::Worker<'_, Cache>,
                    | -> u32 {
                        let cache: &mut Cache = &mut *worker.local;
                        { cache.get(id) }
                    };
                    ::fanout::Reply::Out(run(item, worker))
                }
            }
        })
    }
}

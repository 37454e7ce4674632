// #[fan_out]
// fn find(id: u32, #[shared] config: Config, #[local(Cache::of(&config))] cache: &mut Cache) -> u32 { cache.get(id, &config) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - All workers see the same `config`.
/// - Each worker has its own `cache`.
fn find<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
    config: Config,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendWork<u32, Local = Cache, Out = u32> + ::fanout::HasState,
    >,
> {
    fn find_item(
        config: Config,
    ) -> impl ::core::ops::Fn(
        ::fanout::Call<'_, '_, u32, Cache>,
    ) -> ::fanout::Reply<Cache, u32> + ::core::marker::Send + ::core::marker::Sync {
        let config = ::fanout::shared::<Config, _>(config);
        move |call: ::fanout::Call<'_, '_, u32, Cache>| -> ::fanout::Reply<Cache, u32> {
            let _ = &config;
            match call {
                ::fanout::Call::Init => {
                    let begin = || -> Cache { Cache::of(&config) };
                    ::fanout::Reply::Local(begin())
                }
                ::fanout::Call::Item(item, worker) => {
                    let run = |id: u32, worker: &mut ::fanout::Worker<'_, Cache>| -> u32 {
                        let cache: &mut Cache = &mut *worker.local;
                        { cache.get(id, &config) }
                    };
                    ::fanout::Reply::Out(run(item, worker))
                }
            }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("find")
            .map_joint(find_item(config))
            .sends::<u32, _>(),
    )
}

// #[fan_out(cancel_on_error)]
// fn find(id: u32, #[shared] config: Config, #[local(try Cache::of(&config))] cache: &mut Cache) -> Result<u32, E> { cache.get(id) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - The first error stops the run and is its result.
/// - All workers see the same `config`.
/// - Each worker has its own `cache`.
fn find<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
    config: Config,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendTryWork<
            u32,
            Local = Cache,
            Out = Result<u32, E>,
        > + ::fanout::HasState,
        ::fanout::Unordered,
        ::fanout::CancelOnError,
    >,
> {
    fn find_local(
        config: Config,
    ) -> impl ::core::ops::Fn(
    ) -> ::core::result::Result<
            Cache,
            <::fanout::CancelOnError as ::fanout::Ending<Result<u32, E>>>::Error,
        > + ::core::marker::Send + ::core::marker::Sync {
        let config = ::fanout::shared::<Config, _>(config);
        move || -> ::core::result::Result<
            Cache,
            <::fanout::CancelOnError as ::fanout::Ending<Result<u32, E>>>::Error,
        > {
            let _ = &config;
            ::core::result::Result::Ok(
                ::fanout::Begins::<Result<u32, E>>::with(Cache::of(&config))?,
            )
        }
    }
    fn find_item() -> impl ::core::ops::Fn(
        u32,
        &mut ::fanout::Worker<'_, Cache>,
    ) -> Result<u32, E> + ::core::marker::Send + ::core::marker::Sync {
        |id: u32, worker: &mut ::fanout::Worker<'_, Cache>| -> Result<u32, E> {
            let cache: &mut Cache = &mut *worker.local;
            { cache.get(id) }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("find")
            .cancel_on_error()
            .try_local(find_local(config))
            .map(find_item())
            .sends::<Result<u32, E>, _>(),
    )
}

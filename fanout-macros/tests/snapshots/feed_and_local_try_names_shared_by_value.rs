// #[fan_out(cancel_on_error)]
// fn walk(path: PathBuf, #[shared] config: Config, #[local(try Conn::open(&config))] conn: &mut Conn, #[feed] feed: &Feed<PathBuf>) -> Result<u64, E> { visit(path, conn, feed, &config) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Items may push further items; the run ends when none is left.
/// - Results come in the order in which they are finished.
/// - The first error stops the run and is its result.
/// - All workers see the same `config`.
/// - Each worker has its own `conn`.
fn walk<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
    config: Config,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::SendTryWork<
            PathBuf,
            Local = Conn,
            Out = Result<u64, E>,
        > + ::fanout::HasState,
        ::fanout::Unordered,
        ::fanout::CancelOnError,
    >,
> {
    fn walk_item(
        config: Config,
    ) -> impl ::core::ops::Fn(
        ::fanout::FedCall<'_, '_, PathBuf, Conn>,
    ) -> ::fanout::Reply<
            Conn,
            Result<u64, E>,
        > + ::core::marker::Send + ::core::marker::Sync {
        let config = ::fanout::shared::<Config, _>(config);
        move |
            call: ::fanout::FedCall<'_, '_, PathBuf, Conn>,
        | -> ::fanout::Reply<Conn, Result<u64, E>> {
            let _ = &config;
            match call {
                ::fanout::FedCall::Init => {
                    let begin = || -> ::core::result::Result<
                        Conn,
                        <::fanout::CancelOnError as ::fanout::Ending<
                            Result<u64, E>,
                        >>::Error,
                    > {
                        ::core::result::Result::Ok(
                            ::fanout::Begins::<
                                Result<u64, E>,
                            >::with(Conn::open(&config))?,
                        )
                    };
                    match begin() {
                        ::core::result::Result::Ok(item) => ::fanout::Reply::Local(item),
                        ::core::result::Result::Err(error) => {
                            ::fanout::Reply::Out(::core::result::Result::Err(error))
                        }
                    }
                }
                ::fanout::FedCall::Item(item, feed, worker) => {
                    let run = |
                        path: PathBuf,
                        feed: &Feed<PathBuf>,
                        worker: &mut ::fanout::Worker<'_, Conn>,
                    | -> Result<u64, E> {
                        let conn: &mut Conn = &mut *worker.local;
                        { visit(path, conn, feed, &config) }
                    };
                    ::fanout::Reply::Out(run(item, feed, worker))
                }
            }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .cancel_on_error()
            .map_joint_feed(walk_item(config))
            .sends::<Result<u64, E>, _>()
            .sends::<PathBuf, _>(),
    )
}

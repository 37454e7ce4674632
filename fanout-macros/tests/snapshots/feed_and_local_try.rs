// #[fan_out(cancel_on_error)]
// fn walk(path: PathBuf, #[local(try Conn::open())] conn: &mut Conn, #[feed] feed: &Feed<PathBuf>) -> Result<u64, E> { visit(path, conn, feed) }

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
/// - Each worker has its own `conn`.
fn walk<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
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
    fn walk_local() -> impl ::core::ops::Fn(
    ) -> ::core::result::Result<
            Conn,
            <::fanout::CancelOnError as ::fanout::Ending<Result<u64, E>>>::Error,
        > + ::core::marker::Send + ::core::marker::Sync {
        || -> ::core::result::Result<
            Conn,
            <::fanout::CancelOnError as ::fanout::Ending<Result<u64, E>>>::Error,
        > {
            ::core::result::Result::Ok(
                ::fanout::Begins::<Result<u64, E>>::with(Conn::open())?,
            )
        }
    }
    fn walk_item() -> impl ::core::ops::Fn(
        PathBuf,
        &::fanout::Feed<PathBuf>,
        &mut ::fanout::Worker<'_, Conn>,
    ) -> Result<u64, E> + ::core::marker::Send + ::core::marker::Sync {
        |
            path: PathBuf,
            feed: &Feed<PathBuf>,
            worker: &mut ::fanout::Worker<'_, Conn>,
        | -> Result<u64, E> {
            let conn: &mut Conn = &mut *worker.local;
            { visit(path, conn, feed) }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("walk")
            .cancel_on_error()
            .try_local(walk_local())
            .map_feed(walk_item())
            .sends::<Result<u64, E>, _>()
            .sends::<PathBuf, _>(),
    )
}

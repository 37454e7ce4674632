// #[fan_out(cancel_on_error)]
// fn query(id: u32, #[local(try Conn::open())] conn: &mut Conn) -> Result<Row, DbError> { conn.get(id) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - The first error stops the run and is its result.
/// - Each worker has its own `conn`.
fn query<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<u32, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = u32>,
        impl ::fanout::SendTryWork<
            u32,
            Local = Conn,
            Out = Result<Row, DbError>,
        > + ::fanout::HasState,
        ::fanout::Unordered,
        ::fanout::CancelOnError,
    >,
> {
    fn query_local() -> impl ::core::ops::Fn(
    ) -> ::core::result::Result<
            Conn,
            <::fanout::CancelOnError as ::fanout::Ending<Result<Row, DbError>>>::Error,
        > + ::core::marker::Send + ::core::marker::Sync {
        || -> ::core::result::Result<
            Conn,
            <::fanout::CancelOnError as ::fanout::Ending<Result<Row, DbError>>>::Error,
        > {
            ::core::result::Result::Ok(
                ::fanout::Begins::<Result<Row, DbError>>::with(Conn::open())?,
            )
        }
    }
    fn query_item() -> impl ::core::ops::Fn(
        u32,
        &mut ::fanout::Worker<'_, Conn>,
    ) -> Result<Row, DbError> + ::core::marker::Send + ::core::marker::Sync {
        |id: u32, worker: &mut ::fanout::Worker<'_, Conn>| -> Result<Row, DbError> {
            let conn: &mut Conn = &mut *worker.local;
            { conn.get(id) }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("query")
            .cancel_on_error()
            .try_local(query_local())
            .map(query_item())
            .sends::<Result<Row, DbError>, _>(),
    )
}

// #[fan_out]
// fn hash(path: PathBuf, #[local(vec![0; 4096])] buffer: &mut Vec<u8>) -> u64 { read(path, buffer) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - Each worker has its own `buffer`.
fn hash<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::SendWork<PathBuf, Local = Vec<u8>, Out = u64> + ::fanout::HasState,
    >,
> {
    fn hash_local() -> impl ::core::ops::Fn(
    ) -> Vec<u8> + ::core::marker::Send + ::core::marker::Sync {
        || -> Vec<u8> { vec![0; 4096] }
    }
    fn hash_item() -> impl ::core::ops::Fn(
        PathBuf,
        &mut ::fanout::Worker<'_, Vec<u8>>,
    ) -> u64 + ::core::marker::Send + ::core::marker::Sync {
        |path: PathBuf, worker: &mut ::fanout::Worker<'_, Vec<u8>>| -> u64 {
            let buffer: &mut Vec<u8> = &mut *worker.local;
            { read(path, buffer) }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("hash")
            .local(hash_local())
            .map(hash_item())
            .sends::<u64, _>(),
    )
}

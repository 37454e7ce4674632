// #[fan_out]
// fn hash(path: PathBuf, #[local(Vec::new())] buffer: &mut Vec<u8>, #[ctx] cx: &Context, #[local(0)] n: &mut u32) -> u64 { *n += 1; read(path, buffer, cx) }

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
/// - Each worker has its own `n`.
fn hash<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::SendWork<
            PathBuf,
            Local = (Vec<u8>, u32),
            Out = u64,
        > + ::fanout::HasState,
    >,
> {
    fn hash_local() -> impl ::core::ops::Fn(
    ) -> (Vec<u8>, u32) + ::core::marker::Send + ::core::marker::Sync {
        || -> (Vec<u8>, u32) { (Vec::new(), 0) }
    }
    fn hash_item() -> impl ::core::ops::Fn(
        PathBuf,
        &mut ::fanout::Worker<'_, (Vec<u8>, u32)>,
    ) -> u64 + ::core::marker::Send + ::core::marker::Sync {
        |path: PathBuf, worker: &mut ::fanout::Worker<'_, (Vec<u8>, u32)>| -> u64 {
            let cx: &Context = worker.cx;
            let buffer: &mut Vec<u8> = &mut worker.local.0;
            let n: &mut u32 = &mut worker.local.1;
            {
                *n += 1;
                read(path, buffer, cx)
            }
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

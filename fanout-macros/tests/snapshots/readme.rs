// #[fan_out(workers = 8, ordered, cancel_on_error)]
// /// The first line of a file.
// fn headline(path: PathBuf) -> io::Result<String> {
// let text = fs::read_to_string(&path)?;
// Ok(text.lines().next().unwrap_or_default().to_owned())
// }

/// The first line of a file.
///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - 8 workers.
/// - Results come in input order.
/// - The error of the first item that fails, in input order, stops the run and is its result.
fn headline<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<PathBuf, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = PathBuf>,
        impl ::fanout::SendTryWork<PathBuf, Local = (), Out = io::Result<String>>,
        ::fanout::Ordered,
        ::fanout::CancelOnError,
    >,
> {
    fn headline_item() -> impl ::core::ops::Fn(
        PathBuf,
        &::fanout::Context,
    ) -> io::Result<String> + ::core::marker::Send + ::core::marker::Sync {
        |path: PathBuf, _: &::fanout::Context| -> io::Result<String> {
            let text = fs::read_to_string(&path)?;
            Ok(text.lines().next().unwrap_or_default().to_owned())
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("headline")
            .workers(8)
            .ordered()
            .cancel_on_error()
            .map::<_, io::Result<String>, _>(headline_item())
            .sends::<io::Result<String>, _>(),
    )
}

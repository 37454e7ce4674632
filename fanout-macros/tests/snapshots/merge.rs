// #[fan_out(merge = add_counts)]
// fn count(word: String, #[local(HashMap::new())] counts: &mut HashMap<String, u64>) { *counts.entry(word).or_default() += 1; }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.run()`
/// or `.merged()` is called.
///
/// - One worker for each core.
/// - Every item is handled.
/// - Each worker has its own `counts`; `.merged()` puts them together.
fn count<M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<String, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = String>,
        impl ::fanout::Work<
            String,
            Local = HashMap<String, u64>,
            Out = (),
        > + ::fanout::Merge<HashMap<String, u64>>,
    >,
> {
    fn count_local() -> impl ::core::ops::Fn(
    ) -> HashMap<String, u64> + ::core::marker::Send + ::core::marker::Sync {
        || -> HashMap<String, u64> { HashMap::new() }
    }
    fn count_item() -> impl ::core::ops::Fn(
        String,
        &mut ::fanout::Worker<'_, HashMap<String, u64>>,
    ) + ::core::marker::Send + ::core::marker::Sync {
        |word: String, worker: &mut ::fanout::Worker<'_, HashMap<String, u64>>| {
            let counts: &mut HashMap<String, u64> = &mut *worker.local;
            {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    M::run(
        ::fanout::over_items(input)
            .label("count")
            .local(count_local())
            .map(count_item())
            .merge_with(::fanout::merge_fn::<HashMap<String, u64>, _, _>(add_counts)),
    )
}

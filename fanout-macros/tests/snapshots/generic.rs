// #[fan_out]
// fn parse<'a, T, const N: usize>(line: &'a str, #[shared] seps: &[char; N]) -> Vec<T> where T: FromStr + 'a { todo(line, seps) }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
/// - All workers see the same `seps`.
fn parse<'a, T, const N: usize, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<&'a str, M>,
    seps: &[char; N],
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = &'a str>,
        impl ::fanout::Work<&'a str, Local = (), Out = Vec<T>>,
    >,
>
where
    T: FromStr + 'a,
{
    fn parse_item<'a, T, const N: usize>(
        seps: &[char; N],
    ) -> impl ::core::ops::Fn(
        &'a str,
        &::fanout::Context,
    ) -> Vec<T> + ::core::marker::Send + ::core::marker::Sync
    where
        T: FromStr + 'a,
    {
        let seps = ::fanout::shared::<&[char; N], _>(seps);
        move |line: &'a str, _: &::fanout::Context| -> Vec<T> { todo(line, seps) }
    }
    M::run(::fanout::over_items(input).label("parse").map(parse_item::<T, N>(seps)))
}

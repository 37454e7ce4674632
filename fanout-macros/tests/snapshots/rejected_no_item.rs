// #[fan_out]
// fn f() -> u32 { 1 }

///
/// # As a worker pool
///
/// Takes an input of items and builds a fan-out, which does nothing until a terminal such as `.collect()`,
/// `.for_each(..)` or `.stream()` is called.
///
/// - One worker for each core.
/// - Results come in the order in which they are finished.
/// - Every result is delivered.
fn f<Item, M: ::fanout::InputKind>(
    input: impl ::fanout::InputOf<Item, M>,
) -> M::Run<
    ::fanout::FanOut<
        impl ::fanout::Source<Item = Item>,
        impl ::fanout::Work<Item, Local = (), Out = u32>,
    >,
> {
    fn f_item<Item>() -> impl ::core::ops::Fn(
        Item,
        &::fanout::Context,
    ) -> u32 + ::core::marker::Send + ::core::marker::Sync {
        |_: Item, _: &::fanout::Context| -> u32 { ::core::unreachable!() }
    }
    M::run(::fanout::over_items(input).label("f").map(f_item::<Item>()))
}
::core::compile_error! {
    "FO203: there is no parameter for the item\n= help: make the item the first parameter: `fn f(item: Item) -> Output`\n= note: FO203 is explained in `fanout::guide::fo203`"
}

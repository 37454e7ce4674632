// #[fan_out]
// fn f() -> u32 { 1 }

#[doc(hidden)]
#[allow(unused, non_upper_case_globals)]
const f: [(); ::core::compile_error! {
    "FO203: there is no parameter for the item\n= help: make the item the first parameter: `fn f(item: Item) -> Output`\n= note: FO203 is explained in `fanout::guide::fo203`"
}] = {
    #[doc(hidden)]
    #[allow(unused)]
    fn f_original() -> u32 {
        { 1 }
    }
    ::core::unreachable!()
};

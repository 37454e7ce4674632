// #[fan_out(ordered = 1, timeout = 5, cancel_on_error, merge = 8)]
// async fn f(&mut self, x: impl Ord, y: u32, #[local(0)] n: u32, #[ctx] cx: Context) -> impl Copy { x.await }

impl Holder {
    #[allow(unused)]
    fn f<Hidden0: Ord, M: ::fanout::InputKind>(
        &self,
        input: impl ::fanout::InputOf<Hidden0, M>,
        _: [(); ::core::compile_error! {
            "FO103: `ordered` takes no value\n= help: write `ordered` alone to turn it on, or leave it out\n= note: FO103 is explained in `fanout::guide::fo103`"
        }],
    ) -> [(); ::core::compile_error! {
        "FO107: `timeout` is no span of time: `5` does not say of what\n= help: write a number with its unit, as in `timeout = \"30s\"`, \"500ms\" or \"1m 30s\", or an expression of type `Duration`\n= note: FO107 is explained in `fanout::guide::fo107`"
    }] {
        ::core::unreachable!()
    }
    #[doc(hidden)]
    #[allow(unused)]
    async fn __fanout_not_for_traits_f_original(
        &mut self,
        x: impl Ord,
        y: u32,
        n: u32,
        cx: Context,
    ) -> impl Copy {
        let any = ::core::compile_error! {
            "FO104: `merge` takes the path of a function, not `8`\n= help: write `merge = add_counts`\n= note: FO104 is explained in `fanout::guide::fo104`"
        };
        let _ = 0;
        let cx = any;
        let n = any;
        { x.await }
    }
    ::core::compile_error! {
        "FO204: `y` does not say what it is: only the first parameter is the item\n= help: mark it: `#[shared]` for an argument that all workers see, `#[local(initial value)]` for a state of each worker (`&mut`), `#[ctx]` for the `&Context`, `#[feed]` for the `&Feed`\n= note: FO204 is explained in `fanout::guide::fo204`"
    }
    ::core::compile_error! {
        "FO215: an `async` function: its calls would return at once and do their work elsewhere, out of the pool's sight\n= help: write a plain function; workers are threads and may block\n= note: FO215 is explained in `fanout::guide::fo215`"
    }
    ::core::compile_error! {
        "FO205: `&mut self`: all workers see `self` at the same time, and no two of them may change it at once\n= help: take `&self`, and keep what a worker changes in `#[local(..)]`\n= note: FO205 is explained in `fanout::guide::fo205`"
    }
    ::core::compile_error! {
        "FO214: `impl Trait` hides the type that the pool has to name\n= help: give it a name: `fn f<T: ..>(.., x: T)`\n= note: FO214 is explained in `fanout::guide::fo214`"
    }
    ::core::compile_error! {
        "FO214: `impl Trait` hides the type of the results, which the pool has to name\n= help: name the type, or return `Box<dyn .. + Send>`\n= note: FO214 is explained in `fanout::guide::fo214`"
    }
    ::core::compile_error! {
        "FO213: `#[local(..)]` is this worker's own state, by `&mut`, not `u32`\n= help: write `#[local(..)] n: &mut u32`\n= note: FO213 is explained in `fanout::guide::fo213`"
    }
    ::core::compile_error! {
        "FO213: `#[ctx]` is a reference to the context, not `Context`\n= help: write `#[ctx] cx: &fanout::Context`\n= note: FO213 is explained in `fanout::guide::fo213`"
    }
}

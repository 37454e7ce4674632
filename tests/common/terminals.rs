//! The same fan-out ended in every way there is.

/// Calls `$check(terminal, delivered)` after every terminal, each over a fan-out made anew by `$make`, which returns an
/// unordered one whose item function returns `()`. `delivered` is how many results came.
///
/// A macro, because the type of the fan-out that `$make` returns has no name.
macro_rules! in_every_terminal {
    ($make:expr, $check:expr) => {{
        let check = $check;
        check("collect_unordered", { $make }.collect_unordered().len());
        check(
            "ordered collect",
            { $make }.ordered().collect::<Vec<()>>().len(),
        );
        let mut delivered = 0;
        { $make }.for_each(|()| delivered += 1);
        check("for_each", delivered);
        let mut delivered = 0;
        { $make }.ordered().for_each(|()| delivered += 1);
        check("ordered for_each", delivered);
        let mut delivered = 0;
        let end: Result<(), ()> = { $make }.try_for_each(|()| {
            delivered += 1;
            Ok(())
        });
        assert_eq!(end, Ok(()));
        check("try_for_each", delivered);
        check("scope", { $make }.scope(|results| results.count()));
        check(
            "ordered scope",
            { $make }.ordered().scope(|results| results.count()),
        );
        let mut delivered = 0;
        { $make }.scope(|mut results| {
            while let Ok(Some(())) | Err(fanout::NotReady) = results
                .next_timeout(std::time::Duration::from_millis(1))
                .inspect(|result| {
                    delivered += usize::from(result.is_some());
                })
            {}
        });
        check("scope by next_timeout", delivered);
    }};
}

/// As [`in_every_terminal`], for the terminals that deliver nothing: `$check(terminal)`. `$item` is the item function of the
/// fan-out that `$make` returns; where the terminal takes the workers' states, each has one.
macro_rules! in_every_silent_terminal {
    ($make:expr, $item:expr, $check:expr) => {{
        let check = $check;
        { $make }.map($item).run();
        check("run");
        { $make }.ordered().map($item).run();
        check("ordered run");
        let with_state = |item, worker: &mut fanout::Worker<'_, ()>| ($item)(item, worker.cx);
        let _ = { $make }.local(|| ()).map(with_state).locals();
        check("locals");
        { $make }.local(|| ()).map(with_state).merge(|(), ()| ());
        check("merge");
    }};
}

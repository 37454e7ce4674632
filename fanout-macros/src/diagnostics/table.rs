//! Every rule's code, level and words, one row each. The guide page of the codes has a section for each code; a test
//! holds the two together.
//!
//! A code is what users search for and put into `allow(..)`: it is never given another meaning. One code may have several
//! rows where the same rule is broken in ways that need other words. `FO206` to `FO209` are kept for rules about what
//! may be shared.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// The expansion is replaced by one that compiles for callers and does nothing.
    Error,
    /// The expansion is as asked; `allow(code)` silences it.
    Warning,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) problem: Problem,
    pub(crate) code: &'static str,
    pub(crate) level: Level,
    /// What is wrong; `{name}` is filled in where it is reported.
    pub(crate) message: &'static str,
    /// What to write instead.
    pub(crate) help: &'static str,
    /// The page of `fanout::guide` that explains it.
    pub(crate) page: &'static str,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $problem:ident = $code:literal $level:ident, $message:literal, $help:literal;)*) => {
        /// A way to be wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Problem {
            $($(#[$doc])* $problem,)*
        }

        pub(crate) const TABLE: &[Row] = &[
            $(Row {
                problem: Problem::$problem,
                code: $code,
                level: Level::$level,
                message: $message,
                help: $help,
                page: "codes",
            },)*
        ];
    };
}

problems! {
    UnknownOption = "FO101" Error,
        "unknown option `{option}`",
        "the options are {options}";
    UnknownOptionNear = "FO101" Error,
        "unknown option `{option}`",
        "did you mean `{near}`?";
    RepeatedOption = "FO102" Error,
        "`{option}` is given twice",
        "leave one of the two out";
    NotAnOption = "FO103" Error,
        "expected the name of an option, found {found}",
        "write options between commas, as in `#[fan_out(workers = 8, ordered)]`";
    MissingComma = "FO103" Error,
        "expected a comma, found {found}",
        "write options between commas, as in `#[fan_out(workers = 8, ordered)]`";
    MissingValue = "FO103" Error,
        "`{option}` needs a value",
        "write `{example}`";
    FlagWithValue = "FO103" Error,
        "`{option}` takes no value",
        "write `{option}` alone to turn it on, or leave it out";
    ParenthesizedValue = "FO103" Error,
        "`{option}` takes its value after `=`",
        "write `{example}`";
    AllowWithoutCodes = "FO103" Error,
        "`allow` needs the codes that it silences",
        "write `{example}`";
    MalformedValue = "FO103" Error,
        "the value of `{option}` cannot be read: {why}",
        "write `{example}`";
    WrongValue = "FO104" Error,
        "`{option}` takes {wanted}, not `{found}`",
        "write `{example}`";
    ItemFnTaken = "FO104" Error,
        "`item_fn` names the function itself, and that name is the pool's",
        "give the function for one item a name of its own, as in `item_fn = {function}_one`";
    Zero = "FO105" Error,
        "`{option}` is zero, and {why}",
        "give at least {least}, or leave `{option}` out for the default";
    TooLarge = "FO106" Error,
        "`{option}` is {value}: {why}",
        "give at most {most}, or leave `{option}` out for the default";
    BadDuration = "FO107" Error,
        "`{option}` is no span of time: {why}",
        "write a number with its unit, as in `{option} = \"30s\"`, \"500ms\" or \"1m 30s\", or an expression of type `Duration`";
    TryWithoutCancel = "FO108" Error,
        "`#[local(try ..)]` can fail, and without `cancel_on_error` nothing says what an error does",
        "add the option `cancel_on_error`: then an error of the state ends the run as an item's error does";
    ItemTimeoutUnseen = "FO109" Error,
        "`item_timeout` has no effect: only a `#[ctx]` parameter can see that an item's time is over, and there is none",
        "add `#[ctx] cx: &fanout::Context` and look at `cx.checkpoint()`, or use `timeout` for the whole run";
    OrderedNothing = "FO109" Error,
        "`ordered` has no effect: the function returns nothing that could be in order",
        "leave `ordered` out, or return the result of each item";
    MergeNothing = "FO109" Error,
        "`merge` has no effect: no parameter is `#[local]`, so there are no states to merge",
        "mark the state with `#[local(initial value)] state: &mut State`, or leave `merge` out";
    PinnedNothing = "FO109" Error,
        "`pinned` has no effect: items have no keys that could belong to a worker",
        "add `shard_by = key_fn`, which gives each item its key, or leave `pinned` out";
    BatchAboveWindow = "FO110" Error,
        "`batch` is {batch} and `window` is {window}: a batch is taken out of the window, so it cannot be larger",
        "make `batch` at most half the window, or leave `batch` out: it adapts to the cost of an item";
    AllowUnknown = "FO112" Error,
        "`allow` does not know `{code}`",
        "the codes that can be silenced are {codes}";
    AllowError = "FO112" Error,
        "{code} is an error that cannot be silenced: what it reports cannot work",
        "leave it out of `allow`, and mend what it reports; the codes that can be silenced are {codes}";
    OrderedFeed = "FO121" Error,
        "`ordered` and a feed exclude each other: an item that is pushed has no place in the order of the input",
        "leave `ordered` out";
    ShardedFeed = "FO121" Error,
        "`shard_by` and a feed exclude each other: an item that is pushed has no place in the order of its key",
        "leave `shard_by` out";
    OneWorker = "FO114" Warning,
        "`workers = 1` runs one item after the other, on one thread",
        "write `for item in input` if that is meant, or silence this with `allow(FO114)`";
    WindowBelowWorkers = "FO115" Warning,
        "`window` is {window} and `workers` is {workers}: at most {window} of the workers can have an item",
        "make the window at least as large as the number of workers, or silence this with `allow(FO115)`";

    NotAFunction = "FO201" Error,
        "`#[fan_out]` goes on a function, and this is {what}",
        "put it on the function that handles one item: `#[fan_out] fn handle(item: Item) -> Output`";
    NoBody = "FO202" Error,
        "this function has no body, so there is nothing to run for an item",
        "put `#[fan_out]` on a function with a body; a trait's method can call one";
    NoItem = "FO203" Error,
        "there is no parameter for the item",
        "make the item the first parameter: `fn {function}(item: Item) -> Output`";
    ItemWithRole = "FO203" Error,
        "the first parameter is the item, and `#[{role}]` says that it is something else",
        "put the item first and the `#[{role}]` parameter after it";
    UnmarkedParameter = "FO204" Error,
        "`{parameter}` does not say what it is: only the first parameter is the item",
        "mark it: `#[shared]` for an argument that all workers see, `#[local(initial value)]` for a state of each worker (`&mut`), `#[ctx]` for the `&Context`, `#[feed]` for the `&Feed`";
    SelfByMut = "FO205" Error,
        "`&mut self`: all workers see `self` at the same time, and no two of them may change it at once",
        "take `&self`, and keep what a worker changes in `#[local(..)]`";
    SelfByValue = "FO205" Error,
        "`self` by value: it could be given to one item only",
        "take `&self`, or `self: Arc<Self>` for a run that owns it";
    SelfMutBinding = "FO205" Error,
        "`self` cannot be `mut`: all workers see it at the same time",
        "leave `mut` out, and keep what a worker changes in `#[local(..)]`";
    SharedMut = "FO210" Error,
        "`#[shared]` by `&mut`: all workers see it at the same time, and writing to it would be a data race",
        "give each worker its own with `#[local(..)] {parameter}: &mut ..` and put them together with `merge`, or share it by `&`";
    SharedMutBinding = "FO210" Error,
        "a `#[shared]` parameter cannot be `mut`: all workers see it at the same time",
        "leave `mut` out, or give each worker its own with `#[local(..)] {parameter}: &mut ..`";
    SharedRefBinding = "FO210" Error,
        "a `#[shared]` parameter cannot be `ref`: the call is over before the workers look at it",
        "leave `ref` out: the body sees the argument where it is kept";
    UnknownRole = "FO211" Error,
        "`#[{role}]` is no role of a parameter",
        "the roles are `#[shared]`, `#[local(initial value)]`, `#[ctx]` and `#[feed]`{near}";
    RoleWithArguments = "FO211" Error,
        "`#[{role}]` takes nothing in parentheses",
        "write `#[{role}]`";
    LocalWithoutValue = "FO211" Error,
        "`#[local]` needs the initial value of a worker's state",
        "write it in parentheses: `#[local(Vec::new())]`; it is evaluated once for each worker, on its thread";
    LocalMalformed = "FO211" Error,
        "the initial value cannot be read: {why}",
        "write an expression in parentheses: `#[local(Vec::new())]`";
    TwoRoles = "FO212" Error,
        "a parameter has one role, and this one is also `#[{role}]`",
        "leave one of the two out";
    TwoContexts = "FO212" Error,
        "there is one context for each item, and this is the second `#[ctx]`",
        "use the first one";
    TwoFeeds = "FO212" Error,
        "a run has one feed, and this is the second `#[feed]`",
        "use the first one";
    ContextType = "FO213" Error,
        "`#[ctx]` is a reference to the context, not `{found}`",
        "write `#[ctx] {parameter}: &fanout::Context`";
    LocalType = "FO213" Error,
        "`#[local(..)]` is this worker's own state, by `&mut`, not `{found}`",
        "write `#[local(..)] {parameter}: &mut {target}`";
    FeedType = "FO213" Error,
        "`#[feed]` is a reference to the feed of the run's items, not `{found}`",
        "write `#[feed] {parameter}: &fanout::Feed<{item}>`";
    Lent = "FO213" Error,
        "`{parameter}` is lent to the function for one item, and `{lifetime}` says that it is for longer",
        "leave `{lifetime}` out";
    ImplParameter = "FO214" Error,
        "`impl Trait` hides the type that the pool has to name",
        "give it a name: `fn {function}<T: ..>(.., {parameter}: T)`";
    ImplResult = "FO214" Error,
        "`impl Trait` hides the type of the results, which the pool has to name",
        "name the type, or return `Box<dyn .. + Send>`";
    Async = "FO215" Error,
        "an `async` function: its calls would return at once and do their work elsewhere, out of the pool's sight",
        "write a plain function; workers are threads and may block";
    Const = "FO215" Error,
        "a `const` function cannot start threads",
        "leave `const` out";
    Unsafe = "FO215" Error,
        "an `unsafe` function: nobody could promise for every item what its caller has to promise",
        "leave `unsafe` out, and put the unsafe operation into a block with its proof";
    Extern = "FO215" Error,
        "an `extern` function: other languages could not call what this expands to",
        "leave `extern` out";
    Variadic = "FO215" Error,
        "a variadic function: the pool calls it with one item",
        "leave `...` out";
    AmbiguousLifetime = "FO216" Error,
        "what the result borrows from is not said: the item and {other} are both references",
        "name the lifetime, as in `fn {function}<'a>({receiver}item: &'a str, ..) -> &'a str`";
    AmbiguousShared = "FO216" Error,
        "what the result borrows from is not said: there are several references",
        "name the lifetime, as in `fn {function}<'a>(.., #[shared] names: &'a Names) -> &'a str`";
    NothingToBorrow = "FO216" Error,
        "the result borrows, and neither the item nor a `#[shared]` parameter is a reference that it could borrow from",
        "return an owned value, or take the item by reference";
    LocalLifetime = "FO216" Error,
        "a worker's state outlives the item, and this reference in its type does not say what it borrows from",
        "name the lifetime (`'static`, or one of the function's), or keep an owned value";
    AttributeInTheWay = "FO217" Error,
        "`#[{attribute}]` is about one function's code, and `#[fan_out]` makes several",
        "put it on a function of its own and call that from the body";
    Twice = "FO217" Error,
        "`#[fan_out]` is on this function twice",
        "put all options into one";
    LocalNamesItem = "FO218" Error,
        "a worker's state begins before there is an item, and this initial value names the item `{item}`",
        "start from a value that does not need the item, and change the state in the body";
    ConditionalParameter = "FO219" Error,
        "`#[{attribute}]` on a parameter: the pool's own signature is made before it is known whether the parameter is there",
        "put `#[{attribute}(..)]` on the function, once for each of its signatures";
    SameName = "FO220" Error,
        "two parameters are called `{parameter}`",
        "give each a name of its own";

    FeedClosed = "FO301" Error,
        "`{found}` closes the feed while others use it: they would find it closed, and what is left in it would be lost",
        "leave it out: the run ends by itself when no item is left";
    FeedKept = "FO301" Error,
        "`{found}` keeps the feed, which is lent for one item: as long as somebody holds it further items may come, and the run would never end",
        "leave it out, and push into `{parameter}` itself: the run ends by itself when no item is left";
}

impl Problem {
    /// This problem's row.
    pub(crate) fn row(self) -> &'static Row {
        TABLE
            .iter()
            .find(|row| row.problem == self)
            .expect("the macro makes a row for each problem")
    }
}

/// The level of `code`, if there is such a code.
pub(crate) fn level_of(code: &str) -> Option<Level> {
    TABLE
        .iter()
        .find(|row| row.code == code)
        .map(|row| row.level)
}

/// The codes that `allow(..)` takes, for messages.
pub(crate) fn silenceable() -> String {
    let mut codes: Vec<&str> = TABLE
        .iter()
        .filter(|row| row.level == Level::Warning)
        .map(|row| row.code)
        .collect();
    codes.dedup();
    codes.join(", ")
}

//! The rows, by code.

use super::{Code, Level, Row, problems};

problems! {
    FO101 Error "unknown option" [] {
        UnknownOption:
            "unknown option `{option}`",
            "the options are {options}";
        UnknownOptionNear:
            "unknown option `{option}`",
            "did you mean `{near}`?";
        OptionElsewhere:
            "unknown option `{option}`",
            "{instead}";
    }
    FO102 Error "repeated option" [] {
        RepeatedOption:
            "`{option}` is given twice",
            "leave one of the two out";
    }
    FO103 Error "malformed option" [] {
        NotAnOption:
            "expected the name of an option, found {found}",
            "write options between commas, as in `#[fan_out(workers = 8, ordered)]`";
        QuotedOption:
            "an option stands without quotes, and this is `{found}`",
            "write `{option}`";
        MissingComma:
            "expected a comma, found {found}",
            "write options between commas, as in `#[fan_out(workers = 8, ordered)]`";
        MissingValue:
            "`{option}` needs a value",
            "write `{example}`";
        FlagWithValue:
            "`{option}` takes no value",
            "write `{option}` alone to turn it on, or leave it out";
        ParenthesizedValue:
            "`{option}` takes its value after `=`",
            "write `{example}`";
        AllowWithoutCodes:
            "`allow` needs the codes that it silences",
            "write `{example}`";
        MalformedValue:
            "the value of `{option}` cannot be read: {why}",
            "write `{example}`";
    }
    FO104 Error "a value of another kind" [] {
        WrongValue:
            "`{option}` takes {wanted}, not `{found}`",
            "write `{example}`";
        WorkersByThemselves:
            "`workers` takes a whole number, not `{found}`",
            "leave `workers` out for one worker per core, or write `workers = 8`";
        OtherInteger:
            "`{option}` takes a `usize`, and the suffix makes `{found}` another type",
            "write `{option} = {digits}`";
        KeyOfOneItem:
            "`shard_by` takes a function from `&{item}` to its key, and `{found}` is the key of one item",
            "write `shard_by = |{parameter}: &{item}| {found}`, or the path of a function that does this";
        ItemFnTaken:
            "`item_fn` names the function itself, and that name is the pool's",
            "give the function for one item a name of its own, as in `item_fn = {function}_one`";
    }
    FO105 Error "zero" [] {
        Zero:
            "`{option}` is zero, and {why}",
            "give at least {least}, or leave `{option}` out for the default";
    }
    FO106 Error "too large to be meant" [6] {
        TooLarge:
            "`{option}` is {value}: {why}",
            "give at most {most}, or leave `{option}` out for the default";
        Unbounded:
            "`{option} = {found}` sets no bound: {why}",
            "give a number up to {most}, or leave `{option}` out for the default";
    }
    FO107 Error "no span of time" [] {
        BadDuration:
            "`{option}` is no span of time: {why}",
            "write a number with its unit, as in `{option} = \"30s\"`, \"500ms\" or \"1m 30s\", or an expression of type `Duration`";
    }
    FO108 Error "a state that can fail, and nothing to do then" [1] {
        TryWithoutCancel:
            "`#[local(try ..)]` can fail, and without `cancel_on_error` nothing says what an error does",
            "add the option `cancel_on_error`: then an error of the state ends the run as an item's error does";
    }
    FO109 Error "an option without effect" [9, 10] {
        ItemTimeoutUnseen:
            "`item_timeout` has no effect: only a `#[ctx]` parameter can see that an item's time is over, and there is none",
            "add `#[ctx] cx: &fanout::Context` and look at `cx.checkpoint()`, or use `timeout` for the whole run";
        OrderedNothing:
            "`ordered` has no effect: the function returns nothing that could be in order",
            "leave `ordered` out, or return the result of each item";
        OrderedWithoutType:
            "`ordered` has no effect: the function does not say that it returns anything",
            "write the type of the result, as in `fn {function}(..) -> T`, or leave `ordered` out";
        MergeNothing:
            "`merge` has no effect: no parameter is `#[local]`, so there are no states to merge",
            "mark the state with `#[local(initial value)] state: &mut State`, or leave `merge` out";
        PinnedNothing:
            "`pinned` has no effect: items have no keys that could belong to a worker",
            "add `shard_by = key_fn`, which gives each item its key, or leave `pinned` out";
    }
    FO110 Error "a batch larger than the window" [] {
        BatchAboveWindow:
            "`batch` is {batch} and `window` is {window}: a batch is taken out of the window, so it cannot be larger",
            "make `batch` at most half the window, or leave `batch` out: it adapts to the cost of an item";
    }
    FO111 Heuristic "a stack too small to be meant" [] {
        TinyStack:
            "`stack_size` is {value}, and it counts bytes: a thread needs some thousands of them before it does anything",
            "write bytes, as in `stack_size = {bytes}` for {size}, or leave `stack_size` out for the default";
    }
    FO112 Error "`allow` of what cannot be allowed" [] {
        AllowUnknown:
            "`allow` does not know `{code}`",
            "the codes that can be silenced are {codes}";
        AllowNear:
            "`allow` does not know `{code}`",
            "did you mean `{near}`?";
        AllowLint:
            "`{code}` is no code of fanout's: it looks like a lint of the compiler",
            "write `#[allow({code})]` on the function; here go the codes of messages, as in `allow(FO114)`";
        AllowError:
            "{code} is an error that cannot be silenced: what it reports cannot work",
            "leave it out of `allow`, and mend what it reports; the codes that can be silenced are {codes}";
        AllowWithoutReason:
            "{code} is an error, and to silence it takes a reason: the next reader has to know why it is right here",
            "write `allow({code}, reason = \"..\")`, with what makes it right";
    }
    FO113 Warning "an `allow` that is not needed" [] {
        AllowUnneeded:
            "`allow({code})` has nothing to silence here, and would silence unseen what comes later",
            "leave `{code}` out of `allow`";
        AllowTwice:
            "`{code}` is in `allow` twice",
            "leave one of the two out";
    }
    FO114 Warning "one worker" [3] {
        OneWorker:
            "`workers = 1` runs one item after the other, on one thread",
            "write `for item in input` if that is meant, or silence this with `allow(FO114)`";
    }
    FO115 Warning "a window smaller than the number of workers" [3] {
        WindowBelowWorkers:
            "`window` is {window} and `workers` is {workers}: at most {window} of the workers can have an item",
            "make the window at least as large as the number of workers, or silence this with `allow(FO115)`";
    }
    FO116 Warning "an item's time beyond the run's" [10] {
        ItemTimeoutBeyond:
            "`item_timeout` is {item} and `timeout` is {run}: the whole run is over before an item's time is",
            "make `item_timeout` shorter than `timeout`, leave one of the two out, or silence this with `allow(FO116)`";
    }
    FO121 Error "an order with a feed" [9] {
        OrderedFeed:
            "`ordered` and a feed exclude each other: an item that is pushed has no place in the order of the input",
            "leave `ordered` out";
        ShardedFeed:
            "`shard_by` and a feed exclude each other: an item that is pushed has no place in the order of its key",
            "leave `shard_by` out";
    }
    FO131 Error "a policy that cannot be read" [] {
        PolicyUnreadable:
            "the team's policy cannot be read: {place}: {why}",
            "mend the file: the policy is its table `[package.metadata.fanout]` or `[workspace.metadata.fanout]`";
        PolicyUnknownKey:
            "{place}: there is no key `{key}` in a policy",
            "the keys are {keys}";
        PolicyUnknownKeyNear:
            "{place}: there is no key `{key}` in a policy",
            "did you mean `{near}`?";
        PolicyWrongValue:
            "{place}: `{key}` takes {wanted}, not {found}",
            "write `{example}`";
        PolicyUnknownCode:
            "{place}: there is no code `{code}`",
            "write a code as in `deny = [\"FO114\"]`; all are listed in `fanout::guide::codes`";
        PolicyCertain:
            "{place}: {code} is an error that no policy can lower: what it reports cannot work",
            "leave it out; the list in `fanout::guide::codes` says which codes are warnings or can be meant";
        PolicyTwice:
            "{place}: {code} is in `{key}` and, in line {line}, in `{other}`",
            "leave it in one of them";
        PolicyUnknownOption:
            "{place}: `{option}` is no option that a policy can require",
            "the options are {options}";
        PolicyUnknownOptionNear:
            "{place}: `{option}` is no option that a policy can require",
            "did you mean `{near}`?";
    }
    FO132 Heuristic "more workers than the policy allows" [6] {
        WorkersAbovePolicy:
            "`workers` is {value}, and the team's policy allows at most {most} (`max-workers` in {place})",
            "give at most {most}, or say why this function needs more: `allow(FO132, reason = \"..\")`";
    }
    FO133 Heuristic "an option that the policy requires" [] {
        RequiredByPolicy:
            "`{option}` is missing, and the team's policy requires it (`require` in {place})",
            "add `{example}`, or say why this function does without: `allow(FO133, reason = \"..\")`";
    }
    FO201 Error "not on a function" [] {
        NotAFunction:
            "`#[fan_out]` goes on a function, and this is {what}",
            "put it on the function that handles one item: `#[fan_out] fn handle(item: Item) -> Output`";
    }
    FO202 Error "no body" [] {
        NoBody:
            "this function has no body, so there is nothing to run for an item",
            "put `#[fan_out]` on a function with a body; a trait's method can call one";
    }
    FO203 Error "no item" [] {
        NoItem:
            "there is no parameter for the item",
            "make the item the first parameter: `fn {function}(item: Item) -> Output`";
        ItemWithRole:
            "the first parameter is the item, and `#[{role}]` says that it is something else",
            "put the item first and the `#[{role}]` parameter after it";
        OnMain:
            "`main` is where the program begins, and not what happens to one item",
            "put `#[fan_out]` on the function for one item, and call that in `main`";
    }
    FO204 Error "a parameter that does not say what it is" [] {
        UnmarkedParameter:
            "`{parameter}` does not say what it is: only the first parameter is the item",
            "mark it: `#[shared]` for an argument that all workers see, `#[local(initial value)]` for a state of each worker (`&mut`), `#[ctx]` for the `&Context`, `#[feed]` for the `&Feed`";
        UnmarkedEnd:
            "`{parameter}` does not say what it is, and a worker needs no end of a channel: the pool hands it items, delivers what it returns, and closes itself",
            "leave `{parameter}` out: return an item's result, and take further items with `#[feed]`; only an end of some other channel, as for progress, is marked `#[shared]`, with the reason in `allow(FO206, reason = \"..\")`";
    }
    FO205 Error "`self` that cannot be shared" [7] {
        SelfByMut:
            "`&mut self`: all workers see `self` at the same time, and no two of them may change it at once",
            "take `&self`, and keep what a worker changes in `#[local(..)]`";
        SelfByValue:
            "`self` by value: it could be given to one item only",
            "take `&self`, or `self: Arc<Self>` for a run that owns it";
        SelfMutBinding:
            "`self` cannot be `mut`: all workers see it at the same time",
            "leave `mut` out, and keep what a worker changes in `#[local(..)]`";
    }
    FO206 Heuristic "an end of a channel in the workers' hands" [4, 8, 13] {
        SenderInHand:
            "`{parameter}` puts a sender into the workers' hands: a channel stays open as long as anybody holds one, so whoever waits for its end waits for ever",
            "return results, which the pool delivers, and push further items with `#[feed]`; if it is a sender of some other channel, as for progress, say so: `allow(FO206, reason = \"..\")`";
        ReceiverInHand:
            "`{parameter}` puts a receiver into the workers' hands: what they take from it the pool does not see, and a worker that waits for a message cannot be stopped",
            "make the message the item, and give the receiver to the call: `{function}(receiver)`; if it is a receiver of some other channel, say so: `allow(FO206, reason = \"..\")`";
    }
    FO207 Warning "a map or a list behind a lock" [7] {
        LockedMap:
            "`{parameter}` is a `{found}` behind a lock: each item waits for all others there, and the pool is hardly faster than one worker",
            "give each worker its own with `#[local(..)] {parameter}: &mut {found}` and put them together with `merge`, or silence this with `allow(FO207)`";
        LockedList:
            "`{parameter}` is a list behind a lock that each item adds to: all wait for each other there, and its order is left to chance",
            "return what is added, and collect it: `.collect()` with `ordered`, else `.collect_unordered()`; or silence this with `allow(FO207)`";
    }
    FO208 Warning "atomics side by side" [12] {
        AtomicsInRow:
            "`{found}` keeps atomics side by side: workers that write neighbours take the cache line from each other, and are slower than one",
            "count in `#[local(..)] {parameter}: &mut ..` and put the counts together with `merge`, or pad each: `CachePadded<..>` of crossbeam-utils; or silence this with `allow(FO208)`";
        AtomicsBeside:
            "`{other}` and `{parameter}` are atomics that may share a cache line: workers that write one take it from those that use the other",
            "count in `#[local(..)] {parameter}: &mut ..` and put the counts together with `merge`, or pad each: `CachePadded<..>` of crossbeam-utils; or silence this with `allow(FO208)`";
    }
    // FO209 was planned for `Rc`, `Cell` and raw pointers that are shared. What they are called proves nothing, as users have
    // types of these names; FO407 asks the types themselves.
    FO210 Error "sharing by `&mut`" [7] {
        SharedMut:
            "`#[shared]` by `&mut`: all workers see it at the same time, and writing to it would be a data race",
            "give each worker its own with `#[local(..)] {parameter}: &mut ..` and put them together with `merge`, or share it by `&`";
        SharedMutBinding:
            "a `#[shared]` parameter cannot be `mut`: all workers see it at the same time",
            "leave `mut` out, or give each worker its own with `#[local(..)] {parameter}: &mut ..`";
        SharedRefBinding:
            "a `#[shared]` parameter cannot be `ref`: the call is over before the workers look at it",
            "leave `ref` out: the body sees the argument where it is kept";
    }
    FO211 Error "no such role" [] {
        UnknownRole:
            "`#[{role}]` is no role of a parameter",
            "the roles are `#[shared]`, `#[local(initial value)]`, `#[ctx]` and `#[feed]`{near}";
        ItemRole:
            "the item needs no role: it is the first parameter",
            "leave `#[{role}]` out";
        RoleWithArguments:
            "`#[{role}]` takes nothing in parentheses",
            "write `#[{role}]`";
        LocalWithoutValue:
            "`#[local]` needs the initial value of a worker's state",
            "write it in parentheses: `#[local(Vec::new())]`; it is evaluated once for each worker, on its thread";
        LocalMalformed:
            "the initial value cannot be read: {why}",
            "write an expression in parentheses: `#[local(Vec::new())]`";
        LocalDefault:
            "`#[local({found})]` names no value",
            "write `#[local(Default::default())]`";
        LocalAssigned:
            "`#[local(..)]` takes the initial value alone, not `{found}`",
            "write `#[local({value})]`";
        LocalClosure:
            "`#[local(..)]` takes the initial value itself, not a closure",
            "write `#[local({value})]`: it is evaluated once for each worker, on its thread";
        LocalQuestion:
            "a `?` in an initial value has no function that it could return from",
            "write `#[local(try {value})]` and the option `cancel_on_error`: then an error of the state ends the run";
    }
    FO212 Error "two roles" [] {
        TwoRoles:
            "a parameter has one role, and this one is also `#[{role}]`",
            "leave one of the two out";
        TwoContexts:
            "there is one context for each item, and this is the second `#[ctx]`",
            "use the first one";
        TwoFeeds:
            "a run has one feed, and this is the second `#[feed]`",
            "use the first one";
    }
    FO213 Error "a role of another shape" [] {
        ContextType:
            "`#[ctx]` is a reference to the context, not `{found}`",
            "write `#[ctx] {parameter}: &fanout::Context`";
        LocalType:
            "`#[local(..)]` is this worker's own state, by `&mut`, not `{found}`",
            "write `#[local(..)] {parameter}: &mut {target}`";
        FeedType:
            "`#[feed]` is a reference to the feed of the run's items, not `{found}`",
            "write `#[feed] {parameter}: &fanout::Feed<{item}>`";
        Lent:
            "`{parameter}` is lent to the function for one item, and `{lifetime}` says that it is for longer",
            "leave `{lifetime}` out";
    }
    FO214 Error "a type without a name" [] {
        ImplParameter:
            "`impl Trait` hides the type that the pool has to name",
            "give it a name: `fn {function}<T: ..>(.., {parameter}: T)`";
        ImplItems:
            "`{found}` is a whole input, and the function is for one item of it",
            "take one item, as in `fn {function}(item: {item})`, and give the iterator to the call: `{function}(iterator)`";
        ImplResult:
            "`impl Trait` hides the type of the results, which the pool has to name",
            "name the type, or return `Box<dyn .. + Send>`";
    }
    FO215 Error "a function that a worker cannot call" [] {
        Async:
            "an `async` function: its calls would return at once and do their work elsewhere, out of the pool's sight",
            "write a plain function; workers are threads and may block";
        Const:
            "a `const` function cannot start threads",
            "leave `const` out";
        Unsafe:
            "an `unsafe` function: nobody could promise for every item what its caller has to promise",
            "leave `unsafe` out, and put the unsafe operation into a block with its proof";
        Extern:
            "an `extern` function: other languages could not call what this expands to",
            "leave `extern` out";
        Variadic:
            "a variadic function: the pool calls it with one item",
            "leave `...` out";
    }
    FO216 Error "what a result borrows from" [] {
        AmbiguousLifetime:
            "what the result borrows from is not said: the item `{item}` and {other} are both references",
            "name the lifetime, as in `{written}`";
        AmbiguousShared:
            "what the result borrows from is not said: there are several references",
            "name the lifetime, as in `{written}`";
        NothingToBorrow:
            "the result borrows, and neither the item nor a `#[shared]` parameter is a reference that it could borrow from",
            "return an owned value, or take the item by reference";
        LocalLifetime:
            "a worker's state outlives the item, and this reference in its type does not say what it borrows from",
            "name the lifetime (`'static`, or one of the function's), or keep an owned value";
    }
    FO217 Error "an attribute in the way" [] {
        AttributeInTheWay:
            "`#[{attribute}]` is about one function's code, and `#[fan_out]` makes several",
            "put it on a function of its own and call that from the body";
        CalledByItself:
            "`#[{attribute}]` makes a function that is called without arguments, and a pool is called with its items",
            "put it on a function of its own, which calls this one";
        Twice:
            "`#[fan_out]` is on this function twice",
            "put all options into one";
    }
    FO218 Error "a state that needs the item" [] {
        LocalNamesItem:
            "a worker's state begins before there is an item, and this initial value names the item `{item}`",
            "start from a value that does not need the item, and change the state in the body";
    }
    FO219 Error "a parameter under a condition" [] {
        ConditionalParameter:
            "`#[{attribute}]` on a parameter: the pool's own signature is made before it is known whether the parameter is there",
            "put `#[{attribute}(..)]` on the function, once for each of its signatures";
    }
    FO220 Error "two parameters of one name" [] {
        SameName:
            "two parameters are called `{parameter}`",
            "give each a name of its own";
    }
    FO301 Error "a feed that is closed or kept" [8, 13] {
        FeedClosed:
            "`{found}` closes the feed while others use it: they would find it closed, and what is left in it would be lost",
            "leave it out: the run ends by itself when no item is left";
        FeedKept:
            "`{found}` keeps the feed, which is lent for one item: as long as somebody holds it further items may come, and the run would never end",
            "leave it out, and push into `{parameter}` itself: the run ends by itself when no item is left";
    }
    FO302 Heuristic "threads or tasks that an item starts" [6] {
        Spawns:
            "`{found}` starts {what} for each item: nothing bounds how many there are, and the run ends without waiting for them",
            "do that work here, as this is on a worker already, and say with `workers = N` how many there are; if it is meant, say so: `allow(FO302, reason = \"..\")`";
    }
    FO303 Warning "scoped threads in each item" [6] {
        ScopesThreads:
            "`{found}` starts threads in each item: there are as many as workers times what one item starts",
            "make the parts the items of the run, or use `rayon::join`, or silence this with `allow(FO303)`";
    }
    FO304 Heuristic "a context that nobody looks at" [10] {
        ContextUnseen:
            "`{parameter}` is never looked at: after an error, a deadline or a cancelled token this item would go on to its end",
            "call `{context}.checkpoint()?` between two steps, or ask `{context}.is_cancelled()` in a loop, or leave the parameter out; if it is meant, say so: `allow(FO304, reason = \"..\")`";
    }
    FO305 Warning "a sleep that goes on after a stop" [10] {
        Sleeps:
            "`{found}` goes on after the run was stopped, and whoever stopped it has to wait",
            "write `{context}.sleep(..)?`, or `let _ = {context}.sleep(..)` where there is no `Result`, or silence this with `allow(FO305)`";
    }
    FO306 Warning "waiting for a message after a stop" [10] {
        Waits:
            "`{found}` waits on after the run was stopped: if nobody sends, the run never ends",
            "wait for `{context}.done()` as well, with `fanout::channel::select!`, or call `recv_timeout` in a loop that asks `{context}.is_cancelled()`, or silence this with `allow(FO306)`";
    }
    FO307 Warning "a run in an item that goes on after a stop" [10] {
        RunGoesOn:
            "`{found}` begins a run that does not hear when this one is stopped: it goes on to its end",
            "add `.cancel_with({context}.token())` to its calls, or silence this with `allow(FO307)`";
    }
    FO308 Heuristic "ending the process" [] {
        EndsProcess:
            "`{found}` ends the process in the middle of what the other workers do: nothing is dropped, flushed or reported",
            "return an error and let `cancel_on_error` stop the run, or panic, which the caller of the run gets; if it is meant, say so: `allow(FO308, reason = \"..\")`";
    }
    FO309 Heuristic "a `static mut`" [7] {
        StaticMut:
            "`static mut {name}` is one variable for all workers, and writing to it from two of them is a data race",
            "give each worker its own with `#[local(..)]` and put them together with `merge`, or make it an atomic; if it is meant, say so: `allow(FO309, reason = \"..\")`";
        StaticWritten:
            "`{name}` is one variable for all workers, and writing to it from two of them is a data race",
            "give each worker its own with `#[local(..)]` and put them together with `merge`, or make it an atomic; if it is meant, say so: `allow(FO309, reason = \"..\")`";
    }
    FO310 Heuristic "a channel that a worker closes" [8, 13] {
        ChannelClosed:
            "`{found}` is one worker closing a channel that all use: the others would find it closed, and what is still to come would be lost",
            "leave it out, and close the channel when the run is over, or return what you send: the run ends by itself; if it is meant, say so: `allow(FO310, reason = \"..\")`";
    }
    FO401 Error "not an input" [] {
    }
    FO402 Error "what cannot be sent" [] {
    }
    FO403 Error "`cancel_on_error` on something that is no `Result`" [1] {
        CancelWithoutResult:
            "`cancel_on_error` waits for an `Err`, and the function returns {found}",
            "return a `Result` whose `Err` ends the run, or leave `cancel_on_error` out";
    }
    FO404 Error "an order that is not kept" [9] {
    }
    FO405 Error "an error that cannot take in the run's own" [1] {
    }
    FO406 Error "a result that nobody would see" [1] {
    }
    FO407 Error "what cannot be shared" [7] {
    }
    FO408 Error "not a key function" [] {
    }
    FO409 Error "a state that cannot leave its worker" [7] {
    }
    FO410 Error "states that nothing merges" [] {
    }
    FO411 Error "states that there are not" [] {
    }
    FO412 Error "any order of an ordered run" [] {
    }
    FO413 Error "not a merge function" [] {
    }
    FO414 Error "a beginning that `try` cannot take" [] {
    }
}

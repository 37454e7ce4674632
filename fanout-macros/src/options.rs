//! The options, one row each: name, what value they take, how an example looks. Parser, messages, the generated
//! documentation and the tests all read this table, so an option exists exactly if it has a row here.

/// An option of `#[fan_out(..)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opt {
    Workers,
    Ordered,
    CancelOnError,
    Window,
    Timeout,
    ItemTimeout,
    Batch,
    Merge,
    ShardBy,
    Pinned,
    Name,
    StackSize,
    CpuBound,
    ItemFn,
    Crate,
    Allow,
}

/// What may stand behind an option's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing: the name alone turns it on.
    Nothing,
    /// A number from 1 to `most`; `beyond` says why more is a mistake.
    Count { most: u128, beyond: &'static str },
    /// A span of time: text that `humantime` reads, or an expression of type `Duration`.
    Time,
    /// Text, or an expression that becomes a `String`.
    Text,
    /// The path of a function.
    Function,
    /// A name for a new function.
    NewName,
    /// The path of a module.
    Module,
    /// `(FO207, ..)`.
    Codes,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) option: Opt,
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    /// How it looks when it is right.
    pub(crate) example: &'static str,
}

/// Threads cost memory and kernel objects each: a number above this is a slip, not a wish.
const MOST_WORKERS: u128 = 1 << 16;
/// The runtime's own limit; beyond it a window is no bound.
const MOST_WINDOW: u128 = 1 << 24;
/// A terabyte.
const MOST_STACK: u128 = 1 << 40;

pub(crate) const TABLE: &[Row] = &[
    row(
        Opt::Workers,
        "workers",
        Takes::Count {
            most: MOST_WORKERS,
            beyond: "each worker is a thread of the operating system",
        },
        "workers = 8",
    ),
    row(Opt::Ordered, "ordered", Takes::Nothing, "ordered"),
    row(
        Opt::CancelOnError,
        "cancel_on_error",
        Takes::Nothing,
        "cancel_on_error",
    ),
    row(
        Opt::Window,
        "window",
        Takes::Count {
            most: MOST_WINDOW,
            beyond: "a window that large bounds nothing, and memory grows with the input",
        },
        "window = 1024",
    ),
    row(Opt::Timeout, "timeout", Takes::Time, "timeout = \"30s\""),
    row(
        Opt::ItemTimeout,
        "item_timeout",
        Takes::Time,
        "item_timeout = \"5s\"",
    ),
    row(
        Opt::Batch,
        "batch",
        Takes::Count {
            most: MOST_WINDOW,
            beyond: "a batch is taken out of the window, which cannot be that large",
        },
        "batch = 16",
    ),
    row(Opt::Merge, "merge", Takes::Function, "merge = add_counts"),
    row(
        Opt::ShardBy,
        "shard_by",
        Takes::Function,
        "shard_by = user_of",
    ),
    row(Opt::Pinned, "pinned", Takes::Nothing, "pinned"),
    row(Opt::Name, "name", Takes::Text, "name = \"resize\""),
    row(
        Opt::StackSize,
        "stack_size",
        Takes::Count {
            most: MOST_STACK,
            beyond: "each worker needs a stack of its own, and no address space holds several of these",
        },
        "stack_size = 8 << 20",
    ),
    row(Opt::CpuBound, "cpu_bound", Takes::Nothing, "cpu_bound"),
    row(
        Opt::ItemFn,
        "item_fn",
        Takes::NewName,
        "item_fn = resize_one",
    ),
    row(
        Opt::Crate,
        "crate",
        Takes::Module,
        "crate = ::my_crate::fanout",
    ),
    row(Opt::Allow, "allow", Takes::Codes, "allow(FO114)"),
];

/// What other tools call our options.
pub(crate) const OTHER_NAMES: &[(&str, &str)] = &[
    ("pool_threads", "workers"),
    ("nthreads", "workers"),
    ("max_parallelism", "workers"),
    ("cores", "workers"),
    ("cpus", "workers"),
    ("n", "workers"),
    ("size", "workers"),
    ("threads", "workers"),
    ("num_threads", "workers"),
    ("thread_count", "workers"),
    ("num_workers", "workers"),
    ("worker_count", "workers"),
    ("n_workers", "workers"),
    ("jobs", "workers"),
    ("concurrency", "workers"),
    ("max_concurrency", "workers"),
    ("max_threads", "workers"),
    ("max_workers", "workers"),
    ("parallelism", "workers"),
    ("parallel", "workers"),
    ("pool_size", "workers"),
    ("pool", "workers"),
    ("limit", "workers"),
    ("fail_fast", "cancel_on_error"),
    ("stop_on_error", "cancel_on_error"),
    ("abort_on_error", "cancel_on_error"),
    ("cancel_on_failure", "cancel_on_error"),
    ("cancel", "cancel_on_error"),
    ("first_error", "cancel_on_error"),
    ("try", "cancel_on_error"),
    ("short_circuit", "cancel_on_error"),
    ("buffer", "window"),
    ("buffered", "window"),
    ("buffer_size", "window"),
    ("queue", "window"),
    ("queue_size", "window"),
    ("capacity", "window"),
    ("bound", "window"),
    ("bounded", "window"),
    ("in_flight", "window"),
    ("backpressure", "window"),
    ("max_in_flight", "window"),
    ("channel_size", "window"),
    ("queue_depth", "window"),
    ("queue_capacity", "window"),
    ("max_pending", "window"),
    ("prefetch", "window"),
    ("lookahead", "window"),
    ("chunk", "batch"),
    ("chunks", "batch"),
    ("chunk_size", "batch"),
    ("batch_size", "batch"),
    ("grain", "batch"),
    ("min_len", "batch"),
    ("order", "ordered"),
    ("in_order", "ordered"),
    ("keep_order", "ordered"),
    ("preserve_order", "ordered"),
    ("sequential", "ordered"),
    ("deadline", "timeout"),
    ("time_limit", "timeout"),
    ("per_item_timeout", "item_timeout"),
    ("task_timeout", "item_timeout"),
    ("job_timeout", "item_timeout"),
    ("reduce", "merge"),
    ("combine", "merge"),
    ("fold", "merge"),
    ("key", "shard_by"),
    ("key_by", "shard_by"),
    ("by_key", "shard_by"),
    ("shard", "shard_by"),
    ("sharded", "shard_by"),
    ("shard_key", "shard_by"),
    ("group_by", "shard_by"),
    ("partition_by", "shard_by"),
    ("pin", "pinned"),
    ("affinity", "pinned"),
    ("thread_name", "name"),
    ("label", "name"),
    ("stack", "stack_size"),
    ("keep", "item_fn"),
    ("keep_fn", "item_fn"),
    ("inner", "item_fn"),
    ("path", "crate"),
    ("krate", "crate"),
    ("cpu", "cpu_bound"),
    ("compute", "cpu_bound"),
    ("ignore", "allow"),
    ("silence", "allow"),
];

/// What is no option, and where it is found instead.
pub(crate) const ELSEWHERE: &[(&str, &str)] = &[
    ("unordered", UNORDERED),
    ("completion_order", UNORDERED),
    ("as_completed", UNORDERED),
    ("continue_on_error", CONTINUES),
    ("collect_errors", CONTINUES),
    ("ignore_errors", CONTINUES),
    ("unbounded", BOUNDED),
    ("shared", ROLE),
    ("local", ROLE),
    ("ctx", ROLE),
    ("feed", ROLE),
    ("context", ROLE),
    ("state", ROLE),
    ("init", ROLE),
    ("retry", RETRY),
    ("retries", RETRY),
    ("max_retries", RETRY),
    ("collect", AT_THE_CALL),
    ("stream", AT_THE_CALL),
    ("for_each", AT_THE_CALL),
    ("run", AT_THE_CALL),
    ("scope", AT_THE_CALL),
    ("cancel_with", AT_THE_CALL),
    ("token", AT_THE_CALL),
    ("cancel_token", AT_THE_CALL),
    ("on_progress", AT_THE_CALL),
    ("on_report", AT_THE_CALL),
    ("on_worker", AT_THE_CALL),
    ("progress", AT_THE_CALL),
    ("input", AT_THE_CALL),
    (
        "reason",
        "a reason goes into `allow`, as in `allow(FO206, reason = \"..\")`",
    ),
];
const UNORDERED: &str =
    "leave it out: results come in the order in which they are ready, unless `ordered` is there";
const CONTINUES: &str = "leave it out: every item runs and its `Result` is delivered, unless `cancel_on_error` is there";
const BOUNDED: &str = "leave it out: memory is always bounded; `window = N` says by how many items, and without it the window adapts";
const ROLE: &str = "this is said at a parameter: `#[shared] x: T`, `#[local(initial value)] x: &mut T`, `#[ctx] cx: &Context`, `#[feed] feed: &Feed<Item>`";
const RETRY: &str =
    "try again in the body, in a loop around what may fail: the pool calls it once for each item";
const AT_THE_CALL: &str =
    "this is said where the function is called, as in `f(items).cancel_with(&token).stream()`";

const fn row(option: Opt, name: &'static str, takes: Takes, example: &'static str) -> Row {
    Row {
        option,
        name,
        takes,
        example,
    }
}

impl Opt {
    /// This option's row.
    pub(crate) fn row(self) -> &'static Row {
        TABLE
            .iter()
            .find(|row| row.option == self)
            .expect("every option has a row: a test says so")
    }

    /// How it is written.
    pub(crate) fn name(self) -> &'static str {
        self.row().name
    }
}

/// The row of the option called `name`.
pub(crate) fn find(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

//! fanout beside its peers.
//!
//! ```sh
//! cargo bench -p fanout-bench --bench peers                # everything, some minutes
//! cargo bench -p fanout-bench --bench peers -- W2o W7-8    # some rows; W7: all rows of that workload
//! cargo bench -p fanout-bench --bench peers -- W1 W1@1 W1@4   # with as many workers
//! cargo bench -p fanout-bench --bench peers -- --quick     # small and once: are the results right?
//! cargo bench -p fanout-bench --bench peers -- --json out.json --chart docs/performance.svg --page docs/performance.md
//! cargo bench -p fanout-bench --bench steps          # the inner steps
//! cargo bench -p fanout-bench --bench instructions   # do items cost more instructions than they did?
//! cargo bench -p fanout-bench --bench compile_time   # what the attribute costs while one compiles
//! ```
//!
//! A file for each workload, a file for each family of peers. All contenders of a row run in turns (A B C A B C), after a
//! warm-up; medians are shown, and only the ratios within a row mean anything. Every contender returns a checksum, which
//! depends on the order of the results where the row is an ordered one, and all have to agree: a benchmark of something
//! that loses a result is worth nothing.
//!
//! A row has two workers (W5: 64), or as many as are asked for with `NAME@N`: then the row is called that in all tables, and
//! all its contenders have N workers. Its ideal goes by the workers, or by the cores if these are fewer and its items need one.
//! W16w, which compares numbers of workers, takes none. W16-8 takes minutes: it has to be asked for by its whole name.
//!
//! What fails the run: a checksum that differs, a name of no row, and in W15, unless it is `--quick`, a median above 1 ms of
//! processor time for a second in which nothing happens.

pub mod harness;
pub mod load;
pub mod peers;
pub mod workloads;

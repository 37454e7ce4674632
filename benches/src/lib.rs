//! fanout beside its peers.
//!
//! ```sh
//! cargo bench -p fanout-bench --bench peers                # everything, some minutes
//! cargo bench -p fanout-bench --bench peers -- W2o W7-8    # some workloads
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

pub mod harness;
pub mod load;
pub mod peers;
pub mod workloads;

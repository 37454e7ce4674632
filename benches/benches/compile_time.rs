//! What the attribute costs while one compiles: a crate with a hundred functions under it, beside the same crate with the
//! builder written by hand; and what the macro's crate takes to be built from nothing, beside its like.
//!
//! Two numbers each: the time on the clock, and the processors' time, which a busy machine does not change as much.

use std::env::args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

const FUNCTIONS: u32 = 100;
/// For each function, in a debug build.
const MOST: Duration = Duration::from_millis(10);

/// A crate: name, and what is in front of its functions.
struct Way {
    name: &'static str,
    function: fn(u32) -> String,
}

const WAYS: [Way; 2] = [
    Way {
        name: "attribute",
        function: by_attribute,
    },
    Way {
        name: "by-hand",
        function: by_hand,
    },
];

/// Other macros of about this size: crate, version.
const LIKE: [(&str, &str); 2] = [("thiserror-impl", "2"), ("bon-macros", "3")];

const BEFORE: &str = "use std::collections::HashMap;
use std::num::ParseIntError;
use std::time::Duration;
fn add(mut a: HashMap<String, u64>, b: HashMap<String, u64>) -> HashMap<String, u64> {
    for (word, n) in b { *a.entry(word).or_default() += n; }
    a
}
";

fn by_attribute(k: u32) -> String {
    match k % 5 {
        0 => format!("#[fanout::fan_out]\npub fn f{k}(n: u32) -> u32 {{ n * 2 + {k} }}\n"),
        1 => format!(
            "#[fanout::fan_out(workers = 8, ordered, cancel_on_error)]
            pub fn f{k}(line: String) -> Result<u32, ParseIntError> {{ Ok(line.parse::<u32>()? + {k}) }}\n"
        ),
        2 => format!(
            "#[fanout::fan_out(ordered)]
            pub fn f{k}(id: usize, #[shared] names: &[String]) -> Option<&str> {{ names.get(id + {k}).map(|s| s.as_str()) }}\n"
        ),
        3 => format!(
            "#[fanout::fan_out(merge = add)]
            pub fn f{k}(word: String, #[local(HashMap::new())] counts: &mut HashMap<String, u64>) {{
                *counts.entry(word).or_default() += {k};
            }}\n"
        ),
        _ => format!(
            "#[fanout::fan_out(timeout = \"30s\")]
            pub fn f{k}(n: u32, #[ctx] cx: &fanout::Context) -> bool {{ cx.is_cancelled() || n > {k} }}\n"
        ),
    }
}

fn by_hand(k: u32) -> String {
    let from = |item: &str| format!("impl fanout::Input<M, Item = {item}>");
    let pool = |item: &str, work: &str, rest: &str| {
        format!(
            "fanout::FanOut<impl fanout::Source<Item = {item}>, impl fanout::Work<{item}, {work} {rest}>"
        )
    };
    match k % 5 {
        0 => format!(
            "pub fn f{k}<M>(input: {}) -> {} {{
                fanout::over(input).map(|n: u32, _: &fanout::Context| n * 2 + {k})
            }}\n",
            from("u32"),
            pool("u32", "Local = (), Out = u32>", "")
        ),
        1 => format!(
            "pub fn f{k}<M>(input: {}) -> {} {{
                fanout::over(input).workers(8).ordered().cancel_on_error()
                    .map(|line: String, _: &fanout::Context| -> Result<u32, ParseIntError> {{ Ok(line.parse::<u32>()? + {k}) }})
            }}\n",
            from("String"),
            pool(
                "String",
                "Local = (), Out = Result<u32, ParseIntError>>",
                ", fanout::Ordered, fanout::CancelOnError"
            )
        ),
        2 => format!(
            "pub fn f{k}<'a, M>(input: {}, names: &'a [String]) -> {} {{
                fanout::over(input).ordered()
                    .map(move |id: usize, _: &fanout::Context| -> Option<&'a str> {{ names.get(id + {k}).map(|s| s.as_str()) }})
            }}\n",
            from("usize"),
            pool("usize", "Local = (), Out = Option<&'a str>>", ", fanout::Ordered")
        ),
        3 => format!(
            "pub fn f{k}<M>(input: {}) -> {} {{
                fanout::over(input).local(|| -> HashMap<String, u64> {{ HashMap::new() }})
                    .map(|word: String, worker: &mut fanout::Worker<'_, HashMap<String, u64>>| {{
                        *worker.local.entry(word).or_default() += {k};
                    }})
                    .merge_with(add)
            }}\n",
            from("String"),
            pool(
                "String",
                "Local = HashMap<String, u64>, Out = ()> + fanout::Merge<HashMap<String, u64>>",
                ""
            )
        ),
        _ => format!(
            "pub fn f{k}<M>(input: {}) -> {} {{
                fanout::over(input).timeout(Duration::from_secs(30))
                    .map(|n: u32, cx: &fanout::Context| cx.is_cancelled() || n > {k})
            }}\n",
            from("u32"),
            pool(
                "u32",
                "Local = (), Out = bool>",
                ", fanout::Unordered, fanout::Stoppable<fanout::RunsToEnd>"
            )
        ),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let quick = !is_bench || arguments.iter().any(|argument| argument == "--quick");
    let mut only = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"));
    if only.clone().next().is_some() && !only.any(|name| name == "compile_time") {
        // Somebody wants to see some workload of the other bench.
        return ExitCode::SUCCESS;
    }
    let rounds = if quick { 1 } else { 7 };
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_time");
    let _ = fs::remove_dir_all(&top);
    println!(
        "{FUNCTIONS} functions, each way in a crate of its own; medians of {rounds}, one way after the other in each round"
    );
    let fits = functions(&top.join("functions"), rounds);
    if !quick {
        from_scratch(&top.join("scratch"), 3);
    }
    if fits {
        ExitCode::SUCCESS
    } else {
        println!("\nthe attribute costs more than {MOST:?} for a function");
        ExitCode::FAILURE
    }
}

/// Compiles both crates again and again. Whether the attribute costs as little as it should.
fn functions(folder: &Path, rounds: usize) -> bool {
    write(
        folder,
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"attribute\", \"by-hand\"]\n",
    );
    for way in WAYS {
        let package = folder.join(way.name);
        write(&package, "Cargo.toml", &manifest(way.name, &on_fanout()));
        write(&package, "src/lib.rs", "");
    }
    let mut fits = true;
    println!("\n| | attribute | by hand | more, a function |\n| --- | --- | --- | --- |");
    for command in ["check", "build"] {
        let mut took = [Vec::new(), Vec::new()];
        for round in 0..=rounds {
            for (way, took) in WAYS.iter().zip(&mut took) {
                let functions: String = (0..FUNCTIONS).map(way.function).collect();
                // Each time another text, so that it is compiled.
                write(
                    &folder.join(way.name),
                    "src/lib.rs",
                    &format!("// {round}\n{BEFORE}{functions}"),
                );
                let one = cargo(folder, &[command, "-p", way.name], &folder.join("target"));
                // The first is for what they depend on.
                if round > 0 {
                    took.push(one.unwrap_or_else(|said| panic!("both ways compile:\n{said}")));
                }
            }
        }
        let [attribute, by_hand] = took.map(median);
        let more = attribute.minus(by_hand).divided_by(FUNCTIONS);
        println!("| `cargo {command}` | {attribute} | {by_hand} | {more} |");
        fits &= more.processors.unwrap_or(more.clock) <= MOST;
    }
    fits
}

/// Builds each macro crate and all that it needs, in an empty folder.
fn from_scratch(folder: &Path, rounds: usize) {
    println!(
        "\nThe macro's crate and what it needs, from scratch, `cargo build`; medians of {rounds}:\n\n| crate | |\n| --- | --- |"
    );
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fanout-macros");
    let ours = format!("fanout-macros.path = '{}'", here.display());
    let theirs = LIKE.map(|(name, version)| (name, format!("{name} = \"{version}\"")));
    let mut all = vec![("fanout-macros", ours)];
    all.extend(theirs);
    let mut took: Vec<Vec<Took>> = vec![Vec::new(); all.len()];
    for (name, dependency) in &all {
        let user = folder.join(name);
        let manifest = manifest("user", dependency) + "[workspace]\n";
        write(&user, "Cargo.toml", &manifest);
        write(&user, "src/lib.rs", "");
        fetch(&user);
    }
    for _ in 0..rounds {
        for ((name, _), took) in all.iter().zip(&mut took) {
            let user = folder.join(name);
            let target = user.join("target");
            let _ = fs::remove_dir_all(&target);
            took.extend(cargo(&user, &["build"], &target));
        }
    }
    for ((name, _), took) in all.iter().zip(took) {
        if took.is_empty() {
            println!("| {name} | not on this machine, and could not be fetched |");
        } else {
            println!("| {name} | {} |", median(took));
        }
    }
}

fn on_fanout() -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    format!("fanout.path = '{}'", here.display())
}

fn manifest(name: &str, dependency: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\n{dependency}\n"
    )
}

fn write(folder: &Path, file: &str, text: &str) {
    let path: PathBuf = folder.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("a file");
    // The versions that this workspace was tried with, and no question to anybody.
    let lock = path.with_file_name("Cargo.lock");
    if file == "Cargo.toml" && !lock.exists() {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(ours, lock).expect("the versions of this workspace");
    }
}

/// Gets what is not on this machine yet, if it may; if not, that shows when it is built.
fn fetch(folder: &Path) {
    let fetched = Command::new(env!("CARGO"))
        .args(["fetch", "--quiet"])
        .current_dir(folder)
        .env("CARGO_NET_RETRY", "0")
        .env("CARGO_HTTP_TIMEOUT", "20")
        .output();
    drop(fetched);
}

/// What a cargo command took, or what it said if it failed.
fn cargo(folder: &Path, arguments: &[&str], target: &Path) -> Result<Took, String> {
    let (clock, processors) = (Instant::now(), processors());
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet", "--target-dir"])
        .arg(target)
        .current_dir(folder)
        // From scratch each time, as in CI.
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(Took {
        clock: clock.elapsed(),
        processors: self::processors()
            .zip(processors)
            .map(|(now, then)| now - then),
    })
}

#[derive(Debug, Clone, Copy)]
struct Took {
    clock: Duration,
    processors: Option<Duration>,
}

impl Took {
    fn minus(self, other: Self) -> Self {
        Self {
            clock: self.clock.saturating_sub(other.clock),
            processors: self
                .processors
                .zip(other.processors)
                .map(|(own, others)| own.saturating_sub(others)),
        }
    }

    fn divided_by(self, n: u32) -> Self {
        Self {
            clock: self.clock / n,
            processors: self.processors.map(|all| all / n),
        }
    }
}

impl core::fmt::Display for Took {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:.1?}", self.clock)?;
        match self.processors {
            Some(processors) => write!(f, " ({processors:.1?} of processors)"),
            None => Ok(()),
        }
    }
}

/// The median of each of the two.
fn median(took: Vec<Took>) -> Took {
    let middle = |mut all: Vec<Duration>| {
        all.sort();
        all.get(all.len() / 2).copied()
    };
    Took {
        clock: middle(took.iter().map(|one| one.clock).collect()).unwrap_or_default(),
        processors: middle(took.iter().filter_map(|one| one.processors).collect()),
    }
}

/// The processors' time that children of this process have used, where the system says so.
fn processors() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which ends with the last parenthesis: the 14th and 15th are the children's, in hundredths of a second.
    let (_, fields) = stat.rsplit_once(')')?;
    let children = fields.split_whitespace().skip(13).take(2);
    let ticks: Vec<u64> = children.filter_map(|field| field.parse().ok()).collect();
    let [user, system] = ticks[..] else {
        return None;
    };
    Some(Duration::from_millis((user + system) * 10))
}

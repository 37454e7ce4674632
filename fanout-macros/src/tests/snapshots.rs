//! What the attribute expands to, pretty-printed: one file for each option and role, and for pairs that meet in the code.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p fanout-macros` writes the files anew; read the difference before you commit it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::tokens;
use crate::pipeline::fan_out;

/// The function in the README's first example.
const README_ITEM: &str = "/// The first line of a file.
fn headline(path: PathBuf) -> io::Result<String> {
    let text = fs::read_to_string(&path)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}";

#[test]
fn the_readme_has_the_function_whose_expansion_is_stored() {
    let readme = include_str!("../../../README.md");
    let (doc, function) = README_ITEM.split_once('\n').expect("two lines at least");
    let example = format!("{doc}\n#[fan_out(workers = 8, ordered, cancel_on_error)]\n{function}");
    assert!(
        readme.contains(&example),
        "the README no longer has:\n{example}"
    );
}

/// Name, options, item; in an `impl` block where the item has a receiver or names `Self`.
const CASES: &[(&str, &str, &str)] = &[
    ("plain", "", "fn double(n: u32) -> u32 { n * 2 }"),
    (
        "readme",
        "workers = 8, ordered, cancel_on_error",
        README_ITEM,
    ),
    (
        "workers",
        "workers = 8",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "workers_const",
        "workers = WORKERS * 2",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "workers_generic",
        "workers = N",
        "fn double<const N: usize>(n: u32) -> u32 { n * 2 }",
    ),
    (
        "workers_one",
        "workers = 1",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "workers_one_allowed",
        "workers = 1, allow(FO114)",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "batch_const",
        "batch = BATCH, window = 64",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    ("ordered", "ordered", "fn double(n: u32) -> u32 { n * 2 }"),
    (
        "cancel_on_error",
        "cancel_on_error",
        "fn parse(n: String) -> Result<u32, E> { n.parse() }",
    ),
    (
        "window_batch",
        "window = 64, batch = 4",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "timeout",
        "timeout = \"1m 30s\"",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "timeout_expression",
        "timeout = limits::RUN",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "timeout_cancel_on_error",
        "timeout = \"500ms\", cancel_on_error",
        "fn parse(n: String) -> Result<u32, E> { n.parse() }",
    ),
    (
        "item_timeout",
        "item_timeout = \"5s\"",
        "fn fetch(url: Url, #[ctx] cx: &Context) -> Option<Page> { cx.checkpoint().ok()?; get(url) }",
    ),
    (
        "name_stack_size",
        "name = \"resize\", stack_size = 8 << 20",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "cpu_bound",
        "cpu_bound",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "shard_by",
        "shard_by = user_of, ordered",
        "fn store(event: Event) -> u64 { event.save() }",
    ),
    (
        "shard_by_pinned",
        "shard_by = keys::of, pinned",
        "fn count(word: &str, #[local(Counts::new())] counts: &mut Counts) { counts.add(word); }",
    ),
    (
        "item_fn",
        "item_fn = double_one",
        "#[inline] #[must_use] pub fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "item_fn_roles",
        "item_fn = trim_one",
        "fn trim(line: &str, #[local(0)] seen: &mut u32, #[ctx] cx: &Context) -> &str { *seen += 1; cut(line, cx) }",
    ),
    (
        "crate_path",
        "crate = crate::pools::fanout",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "by_reference",
        "ordered",
        "fn trim(line: &str) -> &str { line.trim() }",
    ),
    (
        "by_reference_to_references",
        "",
        "fn sort<T: Ord>(chunk: &mut [&T]) { chunk.sort(); }",
    ),
    (
        "by_reference_in_a_path",
        "",
        "fn own(line: Cow<'_, str>) -> String { line.into_owned() }",
    ),
    (
        "pattern",
        "",
        "fn add((a, mut b): (u32, u32)) -> u32 { b += a; b }",
    ),
    (
        "nothing_returned",
        "",
        "fn print(line: String) { println!(\"{line}\"); }",
    ),
    (
        "shared",
        "",
        "fn find(word: String, #[shared] dict: Dict) -> bool { dict.has(&word) }",
    ),
    (
        "shared_by_reference",
        "",
        "fn find(id: usize, #[shared] names: &[String]) -> Option<&str> { names.get(id) }",
    ),
    (
        "shared_pattern",
        "",
        "fn add(n: u32, #[shared] (a, b): (u32, &u32)) -> u32 { n + a + b }",
    ),
    (
        "local",
        "",
        "fn hash(path: PathBuf, #[local(vec![0; 4096])] buffer: &mut Vec<u8>) -> u64 { read(path, buffer) }",
    ),
    (
        "local_two_and_ctx",
        "",
        "fn hash(path: PathBuf, #[local(Vec::new())] buffer: &mut Vec<u8>, #[ctx] cx: &Context, #[local(0)] n: &mut u32) -> u64 { *n += 1; read(path, buffer, cx) }",
    ),
    (
        "local_try",
        "cancel_on_error",
        "fn query(id: u32, #[local(try Conn::open())] conn: &mut Conn) -> Result<Row, DbError> { conn.get(id) }",
    ),
    (
        "local_names_shared_by_reference",
        "",
        "fn find(id: u32, #[shared] config: &Config, #[local(Cache::of(config))] cache: &mut Cache) -> u32 { cache.get(id) }",
    ),
    (
        "local_names_shared_by_value",
        "",
        "fn find(id: u32, #[shared] config: Config, #[local(Cache::of(&config))] cache: &mut Cache) -> u32 { cache.get(id, &config) }",
    ),
    (
        "local_try_names_shared_by_value",
        "cancel_on_error",
        "fn find(id: u32, #[shared] config: Config, #[local(try Cache::of(&config))] cache: &mut Cache) -> Result<u32, E> { cache.get(id) }",
    ),
    (
        "merge",
        "merge = add_counts",
        "fn count(word: String, #[local(HashMap::new())] counts: &mut HashMap<String, u64>) { *counts.entry(word).or_default() += 1; }",
    ),
    (
        "ctx",
        "",
        "fn wait(n: u32, #[ctx] cx: &Context) { let _ = cx.sleep(STEP * n); }",
    ),
    (
        "feed",
        "",
        "fn walk(path: PathBuf, #[feed] feed: &Feed<PathBuf>) -> u64 { visit(path, feed) }",
    ),
    (
        "feed_and_ctx",
        "cancel_on_error, timeout = \"1h\"",
        "fn walk(path: PathBuf, #[ctx] cx: &Context, #[feed] feed: &fanout::Feed<PathBuf>) -> io::Result<u64> { visit(path, cx, feed) }",
    ),
    (
        "feed_and_local",
        "merge = add",
        "fn walk(path: PathBuf, #[feed] feed: &Feed<PathBuf>, #[local(0)] sum: &mut u64, #[ctx] cx: &Context) { *sum += visit(path, cx, feed); }",
    ),
    (
        "feed_and_local_try",
        "cancel_on_error",
        "fn walk(path: PathBuf, #[local(try Conn::open())] conn: &mut Conn, #[feed] feed: &Feed<PathBuf>) -> Result<u64, E> { visit(path, conn, feed) }",
    ),
    (
        "feed_and_local_try_names_shared_by_value",
        "cancel_on_error",
        "fn walk(path: PathBuf, #[shared] config: Config, #[local(try Conn::open(&config))] conn: &mut Conn, #[feed] feed: &Feed<PathBuf>) -> Result<u64, E> { visit(path, conn, feed, &config) }",
    ),
    (
        "feed_method",
        "",
        "fn walk(&self, id: u32, #[feed] feed: &Feed<u32>) -> &str { self.visit(id, feed) }",
    ),
    (
        "feed_by_reference",
        "item_fn = walk_one",
        "fn walk<'s, T: Sync>((node, depth): (&Tree<T>, usize), #[feed] feed: &Feed<(&Tree<T>, usize)>, #[shared] names: &'s Names) -> &'s str { feed.push((node.left(), depth + 1)); names.of(node) }",
    ),
    (
        "feed_of_a_type_by_another_name",
        "",
        "fn walk(node: Node, #[feed] feed: &Feed<(u32, u32)>) { visit(node, feed) }",
    ),
    (
        "rejected_feed",
        "ordered, shard_by = user_of",
        "fn walk(node: &Node, #[feed] feed: &mut fanout::Feed<Node>) -> u64 { feed.close() }",
    ),
    (
        "method",
        "ordered",
        "pub fn find(&self, id: u32, #[shared] extra: &str) -> Option<String> { self.get(id, extra) }",
    ),
    (
        "method_borrows_self",
        "ordered",
        "fn find(&self, id: usize) -> &T { &self.items[id] }",
    ),
    (
        "method_arc",
        "",
        "fn find(self: Arc<Self>, id: usize, #[local(self.cache())] cache: &mut Cache) -> u32 { cache.get(id) }",
    ),
    (
        "associated",
        "",
        "fn make(id: u32) -> Self { Self::new(id) }",
    ),
    (
        "generic",
        "",
        "fn parse<'a, T, const N: usize>(line: &'a str, #[shared] seps: &[char; N]) -> Vec<T> where T: FromStr + 'a { todo(line, seps) }",
    ),
    (
        "attributes",
        "item_fn = one",
        "/// Doc.\n#[cfg(all())] #[allow(clippy::pedantic)] #[expect(unused)] #[deprecated = \"old\"] #[must_use = \"why\"] #[cold] fn double(n: u32) -> u32 { #![allow(unused)] n * 2 }",
    ),
    (
        "attributes_method",
        "",
        "#[cfg(all())] #[expect(unused)] #[track_caller] fn double(&self, #[allow(unused)] n: u32) -> u32 { #![allow(unused)] n * 2 }",
    ),
    (
        "hostile_names",
        "",
        "fn item<M>(input: M, #[shared] worker: M, #[local(0)] w: &mut u32, #[ctx] call: &Context) -> u32 { item_item(input, worker, w, call) }",
    ),
    ("raw_name", "", "fn r#type(n: u32) -> u32 { n }"),
    (
        "rejected_option",
        "wrokers = 8, ordered",
        "fn double(n: u32) -> u32 { n * 2 }",
    ),
    (
        "rejected_everything",
        "ordered = 1, timeout = 5, cancel_on_error, merge = 8",
        "async fn f(&mut self, x: impl Ord, y: u32, #[local(0)] n: u32, #[ctx] cx: Context) -> impl Copy { x.await }",
    ),
    (
        "rejected_by_our_word_alone",
        "ordered, item_fn = double_one",
        "fn double(n: u32, #[ctx] cx: &Context) -> u32 { thread::spawn(move || n * 2).join().unwrap() }",
    ),
    ("rejected_no_item", "", "fn f() -> u32 { 1 }"),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

fn render(options: &str, item: &str) -> String {
    let attribute = if options.is_empty() {
        "#[fan_out]".to_owned()
    } else {
        format!("#[fan_out({options})]")
    };
    let out = fan_out(tokens(options), tokens(item));
    let in_impl = item.contains("self") || item.contains("Self");
    let out = if in_impl {
        quote::quote!(impl Holder { #out })
    } else {
        out
    };
    let text = out.to_string();
    let file =
        syn::parse2(out).unwrap_or_else(|error| panic!("{attribute} {item}: {error} in {text}"));
    let input: String = item
        .lines()
        .fold(format!("// {attribute}\n"), |text, line| {
            text + "// " + line.trim() + "\n"
        });
    format!("{input}\n{}", prettyplease::unparse(&file))
}

#[test]
fn expansions_are_as_stored() {
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut different = Vec::new();
    for (name, options, item) in CASES {
        let path = folder().join(format!("{name}.rs"));
        let now = render(options, item);
        if update {
            fs::create_dir_all(folder()).expect("the folder can be made");
            fs::write(&path, now).expect("the snapshot can be written");
        } else if fs::read_to_string(&path).unwrap_or_default() != now {
            different.push(format!("== {name} is now ==\n{now}"));
        }
    }
    assert!(
        different.is_empty(),
        "{}\nif that is meant: UPDATE_SNAPSHOTS=1",
        different.join("\n")
    );
}

#[test]
fn every_file_is_of_a_case() {
    let known: BTreeSet<String> = CASES
        .iter()
        .map(|(name, ..)| format!("{name}.rs"))
        .collect();
    assert_eq!(known.len(), CASES.len(), "two cases have the same name");
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("it can be read").file_name();
        let name = name.to_string_lossy().into_owned();
        assert!(known.contains(&name), "{name} belongs to no case");
    }
}

//! Functions as people write them, right and wrong: every role, every option, and bodies with all that the rules look for, in
//! and out of its disguises.
//!
//! In the templates `%` and a letter stand for a part: `%e` an expression, `%b` a block, `%n` a name, `%p` a pattern, `%t` a
//! type, `%c` a closure, `%s` a statement.

use super::dice::Dice;

/// Parts within parts within parts, and no further.
const DEPTH: usize = 4;

const OPTIONS: &[&str] = &[
    "workers = 1",
    "workers = num_cpus::get()",
    "ordered",
    "cancel_on_error",
    "window = 1 << 10",
    "batch = BATCH",
    "timeout = \"30s\"",
    "merge = add_counts",
    "shard_by = user_of",
    "name = \"resize\"",
    "stack_size = 8 << 20",
    "cpu_bound",
    "item_fn = f_one",
    "crate = ::other::fanout",
    "allow(FO114)",
    "allow(FO301, reason = \"it is fine\")",
];

const WRONG_OPTIONS: &[&str] = &[
    "workers = 8",
    "workers = WORKERS * 2",
    "workers = 0",
    "window = 4",
    "window = usize::MAX",
    "batch = 16",
    "timeout = limits::RUN",
    "timeout = \"soon\"",
    "item_timeout = \"500ms\"",
    "merge = |a, b| a + b",
    "shard_by = |x: &u32| *x % 7",
    "pinned",
    "name = format!(\"a{}\", 1)",
    "allow(FO101, FO115)",
    "threads = 8",
    "orderd",
    "max-workers = 3",
];

const OUTER: &[&str] = &[
    "/// Says what it does.",
    "#[must_use]",
    "#[inline]",
    "#[track_caller]",
    "#[cfg(all())]",
    "#[cfg_attr(all(), doc = \"d\")]",
    "#[allow(clippy::all)]",
    "#[expect(dead_code, reason = \"r\")]",
    "#[doc(hidden)]",
    "#[deprecated]",
    "#[test]",
    "#[no_mangle]",
    "#[fan_out(ordered)]",
    "#[fanout::fan_out]",
];

const BEFORE_FN: &[&str] = &[
    "",
    "pub",
    "pub(crate)",
    "pub(in crate::a)",
    "async",
    "const",
    "unsafe",
    "extern \"C\"",
    "pub async unsafe",
];

const GENERICS: &[&str] = &[
    "",
    "<T>",
    "<'a>",
    "<'a, T: Ord + 'a>",
    "<const N: usize>",
    "<'a, 'b: 'a, T, const N: usize>",
    "<T: Fn(u32) -> u32 + Send>",
    "<M, Kind, InputKind>",
];

const RECEIVERS: &[&str] = &["&self", "self: Arc<Self>", "self: &Arc<Self>", "&'a self"];

const WRONG_RECEIVERS: &[&str] = &["&mut self", "self", "mut self", "self: Box<Self>"];

const ROLES: &[&str] = &[
    "#[shared] %p: %t",
    "#[shared] table: &%t",
    "#[shared] tx: &Sender<%t>",
    "#[shared] map: &Mutex<HashMap<%t, %t>>",
    "#[shared] hits: &[AtomicU64]",
    "#[local(%e)] state: &mut %t",
    "#[local(Vec::new())] seen: &mut Vec<%t>",
    "#[ctx] cx: &Context",
];

const WRONG_ROLES: &[&str] = &[
    "#[shared] mut count: &mut %t",
    "#[local(try %e)] n: &mut %t",
    "#[local] n: &mut %t",
    "#[local(%e)] rx: Receiver<%t>",
    "#[ctx] _cx: &fanout::Context",
    "#[ctx] _: &Context",
    "#[ctx] cx: Context",
    "#[feed] feed: &Feed<%t>",
    "#[feed] feed: &fanout::Feed<u32>",
    "#[feed] _: &mut Feed<%t>",
    "#[shard] k: u32",
    "#[cfg(unix)] #[shared] y: u32",
    "#[shared] #[local(0)] y: &mut u32",
    "retries: %t",
];

const TYPES: &[&str] = &[
    "u32",
    "&str",
    "String",
    "T",
    "(u32, String)",
    "[u8; N]",
    "Vec<%t>",
    "Option<%t>",
    "Result<%t, E>",
    "io::Result<%t>",
    "Box<dyn Fn(%t) -> %t + Send>",
    "dyn Any",
    "Self",
    "Self::Item",
    "<T as Iterator>::Item",
    "&mut %t",
    "Rc<Cell<%t>>",
    "fn(%t) -> %t",
    "*const u8",
    "!",
    "m!(u32)",
];

const WRONG_TYPES: &[&str] = &[
    "&'a str",
    "&'a [T]",
    "impl Iterator<Item = %t>",
    "Cow<'_, str>",
    "_",
    "impl Fn(&%t)",
];

const PATTERNS: &[&str] = &[
    "x",
    "mut x",
    "_",
    "(a, b)",
    "Some(%p)",
    "&%p",
    "Point { x, y: %p }",
    "[first, .., last]",
    "ref x",
    "x @ 1..=9",
    "feed",
    "cx",
    "A | B",
    "(%p, %p)",
];

const NAMES: &[&str] = &[
    "x", "y", "feed", "cx", "tx", "rx", "state", "n", "map", "table", "self", "drop", "spawn",
];

const STATEMENTS: &[&str] = &[
    "%e;",
    "%e;",
    "%e;",
    "let %p = %e;",
    "let _ = %n;",
    "let %n = &%n;",
    "let %n = %n.clone();",
    "let Some(%p) = %e else { return %e };",
    "use std::thread::{self, spawn, sleep as nap};",
    "use std::mem::{drop as bye, *};",
    "use rayon::spawn as go;",
    "fn drop<T>(_: T) %b",
    "fn helper(feed: Feed<u32>) { drop(feed) }",
    "const N: usize = 4;",
    "static mut COUNT: u32 = 0;",
    "struct Own;",
    "impl Own { fn close(self) -> Self { Self } }",
    "mod inside { pub fn f() {} }",
    "macro_rules! m { () => { 1 } }",
    "m! { %n %n }",
    "#[allow(unused)] let %n = %e;",
    ";",
    "for %p in %e %b",
    "while let Some(%p) = %e %b",
    "loop %b",
    "'a: loop { break 'a; }",
];

const EXPRESSIONS: &[&str] = &[
    "%n",
    "1",
    "\"text: drop(feed)\"",
    "%n.push(%e)",
    "%n.try_push(%n)?",
    "%n.close()",
    "Feed::close(%n)",
    "drop(%n)",
    "std::mem::drop(%n)",
    "mem::forget(%n)",
    "core::mem::drop(&%n)",
    "bye(%n)",
    "std::thread::spawn(%c)",
    "thread::Builder::new().name(%e).spawn(%c)?",
    "thread::scope(|s| { s.spawn(%c); })",
    "rayon::spawn(%c)",
    "rayon::join(%c, %c)",
    "tokio::spawn(async move %b)",
    "tokio::task::spawn_blocking(%c)",
    "task::spawn_blocking(%c).await",
    "Command::new(%e).spawn()",
    "std::thread::sleep(%e)",
    "nap(Duration::from_secs(1))",
    "cx.sleep(%e)?",
    "cx.checkpoint()?",
    "cx.is_cancelled()",
    "%n.recv()",
    "%n.recv_timeout(%e)",
    "rx.iter().for_each(%c)",
    "tx.send(%e).unwrap()",
    "other(%n).cancel_with(cx.token())",
    "fanout::over(%e).map(%c).collect()",
    "std::process::exit(1)",
    "panic!(\"{%n}\")",
    "println!(\"{}\", %e)",
    "vec![%e; 4]",
    "select! { recv(rx) -> m => %e, default => drop(feed) }",
    "format!(\"{x} {}\", feed)",
    "unsafe { COUNT += 1 }",
    "if %e %b else %b",
    "if let Some(%p) = %e && %e %b",
    "match %e { %p => %e, %p if %e => %b, _ => %e }",
    "%b",
    "async move %b",
    "const %b",
    "(%c)(%e)",
    "return %e",
    "Ok(%e)",
    "%e?",
    "%e + %e",
    "&%e",
    "*%n",
    "(%e, %e)",
    "[%e, %e]",
    "%n as u64",
    "%n[%e]",
    "Point { x: %e, ..%n }",
    "%n = %e",
    "Self::f(%e)",
    "<T as Trait>::f::<u8>(%e)",
    "self.0.lock().unwrap().insert(%e, %e)",
    "%n.map(%c).filter(%c).count()",
    "1..%e",
    "break",
    "let %p = %e",
    "'a'",
];

const CLOSURES: &[&str] = &[
    "|| %e",
    "move || %b",
    "|%p| %e",
    "move |%p: %t| -> %t %b",
    "|feed, (a, b)| %e",
    "async move || %e",
    "drop",
];

/// What is right, and now and then what is wrong.
fn choose(dice: &mut Dice<'_>, right: &[&'static str], wrong: &[&'static str]) -> &'static str {
    let words = if dice.one_in(12) { wrong } else { right };
    dice.pick(words)
}

/// The text between the parentheses of the attribute.
pub(crate) fn options(dice: &mut Dice<'_>) -> String {
    let mut text = String::new();
    // Each at most once, or hardly any would be right.
    for option in OPTIONS {
        if dice.one_in(10) {
            text.push_str(option);
            text.push_str(", ");
        }
    }
    if dice.one_in(6) {
        text.push_str(dice.pick(WRONG_OPTIONS));
    }
    text
}

/// The text of a function.
pub(crate) fn function(dice: &mut Dice<'_>) -> String {
    let mut text = String::new();
    while dice.one_in(4) {
        // A line of its own: a doc comment ends with one.
        text.push_str(dice.pick(OUTER));
        text.push('\n');
    }
    if dice.one_in(8) {
        text.push_str(dice.pick(BEFORE_FN));
    }
    text.push_str(" fn f");
    if dice.one_in(3) {
        text.push_str(dice.pick(GENERICS));
    }
    text.push('(');
    if dice.one_in(4) {
        text.push_str(choose(dice, RECEIVERS, WRONG_RECEIVERS));
        text.push_str(", ");
    }
    if !dice.one_in(16) {
        fill("%p: %t, ", DEPTH - 2, dice, &mut text);
    }
    for _ in 0..dice.roll(3) {
        fill(choose(dice, ROLES, WRONG_ROLES), DEPTH - 2, dice, &mut text);
        text.push_str(", ");
    }
    text.push(')');
    if dice.one_in(2) {
        fill(" -> %t", DEPTH - 2, dice, &mut text);
    }
    if dice.one_in(8) {
        fill(
            " where T: Into<%t>, for<'x> &'x T: Copy ",
            DEPTH - 1,
            dice,
            &mut text,
        );
    }
    fill("%b", 0, dice, &mut text);
    text
}

/// Puts a random part for each letter of `template` into `out`.
fn fill(template: &str, depth: usize, dice: &mut Dice<'_>, out: &mut String) {
    let mut parts = template.split('%');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let deep = depth >= DEPTH;
        let template = match part.as_bytes().first() {
            Some(b'e') if deep => dice.pick(NAMES),
            Some(b'e') => dice.pick(EXPRESSIONS),
            Some(b'n') => dice.pick(NAMES),
            Some(b'p') if deep => "x",
            Some(b'p') => dice.pick(PATTERNS),
            Some(b't') if deep => "u32",
            Some(b't') => choose(dice, TYPES, WRONG_TYPES),
            Some(b'c') => dice.pick(CLOSURES),
            Some(b's') => dice.pick(STATEMENTS),
            Some(b'b') if deep => "{}",
            Some(b'b') => ["{ %e }", "{ %s }", "{ %s %s }", "{ %s %s %e }"][dice.roll(4)],
            // The remainder of two numbers.
            _ => {
                out.push('%');
                out.push_str(part);
                continue;
            }
        };
        // A closure has a depth of its own: it holds at least an expression.
        fill(template, depth + 1, dice, out);
        out.push_str(&part[1..]);
    }
}

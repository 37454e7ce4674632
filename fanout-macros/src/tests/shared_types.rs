//! What the types of parameters show: ends of channels, locks around collections, atomics side by side.

use super::messages::assert_found;

/// `#[shared] x: ty` is `code` at `caret`.
#[track_caller]
fn assert_shared(ty: &str, wanted: &[(&str, &str)]) {
    let item = format!("fn f(n: u32, #[shared] x: {ty}) {{ body(x) }}");
    assert_found("", &item, wanted);
}

#[test]
fn an_end_of_a_channel_in_the_workers_hands() {
    for end in [
        "Sender<u32>",
        "Receiver<u32>",
        "SyncSender<u32>",
        "mpsc::Sender<u32>",
        "std::sync::mpsc::Receiver<u32>",
        "crossbeam_channel::Sender<u32>",
        "fanout::channel::Receiver<u32>",
        "tokio::sync::mpsc::UnboundedSender<u32>",
        "flume::Sender<u32>",
        "flume::Sender",
        "kanal::AsyncSender<u32>",
        "broadcast::Receiver<u32>",
    ] {
        for around in [
            "{}",
            "&{}",
            "Arc<{}>",
            "&Mutex<{}>",
            "Arc<Mutex<Option<{}>>>",
            "Option<{}>",
            "Box<{}>",
            "&[{}]",
            "Vec<{}>",
            "(u32, {})",
        ] {
            assert_shared(&around.replace("{}", end), &[("FO206", end)]);
        }
    }
    let local = "fn f(x: u32, #[local(tx.clone())] tx: &mut Sender<u32>) {}";
    assert_found("", local, &[("FO206", "Sender<u32>")]);
    let unmarked = "fn f(x: u32, results: Sender<u32>) {}";
    assert_found("", unmarked, &[("FO204", "results")]);
}

#[test]
fn what_only_looks_like_an_end_in_the_workers_hands() {
    for item in [
        "fn f(reply: Sender<u32>) {}",
        "fn f((n, reply): (u32, oneshot::Sender<u32>)) {}",
        "fn f(job: Job<Sender<u32>>, #[shared] n: u32) {}",
        "fn f(n: u32, #[shared] mail: &Sender) {}",
        "fn f(n: u32, #[shared] mail: &lettre::Sender) {}",
        "fn f<'a>(n: u32, #[shared] mail: &Sender<'a>) {}",
        "fn f(n: u32, #[shared] level: &watch::Receiver<u32>) {}",
        "fn f(n: u32, #[shared] radio: &ReceiverConfig<u32>) {}",
        "fn f(n: u32, #[shared] token: &CancelToken) {}",
        "fn f(n: u32, #[feed] feed: &Feed<u32>) {}",
        "fn f(n: u32, #[shared] all: &Senders<u32>) {}",
        "fn f(n: u32) -> Receiver<u32> { answer(n) }",
    ] {
        assert_found("", item, &[]);
    }
}

#[test]
fn a_map_behind_a_lock() {
    for lock in [
        "Mutex<HashMap<String, u32>>",
        "RwLock<BTreeMap<String, u32>>",
        "std::sync::Mutex<std::collections::HashSet<u32>>",
        "parking_lot::RwLock<FxHashMap<u32, u32>>",
        "Mutex<Option<HashMap<u32, u32>>>",
    ] {
        for around in ["{}", "&{}", "Arc<{}>", "&Arc<{}>", "Box<{}>"] {
            assert_shared(&around.replace("{}", lock), &[("FO207", lock)]);
        }
    }
    for fine in [
        "&HashMap<String, u32>",
        "&Mutex<u32>",
        "&Mutex<File>",
        "&Mutex<Vec<u32>>",
        "&DashMap<String, u32>",
        "&[Mutex<HashMap<u32, u32>>]",
        "&HashMap<String, Mutex<u32>>",
    ] {
        assert_shared(fine, &[]);
    }
}

#[test]
fn a_list_behind_a_lock() {
    let shared = |body: &str| format!("fn f(n: u32, #[shared] x: &Mutex<Vec<u32>>) {{ {body} }}");
    for body in [
        "x.lock().unwrap().push(n);",
        "x.lock().push(n);",
        "x.lock().unwrap_or_else(|e| e.into_inner()).push(n);",
        "x.lock()?.extend([n]);",
        "let mut all = x.lock().unwrap(); if n > 1 { all.push(n); }",
        "let all = &mut *x.lock().unwrap(); all.push(n);",
        "if let Ok(mut all) = x.lock() { all.push(n) }",
        "Arc::clone(x).len(); x.clone().lock().unwrap().push(n);",
    ] {
        assert_found("", &shared(body), &[("FO207", "Mutex<Vec<u32>>")]);
    }
    for body in [
        "let n = x.lock().unwrap().len(); list.push(n);",
        "let buffer = x.lock().unwrap().pop(); work(buffer); x.lock().unwrap().push(buffer);",
        "let mut own = Vec::new(); own.push(n); x.lock().unwrap()[0] += 1;",
        "x.lock().unwrap().sort();",
        "let mut own = x.lock().unwrap().clone(); own.push(n);",
        "let mut first = x.lock().unwrap()[0]; first.push(n);",
        "fn other(x: &Mutex<Vec<u32>>) { x.lock().unwrap().push(1) } other(x)",
        "let batch = mem::take(&mut *x.lock().unwrap()); x.lock().unwrap().push(n);",
        "this is no Rust",
    ] {
        assert_found("", &shared(body), &[]);
    }
    let text =
        "fn f(n: u32, #[shared] log: &Mutex<String>) { log.lock().unwrap().push_str(\"a\") }";
    assert_found("", text, &[("FO207", "Mutex<String>")]);
}

#[test]
fn atomics_side_by_side() {
    for list in [
        "[AtomicU64; 8]",
        "[AtomicUsize]",
        "Vec<AtomicU64>",
        "Vec<std::sync::atomic::AtomicI32>",
        "(AtomicU64, AtomicU64)",
    ] {
        for around in ["&{}", "Arc<{}>", "Box<{}>"] {
            assert_shared(&around.replace("{}", list), &[("FO208", list)]);
        }
    }
    let two = "fn f(n: u32, #[shared] hits: &AtomicU64, #[shared] misses: &AtomicU64) {}";
    assert_found("", two, &[("FO208", "AtomicU64")]);
    let three = "fn f(n: u32, #[shared] a: AtomicU64, #[shared] b: AtomicBool, #[shared] c: Arc<AtomicU8>) {}";
    assert_found("", three, &[("FO208", "AtomicBool")]);
    for fine in [
        "&AtomicU64",
        "Arc<AtomicBool>",
        "&[CachePadded<AtomicU64>]",
        "&[CachePadded<AtomicU64>; 8]",
        "Vec<crossbeam_utils::CachePadded<AtomicU64>>",
        "&Counters",
        "&HashMap<String, AtomicU64>",
        "(AtomicU64, u32)",
    ] {
        assert_shared(fine, &[]);
    }
}

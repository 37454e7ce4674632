//! `examples/link_checker.rs` on servers that answer in all ways, or not at all.

#![cfg(unix)]

#[path = "common/mod.rs"]
mod common;

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread::park;
use std::time::{Duration, Instant};

use common::program::{Finished, Running, example, finished};
use common::site::Site;
use common::tree::Tree;
use common::watchdog::watch_for;

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

/// Long before a run with another limit would be over.
const SOON: Duration = Duration::from_secs(25);

fn link_checker() -> Command {
    let mut command = example("link_checker");
    // Where the web is behind a proxy, this machine is not.
    for proxy in [
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        command.env_remove(proxy);
    }
    command
}

struct Checked {
    run: Finished,
    /// Without the name of the text.
    lines: Vec<String>,
    took: Duration,
}

/// Runs it over a text.
fn check(text: &str, arguments: &[&str]) -> Checked {
    let tree = Tree::new();
    tree.file("text", text.as_bytes());
    let mut command = link_checker();
    command.arg("text").args(arguments).current_dir(tree.root());
    let start = Instant::now();
    let run = finished(&mut command);
    let took = start.elapsed();
    let lines = run.lines().map(|line| {
        let line = String::from_utf8_lossy(line);
        line.strip_prefix("text:")
            .expect("the name of the text")
            .to_owned()
    });
    Checked {
        lines: lines.collect(),
        run,
        took,
    }
}

/// Says nothing more, and keeps the connection.
fn for_ever() {
    loop {
        park();
    }
}

fn answer(client: &mut TcpStream, status: &str) {
    let _ = client.write_all(
        format!("HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok").as_bytes(),
    );
}

/// An address where nobody listens.
fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
    listener.local_addr().expect("it was given one").to_string()
}

#[test]
fn each_link_is_answered_as_the_server_answers() {
    let _dog = watch_for("links of all kinds", LIMIT);
    let site = Site::new(|path, client| match path {
        "/" | "/well" | "/query?a=1&b=(2" => answer(client, "200 OK"),
        "/made" => answer(client, "201 Created"),
        "/moved" => answer(client, "301 Moved Permanently\r\nLocation: /well"),
        "/twice" => answer(client, "302 Found\r\nLocation: /moved"),
        "/nowhere" => answer(client, "307 Temporary Redirect\r\nLocation: /missing"),
        "/circle" => answer(client, "302 Found\r\nLocation: /circle"),
        "/error" => answer(client, "500 Internal Server Error"),
        "/silent" => for_ever(),
        "/slow-head" => {
            let _ = client.write_all(b"HTTP/1.1 200 OK\r\nX: ");
            for_ever();
        }
        "/slow-body" => {
            let _ = client.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for_ever();
        }
        "/noise" => drop(client.write_all(b"\xff\xfe\xff\xfe\r\n\r\n")),
        "/hangs-up" => {}
        _ => answer(client, "404 Not Found"),
    });
    let (site_url, closed) = (site.url(""), closed_port());
    // The link, and how the answer begins.
    let expected = [
        (site_url.clone(), "200 OK".to_owned()),
        (site.url("/well"), "200 OK".into()),
        (site.url("/made"), "201 Created".into()),
        (site.url("/missing"), "404 Not Found".into()),
        (site.url("/moved"), format!("200 OK at {site_url}/well")),
        (site.url("/twice"), format!("200 OK at {site_url}/well")),
        (
            site.url("/nowhere"),
            format!("404 Not Found at {site_url}/missing"),
        ),
        (site.url("/circle"), "too many redirects".into()),
        (site.url("/error"), "500 Internal Server Error".into()),
        (site.url("/silent"), "timed out".into()),
        (site.url("/slow-head"), "timed out".into()),
        (site.url("/slow-body"), "200 OK".into()),
        (site.url("/noise"), "protocol: http parse fail".into()),
        (site.url("/hangs-up"), String::new()),
        (format!("http://{closed}/"), "io: Connection refused".into()),
    ];
    let text: Vec<String> = expected
        .iter()
        .map(|(url, _)| format!("see {url}\n"))
        .collect();
    let Checked { run, lines, took } = check(&text.concat(), &["--link-timeout=3"]);
    assert!(took < SOON, "{took:?}");
    run.assert_silent(1);
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    for ((number, line), (url, answer)) in (1..).zip(&lines).zip(&expected) {
        let start = format!("{number}: {url}: {answer}");
        assert!(line.starts_with(&start), "{line:?} is not {start:?}");
    }
    assert!(!lines[13].contains("200"), "{}", lines[13]);
}

#[test]
fn links_are_found_in_text_and_each_is_asked_for_once() {
    let _dog = watch_for("links in a text", LIMIT);
    let site = Site::new(|_path, client| answer(client, "200 OK"));
    let url = |path| site.url(path);
    let text = format!(
        "<a href=\"{}\">one</a> ({}) [two]({})\n\n{}#part. {}, {}! <{}>\nhttps://127.0.0.1:1/ http:// ftp://x/\n`{}`",
        url("/1"),
        url("/2"),
        url("/3"),
        url("/1"),
        url("/2"),
        url("/4?x=1"),
        url("/5.html"),
        url("/ü")
    );
    let Checked { run, lines, .. } = check(&text, &[]);
    run.assert_silent(0);
    let expected = [
        ("1", "/1"),
        ("1", "/2"),
        ("1", "/3"),
        ("3", "/4?x=1"),
        ("3", "/5.html"),
        ("5", "/ü"),
    ];
    let expected: Vec<String> = expected
        .map(|(line, path)| format!("{line}: {}: 200 OK", url(path)))
        .into();
    assert_eq!(lines, expected);
    assert!(
        site.visits().values().all(|visits| *visits == 1),
        "{:?}",
        site.visits()
    );
    assert_eq!(site.visits().len(), 6);
}

/// More than there are cores, and all of them at the same time: each answers when all have been asked for.
#[test]
fn as_many_links_at_once_as_there_are_workers() {
    let _dog = watch_for("links that wait for each other", LIMIT);
    let all_here = Barrier::new(40);
    let site = Site::new(move |_path, client| {
        all_here.wait();
        answer(client, "200 OK");
    });
    let text: Vec<String> = (0..80)
        .map(|number| site.url(&format!("/{number}\n")))
        .collect();
    let Checked { run, lines, .. } = check(
        &text.concat(),
        &["--workers=40", "--link-timeout=100", "--timeout=200"],
    );
    run.assert_silent(0);
    let expected = text
        .iter()
        .zip(1..)
        .map(|(url, number)| format!("{number}: {}: 200 OK", url.trim_end()));
    assert_eq!(lines, expected.collect::<Vec<_>>());
}

#[test]
fn a_busy_server_is_asked_again_while_there_is_time() {
    let _dog = watch_for("a busy server", LIMIT);
    let tries = AtomicU32::new(0);
    let site = Site::new(move |path, client| match path {
        "/busy" if tries.fetch_add(1, SeqCst) == 2 => answer(client, "200 OK"),
        _ => answer(client, "503 Service Unavailable"),
    });
    let text = format!("{}\n{}\n", site.url("/busy"), site.url("/always"));
    let Checked { run, lines, took } = check(&text, &["--link-timeout=3"]);
    assert!(took < SOON, "{took:?}");
    run.assert_silent(1);
    assert_eq!(lines[0], format!("1: {}: 200 OK", site.url("/busy")));
    assert_eq!(
        lines[1],
        format!("2: {}: 503 Service Unavailable", site.url("/always"))
    );
    assert_eq!(site.visits()["/busy"], 3);
    // At 0, 250, 750 and 1750 ms, or fewer where the machine is slow.
    assert!(
        (2..=4).contains(&site.visits()["/always"]),
        "{:?}",
        site.visits()
    );
}

/// The time of the run ends the links that are being asked for, too.
#[test]
fn a_run_that_takes_too_long_says_how_far_it_came() {
    let _dog = watch_for("links without an end", LIMIT);
    let site = Site::new(|path, client| match path {
        "/0" | "/1" => answer(client, "200 OK"),
        _ => for_ever(),
    });
    let text: Vec<String> = (0..200)
        .map(|number| site.url(&format!("/{number}\n")))
        .collect();
    let Checked { run, lines, took } = check(
        &text.concat(),
        &["--timeout=4", "--link-timeout=1000", "--workers=4"],
    );
    assert!(took < SOON, "{took:?}");
    assert_eq!(run.code, Some(2));
    let told = format!("link_checker: {} of 200 links were checked: ", lines.len());
    assert!(run.messages.starts_with(&told), "{}", run.messages);
    assert!(run.messages.contains("deadline"), "{}", run.messages);
    assert_eq!(lines[0], format!("1: {}: 200 OK", site.url("/0")));
    assert!(site.visits().len() < 20, "{:?}", site.visits());
}

#[test]
fn its_own_text_is_well() {
    let _dog = watch_for("the example's own text", LIMIT);
    for workers in ["--workers=1", "--workers=50"] {
        let run = finished(link_checker().arg(workers));
        run.assert_silent(0);
        let lines: Vec<_> = run.lines().map(String::from_utf8_lossy).collect();
        assert_eq!(lines.len(), 42);
        assert!(
            lines.iter().all(|line| line.contains(": 200 OK")),
            "{lines:#?}"
        );
        assert!(
            lines[40].contains("/moved: 200 OK at http://127.0.0.1:"),
            "{}",
            lines[40]
        );
    }
}

#[test]
fn wrong_arguments_are_refused() {
    let _dog = watch_for("links that are not asked for", LIMIT);
    let tree = Tree::new();
    tree.file("none", b"no links \xff\n");
    let nothing = finished(link_checker().arg(tree.path("none")));
    nothing.assert_silent(0);
    assert!(nothing.output.is_empty());
    for (argument, what) in [
        (tree.path("missing"), "missing: No such file"),
        (tree.root().into(), "Is a directory"),
        ("--workers=0".into(), "--workers"),
        ("--timeout=soon".into(), "--timeout"),
    ] {
        let run = finished(link_checker().arg(tree.path("none")).arg(argument));
        assert_eq!(
            (run.code, run.output.len()),
            (Some(2), 0),
            "{}",
            run.messages
        );
        assert!(run.messages.contains(what), "{}", run.messages);
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let _dog = watch_for("links into a closed pipe", LIMIT);
    let site = Site::new(|_path, client| answer(client, "200 OK"));
    // More than a pipe holds.
    let text: Vec<String> = (0..700)
        .map(|number| site.url(&format!("/{number:0200}\n")))
        .collect();
    let tree = Tree::new();
    tree.file("text", text.concat().as_bytes());
    let mut program = Running::start(link_checker().arg(tree.path("text")));
    drop(program.stdout());
    let (code, messages) = program.wait("the pipe was closed");
    assert_eq!((code, messages.as_str()), (Some(141), ""));
    assert!(site.visits().len() < 700);
}

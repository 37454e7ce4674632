//! `examples/crawler.rs` on sites with everything that keeps a crawler from its end.

#[path = "../common/mod.rs"]
mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Barrier, OnceLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::examples::build;
use common::site::{Site, missing, page};
use common::watchdog::watch_for;

/// Far more than any of the tests takes; the first one may have to wait for the example to be compiled.
const LIMIT: Duration = Duration::from_secs(300);

struct Crawled {
    code: Option<i32>,
    /// Path and status, in the order in which they came.
    pages: Vec<(String, String)>,
    summary: String,
    dead: Vec<String>,
    messages: String,
    took: Duration,
}

impl Crawled {
    fn status(&self, path: &str) -> &str {
        let page = self.pages.iter().find(|(name, _)| name == path);
        page.map_or("not visited", |(_, status)| status)
    }
}

fn crawl(arguments: &[&str]) -> Crawled {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| build("crawler"));
    let start = Instant::now();
    let output = Command::new(program).args(arguments).output();
    let (output, took) = (output.expect("the program"), start.elapsed());

    let text = String::from_utf8(output.stdout).expect("text");
    let mut lines = text.lines();
    let mut crawled = Crawled {
        code: output.status.code(),
        pages: Vec::new(),
        summary: String::new(),
        dead: Vec::new(),
        messages: String::from_utf8(output.stderr).expect("messages are text"),
        took,
    };
    for line in lines.by_ref() {
        match line
            .strip_prefix('/')
            .and_then(|line| line.split_once(": "))
        {
            Some((path, status)) => crawled.pages.push((format!("/{path}"), status.to_owned())),
            None => {
                crawled.summary = line.to_owned();
                break;
            }
        }
    }
    crawled.dead = lines.map(str::to_owned).collect();
    crawled
}

/// Each path once: asked for, and printed.
fn assert_each_once(site: &Site, run: &Crawled, expected: &[&str]) {
    let once: BTreeMap<String, u32> = expected.iter().map(|path| ((*path).into(), 1)).collect();
    assert_eq!(site.visits(), once);
    let printed: BTreeSet<&str> = run.pages.iter().map(|(path, _)| &**path).collect();
    assert_eq!(printed, expected.iter().copied().collect());
    assert_eq!(run.pages.len(), expected.len());
}

#[test]
fn its_own_site_is_visited_once() {
    let _dog = watch_for("a crawl of the example's own site", LIMIT);
    for arguments in [
        &[][..],
        &["--workers=1"],
        &["--workers=3"],
        &["--workers=100"],
    ] {
        let run = crawl(arguments);
        assert_eq!((run.code, run.messages.as_str()), (Some(0), ""));
        let pages = (0..100).map(|page| format!("/page/{page}"));
        let gone = (9..100).step_by(10).map(|page| format!("/gone/{page}"));
        let mut expected: Vec<(String, String)> = pages.map(|page| (page, "200".into())).collect();
        expected.extend(["/", "/slow"].map(|page| (page.into(), "200".into())));
        expected.extend(gone.map(|page| (page, "404".into())));
        expected.sort();
        let mut pages = run.pages;
        pages.sort();
        assert_eq!(pages, expected);
        assert_eq!(run.summary, "pages: 112, dead links: 10");
        assert_eq!(run.dead.len(), 10);
        assert_eq!(run.dead[0], "/gone/19: 404, linked on /page/19");
    }
}

#[test]
fn cycles_and_links_of_all_kinds() {
    let _dog = watch_for("a crawl of a site with cycles", LIMIT);
    for workers in ["--workers=1", "--workers=2", "--workers=32"] {
        let site = Site::new(|path, client| match path {
            "/start/here" => page(
                client,
                &["next", "./next", "/start/here", "here#part", "#top", ""],
            ),
            "/start/next" => page(
                client,
                &["here", "../a/", "../../a/", "/a/?q=1", "/a/b/../"],
            ),
            "/a/" => page(client, &["b", "../start/next", "/gone"]),
            // The query is not part of the directory.
            "/a/?q=1" => page(client, &["b", "?q=1"]),
            "/a/b" => page(
                client,
                &[
                    "http://192.0.2.1/",
                    "//192.0.2.1/",
                    "mailto:a@b",
                    "/with space",
                    "c",
                ],
            ),
            "/a/c" => page(client, &["/a/c", "/start/here", "/", "/error"]),
            "/" => page(client, &[]),
            "/error" => drop(client.write_all(b"HTTP/1.1 500 Oh\r\n\r\n")),
            _ => missing(client),
        });
        let run = crawl(&[workers, &site.url("/start/here")]);
        assert_eq!((run.code, run.messages.as_str()), (Some(0), ""));
        let expected = [
            "/",
            "/a/",
            "/a/?q=1",
            "/a/b",
            "/a/c",
            "/error",
            "/from-nowhere",
            "/gone",
            "/start/here",
            "/start/next",
        ];
        assert_each_once(&site, &run, &expected);
    }
}

/// More than there are cores, and all of them at the same time: each page answers when all have been asked for.
#[test]
fn as_many_pages_at_once_as_there_are_workers() {
    let _dog = watch_for("a crawl of pages that wait for each other", LIMIT);
    let names: Vec<String> = (0..40).map(|number| format!("/{number}")).collect();
    let all_here = Barrier::new(names.len());
    let links = names.clone();
    let site = Site::new(move |path, client| {
        if path != "/" {
            all_here.wait();
        }
        page(
            client,
            &links.iter().map(|name| &**name).collect::<Vec<_>>(),
        );
    });
    let run = crawl(&["--workers=40", &site.url("/")]);
    assert_eq!(run.code, Some(0), "{}", run.messages);
    assert_eq!(run.summary, "pages: 41, dead links: 0");
}

#[test]
fn pages_that_never_end_are_given_up() {
    let _dog = watch_for("a crawl of silent pages", LIMIT);
    let site = Site::new(|path, client| match path {
        "/" => page(
            client,
            &[
                "/silent", "/endless", "/drops", "/other", "/closed", "/noise",
            ],
        ),
        "/silent" => sleep(Duration::from_secs(30)),
        "/endless" => {
            page(client, &["/last"]);
            while client.write_all(&[b' '; 5000]).is_ok() {}
        }
        "/drops" => {
            while client.write_all(b"HTTP/1.0 200 OK").is_ok() {
                sleep(Duration::from_millis(100));
            }
        }
        "/other" => page(client, &["/last"]),
        "/noise" => drop(client.write_all(b"\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe")),
        "/last" => page(client, &["/"]),
        _ => {}
    });
    let run = crawl(&["--page-timeout=3", &site.url("/")]);
    assert_eq!((run.code, run.messages.as_str()), (Some(0), ""));
    assert_eq!(run.summary, "pages: 8, dead links: 4");
    for path in ["/endless", "/last", "/other"] {
        assert_eq!(run.status(path), "200");
    }
    for path in ["/silent", "/drops"] {
        assert!(
            run.status(path).contains("deadline"),
            "{}",
            run.status(path)
        );
    }
    for path in ["/closed", "/noise"] {
        assert_eq!(run.status(path), "this is not HTTP");
    }
    assert!(run.took < Duration::from_secs(20), "{:?}", run.took);
}

#[test]
fn a_site_without_end_is_left_in_time() {
    let _dog = watch_for("a crawl of an endless site", LIMIT);
    let endless = || {
        Site::new(|path, client| {
            let number: u64 = path[1..].parse().unwrap_or(0);
            sleep(Duration::from_millis(10));
            page(
                client,
                &[
                    &format!("/{}", 2 * number + 1),
                    &format!("/{}", 2 * number + 2),
                ],
            );
        })
    };
    let site = endless();
    let run = crawl(&["--timeout=2", "--workers=4", &site.url("/0")]);
    assert_eq!(run.code, Some(1));
    assert!(run.messages.contains("deadline"), "{}", run.messages);
    assert!(run.messages.contains("more links"), "{}", run.messages);
    assert!(run.took < Duration::from_secs(20), "{:?}", run.took);
    assert!(site.visits().values().all(|visits| *visits == 1));
    assert!(!run.pages.is_empty());

    let site = endless();
    let run = crawl(&["--most=50", &site.url("/0")]);
    assert_eq!(run.code, Some(0), "{}", run.messages);
    assert_eq!(run.summary, "pages: 50, dead links: 0");
    assert_eq!(site.visits().len(), 50);
}

#[test]
fn a_server_that_is_not_there_is_a_dead_link() {
    let _dog = watch_for("a crawl of nothing", LIMIT);
    let run = crawl(&["http://localhost:1"]);
    assert_eq!(run.code, Some(0), "{}", run.messages);
    assert_eq!(run.summary, "pages: 1, dead links: 1");
}

#[test]
fn other_machines_are_refused() {
    let _dog = watch_for("crawls that do not begin", LIMIT);
    for url in [
        "http://192.0.2.1:80/",
        "http://example.org:80/",
        "http://[2001:db8::1]:80/",
        "http://127.0.0.1:80@192.0.2.1:80/",
        "http://0.0.0.0:80/",
        "https://127.0.0.1:80/",
        "127.0.0.1:80",
    ] {
        let run = crawl(&["--timeout=1", url]);
        assert_eq!((run.code, run.pages.len()), (Some(2), 0), "{url}");
        assert!(run.messages.contains("invalid value"), "{}", run.messages);
    }
}

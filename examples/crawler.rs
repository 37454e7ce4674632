//! Visits every page of a web site on this machine, each of them once, and lists the links that lead nowhere:
//!
//! ```sh
//! cargo run --release --example crawler
//! cargo run --release --example crawler -- http://127.0.0.1:8000/
//! ```
//!
//! Without an address it crawls a small site of its own, with cycles, dead links and a slow page. It never leaves the
//! loopback interface. Not a real HTTP client: no redirects, no encodings, links are what stands in `href="..."`.

use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use clap::Parser;
use fanout::{Context, Feed};

/// Visits every page of a site on this machine.
#[derive(Parser)]
struct Args {
    /// Where to begin, at a loopback address [default: a site of its own].
    #[arg(value_parser = loopback)]
    url: Option<Url>,
    /// How many pages to fetch at once. They mostly wait, so it may be many more than there are cores.
    #[arg(short, long, default_value = "32")]
    workers: NonZeroUsize,
    /// How many seconds all of it may take.
    #[arg(short, long, default_value = "60")]
    timeout: u64,
    /// How many seconds one page may take.
    #[arg(short, long, default_value = "5")]
    page_timeout: u64,
    /// How many pages to visit at most.
    #[arg(short, long, default_value = "10000")]
    most: usize,
}

#[derive(Clone)]
struct Url {
    server: SocketAddr,
    path: String,
}

/// No name is looked up, for that would leave the machine.
fn loopback(url: &str) -> Result<Url, &'static str> {
    let rest = url.strip_prefix("http://").ok_or("not http://")?;
    let (server, path) = rest.split_once('/').unwrap_or((rest, ""));
    let server = server.replace("localhost", "127.0.0.1");
    let server: SocketAddr = server.parse().map_err(|_| "not an address and a port")?;
    if !server.ip().is_loopback() {
        return Err("not on this machine");
    }
    let path = resolve("/", &format!("/{path}")).ok_or("not a path")?;
    Ok(Url { server, path })
}

/// The item: a link, not yet followed, to a page that nobody else has seen.
struct Link {
    path: String,
    on: String,
}

/// The result.
struct Page {
    link: Link,
    status: io::Result<u16>,
}

fn visit(link: Link, site: &Site, feed: &Feed<Link>, cx: &Context) -> Page {
    let status = get(site.server, &link.path, cx).map(|(status, body)| {
        for path in hrefs(&body).filter_map(|href| resolve(&link.path, href)) {
            if site.is_new(&path) {
                let on = link.path.clone();
                feed.push(Link { path, on });
            }
        }
        status
    });
    Page { link, status }
}

struct Site {
    server: SocketAddr,
    seen: Mutex<HashSet<String>>,
    most: usize,
}

impl Site {
    /// Asked before a link is pushed, not when it is followed: two workers may meet the same one at the same time.
    fn is_new(&self, path: &str) -> bool {
        let mut seen = self.seen.lock().expect("nobody panics with it");
        seen.len() < self.most && seen.insert(path.to_owned())
    }
}

/// Status and text of a page. Ends in time, whatever the server does.
fn get(server: SocketAddr, path: &str, cx: &Context) -> io::Result<(u16, String)> {
    let mut connection = TcpStream::connect_timeout(&server, time_left(cx)?)?;
    connection.set_write_timeout(Some(time_left(cx)?))?;
    connection.write_all(format!("GET {path} HTTP/1.0\r\nHost: {server}\r\n\r\n").as_bytes())?;
    let (mut answer, mut part) = (Vec::new(), [0; 8 * 1024]);
    while answer.len() < 1_000_000 {
        connection.set_read_timeout(Some(time_left(cx)?))?;
        match connection.read(&mut part) {
            Ok(0) => break,
            Ok(length) => answer.extend(&part[..length]),
            // The time is over, and the beginning of the loop says which.
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head
        .strip_prefix("HTTP/1.")
        .and_then(|head| head.get(2..5)?.parse().ok());
    let status = status.ok_or_else(|| io::Error::other("this is not HTTP"))?;
    Ok((status, body.to_owned()))
}

/// How long this page may still take; an error when it is not wanted any more.
fn time_left(cx: &Context) -> io::Result<Duration> {
    cx.checkpoint().map_err(io::Error::other)?;
    let left = cx.remaining().expect("there is a timeout for each page");
    Ok(left.max(Duration::from_millis(1)))
}

fn hrefs(body: &str) -> impl Iterator<Item = &str> {
    body.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

/// The path that a link on the page `on` leads to, if it is one of the same server.
fn resolve(on: &str, href: &str) -> Option<String> {
    let href = href.split('#').next()?;
    let elsewhere = href.contains(':') || href.starts_with("//");
    if href.is_empty() || elsewhere || href.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        return None;
    }
    let whole = match on.split('?').next()?.rsplit_once('/') {
        Some((directory, _)) if !href.starts_with('/') => format!("{directory}/{href}"),
        _ => href.to_owned(),
    };
    let mut path = Vec::new();
    for part in whole.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    Some(format!("/{}", path.join("/")))
}

fn main() -> ExitCode {
    let args = Args::parse();
    let start = args.url.unwrap_or_else(own_site);
    let site = Site {
        server: start.server,
        seen: Mutex::new(HashSet::from([start.path.clone()])),
        most: args.most,
    };
    let first = Link {
        path: start.path,
        on: "nothing".into(),
    };

    let (mut visited, mut dropped, mut dead) = (0, 0, Vec::new());
    let end = fanout::over([first])
        .workers(args.workers.get())
        .timeout(Duration::from_secs(args.timeout))
        .item_timeout(Duration::from_secs(args.page_timeout))
        .map_feed(|link, feed, cx| visit(link, &site, feed, cx))
        .on_report(|report| dropped = report.dropped_pushes())
        .for_each(|Page { link, status }| {
            visited += 1;
            let status = match status {
                Ok(status) => status.to_string(),
                Err(error) => error.to_string(),
            };
            println!("{}: {status}", link.path);
            if status != "200" {
                dead.push(format!("{}: {status}, linked on {}", link.path, link.on));
            }
        });

    dead.sort();
    println!("pages: {visited}, dead links: {}", dead.len());
    dead.iter().for_each(|line| println!("{line}"));
    if let Err(error) = end {
        eprintln!("crawler: {error}; {dropped} more links were found");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Starts a server for [`answer`] that lives as long as the program. It is a fan-out, too.
fn own_site() -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
    let server = listener.local_addr().expect("it was given one");
    let path = "/".into();
    thread::spawn(move || {
        fanout::over(listener.incoming())
            .workers(16)
            // A client that has gone away is none of our business.
            .map(|client, _cx| drop(client.and_then(|client| answer(&client))))
            .run();
    });
    Url { server, path }
}

/// One request, one page of links.
fn answer(mut client: &TcpStream) -> io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut request = BufReader::new(client.take(8 * 1024)).lines();
    let first = request.next().transpose()?.unwrap_or_default();
    // To the empty line that ends it: what is closed with something unread looks broken to the other side.
    for line in request {
        if line?.is_empty() {
            break;
        }
    }

    let mut page = String::from("HTTP/1.0 404 Not Found\r\n\r\n");
    if let Some(links) = first.split(' ').nth(1).and_then(links_on) {
        page = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n".into();
        page.extend(
            links
                .iter()
                .map(|to| format!("<a href=\"{to}\">{to}</a>\n")),
        );
    }
    client.write_all(page.as_bytes())
}

/// A hundred pages in a tree: each links to those below it, back to the one above, to itself and to a slow page; every tenth
/// to one that is not there.
fn links_on(path: &str) -> Option<Vec<String>> {
    let page: u32 = match path {
        "/" => 0,
        "/slow" => {
            thread::sleep(Duration::from_millis(300));
            return Some(vec!["/".into()]);
        }
        _ => path.strip_prefix("/page/")?.parse().ok()?,
    };
    if page >= 100 {
        return None;
    }
    let near = [page.saturating_sub(1) / 2, 2 * page + 1, 2 * page + 2];
    let near = near.into_iter().filter(|page| *page < 100);
    let mut links: Vec<String> = near.map(|page| format!("/page/{page}")).collect();
    links.extend(["/slow".into(), "#top".into()]);
    links.extend((page % 10 == 9).then(|| format!("/gone/{page}")));
    Some(links)
}

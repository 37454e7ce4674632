//! Asks for every `http://` link in some text files, each once, and says what came of it:
//!
//! ```sh
//! cargo run --release --example link_checker -- FILE...
//! cargo run --release --example link_checker
//! ```
//!
//! Without files it checks a text of its own, about a server on this machine. Lines are `file:line: link: answer`, in the order
//! of the text. The exit code is 0 if all links are well, 1 if not, and 2 if that could not be found out.
//!
//! Links mostly wait, so there are many more workers than cores. Each link has its time, and so has the whole run: `cx`
//! knows how much is left of both. After a closed pipe the links that are being asked for are still waited for.
//! Redirects are followed. Links to `https://` are left out, to spare this example a library for TLS.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use fanout::{Context, fan_out};
use regex::Regex;
use ureq::http::StatusCode;
use ureq::{Agent, ResponseExt};

/// Checks the http links in text files.
#[derive(Parser)]
struct Args {
    /// Where to look for links [default: a text about a server of its own].
    files: Vec<PathBuf>,
    /// How many links to ask for at once.
    #[arg(short, long, default_value = "32")]
    workers: NonZeroUsize,
    /// How many seconds all of it may take.
    #[arg(short, long, default_value = "60")]
    timeout: u64,
    /// How many seconds one link may take, redirects and second tries included.
    #[arg(short, long, default_value = "5")]
    link_timeout: u64,
}

struct Link {
    place: String,
    url: String,
}

struct Answer {
    link: Link,
    well: bool,
    text: String,
}

#[fan_out(ordered)]
fn check(link: Link, #[shared] agent: &Agent, #[ctx] cx: &Context) -> Answer {
    let (well, text) = match ask(agent, &link.url, cx) {
        Ok((status, None)) => (status.is_success(), status.to_string()),
        Ok((status, Some(to))) => (status.is_success(), format!("{status} at {to}")),
        Err(ureq::Error::Timeout(_)) => (false, "timed out".into()),
        Err(error) => (false, error.to_string()),
    };
    Answer { link, well, text }
}

/// The status, and where redirects have led to.
fn ask(
    agent: &Agent,
    url: &str,
    cx: &Context,
) -> Result<(StatusCode, Option<String>), ureq::Error> {
    let mut pause = Duration::from_millis(250);
    loop {
        let request = agent
            .get(url)
            .config()
            .timeout_global(cx.remaining())
            .build();
        let answer = request.call()?;
        let status = answer.status();
        // Busy: try again, more slowly each time. A sleep that would be too long ends early, as a failure.
        if status == StatusCode::SERVICE_UNAVAILABLE && cx.sleep(pause).is_ok() {
            pause *= 2;
            continue;
        }
        let to = answer.get_uri().to_string();
        let moved = to.trim_end_matches('/') != url.trim_end_matches('/');
        return Ok((status, moved.then_some(to)));
    }
}

/// The links in a text that were not in another one before.
fn links(name: &str, text: &str, seen: &mut HashSet<String>) -> Vec<Link> {
    let pattern = Regex::new(r#"http://[^\s"'`<>()\[\]{}|\\^#]+"#).expect("a regular expression");
    let mut links = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for found in pattern.find_iter(line) {
            // What ends a sentence is not part of a link.
            let url = found
                .as_str()
                .trim_end_matches(['.', ',', ';', ':', '!', '?']);
            if seen.insert(url.to_owned()) {
                let (place, url) = (format!("{name}:{number}"), url.to_owned());
                links.push(Link { place, url });
            }
        }
    }
    links
}

/// Whether all links are well.
fn run(args: &Args, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for path in &args.files {
        let name = path.display().to_string();
        let text = fs::read(path).with_context(|| name.clone())?;
        all.extend(links(&name, &String::from_utf8_lossy(&text), &mut seen));
    }
    if args.files.is_empty() {
        all = links("own text", &own_text()?, &mut seen);
    }

    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let (mut checked, total, mut well) = (0, all.len(), true);
    check(all, &agent)
        .workers(args.workers.get())
        .timeout(Duration::from_secs(args.timeout))
        .item_timeout(Duration::from_secs(args.link_timeout))
        .try_for_each(|answer| -> anyhow::Result<()> {
            checked += 1;
            well &= answer.well;
            let Link { place, url } = answer.link;
            Ok(writeln!(out, "{place}: {url}: {}", answer.text)?)
        })
        .with_context(|| format!("{checked} of {total} links were checked"))?;
    Ok(well)
}

fn main() -> ExitCode {
    match run(&Args::parse(), &mut io::stdout().lock()) {
        Ok(well) => ExitCode::from(u8::from(!well)),
        Err(error) => {
            let pipe = error.downcast_ref::<io::Error>();
            if pipe.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
                // `| head` has seen enough; what the shell calls a program that SIGPIPE ended.
                return ExitCode::from(141);
            }
            eprintln!("link_checker: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// A text with links to a server that lives as long as the program, which is a fan-out, too.
fn own_text() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = listener.local_addr()?;
    thread::spawn(move || {
        fanout::over(listener.incoming())
            .workers(32)
            // A client that has gone away is none of our business.
            .map(|client, _cx| drop(client.and_then(|client| answer(&client))))
            .run();
    });
    let slow = (1..=40).map(|number| format!("/slow/{number}"));
    let paths = slow.chain(["/moved".into(), "/busy".into()]);
    Ok(paths
        .map(|path| format!("See http://{server}{path}.\n"))
        .collect())
}

/// A page that takes a moment, one that is elsewhere, and one that works the third time.
fn answer(mut client: &TcpStream) -> io::Result<()> {
    static BUSY: AtomicU32 = AtomicU32::new(2);
    client.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut request = BufReader::new(client).lines();
    let first = request.next().transpose()?.unwrap_or_default();
    // To the empty line that ends it: what is closed with something unread looks broken to the other side.
    for line in request {
        if line?.is_empty() {
            break;
        }
    }
    let status = match first.split(' ').nth(1).unwrap_or_default() {
        "/moved" => "302 Found\r\nLocation: /slow/1",
        "/busy" if BUSY.load(Relaxed) > 0 => {
            BUSY.fetch_sub(1, Relaxed);
            "503 Service Unavailable"
        }
        _ => {
            thread::sleep(Duration::from_millis(200));
            "200 OK"
        }
    };
    client.write_all(format!("HTTP/1.0 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes())
}

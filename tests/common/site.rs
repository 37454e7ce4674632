//! A web site on this machine that counts its visitors.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::spawn;
use std::time::Duration;

/// What happens to a request for a path; what is written is the answer.
type Answer = dyn Fn(&str, &mut TcpStream) + Send + Sync;

pub struct Site {
    address: SocketAddr,
    visits: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Site {
    /// Its threads end with the test's process, or when their client is gone.
    pub fn new(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on this machine");
        let address = listener.local_addr().expect("it was given one");
        let visits = Arc::new(Mutex::default());
        let (answer, counts): (Arc<Answer>, _) = (Arc::new(answer), Arc::clone(&visits));
        spawn(move || {
            for client in listener.incoming().flatten() {
                let (answer, counts) = (Arc::clone(&answer), Arc::clone(&counts));
                spawn(move || serve(client, &counts, &*answer));
            }
        });
        Self { address, visits }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often each path was asked for.
    pub fn visits(&self) -> BTreeMap<String, u32> {
        self.visits.lock().expect("no panic").clone()
    }
}

fn serve(mut client: TcpStream, counts: &Mutex<BTreeMap<String, u32>>, answer: &Answer) {
    client
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("a timeout");
    let lines = BufReader::new(&client).lines().map_while(Result::ok);
    let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let Some(path) = request.first().and_then(|line| line.split(' ').nth(1)) else {
        return;
    };
    let mut counts = counts.lock().expect("no panic");
    *counts.entry(path.to_owned()).or_default() += 1;
    drop(counts);
    answer(path, &mut client);
}

/// A page with these links. Fails if the client is gone, which is its business.
pub fn page(client: &mut TcpStream, links: &[&str]) {
    let links: String = links
        .iter()
        .map(|link| format!("<p><a href=\"{link}\">there</a></p>"))
        .collect();
    let _ = client.write_all(format!("HTTP/1.0 200 OK\r\n\r\n<html>{links}").as_bytes());
}

pub fn missing(client: &mut TcpStream) {
    let _ = client.write_all(b"HTTP/1.0 404 Not Found\r\n\r\n<a href=\"/from-nowhere\">");
}

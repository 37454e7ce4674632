#![deny(warnings)]

use fanout::channel::{Receiver, Sender, bounded};
use fanout::{Context, fan_out};
use std::sync::Mutex;

struct Job {
    number: u64,
    answers: Receiver<u64>,
}

#[fan_out]
fn asks(job: Job, #[ctx] cx: &Context) -> Option<u64> {
    if cx.is_cancelled() {
        return None;
    }
    let answer = job.answers.recv().ok()?;
    Some(job.number + answer)
}

struct Service {
    requests: Sender<(u64, Sender<u64>)>,
    tickets: Mutex<std::sync::mpsc::Receiver<u64>>,
}

impl Service {
    #[fan_out]
    fn call(&self, n: u64, #[ctx] cx: &Context) -> Option<u64> {
        let ticket = self.tickets.lock().unwrap().recv().ok()?;
        let (reply, replies) = bounded(1);
        self.requests.send((n + ticket, reply)).ok()?;
        fanout::channel::select! {
            recv(replies) -> answer => answer.ok(),
            recv(cx.done()) -> _ => None,
        }
    }
}

fn main() {
    let _ = asks(Vec::new()).collect_unordered();
    let (requests, _) = bounded(1);
    let (_, tickets) = std::sync::mpsc::channel();
    let service = Service { requests, tickets: Mutex::new(tickets) };
    let _ = service.call(0..3).collect_unordered();
}

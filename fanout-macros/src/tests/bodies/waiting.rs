//! FO306: waiting for a message, whatever happens to the run.

use super::{assert_body, assert_body_with_channel, places};

const CX: &str = "#[ctx] cx: &Context";

#[test]
fn waiting_beside_a_context() {
    for call in [
        "rx.recv()",
        "rx.recv().unwrap()",
        "self.replies.recv()",
        "(&rx).recv()",
        "job.reply[0].recv()",
        "rx.lock().unwrap().recv()",
        "rx.blocking_recv()",
    ] {
        let at = if call.contains("blocking") {
            "blocking_recv"
        } else {
            "recv"
        };
        for body in places(call) {
            let looks = format!("cx.checkpoint(); {body}");
            assert_body(CX, &looks, &[("FO306", at)]);
            assert_body("", &body, &[]);
        }
    }
    assert_body(
        CX,
        "let (tx, rx) = bounded(1); send(x, tx); let done = cx.done(); while let Ok(x) = rx.recv() { work(x) }",
        &[("FO306", "recv")],
    );
}

#[test]
fn waiting_that_ends() {
    for body in [
        "rx.try_recv()",
        "rx.recv_timeout(d)",
        "rx.recv_deadline(d)",
        "socket.recv(&mut buffer)",
        "select! { recv(rx) -> x => x, recv(cx.done()) -> _ => {} }",
        "cx.done().recv()",
        "let done = cx.done(); done.recv()",
        "let token = cx.token(); token.done().recv()",
        "let task = async { rx.recv().await };",
        "recv(); rx.recv; connect(x).recv()",
        "self.recv()",
        "for x in &rx { }",
        "senders.iter().for_each(|to| to.send(x))",
    ] {
        assert_body(CX, &format!("cx.checkpoint(); {body}"), &[]);
    }
}

#[test]
fn what_a_receiver_gives_one_after_the_other() {
    let parameters =
        "#[ctx] cx: &Context, #[shared] rx: &Mutex<Receiver<u32>>, #[shared] all: &[Sender<u32>]";
    for (body, at) in [
        ("for y in rx { work(y) }", "rx"),
        ("rx.lock().unwrap().iter().for_each(work)", "iter"),
    ] {
        assert_body_with_channel(
            parameters,
            &format!("cx.checkpoint(); {body}"),
            &[("FO306", at)],
        );
    }
    assert_body_with_channel(
        parameters,
        "cx.checkpoint(); for to in all { to.send(x) } all.iter().len()",
        &[],
    );
}

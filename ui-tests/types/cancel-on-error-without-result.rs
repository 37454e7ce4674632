use fanout::fan_out;

type Maybe = Option<u32>;

#[fan_out(cancel_on_error)]
fn parse(text: &str) -> Maybe {
    text.parse().ok()
}

fn main() {}

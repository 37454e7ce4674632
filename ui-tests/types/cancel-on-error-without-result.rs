use fanout::fan_out;

#[fan_out(cancel_on_error)]
fn parse(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn main() {}

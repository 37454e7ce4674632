use fanout::fan_out;

#[fan_out(wrokers = 4)]
fn near(n: u32) -> u32 {
    n * 2
}

#[fan_out(kafka_topic = "numbers")]
fn far(n: u32) -> u32 {
    n * 2
}

fn main() {}

use fanout::fan_out;

#[fan_out]
fn consume(n: usize, #[shared] names: Vec<String>) -> Vec<String> {
    let mut all = names;
    all.truncate(n);
    all
}

fn main() {}

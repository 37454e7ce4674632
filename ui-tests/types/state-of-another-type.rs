use fanout::fan_out;

#[fan_out]
fn join(word: String, #[local("")] all: &mut String) {
    all.push_str(&word);
}

fn main() {}

use fanout::fan_out;

#[fan_out]
fn join(word: String, #[local(vec![0; word.len()])] lengths: &mut Vec<usize>) {
    lengths.push(word.len());
}

fn main() {}

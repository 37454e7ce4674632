use fanout::fan_out;

#[fan_out]
fn show(item: impl ToString, #[shared] prefix: &(impl AsRef<str> + Sync)) -> String {
    format!("{}{}", prefix.as_ref(), item.to_string())
}

#[fan_out(ordered)]
fn letters(word: String) -> impl Iterator<Item = char> {
    word.into_bytes().into_iter().map(char::from)
}

#[fan_out(ordered)]
fn all_at_once(numbers: impl Iterator<Item = u32> + Send) -> u32 {
    numbers.sum()
}

fn main() {
    let sums: Vec<u32> = all_at_once(0..3).collect();
    println!("{sums:?}");
    let _ = show([1], &"x").collect_unordered();
    for letters in letters([String::new()]).collect::<Vec<_>>() {
        println!("{}", letters.count());
    }
}

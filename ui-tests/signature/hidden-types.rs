use fanout::fan_out;

#[fan_out]
fn show(item: impl ToString, #[shared] prefix: &(impl AsRef<str> + Sync)) -> String {
    format!("{}{}", prefix.as_ref(), item.to_string())
}

#[fan_out(ordered)]
fn letters(word: String) -> impl Iterator<Item = char> {
    word.into_bytes().into_iter().map(char::from)
}

fn main() {
    let _ = show([1], &"x").collect_unordered();
    for letters in letters([String::new()]).collect::<Vec<_>>() {
        println!("{}", letters.count());
    }
}

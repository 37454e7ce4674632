use fanout::fan_out;
use std::borrow::Cow;

#[fan_out(ordered)]
fn item_or_shared(line: &str, #[shared] fallback: &str) -> &str {
    line.split(' ').next().unwrap_or(fallback)
}

struct Table(String);

impl Table {
    #[fan_out(ordered)]
    fn item_or_self(&self, line: &str) -> &str {
        line.split(' ').next().unwrap_or(&self.0)
    }
}

#[fan_out(ordered)]
fn two_shared(n: usize, #[shared] a: &str, #[shared] b: &str) -> Cow<'_, str> {
    Cow::Borrowed(if n == 0 { a } else { b })
}

#[fan_out(ordered)]
fn nothing(n: u32) -> &str {
    "x"
}

#[fan_out]
fn state(line: String, #[local("")] last: &mut &str) {
    *last = "y";
}

#[fan_out(ordered)]
fn from_shared(key: &str, #[shared] text: &str) -> &str {
    text.split(' ').find(|word| word.starts_with(key)).unwrap_or_default()
}

fn main() {
    let text = String::from("a b");
    let first: Vec<&str> = item_or_shared([text.as_str()], "x").collect();
    let second: Vec<&str> = Table(String::new()).item_or_self([text.as_str()]).collect();
    println!("{first:?}{second:?}");
}

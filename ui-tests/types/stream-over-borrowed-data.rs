use fanout::fan_out;

#[fan_out]
fn length(word: &str) -> usize {
    word.len()
}

#[fan_out]
fn find(word: String, #[shared] all: &[String]) -> Option<usize> {
    all.iter().position(|one| *one == word)
}

fn of_items() {
    let text = String::from("a b");
    for n in length(text.split(' ')).stream() {
        println!("{n}");
    }
}

fn of_arguments() {
    let all = vec![String::new()];
    for place in find(vec![String::new()], &all).stream() {
        println!("{place:?}");
    }
}

fn main() {
    of_items();
    of_arguments();
}

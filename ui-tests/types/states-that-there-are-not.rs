use fanout::fan_out;

#[fan_out]
fn show(n: u32) {
    println!("{n}");
}

#[fan_out(ordered)]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let _ = show(0..3).locals();
    show(0..3).merge(|(), ()| ());
    let _: (Vec<()>, Vec<()>) = show(0..3).ordered().collect_with_locals();
    show(0..3).merged();
    // What would become of the results is not the question.
    let _ = double(0..3).locals();
    let _ = double(0..3).merge(|one, other| one + other);
}

use fanout::fan_out;

#[fan_out]
fn show(n: u32) {
    println!("{n}");
}

fn main() {
    let _ = show(0..3).locals();
    show(0..3).merge(|(), ()| ());
    let _: (Vec<()>, Vec<()>) = show(0..3).ordered().collect_with_locals();
}

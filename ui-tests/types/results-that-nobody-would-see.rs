use fanout::fan_out;

#[fan_out(merge = add)]
fn count(n: u32, #[local(0)] sum: &mut u32) -> u32 {
    *sum += n;
    n
}

fn add(one: u32, other: u32) -> u32 {
    one + other
}

#[fan_out]
fn write(n: u32) -> std::io::Result<()> {
    println!("{n}");
    Ok(())
}

fn main() {
    count(0..3).run();
    let _ = count(0..3).locals();
    let _ = count(0..3).merge(add);
    let _ = count(0..3).merged();
    // Without `cancel_on_error` each `Result` is a result.
    write(0..3).run();
}

use fanout::fan_out;
use std::io::{self, Write};
use std::num::ParseIntError;

#[fan_out(cancel_on_error)]
fn parse(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

#[fan_out(timeout = "1s")]
fn double(n: u32) -> u32 {
    n * 2
}

fn main() -> io::Result<()> {
    let mut out = io::stdout();
    parse(["1"]).try_for_each(|n| writeln!(out, "{n}"))?;
    double(0..3).try_for_each(|n| writeln!(out, "{n}"))?;
    let _: Result<(), u8> = parse(["1"]).try_for_each(|_| Err(3));
    Ok(())
}

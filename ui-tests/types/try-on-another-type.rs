use fanout::fan_out;
use std::{fmt, io};

#[fan_out(cancel_on_error)]
fn no_result(line: &str, #[local(try String::new())] buffer: &mut String) -> io::Result<()> {
    buffer.push_str(line);
    Ok(())
}

#[fan_out(cancel_on_error)]
fn other_error(line: &str, #[local(try open())] buffer: &mut String) -> io::Result<()> {
    buffer.push_str(line);
    Ok(())
}

fn open() -> Result<String, fmt::Error> {
    Ok(String::new())
}

fn main() -> io::Result<()> {
    no_result(["a"]).run()?;
    other_error(["a"]).run()
}

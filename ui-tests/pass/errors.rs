//! A `Result` by another name, and closures whose error can take in the run's.

use fanout::fan_out;
use std::error::Error;
use std::io::{self, Write};
use std::num::ParseIntError;

type Parsed = Result<u32, ParseIntError>;

#[fan_out(cancel_on_error, ordered)]
fn parse(text: &str) -> Parsed {
    text.parse()
}

#[fan_out(cancel_on_error)]
fn write(n: u32) -> io::Result<()> {
    writeln!(io::sink(), "{n}")
}

#[fan_out(cancel_on_error)]
fn check(n: u32) -> std::fmt::Result {
    if n < 3 { Ok(()) } else { Err(std::fmt::Error) }
}

enum Failed {
    Parsing(ParseIntError),
    Large,
}

impl From<ParseIntError> for Failed {
    fn from(error: ParseIntError) -> Self {
        Self::Parsing(error)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let all: Vec<u32> = parse(["1"]).collect()?;
    write(all).run()?;
    check(0..3).run()?;

    let small = |n| if n < 3 { Ok(()) } else { Err(Failed::Large) };
    assert!(matches!(parse(["1"]).try_for_each(small), Ok(())));
    assert!(matches!(parse(["x"]).try_for_each(small), Err(Failed::Parsing(_))));
    parse(["1"]).timeout(std::time::Duration::MAX).try_for_each(|n| {
        writeln!(io::sink(), "{n}")?;
        Ok::<(), Box<dyn Error>>(())
    })?;
    let all = fanout::over(["1"]).cancel_on_error().map(|n, _cx| n.parse::<u32>()).collect_unordered()?;
    assert_eq!(all, [1]);
    Ok(())
}

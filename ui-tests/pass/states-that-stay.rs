#![deny(warnings)]

use fanout::fan_out;
use std::error::Error;
use std::io::{self, Write};
use std::rc::Rc;

#[fan_out(ordered)]
fn double(n: u32, #[local(Rc::new(0))] sum: &mut Rc<u32>) -> u32 {
    *Rc::make_mut(sum) += n;
    n * 2
}

/// What follows from the state's type, and what becomes it.
#[fan_out(ordered, cancel_on_error)]
fn scale(
    n: u32,
    #[local(try "3".parse())] factor: &mut u32,
    #[local(try open())] log: &mut Box<dyn Write>,
) -> Result<u32, Box<dyn Error + Send + Sync>> {
    writeln!(log, "{n}")?;
    Ok(n * *factor)
}

fn open() -> io::Result<Box<io::Sink>> {
    Ok(Box::new(io::sink()))
}

fn main() {
    let all: Vec<u32> = double(0..3).collect();
    assert_eq!(all, [0, 2, 4]);
    double(0..3).for_each(drop);
    let scaled: Result<Vec<u32>, _> = scale(0..3).collect();
    assert_eq!(scaled.unwrap(), [0, 3, 6]);
}

use fanout::{Context, Error, fan_out};

#[fan_out(wrokers = 4, ordered, cancel_on_error, timeout = "1m", merge = add)]
pub fn parse<'a, T: Copy + Send + Sync>(
    text: &'a str,
    #[shared] extra: T,
    #[local(0)] seen: &mut u32,
    #[ctx] cx: &Context,
) -> Result<(&'a str, T), std::num::ParseIntError> {
    *seen += text.parse::<u32>()? + u32::from(cx.is_cancelled());
    Ok((text, extra))
}

fn add(a: u32, b: u32) -> u32 {
    a + b
}

struct Table(u32);

impl Table {
    #[fan_out(workers = 0, ordered)]
    fn add(&self, n: u32, #[shared] more: &[u32]) -> u32 {
        self.0 + n + more[0]
    }
}

fn main() -> Result<(), Error<std::num::ParseIntError>> {
    let all: Vec<(&str, char)> = parse(["1"], 'x').collect()?;
    println!("{}", all.len());
    for (text, extra) in parse(vec!["2"], 1.5_f64).collect::<Vec<_>>()? {
        println!("{}", text.len() as f64 + extra);
    }
    let sums: Vec<u32> = Table(1).add(0..3, &[1]).collect();
    println!("{sums:?}");
    Ok(())
}

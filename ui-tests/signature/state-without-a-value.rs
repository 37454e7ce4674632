use fanout::fan_out;

#[fan_out]
fn default_word(n: u32, #[local(default)] sum: &mut u32) {
    *sum += n;
}

#[fan_out]
fn named_value(n: u32, #[local(init = 0)] sum: &mut u32) {
    *sum += n;
}

#[fan_out]
fn with_equals(n: u32, #[local = 0] sum: &mut u32) {
    *sum += n;
}

#[fan_out]
fn another_name(n: u32, #[state(Vec::new())] all: &mut Vec<u32>) {
    all.push(n);
}

#[fan_out]
fn type_for_value(n: u32, #[local(u32)] sum: &mut u32) {
    *sum += n;
}

#[fan_out]
fn closure(n: u32, #[local(|| Vec::new())] all: &mut Vec<u32>) {
    all.push(n);
}

#[fan_out(cancel_on_error)]
fn question(text: &str, #[local("1".parse()?)] one: &mut u32) -> Result<u32, std::num::ParseIntError> {
    Ok(text.parse::<u32>()? + *one)
}

fn main() {
    let sums: Vec<u32> = default_word([1]).locals();
    let named: Vec<u32> = named_value([1]).locals();
    let equals: Vec<u32> = with_equals([1]).locals();
    let all: Vec<Vec<u32>> = another_name([1]).locals();
    println!("{sums:?}{named:?}{equals:?}{all:?}");
}

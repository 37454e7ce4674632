use fanout::fan_out;

#[fan_out(wrokers = 8, window = 0, timeout = 5, ordered = true)]
async fn fetch(url: String, retries: u32, #[ctx] cx: fanout::Context) -> impl Iterator<Item = u8> {
    Vec::new().into_iter()
}

fn main() {
    for body in fetch(vec![String::new()], 3).collect::<Vec<_>>().unwrap() {
        println!("{}", body.count());
    }
}

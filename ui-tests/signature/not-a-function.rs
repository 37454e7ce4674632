use fanout::fan_out;

#[fan_out]
struct Item(u32);

#[fan_out]
impl Item {
    fn double(&self) -> u32 {
        self.0 * 2
    }
}

#[fan_out(workers = 2)]
mod items {}

trait Double {
    #[fan_out]
    fn double(n: u32) -> u32;
}

fn main() {
    let _ = Item(1).double();
}

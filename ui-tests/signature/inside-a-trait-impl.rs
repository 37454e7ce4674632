use fanout::fan_out;

trait Double {
    fn double(&self, n: u32) -> u32;
}

struct Doubler;

impl Double for Doubler {
    #[fan_out]
    fn double(&self, n: u32) -> u32 {
        n * 2
    }
}

fn main() {}

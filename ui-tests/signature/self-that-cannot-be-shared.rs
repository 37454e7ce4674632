use fanout::fan_out;

struct Counter(u32);

impl Counter {
    #[fan_out]
    fn by_mut(&mut self, n: u32) {
        self.0 += n;
    }

    #[fan_out]
    fn by_value(self, n: u32) -> u32 {
        self.0 + n
    }

    #[fan_out]
    fn by_typed_mut(self: &mut Self, n: u32) {
        self.0 += n;
    }

    #[fan_out]
    fn as_a_variable(mut self: std::sync::Arc<Self>, n: u32) -> u32 {
        self = std::sync::Arc::new(Counter(n));
        self.0
    }
}

fn main() {
    Counter(0).by_mut([1]).run();
    let _ = Counter(0).by_value([1]).collect_unordered();
}

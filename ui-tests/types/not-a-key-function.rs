use fanout::fan_out;

#[fan_out(shard_by = degrees)]
fn store(reading: (u32, f64)) {
    println!("{}: {}", reading.0, reading.1);
}

// A float is neither `Eq` nor `Hash`.
fn degrees(reading: &(u32, f64)) -> f64 {
    reading.1
}

#[fan_out(shard_by = station)]
fn load(station: u32) -> u32 {
    station
}

fn station(reading: &(u32, f64)) -> u32 {
    reading.0
}

fn main() {}

use fanout::fan_out;

struct Event {
    user: u32,
}

#[fan_out(shard_by = event.user)]
fn book(event: Event) {
    println!("{}", event.user);
}

fn user_of(event: &Event) -> u32 {
    event.user
}

#[fan_out(shard_by = user_of(&event))]
fn store(event: Event) {
    println!("{}", event.user);
}

fn main() {
    book([Event { user: 1 }]).run();
    store([Event { user: 1 }]).run();
}

use fanout::fan_out;

#[fan_out(cancel_on_error)]
fn fetches(url: String) -> Result<(), std::io::Error> {
    tokio::spawn(async move { get(&url).await });
    Ok(())
}

#[fan_out]
fn hands_on(n: u64) {
    use tokio::task;
    let _ = task::spawn_blocking(move || println!("{n}"));
}

#[fan_out]
fn asks_the_runtime(n: u64) {
    let runtime = tokio::runtime::Handle::current();
    runtime.spawn(async move { println!("{n}") });
}

#[fan_out]
fn leaves_it_to_rayon(n: u64) {
    rayon::spawn(move || println!("{n}"));
}

/// What these functions take and give is not looked at.
mod tokio {
    pub fn spawn<T>(_: T) {}
    pub mod task {
        pub fn spawn_blocking<T>(_: T) {}
    }
    pub mod runtime {
        pub struct Handle;
        impl Handle {
            pub fn current() -> Self {
                Self
            }
            pub fn spawn<T>(&self, _: T) {}
        }
    }
}

mod rayon {
    pub fn spawn<T>(_: T) {}
}

async fn get(_: &str) {}

fn main() {
    let _ = fetches(vec![]).run();
    hands_on(0..3).run();
    asks_the_runtime(0..3).run();
    leaves_it_to_rayon(0..3).run();
}

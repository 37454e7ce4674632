use fanout::fan_out;
use std::error::Error;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard};

#[fan_out]
fn share(n: u32) -> Rc<u32> {
    Rc::new(n)
}

#[fan_out(ordered)]
fn lock(one: &Mutex<u32>) -> MutexGuard<'_, u32> {
    one.lock().unwrap()
}

#[fan_out(cancel_on_error)]
fn parse(text: &str) -> Result<u32, Box<dyn Error>> {
    Ok(text.parse()?)
}

struct Store;

impl Store {
    #[fan_out]
    fn get(&self, n: u32) -> Rc<u32> {
        Rc::new(n)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for n in share(0..3) {
        println!("{n}");
    }
    lock(&[Mutex::new(1)]).for_each(|mut n| *n += 1);
    let all = parse(["1"]).collect_unordered()?;
    println!("{all:?}");

    // What is not known where the function is, is asked at the call.
    let _ = Store.get(0..3).collect_unordered();
    let _ = fanout::over(0..3).map(|n, _cx| Rc::new(n)).collect_unordered();
    Ok(())
}

//! The threads of this process, as the system sees them.

/// How many there are.
#[cfg(target_os = "linux")]
pub fn count() -> usize {
    std::fs::read_dir("/proc/self/task")
        .expect("a list of threads")
        .count()
}

/// The names of all threads and what each of them is doing.
#[cfg(target_os = "linux")]
pub fn describe() -> String {
    let mut text = String::from("threads:\n");
    for task in std::fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten()
    {
        // `comm` and the state are the second and third field of `stat`.
        let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.split(' ').take(3).collect();
        text.push_str(&format!("  {}\n", fields.join(" ")));
    }
    text
}

#[cfg(not(target_os = "linux"))]
pub fn describe() -> String {
    String::new()
}

/// Waits until there are `base` threads again; the test's watchdog ends the wait.
///
/// A thread that was joined is still listed for a moment, while the system takes it apart, so the count is not to be
/// read once.
#[cfg(target_os = "linux")]
pub fn come_back_to(base: usize) {
    while count() > base {
        std::thread::yield_now();
    }
    assert_eq!(count(), base, "fewer threads than before: {}", describe());
}

/// The processor time that this process has used.
#[cfg(target_os = "linux")]
pub fn processor_time() -> std::time::Duration {
    // In clock ticks, of which there are 100 a second on every Linux; fields 14 and 15, counted from behind the name.
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the process's numbers");
    let behind_name = &stat[stat.rfind(')').expect("a name in brackets") + 2..];
    let ticks: u64 = behind_name
        .split(' ')
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u64>().expect("a number of ticks"))
        .sum();
    std::time::Duration::from_millis(ticks * 10)
}

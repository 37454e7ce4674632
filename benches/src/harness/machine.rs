//! What the machine was doing, and what this process used: as Linux tells it, and nothing elsewhere.

use std::fs;
use std::time::{Duration, Instant};

/// The unit of the times in `/proc`.
const TICK: Duration = Duration::from_millis(10);

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What the processor calls itself.
pub fn model() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))?;
    Some(line.trim_start_matches([':', ' ', '\t']).to_owned())
}

/// Looks at the other processes from now on.
#[derive(Debug)]
pub struct Others {
    start: Instant,
    before: Option<u64>,
}

impl Others {
    pub fn watch() -> Self {
        Self {
            start: Instant::now(),
            before: ticks_of_others(),
        }
    }

    /// Whether they used more than a twentieth of the time, as far as ticks can tell.
    pub fn were_busy(&self) -> bool {
        let (Some(before), Some(after)) = (self.before, ticks_of_others()) else {
            return false;
        };
        let used = TICK * u32::try_from(after.saturating_sub(before)).unwrap_or(u32::MAX);
        used > (self.start.elapsed() / 20).max(TICK)
    }
}

fn ticks_of_others() -> Option<u64> {
    let all = fs::read_to_string("/proc/stat").ok()?;
    let numbers = |text: &str| -> Vec<u64> {
        text.split_whitespace()
            .filter_map(|n| n.parse().ok())
            .collect()
    };
    // user nice system idle iowait irq softirq steal
    let all = numbers(all.lines().next()?);
    let busy: u64 = [0, 1, 2, 5, 6, 7]
        .iter()
        .filter_map(|&field| all.get(field))
        .sum();

    let own = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may have spaces.
    let own = numbers(own.rsplit(')').next()?);
    // Behind the state, which is no number: utime and stime are the 11th and 12th.
    let own: u64 = own.get(10..12)?.iter().sum();
    Some(busy.saturating_sub(own))
}

/// The memory that this process has now, in bytes: its heap and its stacks. What is mapped from files is its program and the
/// libraries, of which a fault brings in many pages at once, whoever's they are.
pub fn own_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

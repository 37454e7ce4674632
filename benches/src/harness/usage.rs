//! What this process has used: as Unix tells it, and nothing elsewhere.

use std::ops::Sub;
use std::time::Duration;

/// Processor time, and how often a thread of the process had to leave its core or left it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usage {
    pub cpu: Duration,
    pub switches: u64,
}

impl Sub for Usage {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            cpu: self.cpu.saturating_sub(before.cpu),
            switches: self.switches.saturating_sub(before.switches),
        }
    }
}

#[cfg(unix)]
pub fn so_far() -> Usage {
    // SAFETY: all zeros are a `rusage`, and the call writes one where it is told to.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_SELF, &mut usage);
        usage
    };
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs())
            + Duration::from_micros(time.tv_usec.unsigned_abs())
    };
    Usage {
        cpu: time(usage.ru_utime) + time(usage.ru_stime),
        switches: usage.ru_nvcsw.unsigned_abs() + usage.ru_nivcsw.unsigned_abs(),
    }
}

#[cfg(not(unix))]
pub fn so_far() -> Usage {
    Usage::default()
}

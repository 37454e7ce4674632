//! Larger trees, in random schedules.

use super::*;
use crate::sync::atomic::AtomicUsize;
use crate::sync::checking::many_schedules;
use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;

/// Threads grow the tree, watch it, and let branches go, while others cancel: at the end all that is
/// left is cancelled, and each callback that stayed registered has been called once.
#[test]
fn shuttle_token_tree_under_stress() {
    many_schedules(|| {
        let top = CancelToken::new();
        let middle = top.child();
        let growers = [(); 4].map(|()| {
            let from = if thread_rng().gen_bool(0.5) {
                top.clone()
            } else {
                middle.clone()
            };
            thread::spawn(move || {
                let mut kept = vec![from];
                let mut watching = Vec::new();
                for _ in 0..6 {
                    let parent = thread_rng().gen_range(0..kept.len());
                    let token = kept[parent].child();
                    let calls = Arc::new(AtomicUsize::new(0));
                    let counted = Arc::clone(&calls);
                    let registration = token.on_cancel(move || {
                        counted.fetch_add(1, Ordering::Relaxed);
                    });
                    match thread_rng().gen_range(0..3) {
                        0 => drop(registration),
                        1 => watching.push((calls, registration)),
                        _ => {
                            kept.remove(parent);
                            watching.push((calls, registration));
                        }
                    }
                    kept.push(token);
                }
                (kept, watching)
            })
        });
        let cancellers = [top.clone(), top.clone(), middle.child()].map(|token| {
            thread::spawn(move || {
                token.cancel();
                assert!(token.is_cancelled() && token.child().is_cancelled());
            })
        });
        for canceller in cancellers {
            canceller.join().unwrap();
        }
        for grower in growers {
            let (kept, watching) = grower.join().unwrap();
            assert!(kept.iter().all(CancelToken::is_cancelled));
            for (calls, registration) in watching {
                assert_eq!(calls.load(Ordering::Relaxed), 1);
                drop(registration);
            }
        }
    });
}

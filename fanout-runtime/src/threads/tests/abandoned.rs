//! Runs that are abandoned: what they own goes with the last helper out.

use super::*;

/// Tells that it was dropped, and then panics if it is told to.
struct Engine {
    dropped_by: Arc<Mutex<Vec<ThreadId>>>,
    panics: bool,
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.dropped_by.lock().unwrap().push(thread::current().id());
        assert!(!self.panics, "in the destructor of an engine");
    }
}

struct Run {
    held: Mutex<Option<(Crew, Box<dyn Send>)>>,
    dropped_by: Arc<Mutex<Vec<ThreadId>>>,
}

impl Run {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            held: Mutex::new(None),
            dropped_by: Arc::default(),
        })
    }

    /// A crew over `work`, and the engine that owns the work.
    fn crew<W: Help + Send + 'static>(
        &self,
        work: W,
        panics: bool,
        limit: usize,
        style: Style,
    ) -> (Crew, Box<dyn Send>) {
        // In an `Arc`, as the pointer must survive the moves of what owns the work.
        let work = Arc::new(work);
        // SAFETY: the work is dropped with the engine, which the callers give to `abandon_to_last`.
        let crew = unsafe {
            Crew::new(
                Arc::as_ptr(&work) as *const dyn Help,
                limit,
                style,
                Chain::new(),
            )
        };
        let engine = Engine {
            dropped_by: Arc::clone(&self.dropped_by),
            panics,
        };
        (crew, Box::new((engine, work)))
    }

    fn hold(&self, crew: Crew, engine: Box<dyn Send>) {
        *self.held.lock().unwrap() = Some((crew, engine));
    }

    fn abandon(&self) {
        let held = self.held.lock().unwrap().take();
        if let Some((crew, engine)) = held {
            crew.abandon_to_last(engine);
        }
    }

    fn dropped(&self) -> usize {
        self.dropped_by.lock().unwrap().len()
    }
}

#[test]
fn with_nobody_inside_the_engine_goes_at_once() {
    let run = Run::new();
    let (crew, engine) = run.crew(|_| {}, false, 1, Style::default());
    crew.abandon_to_last(engine);
    assert_eq!(
        *run.dropped_by.lock().unwrap(),
        [thread::current().id()].as_slice()
    );
}

#[test]
fn the_last_out_drops_the_engine_once() {
    watched(|| {
        for style in [Style::default(), named()] {
            let run = Run::new();
            let (begun, may_go) = (Arc::new(Barrier::new(4)), Arc::new(Barrier::new(4)));
            let work = {
                let (begun, may_go, run) =
                    (Arc::clone(&begun), Arc::clone(&may_go), Arc::clone(&run));
                move |number| {
                    begun.wait();
                    if number == 0 {
                        run.abandon();
                    }
                    may_go.wait();
                    assert_eq!(run.dropped(), 0);
                }
            };
            let (crew, engine) = run.crew(work, false, 3, style);
            let roll = crew.handle();
            for _ in 0..3 {
                assert_eq!(crew.summon_one(), Summoned::Asked);
            }
            run.hold(crew, engine);
            begun.wait();
            eventually(|| roll.summon_one() == Summoned::Dismissed);
            assert_eq!(run.dropped(), 0);
            // From here on all three leave; before they have, the assertion above may run.
            may_go.wait();
            eventually(|| run.dropped() == 1);
            let by = run.dropped_by.lock().unwrap()[0];
            assert_ne!(by, thread::current().id());
        }
    });
}

#[test]
fn a_helper_that_is_late_finds_itself_called_off() {
    watched(|| {
        for _ in 0..200 {
            let run = Run::new();
            let work = {
                let dropped_by = Arc::clone(&run.dropped_by);
                move |_| assert!(dropped_by.lock().unwrap().is_empty())
            };
            let (crew, engine) = run.crew(work, false, 2, Style::default());
            crew.summon_one();
            crew.summon_one();
            crew.abandon_to_last(engine);
            eventually(|| run.dropped() == 1);
        }
        release_threads();
    });
}

/// There is nobody to be told. The thread is not used again, and nothing else suffers.
#[test]
fn a_panic_of_the_engine_stays_on_its_thread() {
    watched(|| {
        let run = Run::new();
        let ended = Arc::new(AtomicUsize::new(0));
        let work = {
            let (run, ended) = (Arc::clone(&run), Arc::clone(&ended));
            move |_| {
                count_end(&ended);
                eventually(|| run.held.lock().unwrap().is_some());
                run.abandon();
            }
        };
        let (crew, engine) = run.crew(work, true, 1, Style::default());
        crew.summon_one();
        run.hold(crew, engine);
        eventually(|| run.dropped() == 1);
        eventually(|| ended.load(Ordering::Relaxed) == 1);
        assert_eq!(gather(2, Style::default()).len(), 2);
    });
}

//! Promise 6, where destructors come into it: what the sequential loop would not have had decides nothing.

mod common;

use common::watch;
use fanout::over;

/// Results and items above the failure are ones that the loop would not have had. What their destructors do decides
/// nothing.
#[test]
fn whatever_the_destructors_of_the_losers_do() {
    struct Loser(u32);
    impl Drop for Loser {
        fn drop(&mut self) {
            assert!(
                self.0 < 20 || std::thread::panicking(),
                "a loser's destructor"
            );
        }
    }
    let _dog = watch("destructors of results above the failure");
    for round in 0..40_u64 {
        let end = over(0..200_u32)
            .workers(4)
            .ordered()
            .cancel_on_error()
            .map(|n, _cx| {
                if n == 10 {
                    // Some rounds have results above the failure, and some have not.
                    common::spin(round * 10_000);
                    return Err(n);
                }
                Ok(Loser(n))
            })
            .for_each(|result| assert!(result.0 < 10));
        assert_eq!(end, Err(10));

        // By index, where items above never start.
        let items: Vec<Loser> = (0..200).map(Loser).collect();
        let end = over(items)
            .workers(2)
            .ordered()
            .cancel_on_error()
            .map(|item, _cx| {
                if item.0 == 10 {
                    Err(10)
                } else {
                    let number = item.0;
                    std::mem::forget(item);
                    Ok(number)
                }
            })
            .collect::<Vec<u32>>();
        assert_eq!(end, Err(10));
    }
}

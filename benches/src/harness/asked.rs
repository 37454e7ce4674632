//! Which rows are measured, and with how many workers: what `W1 W2@8 W7` comes to.

use std::fmt;

use super::Bench;

/// A row that can be asked for.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    name: &'static str,
    /// Measures it; other rows of the same workload only in their own turns.
    run: fn(&mut Bench),
    /// Takes part where nothing is asked for by its own name.
    unasked: bool,
    /// Can be asked for with a number of workers.
    with_workers: bool,
}

impl Offer {
    pub const fn new(name: &'static str, run: fn(&mut Bench)) -> Self {
        Self {
            name,
            run,
            unasked: true,
            with_workers: true,
        }
    }

    /// Takes too long to be measured by those who did not mean it.
    pub const fn only_by_name(self) -> Self {
        Self {
            unasked: false,
            ..self
        }
    }

    /// Compares numbers of workers, so that it cannot be given one.
    pub const fn about_workers(self) -> Self {
        Self {
            with_workers: false,
            ..self
        }
    }

    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The workload that it is a row of: `W7` of `W7-8c`.
    fn is_of(&self, workload: &str) -> bool {
        let number = |c: char| c.is_ascii_digit();
        let own = self.name.trim_end_matches(|c| !number(c));
        let own = own.split_once('-').map_or(own, |(own, _)| own);
        own.eq_ignore_ascii_case(workload)
    }
}

/// A row that is measured, with so many workers if they were asked for.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    offer: Offer,
    pub workers: Option<usize>,
}

impl Turn {
    pub fn is_of(&self, row: &str) -> bool {
        self.offer.is_called(row)
    }

    pub fn run(&self, bench: &mut Bench) {
        (self.offer.run)(bench);
    }
}

/// As it was asked for: `W1`, `W1@4`.
impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.workers {
            None => f.write_str(self.offer.name),
            Some(workers) => write!(f, "{}@{workers}", self.offer.name),
        }
    }
}

/// What `asked` comes to: each row once for each number of workers, in the order of `offers`. Without wishes, all rows that
/// need none.
///
/// # Errors
/// If there is no such row, or it cannot have so many workers: says why.
pub fn turns(offers: &[Offer], asked: &[String]) -> Result<Vec<Turn>, String> {
    if asked.is_empty() {
        let all = offers.iter().filter(|offer| offer.unasked);
        return Ok(all
            .map(|&offer| Turn {
                offer,
                workers: None,
            })
            .collect());
    }
    let mut turns: Vec<Turn> = Vec::new();
    for wish in asked {
        let (name, workers) = read(wish)?;
        for offer in find(offers, name)? {
            if workers.is_some() && !offer.with_workers {
                return Err(format!(
                    "`{wish}`: {0} compares numbers of workers, and cannot be given one; ask for `{0}`",
                    offer.name
                ));
            }
            let known = |turn: &Turn| turn.is_of(offer.name) && turn.workers == workers;
            if !turns.iter().any(known) {
                turns.push(Turn { offer, workers });
            }
        }
    }
    let place = |turn: &Turn| offers.iter().position(|offer| turn.is_of(offer.name));
    // Stable: the numbers of workers stay in the order in which they were asked for.
    turns.sort_by_key(place);
    Ok(turns)
}

/// The name and the number of workers in `W1@4`.
fn read(wish: &str) -> Result<(&str, Option<usize>), String> {
    let Some((name, number)) = wish.split_once('@') else {
        return Ok((wish, None));
    };
    match number.parse() {
        Ok(0) => Err(format!("`{wish}`: without a worker nothing is done")),
        Ok(workers) => Ok((name, Some(workers))),
        Err(_) => Err(format!(
            "`{wish}`: `{number}` is not a number of workers, as in `{name}@4`"
        )),
    }
}

/// The row called `name`. If no row is called that, all rows of the workload that is: `W7` is `W7-8`, `W7-64` ...
fn find(offers: &[Offer], name: &str) -> Result<Vec<Offer>, String> {
    let those = |of_them: &dyn Fn(&Offer) -> bool| -> Vec<Offer> {
        offers.iter().copied().filter(of_them).collect()
    };
    let one = those(&|offer| offer.is_called(name));
    if !one.is_empty() {
        return Ok(one);
    }
    let all = those(&|offer| offer.unasked && offer.is_of(name));
    if !all.is_empty() {
        return Ok(all);
    }
    let names: Vec<&str> = offers.iter().map(|offer| offer.name).collect();
    Err(format!(
        "there is no row called `{name}`; there are {}",
        names.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::{Bench, Offer, turns};

    fn nothing(_: &mut Bench) {}

    const OFFERS: [Offer; 8] = [
        Offer::new("W1", nothing),
        Offer::new("W2", nothing),
        Offer::new("W2o", nothing),
        Offer::new("W7-8", nothing),
        Offer::new("W7-8c", nothing),
        Offer::new("W16", nothing),
        Offer::new("W16-8", nothing).only_by_name(),
        Offer::new("W16w", nothing).about_workers(),
    ];

    fn asked(wishes: &str) -> Result<String, String> {
        let wishes: Vec<String> = wishes.split_whitespace().map(str::to_owned).collect();
        let turns = turns(&OFFERS, &wishes)?;
        let names: Vec<String> = turns.iter().map(ToString::to_string).collect();
        Ok(names.join(" "))
    }

    #[track_caller]
    fn gives(wishes: &str, turns: &str) {
        assert_eq!(asked(wishes).as_deref(), Ok(turns));
    }

    #[track_caller]
    fn is_refused(wishes: &str, why: &str) {
        let error = asked(wishes).expect_err("it is refused");
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn without_wishes_it_is_all_but_those_that_want_to_be_meant() {
        gives("", "W1 W2 W2o W7-8 W7-8c W16 W16w");
    }

    #[test]
    fn a_row_is_asked_for_with_and_without_workers_in_one_go() {
        gives("W1 W1@1 W1@4", "W1 W1@1 W1@4");
        gives("w2@8", "W2@8");
    }

    #[test]
    fn rows_come_in_their_own_order_and_numbers_in_that_of_the_wishes() {
        gives("W2o W2@8 W1 W2@4", "W1 W2@8 W2@4 W2o");
    }

    #[test]
    fn what_is_asked_for_twice_is_measured_once() {
        gives("W1 W1 W1@2 w1@02", "W1 W1@2");
        gives("W7 W7-8", "W7-8 W7-8c");
    }

    #[test]
    fn a_workload_stands_for_its_rows_unless_it_is_a_row() {
        gives("W7@3", "W7-8@3 W7-8c@3");
        gives("W2", "W2");
    }

    #[test]
    fn a_row_that_takes_long_has_to_be_meant() {
        gives("W16", "W16");
        gives("W16-8", "W16-8");
    }

    #[test]
    fn the_row_about_workers_is_given_none() {
        gives("W16w", "W16w");
        is_refused("W16w@4", "W16w compares numbers of workers");
    }

    #[test]
    fn no_number_of_workers_is_refused() {
        is_refused("W1@0", "`W1@0`: without a worker");
        for wish in ["W1@", "W1@x", "W1@-1", "W1@2@3", "W1@1.5"] {
            is_refused(wish, "is not a number of workers");
        }
    }

    #[test]
    fn a_name_of_no_row_is_refused_with_those_there_are() {
        is_refused("W1 W99", "no row called `W99`; there are W1, W2, W2o,");
        is_refused("W1c@2", "no row called `W1c`");
        is_refused("W", "no row called `W`");
        is_refused("@4", "no row called ``");
    }
}

//! The terminal that gathers all errors.

use super::collect::in_input_order;
use super::outlet::Out;
use super::results::{Results, gather};
use crate::builder::FanOut;
use crate::builder::hooks::Hooks;
use crate::input::Open;
use crate::no_type::NoType;
use crate::outcome::ending::{Ending, EndingKind};
use crate::outcome::fallible::Fallible;
use crate::outcome::order::Order;
use crate::outcome::sent::Sent;
use crate::run::DropLocals;
use crate::worker::sends::Delivers;
use crate::worker::work::Work;

/// A run whose results may be errors, for items that return `Out`.
///
/// It is asked of the run and not of `Out`, because the compiler looks at what a method returns before it says that the method
/// is there, and has words of ours only for the very thing that the method is called on.
#[diagnostic::on_unimplemented(
    message = "FO403: `{Out}`, which the items of this run return, is no `Result`, so there are no errors to collect",
    label = "there is no `Err` in `{Out}`",
    note = "return `Result<T, E>` from the item function (`.ok_or(..)` makes one of an `Option`), or call `.collect()`",
    note = "FO403 is explained in `fanout::guide::fo403`"
)]
pub trait Errors<Out> {
    /// The error.
    type Error;
}

#[diagnostic::do_not_recommend]
impl<S, W, O, E, H> Errors<W::Out> for FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    E: Ending<W::Out, Item: Fallible>,
{
    type Error = <E::Item as Fallible>::Error;
}

// For nothing. With one implementation alone the compiler would commit to it, and complain about its bounds.
#[diagnostic::do_not_recommend]
impl<S, W, O, E, H> Errors<W::Out> for FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    (E,): NoType,
{
    type Error = ();
}

impl<S, W, O, E, H> FanOut<S, W, O, E, H>
where
    S: Open,
    W: Work<S::Item>,
    O: Order,
    E: EndingKind,
    H: Hooks,
    Self: Errors<W::Out>,
{
    /// Runs every item and gathers either all results or all errors, in input order. For item functions that return a
    /// `Result`, without `cancel_on_error`.
    ///
    /// ```
    /// let errors = fanout_runtime::over(vec!["1", "x", "3", "y"])
    ///     .map(|text, _cx| text.parse::<u8>().map_err(|_| text))
    ///     .collect_all_errors::<Vec<u8>>()
    ///     .unwrap_err();
    /// assert_eq!(errors, ["x", "y"]);
    /// ```
    ///
    /// # Panics
    /// Resumes a worker's panic; panics if an option is out of range.
    #[track_caller]
    pub fn collect_all_errors<C>(
        self,
    ) -> E::Outcome<Result<C, Vec<<Self as Errors<W::Out>>::Error>>>
    where
        S::Item: Sent,
        E: Delivers<W, S::Item>,
        E::Item: Fallible<Error = <Self as Errors<W::Out>>::Error>,
        C: FromIterator<<E::Item as Fallible>::Value>,
    {
        let (all, end) = gather(Results::start(self, DropLocals), |results| {
            results.collect::<Vec<(u64, Out<S, W, E>)>>()
        });
        end.answer::<E, W::Out, _, _>(all, |all, _, _| {
            let mut errors = Vec::new();
            let values = in_input_order(all)
                .filter_map(|out| out.into_result().map_err(|error| errors.push(error)).ok())
                .collect();
            if errors.is_empty() {
                Ok(values)
            } else {
                Err(errors)
            }
        })
    }
}

//! What is decided, where it shows in the plan and would be hard to see in the expansion.

use super::tokens;
use crate::diagnostics::{Diagnostics, Settled};
use crate::plan::{Ending, Form, Placement, Plan, State, plan};
use crate::policy::Policy;
use crate::{check, parse};

fn planned(options: &str, item: &str) -> Plan {
    let mut diagnostics = Diagnostics::default();
    let Ok(model) = parse::parse(tokens(options), tokens(item), &mut diagnostics) else {
        panic!("{item} can be read");
    };
    let policy = Policy::default();
    check::check(&model, &policy, &mut diagnostics);
    let Settled { errors, warnings } = diagnostics.settle(model.options.allowed(), &policy);
    assert!(errors.is_empty(), "{}", errors[0].text());
    plan(&model, &policy, warnings)
}

#[test]
fn the_ending_follows_from_the_options() {
    let ending = |options| planned(options, "fn f(x: u32) -> Result<u32, E> { Ok(x) }").ending;
    assert_eq!(ending(""), Ending::RunsToEnd);
    assert_eq!(ending("cancel_on_error"), Ending::CancelOnError);
    assert_eq!(ending("timeout = \"1s\""), Ending::StoppableRunsToEnd);
    assert_eq!(
        ending("timeout = \"1s\", cancel_on_error"),
        Ending::StoppableCancelOnError
    );
}

#[test]
fn one_closure_for_both_only_where_both_need_the_same_owned_value() {
    let form = |item| match planned("", item).state {
        State::Some(begin) => begin.form,
        State::Nothing => panic!("there is a state"),
    };
    let by_reference = "fn f(x: u32, #[shared] c: &C, #[local(c.n)] n: &mut u32) { c.add(x, n) }";
    assert_eq!(form(by_reference), Form::Apart);
    let only_begin = "fn f(x: u32, #[shared] c: C, #[local(c.n)] n: &mut u32) { *n += x }";
    assert_eq!(form(only_begin), Form::Apart);
    let only_body = "fn f(x: u32, #[shared] c: C, #[local(0)] n: &mut u32) { c.add(x, n) }";
    assert_eq!(form(only_body), Form::Apart);
    let both = "fn f(x: u32, #[shared] c: C, #[local(c.n)] n: &mut u32) { c.add(x, n) }";
    assert_eq!(form(both), Form::Joint);
    let by_arc = "fn f(self: Arc<Self>, x: u32, #[local(self.n)] n: &mut u32) { *n += x }";
    assert_eq!(form(by_arc), Form::Joint);
    let by_self = "fn f(&self, x: u32, #[local(self.n)] n: &mut u32) { *n += x }";
    assert_eq!(form(by_self), Form::Apart);
}

#[test]
fn hidden_functions_are_inside_unless_they_need_the_own_self() {
    let inside = |item| matches!(planned("", item).placement, Placement::Inside);
    assert!(inside("fn f(x: u32) -> u32 { x }"));
    assert!(inside(
        "fn f(x: u32) -> u32 { struct A; impl A { fn a() -> Self { A } } x }"
    ));
    assert!(!inside("fn f(&self, x: u32) -> u32 { x }"));
    assert!(!inside("fn f(x: u32) -> Self { Self(x) }"));
    assert!(!inside(
        "fn f(x: u32) -> u32 { vec![Self::ONE; 3].len() as u32 }"
    ));
}

#[test]
fn names_are_ones_that_the_user_did_not_write() {
    let plan = planned(
        "",
        "fn f<M>(x: M, #[shared] f_item: u32) -> Kind { f_item_(x) }",
    );
    assert_eq!(plan.marker, "InputKind");
    assert_eq!(plan.item_name, "f_item__");
}

#[test]
fn a_silenced_warning_is_not_in_the_plan() {
    let warnings = |options| planned(options, "fn f(x: u32) {}").warnings.len();
    assert_eq!(warnings("workers = 1"), 1);
    assert_eq!(warnings("workers = 1, allow(FO114)"), 0);
    // The other one is not needed, which is a warning, too.
    assert_eq!(warnings("workers = 1, allow(FO115)"), 2);
}

#[test]
fn a_state_that_begins_with_the_block_of_a_macro_is_one_expression() {
    for begins in ["pick! { 1 } + 1", "a::pick! { 1 }?.len()", "pick! { 1 }"] {
        let item = format!("fn f(x: u32, #[local({begins})] n: &mut usize) {{ *n += 1 }}");
        let out = crate::pipeline::fan_out(tokens(""), tokens(&item));
        assert!(syn::parse2::<syn::File>(out).is_ok(), "{begins}");
    }
}

#[test]
fn a_type_with_a_plus_of_its_own_stays_one_type() {
    for item in [
        "fn f(x: u32) -> String + {}",
        "fn f(x: u32) -> Box<dyn A + B> {}",
        "fn f(x: &(dyn A + B)) {}",
        "fn f(x: u32, #[shared] y: A + B) -> dyn A + B {}",
        "fn f(x: u32) -> impl Iterator<Item = u32> + {}",
        "fn f(x: impl Fn() +) {}",
    ] {
        let out = crate::pipeline::fan_out(tokens(""), tokens(item));
        assert!(syn::parse2::<syn::File>(out).is_ok(), "{item}");
    }
}

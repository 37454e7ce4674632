//! Takes what was misspelt or left out in a rejected function for what was probably meant: its callers were written for that.

use proc_macro2::TokenStream;
use syn::{FnArg, ReturnType, Type, parse_quote};

use super::doubt::{any_argument, is_generic};
use super::generics::same;
use crate::check::is_condition;
use crate::model::{Function, Local, Model, Parameter, Unclear};
use crate::options::Opt;

/// Makes options and parameters of what was guessed; the `unknown` are errors that types of arguments may say.
pub(super) fn gather(model: &mut Model, unknown: &mut Vec<TokenStream>) {
    let cancels = may_fail(&model.function.signature.output);
    let guessed = &mut model.options.guessed;
    guessed.retain(|option| cancels || *option != Opt::CancelOnError);
    gather_parameters(&mut model.function, unknown);
    drop_conditions(&mut model.function);
    tell_apart(&mut model.function.shared);
}

/// Whether the result is a `Result`, as far as its name shows.
fn may_fail(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else {
        return false;
    };
    match &**ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident.to_string().ends_with("Result")),
        _ => false,
    }
}

fn gather_parameters(function: &mut Function, unknown: &mut Vec<TokenStream>) {
    let Unclear {
        mut shared,
        locals,
        mut contexts,
        mut feeds,
        unmarked,
        guessed: _,
    } = core::mem::take(&mut function.unclear);
    let generic = is_generic(function);
    shared.extend(unmarked.into_iter().map(|mut parameter| {
        if !generic {
            // It may be an argument, or an item of another input.
            parameter.ty = any_argument(unknown);
        }
        parameter
    }));
    function.shared.append(&mut shared);
    function.contexts.append(&mut contexts);
    function.feeds.append(&mut feeds);
    function
        .locals
        .extend(locals.into_iter().map(|parameter| Local {
            parameter,
            begins: parse_quote!(::core::unreachable!()),
            fallible: None,
        }));
    // In the order in which callers give them, and name the types of states.
    let inputs = &function.signature.inputs;
    let place = |parameter: &Parameter| {
        inputs.iter().position(
            |input| matches!(input, FnArg::Typed(typed) if same(&typed.pat, &parameter.pattern)),
        )
    };
    function.shared.sort_by_key(|shared| place(shared));
    function.locals.sort_by_key(|local| place(&local.parameter));
    if function.item.is_none() && function.shared.len() == 1 {
        // The only argument is what callers pass as the input.
        function.item = function.shared.pop();
    }
}

/// Whatever may not be there is there.
fn drop_conditions(function: &mut Function) {
    let locals = function.locals.iter_mut();
    let parameters = locals
        .map(|local| &mut local.parameter)
        .chain(&mut function.item)
        .chain(&mut function.shared)
        .chain(&mut function.contexts)
        .chain(&mut function.feeds);
    for parameter in parameters {
        parameter
            .attributes
            .retain(|attribute| !is_condition(attribute));
    }
}

/// Two arguments of one name would be another error.
fn tell_apart(shared: &mut [Parameter]) {
    let mut seen = Vec::new();
    for parameter in shared {
        match parameter.name().cloned() {
            Some(name) if seen.contains(&name) => parameter.pattern = parse_quote!(_),
            name => seen.extend(name),
        }
    }
}

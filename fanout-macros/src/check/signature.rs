//! The function as a whole: its qualifiers, `self` and hidden types.

use syn::visit_mut::{self, VisitMut};
use syn::{
    GenericArgument, PathArguments, ReceiverKind, ReturnType, Safety, Type, TypeImplTrait,
    TypeParamBound,
};

use super::attributes::is_by_itself;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::Function;
use crate::model::function::{receiver_type, shown};

/// `async`, `const`, `unsafe`, `extern`, `...`.
pub(super) fn check_qualifiers(function: &Function, diagnostics: &mut Diagnostics) {
    let signature = &function.signature;
    let mut report = |problem, token: &dyn quote::ToTokens| {
        diagnostics.push(Diagnostic::at(problem, &token.to_token_stream()));
    };
    if let Some(token) = &signature.constness {
        report(Problem::Const, token);
    }
    // `#[tokio::main] async fn` is one mistake.
    let runtime = function.attributes.iter().any(is_by_itself);
    if let (Some(token), false) = (&signature.asyncness, runtime) {
        report(Problem::Async, token);
    }
    if let Safety::Unsafe(token) = &signature.safety {
        report(Problem::Unsafe, token);
    }
    if let Some(abi) = &signature.abi {
        report(Problem::Extern, abi);
    }
    if let Some(variadic) = &signature.variadic {
        report(Problem::Variadic, &variadic.dots);
    }
}

/// `self` that all workers can see at once.
pub(super) fn check_receiver(function: &Function, diagnostics: &mut Diagnostics) {
    let Some(receiver) = &function.receiver else {
        return;
    };
    let problem = match (&receiver.kind, receiver_type(receiver)) {
        (ReceiverKind::Value, _) => Problem::SelfByValue,
        (_, Type::Reference(reference)) if reference.mutability.is_some() => Problem::SelfByMut,
        (_, Type::Path(path)) if path.path.is_ident("Self") => Problem::SelfByValue,
        _ => match &receiver.mutability {
            Some(token) => {
                diagnostics.push(Diagnostic::at(Problem::SelfMutBinding, token));
                return;
            }
            None => return,
        },
    };
    diagnostics.push(Diagnostic::at(problem, receiver));
}

/// `impl Trait`, anywhere in a parameter's type or in the result's.
pub(super) fn check_impl_trait(function: &Function, diagnostics: &mut Diagnostics) {
    let name = function.signature.ident.to_string();
    let item = function.item.as_ref();
    let items = item.and_then(|item| items_of(&item.ty));
    if let (Some(item), Some(one)) = (item, &items) {
        let whole = Diagnostic::at(Problem::ImplItems, &item.ty)
            .with("found", shown(&item.ty))
            .with("function", name.clone())
            .with("item", shown(one));
        diagnostics.push(whole);
    }
    for parameter in item
        .filter(|_| items.is_none())
        .into_iter()
        .chain(&function.shared)
        .chain(&function.feeds)
    {
        for hidden in impl_traits(&parameter.ty) {
            let problem = Diagnostic::at(Problem::ImplParameter, &hidden)
                .with("function", name.clone())
                .with("parameter", parameter.shown());
            diagnostics.push(problem);
        }
    }
    if let ReturnType::Type(_, ty) = &function.signature.output {
        for hidden in impl_traits(ty) {
            diagnostics.push(Diagnostic::at(Problem::ImplResult, &hidden));
        }
    }
}

/// `T` of `impl Iterator<Item = T>`: taken for an item by whoever thinks of a function over all of them.
pub(crate) fn items_of(ty: &Type) -> Option<Type> {
    let Type::ImplTrait(hidden) = ty else {
        return None;
    };
    hidden.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let last = bound.path.segments.last()?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return None;
        };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(one) if one.ident == "Item" => Some(one.ty.clone()),
            _ => None,
        })
    })
}

fn impl_traits(ty: &Type) -> Vec<TypeImplTrait> {
    struct Find(Vec<TypeImplTrait>);
    impl VisitMut for Find {
        fn visit_type_impl_trait_mut(&mut self, found: &mut TypeImplTrait) {
            self.0.push(found.clone());
        }
        fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    }
    let mut find = Find(Vec::new());
    visit_mut::visit_type_mut(&mut find, &mut ty.clone());
    find.0
}

//! Types as they are written: what they are called, and what they hold.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// What a path's type is called, whatever module it is from: `HashMap` of `std::collections::HashMap<K, V>`.
pub(super) fn called(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// Whether `ty` is called by one of `names`.
pub(super) fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    called(ty).is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// `ty` and all that it holds alone: through references, and through `wrappers` by their names.
pub(super) fn layers<'a>(ty: &'a Type, wrappers: &[&str]) -> Vec<&'a Type> {
    let mut layers = vec![ty];
    let mut next = Some(ty);
    while let Some(ty) = next {
        next = match ty {
            Type::Reference(reference) => Some(&*reference.elem),
            Type::Paren(inner) => Some(&*inner.elem),
            Type::Group(inner) => Some(&*inner.elem),
            _ if is_one_of(ty, wrappers) => arguments(ty).first().copied(),
            _ => None,
        };
        layers.extend(next);
    }
    layers
}

/// The types of what `ty` holds many of: a slice, an array, or one of `lists` by its name.
pub(super) fn elements<'a>(ty: &'a Type, lists: &[&str]) -> Option<&'a Type> {
    match ty {
        Type::Slice(slice) => Some(&*slice.elem),
        Type::Array(array) => Some(&*array.elem),
        _ if is_one_of(ty, lists) => arguments(ty).first().copied(),
        _ => None,
    }
}

/// `K` and `V` of `Map<K, V>`.
pub(super) fn arguments(ty: &Type) -> Vec<&Type> {
    let Some(PathArguments::AngleBracketed(written)) = called(ty).map(|last| &last.arguments)
    else {
        return Vec::new();
    };
    let types = written.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

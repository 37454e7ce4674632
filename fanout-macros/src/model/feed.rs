//! The type of a `#[feed]` parameter: `&Feed<Item>`, under whatever path.

use syn::{GenericArgument, PathArguments, Type, TypePath, parse_quote};

/// The item's type in `&Feed<Item>`; `None` for any other type.
pub(crate) fn fed_item(ty: &Type) -> Option<&Type> {
    let Type::Reference(reference) = ty else {
        return None;
    };
    if reference.mutability.is_some() {
        return None;
    }
    let last = feed(&reference.elem)?.path.segments.last()?;
    let PathArguments::AngleBracketed(list) = &last.arguments else {
        return None;
    };
    let mut arguments = list.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(GenericArgument::Type(item)), None) => Some(ungrouped(item)),
        _ => None,
    }
}

/// Without the invisible brackets of a `macro_rules` fragment.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        ty => ty,
    }
}

/// Whether `ty` is a feed in whatever way: by value, by `&mut`, without its item.
pub(crate) fn is_feed(ty: &Type) -> bool {
    feed(referent(ty)).is_some()
}

/// `&Feed<item>` for what is a feed in whatever way, under the path that the user wrote.
pub(crate) fn feed_of(ty: &Type, item: &Type) -> Option<Type> {
    let mut path = feed(referent(ty))?.clone();
    let last = path.path.segments.last_mut()?;
    last.arguments = PathArguments::AngleBracketed(parse_quote!(<#item>));
    Some(parse_quote!(&#path))
}

fn referent(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => &reference.elem,
        ty => ty,
    }
}

fn feed(ty: &Type) -> Option<&TypePath> {
    match ty {
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            (last.ident == "Feed").then_some(path)
        }
        Type::Paren(inner) => feed(&inner.elem),
        Type::Group(inner) => feed(&inner.elem),
        _ => None,
    }
}

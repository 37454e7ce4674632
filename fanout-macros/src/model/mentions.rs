//! Whether tokens name something, without parsing them: a body may hold any macro.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Whether the identifier `name` stands anywhere in `tokens`, macros included.
pub(crate) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether `tokens` name the `Self` of the block that the function is in: items inside a body have their own.
pub(crate) fn mentions_own_self(tokens: &TokenStream) -> bool {
    let mut in_item = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) if ident == "Self" && !in_item => return true,
            TokenTree::Ident(ident)
                if ["impl", "trait", "struct", "enum", "union"]
                    .iter()
                    .any(|word| ident == word) =>
            {
                in_item = true;
            }
            TokenTree::Group(group) => {
                let own = in_item && group.delimiter() == Delimiter::Brace;
                if !own && !in_item && mentions_own_self(&group.stream()) {
                    return true;
                }
                if own {
                    in_item = false;
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => in_item = false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn a_name_inside_a_macro_counts() {
        assert!(mentions(&quote!(println!("{}", a[names.len()])), "names"));
        assert!(!mentions(&quote!(println!("names")), "names"));
    }

    #[test]
    fn the_self_of_an_item_in_the_body_is_its_own() {
        assert!(mentions_own_self(&quote!({ Self::new(x) })));
        assert!(mentions_own_self(&quote!(matches!(x, Self::A))));
        assert!(!mentions_own_self(&quote!({
            struct A;
            impl A {
                fn new() -> Self {
                    Self
                }
            }
            A::new()
        })));
        assert!(mentions_own_self(&quote!({
            struct A;
            impl A {
                fn new() -> Self {
                    Self
                }
            }
            Self::from(A::new())
        })));
    }
}

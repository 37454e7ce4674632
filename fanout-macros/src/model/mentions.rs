//! Whether tokens name something, without parsing them: a body may hold any macro.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// How sure it is that a variable is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mention {
    No,
    /// Only a text has it as a format string would, and it may be none.
    InText,
    Yes,
}

/// Whether the variable `name` is used in `tokens`: as an identifier, or by `"{name}"`.
pub(crate) fn mention(tokens: &TokenStream, name: &str) -> Mention {
    let one = |token| match token {
        TokenTree::Group(group) => mention(&group.stream(), name),
        TokenTree::Ident(ident) if ident == name => Mention::Yes,
        TokenTree::Literal(literal) if formats(&literal.to_string(), name) => Mention::InText,
        _ => Mention::No,
    };
    tokens
        .clone()
        .into_iter()
        .map(one)
        .max()
        .unwrap_or(Mention::No)
}

/// Whether `text`, if it is a format string, prints `name` or has it as a width: `{name}`, `{name:?}`, `{:name$}`.
fn formats(text: &str, name: &str) -> bool {
    let name = name.trim_start_matches("r#");
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let before_it = before.trim_end_matches("r#").trim_end();
        let whole = !before.ends_with(part_of_word) && !after.starts_with(part_of_word);
        whole && (before_it.ends_with('{') || after.starts_with('$'))
    })
}

/// Whether the lifetime called `name` stands anywhere in `tokens`.
pub(crate) fn mentions_lifetime(tokens: &TokenStream, name: &str) -> bool {
    let mut after_quote = false;
    for token in tokens.clone() {
        match &token {
            TokenTree::Group(group) if mentions_lifetime(&group.stream(), name) => return true,
            TokenTree::Ident(ident) if after_quote && ident == name => return true,
            _ => {}
        }
        after_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
    }
    false
}

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
    mentions_own(tokens, "Self")
}

/// Whether `tokens` name the `self` of the function, and do not only print it.
pub(crate) fn mentions_own_receiver(tokens: &TokenStream) -> bool {
    mentions_own(tokens, "self")
}

fn mentions_own(tokens: &TokenStream, name: &str) -> bool {
    let mut in_item = false;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == name && !in_item => {
                // `self::` is a module.
                let begins_path = matches!(
                    tokens.peek(),
                    Some(TokenTree::Punct(next)) if name == "self" && next.as_char() == ':'
                );
                if !begins_path {
                    return true;
                }
            }
            TokenTree::Ident(ident)
                if ["impl", "trait", "struct", "enum", "union"]
                    .iter()
                    .any(|word| ident == word) =>
            {
                in_item = true;
            }
            TokenTree::Group(group) => {
                let own = in_item && group.delimiter() == Delimiter::Brace;
                if !own && !in_item && mentions_own(&group.stream(), name) {
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
    fn a_format_string_names_what_it_prints() {
        let said = |tokens| mention(&tokens, "x");
        assert_eq!(said(quote!(format!("{x}"))), Mention::InText);
        assert_eq!(said(quote!(format!("a {x:?}"))), Mention::InText);
        assert_eq!(said(quote!(format!("{ x }"))), Mention::InText);
        assert_eq!(said(quote!(format!("{:>x$}", 1))), Mention::InText);
        assert_eq!(said(quote!(format!(r#"{x}"#))), Mention::InText);
        assert_eq!(said(quote!(format!("{x}", x = x))), Mention::Yes);
        assert_eq!(said(quote!(format!("{xy} {yx} x {}", 1))), Mention::No);
        assert_eq!(
            mention(&quote!(format!("{self:?}")), "self"),
            Mention::InText
        );
        assert_eq!(mention(&quote!("{type}"), "r#type"), Mention::InText);
    }

    #[test]
    fn a_variable_is_no_lifetime() {
        assert!(mentions_lifetime(&quote!(Vec<&'a str>), "a"));
        assert!(!mentions_lifetime(&quote!(a + 'b'), "a"));
    }

    #[test]
    fn a_module_is_no_receiver() {
        assert!(mentions_own_receiver(&quote!(f(|| self.seen.get()))));
        assert!(!mentions_own_receiver(&quote!(self::f("{self}"))));
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

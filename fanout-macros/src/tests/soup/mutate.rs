//! Slips: tokens that are missing, doubled, swapped, or others than they should be.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::dice::Dice;
use super::words::{OPTION_WORDS, PIECES};

/// `stream` with a few slips somewhere in it.
pub(crate) fn mutate(stream: TokenStream, dice: &mut Dice<'_>) -> TokenStream {
    let mut mutated = stream;
    for _ in 0..=dice.roll(3) {
        mutated = slip(mutated, dice);
    }
    mutated
}

/// `stream` with one slip: here, or inside one of its groups.
fn slip(stream: TokenStream, dice: &mut Dice<'_>) -> TokenStream {
    let mut tokens: Vec<TokenTree> = stream.into_iter().collect();
    if tokens.is_empty() {
        return other(dice);
    }
    let at = dice.roll(tokens.len());
    if let TokenTree::Group(group) = &tokens[at] {
        if !dice.one_in(4) {
            let inner = slip(group.stream(), dice);
            tokens[at] = regroup(group, group.delimiter(), inner);
            return tokens.into_iter().collect();
        }
    }
    match dice.roll(7) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at].clone()),
        2 => {
            let with = dice.roll(tokens.len());
            tokens.swap(at, with);
        }
        3 => drop(tokens.splice(at..=at, other(dice))),
        4 => drop(tokens.splice(at..at, other(dice))),
        5 => tokens.truncate(at),
        _ => match &tokens[at] {
            TokenTree::Group(group) => {
                let delimiter = [
                    Delimiter::None,
                    Delimiter::Brace,
                    Delimiter::Bracket,
                    Delimiter::Parenthesis,
                ][dice.roll(4)];
                tokens[at] = regroup(group, delimiter, group.stream());
            }
            token => {
                let mut wrapped = Group::new(Delimiter::None, token.clone().into());
                wrapped.set_span(token.span());
                tokens[at] = wrapped.into();
            }
        },
    }
    tokens.into_iter().collect()
}

/// The group with other contents, at the same place.
fn regroup(group: &Group, delimiter: Delimiter, stream: TokenStream) -> TokenTree {
    let mut changed = Group::new(delimiter, stream);
    changed.set_span(group.span());
    changed.into()
}

/// Something else.
fn other(dice: &mut Dice<'_>) -> TokenStream {
    let words = if dice.one_in(2) { PIECES } else { OPTION_WORDS };
    let word = dice.pick(words);
    word.parse()
        .unwrap_or_else(|error| panic!("`{word}` is no Rust: {error}"))
}

//! `workers = 8, ordered, ..` to [`Options`], going on after each part that cannot be read.

use core::time::Duration;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Ident, Lit, Path, Token, token};

use super::{numbers, said};
use crate::diagnostics::near_miss::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::function::shown;
use crate::model::{Count, Options, Span, Value, Written};
use crate::options::{self, OTHER_NAMES, Row, TABLE, Takes};

/// Reads all options; what cannot be read is reported and left out.
pub(super) fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Options {
    let mut found = Options::default();
    let read_all = |input: ParseStream<'_>| {
        while !input.is_empty() {
            if let Err(diagnostic) = parse_one(input, &mut found) {
                diagnostics.push(diagnostic);
                skip_to_comma(input);
            }
            let _: Option<Token![,]> = input.parse()?;
        }
        Ok(())
    };
    if let Err(error) = read_all.parse2(tokens) {
        let diagnostic = Diagnostic::on(Problem::NotAnOption, error.span());
        diagnostics.push(diagnostic.with("found", said(&error)));
    }
    found
}

fn parse_one(input: ParseStream<'_>, found: &mut Options) -> Result<(), Diagnostic> {
    if !input.peek(Ident::peek_any) {
        return Err(unexpected(Problem::NotAnOption, input));
    }
    let key = input.call(Ident::parse_any).map_err(unreadable)?;
    let row = find(&key, input, found)?;
    if found.get(row.option).is_some() || found.unreadable.contains(&row.option) {
        let repeated = Diagnostic::at(Problem::RepeatedOption, &key).with("option", row.name);
        return Err(repeated);
    }
    let off = is_off(input);
    let value = parse_value(input, row, &key).and_then(|value| {
        if input.is_empty() || input.peek(Token![,]) {
            Ok(value)
        } else {
            Err(unexpected(Problem::MissingComma, input))
        }
    });
    // `ordered = false` was not meant to turn it on.
    let value = value.inspect_err(|_| {
        if !off {
            found.unreadable.push(row.option);
        }
    })?;
    found.written.push(Written {
        option: row.option,
        key,
        value,
    });
    Ok(())
}

fn unreadable(error: syn::Error) -> Diagnostic {
    Diagnostic::on(Problem::NotAnOption, error.span()).with("found", "nothing")
}

/// Whether `= false` comes next.
fn is_off(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let equals: syn::Result<Token![=]> = ahead.parse();
    equals.is_ok() && matches!(ahead.parse::<syn::LitBool>(), Ok(off) if !off.value)
}

/// The row of the option called `key`; `cancel-on-error` is read as one name, to say what it should be.
fn find(
    key: &Ident,
    input: ParseStream<'_>,
    found: &mut Options,
) -> Result<&'static Row, Diagnostic> {
    let mut name = key.to_string();
    let mut whole = key.to_token_stream();
    while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
        let dash: Token![-] = input.parse().map_err(unreadable)?;
        let part = input.call(Ident::parse_any).map_err(unreadable)?;
        name = format!("{name}-{part}");
        whole.extend(quote!(#dash #part));
    }
    if let Some(row) = options::find(&name) {
        return Ok(row);
    }
    let known = || TABLE.iter().map(|row| row.name);
    let problem = match nearest(&name, known(), OTHER_NAMES) {
        Some(near) => {
            if !is_off(input) {
                found
                    .guessed
                    .extend(options::find(near).map(|row| row.option));
            }
            Diagnostic::at(Problem::UnknownOptionNear, &whole).with("near", near)
        }
        None => {
            let all: Vec<String> = known().map(|name| format!("`{name}`")).collect();
            Diagnostic::at(Problem::UnknownOption, &whole).with("options", all.join(", "))
        }
    };
    Err(problem.with("option", name))
}

fn parse_value(input: ParseStream<'_>, row: &Row, key: &Ident) -> Result<Value, Diagnostic> {
    let about = |problem: Problem, tokens: &dyn quote::ToTokens| {
        Diagnostic::at(problem, &tokens.to_token_stream())
            .with("option", row.name)
            .with("example", row.example)
    };
    let ends = input.is_empty() || input.peek(Token![,]);
    match row.takes {
        Takes::Nothing if ends => Ok(Value::Nothing),
        Takes::Nothing if input.peek(Token![=]) || input.peek(token::Paren) => {
            let rest = take_to_comma(input);
            Err(about(Problem::FlagWithValue, &rest))
        }
        Takes::Nothing => Err(unexpected(Problem::MissingComma, input)),
        Takes::Codes if input.peek(token::Paren) => parse_codes(input, row),
        Takes::Codes => Err(about(Problem::AllowWithoutCodes, key)),
        _ if ends => Err(about(Problem::MissingValue, key)),
        _ if input.peek(token::Paren) || input.peek(Token![:]) && !input.peek(Token![::]) => {
            Err(about(Problem::ParenthesizedValue, key))
        }
        _ if !input.peek(Token![=]) => Err(unexpected(Problem::MissingComma, input)),
        takes => {
            let unreadable = |at: proc_macro2::Span, why: String| {
                Diagnostic::on(Problem::MalformedValue, at)
                    .with("option", row.name)
                    .with("example", row.example)
                    .with("why", why)
            };
            let _: Result<Token![=], _> = input.parse();
            if input.is_empty() || input.peek(Token![,]) {
                return Err(about(Problem::MissingValue, key));
            }
            parse_after_equals(input, takes, row)
                .map_err(|error| {
                    // Where nothing is left to point at, the option's name is what there is.
                    let at = if input.is_empty() {
                        key.span()
                    } else {
                        error.span()
                    };
                    unreadable(at, said(&error))
                })?
                .map_err(|wrong| wrong.with("option", row.name).with("example", row.example))
        }
    }
}

/// The value after `=`. The outer error: it cannot be read; the inner one: it is of another kind than the option takes.
fn parse_after_equals(
    input: ParseStream<'_>,
    takes: Takes,
    row: &Row,
) -> syn::Result<Result<Value, Diagnostic>> {
    if takes == Takes::NewName {
        return Ok(parse_new_name(input));
    }
    let expr: Expr = input.parse()?;
    let wrong = |wanted: &str| {
        Diagnostic::at(Problem::WrongValue, &expr)
            .with("wanted", wanted)
            .with("found", shown(&expr))
    };
    Ok(match takes {
        Takes::Count { .. } if numbers::wrong_literal(&expr) => Err(wrong("a whole number")),
        Takes::Count { .. } => match numbers::fold(&expr) {
            Some(folded) => Ok(Value::Count(Count { expr, folded })),
            None => Err(wrong("a whole number")),
        },
        Takes::Time => parse_time(expr, row),
        Takes::Text if matches!(literal(&expr), Some(lit) if !matches!(lit, Lit::Str(_))) => {
            Err(wrong("text"))
        }
        Takes::Text => Ok(Value::Text(expr)),
        Takes::Function if literal(&expr).is_some() => Err(wrong("the path of a function")),
        Takes::Function => Ok(Value::Function(expr)),
        Takes::Module => match as_path(&expr) {
            Some(path) => Ok(Value::Module(path)),
            None => Err(wrong("a path")),
        },
        Takes::Nothing | Takes::NewName | Takes::Codes => unreachable!("handled before the `=`"),
    })
}

fn parse_new_name(input: ParseStream<'_>) -> Result<Value, Diagnostic> {
    let rest = take_to_comma(input);
    syn::parse2(rest.clone()).map(Value::NewName).map_err(|_| {
        Diagnostic::at(Problem::WrongValue, &rest)
            .with("wanted", "a name for the per-item function")
            .with("found", shown(&rest))
    })
}

fn parse_time(expr: Expr, row: &Row) -> Result<Value, Diagnostic> {
    let known = match literal(&expr) {
        Some(Lit::Str(text)) => match humantime::parse_duration(&text.value()) {
            Ok(known) => Some(known),
            Err(error) => {
                let bad = Diagnostic::at(Problem::BadDuration, text);
                return Err(bad.with("why", format!("in \"{}\", {error}", text.value())));
            }
        },
        Some(_) => {
            let why = format!("`{}` does not say of what", shown(&expr));
            return Err(Diagnostic::at(Problem::BadDuration, &expr).with("why", why));
        }
        None if numbers::wrong_literal(&expr) => {
            let why = format!("`{}` is before now", shown(&expr));
            return Err(Diagnostic::at(Problem::BadDuration, &expr).with("why", why));
        }
        None if is_no_time(&expr) => Some(Duration::ZERO),
        None => None,
    };
    debug_assert_eq!(row.takes, Takes::Time);
    let constant = known.is_none() && numbers::is_constant(&expr);
    Ok(Value::Time(Span {
        expr,
        known,
        constant,
    }))
}

/// `Duration::ZERO`.
fn is_no_time(expr: &Expr) -> bool {
    as_path(expr).is_some_and(|path| {
        let words: Vec<&Ident> = path.segments.iter().map(|segment| &segment.ident).collect();
        matches!(words.as_slice(), [.., ty, name] if *ty == "Duration" && *name == "ZERO")
    })
}

fn parse_codes(input: ParseStream<'_>, row: &Row) -> Result<Value, Diagnostic> {
    let list = |input: ParseStream<'_>| {
        let inside;
        syn::parenthesized!(inside in input);
        let mut codes = Vec::new();
        while !inside.is_empty() {
            let code = inside.call(Ident::parse_any)?;
            if code == "reason" {
                let _: Token![=] = inside.parse()?;
                let _: Lit = inside.parse()?;
            } else {
                codes.push(code);
            }
            if !inside.is_empty() {
                let _: Token![,] = inside.parse()?;
            }
        }
        Ok(codes)
    };
    list(input).map(Value::Codes).map_err(|error: syn::Error| {
        Diagnostic::on(Problem::MalformedValue, error.span())
            .with("option", row.name)
            .with("example", row.example)
            .with("why", said(&error))
    })
}

/// The literal that `expr` is, through invisible groups.
fn literal(expr: &Expr) -> Option<&Lit> {
    match expr {
        Expr::Lit(literal) => Some(&literal.lit),
        Expr::Group(inner) => literal(&inner.expr),
        Expr::Paren(inner) => literal(&inner.expr),
        _ => None,
    }
}

fn as_path(expr: &Expr) -> Option<Path> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        Expr::Group(inner) => as_path(&inner.expr),
        _ => None,
    }
}

/// `problem` at the next token.
fn unexpected(problem: Problem, input: ParseStream<'_>) -> Diagnostic {
    match input.fork().parse::<TokenTree>() {
        Ok(token) => {
            Diagnostic::on(problem, token.span()).with("found", format!("`{}`", shown(&token)))
        }
        Err(error) => Diagnostic::on(problem, error.span()).with("found", "nothing"),
    }
}

fn take_to_comma(input: ParseStream<'_>) -> TokenStream {
    let mut taken = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        match input.parse::<TokenTree>() {
            Ok(next) => taken.extend([next]),
            Err(_) => break,
        }
    }
    taken
}

fn skip_to_comma(input: ParseStream<'_>) {
    let _ = take_to_comma(input);
}

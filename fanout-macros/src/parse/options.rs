//! `workers = 8, ordered, ..` to [`Options`], going on after each part that cannot be read.

use core::time::Duration;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Ident, Lit, LitStr, Path, Token, Type, parse2, token};

use super::{allow, numbers, said, spare};
use crate::diagnostics::near_miss::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, Problem};
use crate::model::function::shown;
use crate::model::{Count, Options, Span, Value, Written};
use crate::options::{self, ELSEWHERE, OTHER_NAMES, Opt, Row, TABLE, Takes};

/// Reads all options; what cannot be read is reported and left out.
pub(super) fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Options {
    let mut found = Options::default();
    let read_all = |input: ParseStream<'_>| {
        let mut semicolons = false;
        while !input.is_empty() {
            let before = input.fork();
            if let Err(diagnostic) = parse_one(input, &mut found) {
                found.spare.extend(spare::value(&before));
                let between = diagnostic.problem == Problem::MissingComma;
                diagnostics.push(diagnostic);
                skip(input, between, &mut found);
            } else if !input.is_empty() && !input.peek(Token![,]) {
                // Whoever separates options by another mark does so throughout.
                let again = semicolons && input.peek(Token![;]);
                semicolons |= input.peek(Token![;]);
                if !again {
                    diagnostics.push(unexpected(Problem::MissingComma, input));
                }
                skip(input, true, &mut found);
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
    if let Ok(text) = input.fork().parse::<LitStr>() {
        return Err(parse_quoted(&text, input, found));
    }
    if !input.peek(Ident::peek_any) {
        found.lost = true;
        return Err(unexpected(Problem::NotAnOption, input));
    }
    let key = input.call(Ident::parse_any).map_err(unreadable)?;
    let row = find(&key, input, found)?;
    if found.get(row.option).is_some() || found.unreadable.contains(&row.option) {
        let repeated = Diagnostic::at(Problem::RepeatedOption, &key).with("option", row.name);
        return Err(repeated);
    }
    let off = is_off(input);
    let value = parse_value(input, row, &key);
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

/// `"ordered"`: what is in the quotes is read, too, so that callers are not told that it is missing.
fn parse_quoted(text: &LitStr, input: ParseStream<'_>, found: &mut Options) -> Diagnostic {
    let at = unexpected(Problem::NotAnOption, input);
    let all = |inside: ParseStream<'_>| {
        let mut all = !inside.is_empty();
        while all && !inside.is_empty() {
            all = parse_one(inside, found).is_ok();
            let _: Option<Token![,]> = inside.parse()?;
        }
        Ok(all)
    };
    if let Ok(true) = text.parse_with(all) {
        let quoted = Diagnostic::at(Problem::QuotedOption, text);
        return quoted
            .with("found", shown(text))
            .with("option", text.value());
    }
    found.lost = true;
    at
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

/// The name that begins with `key`, and all of its tokens: `cancel-on-error` is read as one name, to say what it should be.
pub(super) fn whole_name(
    key: &Ident,
    input: ParseStream<'_>,
) -> Result<(String, TokenStream), Diagnostic> {
    let mut name = key.to_string();
    let mut whole = key.to_token_stream();
    while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
        let dash: Token![-] = input.parse().map_err(unreadable)?;
        let part = input.call(Ident::parse_any).map_err(unreadable)?;
        name = format!("{name}-{part}");
        whole.extend(quote!(#dash #part));
    }
    Ok((name, whole))
}

/// The row of the option whose name begins with `key`.
fn find(
    key: &Ident,
    input: ParseStream<'_>,
    found: &mut Options,
) -> Result<&'static Row, Diagnostic> {
    let (name, whole) = whole_name(key, input)?;
    if let Some(row) = options::find(&name) {
        return Ok(row);
    }
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(other, _)| *other == name) {
        let elsewhere = Diagnostic::at(Problem::OptionElsewhere, &whole);
        return Err(elsewhere.with("option", name).with("instead", *instead));
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
            found.lost = true;
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
    let ends = input.is_empty() || input.peek(Token![,]) || input.peek(Token![;]);
    match row.takes {
        Takes::Nothing if ends => Ok(Value::Nothing),
        Takes::Nothing if input.peek(Token![=]) || input.peek(token::Paren) => {
            let rest = take_to_comma(input);
            Err(about(Problem::FlagWithValue, &rest))
        }
        // Whatever comes next is behind the option.
        Takes::Nothing => Ok(Value::Nothing),
        Takes::Codes if input.peek(token::Paren) => allow::parse(input, row, key),
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
        Takes::Count { .. } => parse_count(expr, row),
        Takes::Time => parse_time(expr, row),
        Takes::Text if matches!(literal(&expr), Some(lit) if !matches!(lit, Lit::Str(_))) => {
            Err(wrong("text"))
        }
        Takes::Text => Ok(Value::Text(expr)),
        Takes::Function if literal(&expr).is_some() => Err(wrong("the path of a function")),
        Takes::Function => Ok(Value::Function(expr)),
        // As a type, too: the path will stand before names of types, and `try` may begin a value's path alone.
        Takes::Module => match as_path(&expr) {
            Some(path) if parse2::<Type>(path.to_token_stream()).is_ok() => Ok(Value::Module(path)),
            _ => Err(wrong("a path")),
        },
        Takes::Nothing | Takes::NewName | Takes::Codes => unreachable!("handled before the `=`"),
    })
}

fn parse_count(expr: Expr, row: &Row) -> Result<Value, Diagnostic> {
    let wrong = |problem: Problem, expr: &Expr| {
        Diagnostic::at(problem, expr)
            .with("wanted", "a whole number")
            .with("found", shown(expr))
    };
    match literal(&expr) {
        // Whatever is not a number in quotes asks for a number that suits.
        Some(Lit::Str(text)) if row.option == Opt::Workers && !starts_with_digit(text) => {
            return Err(wrong(Problem::WorkersByThemselves, &expr));
        }
        Some(Lit::Int(number)) if !["", "usize"].contains(&number.suffix()) => {
            let other = wrong(Problem::OtherInteger, &expr);
            return Err(other.with("digits", number.base10_digits()));
        }
        _ if numbers::wrong_literal(&expr) || matches!(expr, Expr::Range(_)) => {
            return Err(wrong(Problem::WrongValue, &expr));
        }
        _ => {}
    }
    match numbers::fold(&expr) {
        Some(folded) => Ok(Value::Count(Count { expr, folded })),
        None => Err(wrong(Problem::WrongValue, &expr)),
    }
}

fn starts_with_digit(text: &LitStr) -> bool {
    text.value()
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || c == '-')
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
        Some(other) => {
            let written = shown(other);
            let why = match humantime::parse_duration(&written) {
                Ok(_) => format!("`{written}` has no quotes"),
                Err(_) => format!("`{written}` does not say of what"),
            };
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

/// `Duration::ZERO`, `Duration::from_secs(0)`.
fn is_no_time(expr: &Expr) -> bool {
    let (path, of_nothing) = match expr {
        Expr::Call(call) => {
            let of_nothing = !call.args.is_empty() && call.args.iter().all(is_zero);
            (as_path(&call.func), of_nothing)
        }
        _ => (as_path(expr), false),
    };
    path.is_some_and(|path| {
        let mut words = path.segments.iter().rev().map(|segment| &segment.ident);
        match (words.next(), words.next()) {
            (Some(name), Some(ty)) if ty == "Duration" => name == "ZERO" || of_nothing,
            _ => false,
        }
    })
}

fn is_zero(expr: &Expr) -> bool {
    matches!(literal(expr), Some(Lit::Int(number)) if number.base10_digits() == "0")
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

/// Goes on behind the next comma; and where an option may begin with nothing `between` it and the last one, or a `;`, before
/// the next option.
fn skip(input: ParseStream<'_>, between: bool, found: &mut Options) {
    if between {
        let ahead = input.fork();
        let semicolon: syn::Result<Token![;]> = ahead.parse();
        if semicolon.is_ok() && (ahead.is_empty() || is_option(&ahead)) {
            let _: syn::Result<Token![;]> = input.parse();
            return;
        }
        if is_option(input) {
            return;
        }
    }
    while !input.is_empty() && !input.peek(Token![,]) {
        found.lost |= is_option(input);
        if input.parse::<TokenTree>().is_err() {
            break;
        }
    }
}

/// Whether an option comes next.
fn is_option(input: ParseStream<'_>) -> bool {
    let name = input.fork().call(Ident::parse_any);
    name.is_ok_and(|name| options::find(&name.to_string()).is_some())
}

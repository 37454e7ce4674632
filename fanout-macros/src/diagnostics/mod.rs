//! What is said about a mistake: a [`Problem`] with its place and its words, collected so that one compile reports all.

mod collected;
pub(crate) mod near_miss;
pub(crate) mod table;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

pub(crate) use collected::{Diagnostics, Settled};
pub(crate) use table::{Level, Problem};

/// Where the attribute itself is, for mistakes that no token in it makes. It is seen as `users` tokens are: of an error in its
/// own output the compiler would add that a macro made it.
pub(crate) fn attribute_as_seen_by(users: Span) -> Span {
    users.located_at(Span::call_site())
}

/// One mistake, or one thing worth a warning.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    pub(crate) problem: Problem,
    start: Span,
    end: Span,
    words: Vec<(&'static str, String)>,
    /// The code whose error says it already.
    follows: Option<&'static str>,
    /// Whether the compiler would find something wrong with it, too.
    broken: bool,
    /// What it ends with: the team's own lines.
    notes: Vec<String>,
}

impl Diagnostic {
    /// `problem`, with the caret on `tokens`.
    pub(crate) fn at(problem: Problem, tokens: &impl ToTokens) -> Self {
        let mut spans = tokens
            .to_token_stream()
            .into_iter()
            .map(|token| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        let end = spans.last().unwrap_or(start);
        Self {
            problem,
            start,
            end,
            words: Vec::new(),
            follows: None,
            broken: false,
            notes: Vec::new(),
        }
    }

    /// `problem`, with the caret on one span.
    pub(crate) fn on(problem: Problem, span: Span) -> Self {
        Self {
            problem,
            start: span,
            end: span,
            words: Vec::new(),
            follows: None,
            broken: false,
            notes: Vec::new(),
        }
    }

    /// Fills the placeholder `{name}` of the problem's texts.
    pub(crate) fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.words.push((name, text.into()));
        self
    }

    /// The compiler may find something wrong with it, too, and is not to be asked.
    pub(crate) fn broken(mut self) -> Self {
        self.broken = true;
        self
    }

    /// Whether what it is about compiles, as far as is known.
    pub(crate) fn compiles(&self) -> bool {
        !self.broken && self.problem.row().level != Level::Error
    }

    /// Whoever mends an error of `code` mends this, too: it is not said beside one.
    pub(crate) fn following(mut self, code: &'static str) -> Self {
        self.follows = Some(code);
        self
    }

    /// Lines that its text ends with.
    pub(crate) fn end_with(&mut self, notes: Vec<String>) {
        self.notes = notes;
    }

    /// The whole text: what is wrong, what to write instead, where it is explained.
    pub(crate) fn text(&self) -> String {
        let row = self.problem.row();
        let code = row.code;
        let message = fill(row.message, &self.words);
        let help = fill(row.help, &self.words);
        let page = code.to_lowercase();
        let mut text = format!(
            "{code}: {message}\n= help: {help}\n= note: {code} is explained in `fanout::guide::{page}`"
        );
        for note in &self.notes {
            text.push_str("\n= note: ");
            text.push_str(note);
        }
        text
    }

    /// The text without line breaks, for places where the compiler prints one line.
    pub(crate) fn line(&self) -> String {
        let row = self.problem.row();
        let message = fill(row.message, &self.words);
        let help = fill(row.help, &self.words);
        let mut line = format!("{}: {message}; {help}", row.code);
        for note in &self.notes {
            line.push_str("; ");
            line.push_str(note);
        }
        line
    }

    /// First and last span of what the caret is on.
    pub(crate) fn ends(&self) -> (Span, Span) {
        (self.start, self.end)
    }

    /// `compile_error!` with the caret from the first to the last token of the place.
    pub(crate) fn to_compile_error(&self) -> TokenStream {
        let text = self.text();
        let path = quote_spanned!(self.start=> ::core::compile_error!);
        let argument = quote_spanned!(self.end=> { #text });
        quote!(#path #argument)
    }
}

/// Every error as a `compile_error!` item, in the order of the source.
pub(crate) fn compile_errors(errors: &[Diagnostic]) -> TokenStream {
    errors.iter().map(Diagnostic::to_compile_error).collect()
}

/// `template` with each `{name}` replaced.
fn fill(template: &str, words: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .expect("templates close their braces: a test says so");
        out.push_str(before);
        match words.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => out.push_str(text),
            None => debug_assert!(false, "fanout: nobody filled `{name}` of `{template}`"),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

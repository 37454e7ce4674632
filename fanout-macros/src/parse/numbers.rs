//! Folds the number of an option as far as tokens show it.

use syn::{BinOp, Expr, ExprBinary, ExprPath, Lit, Stmt, UnOp};

use crate::model::Folded;

/// What is known of `expr` here; nothing if it is arithmetic that has no result.
pub(super) fn fold(expr: &Expr) -> Option<Folded> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => Some(
                number
                    .base10_parse()
                    .map_or(Folded::AtRunTime, Folded::Known),
            ),
            _ => Some(Folded::AtRunTime),
        },
        Expr::Paren(inner) => fold(&inner.expr),
        Expr::Group(inner) => fold(&inner.expr),
        Expr::Cast(cast) => fold(&cast.expr),
        Expr::Block(block) => match (&block.label, block.block.stmts.as_slice()) {
            (None, [Stmt::Expr(inner, None)]) => fold(inner),
            _ => Some(Folded::AtRunTime),
        },
        Expr::Binary(binary) => fold_binary(binary),
        Expr::Path(path) => Some(fold_path(path)),
        _ => Some(Folded::AtRunTime),
    }
}

fn fold_binary(binary: &ExprBinary) -> Option<Folded> {
    let arithmetic = is_arithmetic(&binary.op);
    Some(match (fold(&binary.left)?, fold(&binary.right)?) {
        _ if !arithmetic => Folded::AtRunTime,
        (Folded::Known(left), Folded::Known(right)) => {
            Folded::Known(calculate(left, &binary.op, right)?)
        }
        (Folded::AtRunTime, _) | (_, Folded::AtRunTime) => Folded::AtRunTime,
        _ => Folded::Constant,
    })
}

/// Nothing where the result would be below zero, beyond all bounds or a division by zero.
fn calculate(left: u128, op: &BinOp, right: u128) -> Option<u128> {
    match op {
        BinOp::Add(_) => left.checked_add(right),
        BinOp::Sub(_) => left.checked_sub(right),
        BinOp::Mul(_) => left.checked_mul(right),
        BinOp::Div(_) => left.checked_div(right),
        BinOp::Rem(_) => left.checked_rem(right),
        BinOp::Shl(_) => left.checked_mul(1_u128.checked_shl(right.try_into().ok()?)?),
        BinOp::Shr(_) => left.checked_shr(right.try_into().ok()?),
        _ => None,
    }
}

fn is_arithmetic(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_)
            | BinOp::Sub(_)
            | BinOp::Mul(_)
            | BinOp::Div(_)
            | BinOp::Rem(_)
            | BinOp::Shl(_)
            | BinOp::Shr(_)
    )
}

/// `WORKERS` and `config::WORKERS` are constants by their spelling; `usize::MAX` is known.
fn fold_path(path: &ExprPath) -> Folded {
    let Some(last) = path.path.segments.last() else {
        return Folded::AtRunTime;
    };
    let name = last.ident.to_string();
    let plain = path.qself.is_none() && last.arguments.is_none();
    let owner = path.path.segments.iter().rev().nth(1);
    let owner = owner.map(|segment| segment.ident.to_string());
    match (plain, name.as_str(), owner.as_deref()) {
        (true, "MAX", Some("usize" | "u64")) => Folded::Known(u64::MAX.into()),
        (true, "MAX", Some("u32")) => Folded::Known(u32::MAX.into()),
        (true, "MAX", Some("u16")) => Folded::Known(u16::MAX.into()),
        (true, "MIN", Some("usize" | "u64" | "u32" | "u16" | "u8")) => Folded::Known(0),
        (true, ..) if is_screaming(&name) => Folded::Constant,
        _ => Folded::AtRunTime,
    }
}

/// Whether `expr` is a constant by its spelling, whatever its type.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => fold_path(path) == Folded::Constant,
        Expr::Paren(inner) => is_constant(&inner.expr),
        Expr::Group(inner) => is_constant(&inner.expr),
        _ => false,
    }
}

fn is_screaming(name: &str) -> bool {
    let letters = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(letters) && name.contains(|c: char| c.is_ascii_uppercase())
}

/// The literal that `expr` is, where a number was wanted and it is none: `"8"`, `2.5`, `-1`, `true`.
pub(super) fn wrong_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => !matches!(literal.lit, Lit::Int(_)),
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Neg(_)) && matches!(*unary.expr, Expr::Lit(_))
        }
        Expr::Paren(inner) => wrong_literal(&inner.expr),
        Expr::Group(inner) => wrong_literal(&inner.expr),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Folded {
        fold(&syn::parse_str(text).expect("an expression")).expect("it has a result")
    }

    #[test]
    fn literals_and_arithmetic_are_known() {
        assert_eq!(folded("8"), Folded::Known(8));
        assert_eq!(folded("0x10_usize"), Folded::Known(16));
        assert_eq!(folded("(2 + 3) * 4 - 19"), Folded::Known(1));
        assert_eq!(folded("8 << 20"), Folded::Known(8 << 20));
        assert_eq!(folded("1 - 1"), Folded::Known(0));
        assert_eq!(folded("7 as usize"), Folded::Known(7));
        assert_eq!(folded("{ 7 }"), Folded::Known(7));
        assert_eq!(folded("usize::MAX"), Folded::Known(u64::MAX.into()));
        assert_eq!(folded("core::usize::MAX"), Folded::Known(u64::MAX.into()));
    }

    #[test]
    fn arithmetic_without_a_result() {
        for text in ["1 - 2", "1 / 0", "(5 - 6) + 2", "{ 1 % 0 }", "1 << 200"] {
            let expr = syn::parse_str(text).expect("an expression");
            assert_eq!(fold(&expr), None, "{text}");
        }
    }

    #[test]
    fn constants_by_their_spelling() {
        assert_eq!(folded("WORKERS"), Folded::Constant);
        assert_eq!(folded("config::MAX_JOBS * 2"), Folded::Constant);
        assert_eq!(folded("Self::WORKERS"), Folded::Constant);
    }

    #[test]
    fn the_rest_is_left_to_the_program() {
        for text in [
            "workers",
            "workers()",
            "{ let n = 1; n }",
            "1 == 1",
            "WORKERS + more",
            "if X { 1 } else { 2 }",
        ] {
            assert_eq!(folded(text), Folded::AtRunTime, "{text}");
        }
    }
}

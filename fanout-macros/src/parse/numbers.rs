//! Folds the number of an option as far as tokens show it.

use syn::{BinOp, Expr, ExprBinary, ExprPath, Lit, UnOp};

use crate::model::Folded;

/// What is known of `expr` here.
pub(super) fn fold(expr: &Expr) -> Folded {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number
                .base10_parse()
                .map_or(Folded::AtRunTime, Folded::Known),
            _ => Folded::AtRunTime,
        },
        Expr::Paren(inner) => fold(&inner.expr),
        Expr::Group(inner) => fold(&inner.expr),
        Expr::Cast(cast) => fold(&cast.expr),
        Expr::Binary(binary) => fold_binary(binary),
        Expr::Path(path) => fold_path(path),
        _ => Folded::AtRunTime,
    }
}

fn fold_binary(binary: &ExprBinary) -> Folded {
    match (fold(&binary.left), fold(&binary.right)) {
        (Folded::Known(left), Folded::Known(right)) => {
            // Overflow and division by zero are left to the compiler, which reports them.
            calculate(left, &binary.op, right).map_or(Folded::AtRunTime, Folded::Known)
        }
        (Folded::AtRunTime, _) | (_, Folded::AtRunTime) => Folded::AtRunTime,
        _ if is_arithmetic(&binary.op) => Folded::Constant,
        _ => Folded::AtRunTime,
    }
}

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
        fold(&syn::parse_str(text).expect("an expression"))
    }

    #[test]
    fn literals_and_arithmetic_are_known() {
        assert_eq!(folded("8"), Folded::Known(8));
        assert_eq!(folded("0x10_usize"), Folded::Known(16));
        assert_eq!(folded("(2 + 3) * 4 - 19"), Folded::Known(1));
        assert_eq!(folded("8 << 20"), Folded::Known(8 << 20));
        assert_eq!(folded("1 - 1"), Folded::Known(0));
        assert_eq!(folded("7 as usize"), Folded::Known(7));
        assert_eq!(folded("usize::MAX"), Folded::Known(u64::MAX.into()));
        assert_eq!(folded("core::usize::MAX"), Folded::Known(u64::MAX.into()));
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
            "1 - 2",
            "1 / 0",
            "WORKERS + more",
            "if X { 1 } else { 2 }",
        ] {
            assert_eq!(folded(text), Folded::AtRunTime, "{text}");
        }
    }
}

//! What the user may have meant: the name another tool uses, or one that is a slip of the finger away.

/// The known name that `written` is closest to, if any is close.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
    other_names: &[(&str, &'a str)],
) -> Option<&'a str> {
    let written = written.to_lowercase().replace('-', "_");
    if let Some((_, ours)) = other_names.iter().find(|(theirs, _)| *theirs == written) {
        return Some(ours);
    }
    // A third of the letters may be wrong: `wrokers` is `workers`, `jobs` is nothing.
    let allowed = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (distance(&written, name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters have to be added, left out, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::options::{OTHER_NAMES, TABLE};

    fn option(written: &str) -> Option<&'static str> {
        nearest(written, TABLE.iter().map(|row| row.name), OTHER_NAMES)
    }

    #[test]
    fn slips_of_the_finger() {
        assert_eq!(option("wrokers"), Some("workers"));
        assert_eq!(option("worker"), Some("workers"));
        assert_eq!(option("orderd"), Some("ordered"));
        assert_eq!(option("cancel-on-error"), Some("cancel_on_error"));
        assert_eq!(option("cancel_on_eror"), Some("cancel_on_error"));
        assert_eq!(option("Workers"), Some("workers"));
        assert_eq!(option("itemtimeout"), Some("item_timeout"));
    }

    #[test]
    fn names_that_other_tools_use() {
        for (theirs, ours) in OTHER_NAMES {
            assert_eq!(option(theirs), Some(*ours), "{theirs}");
        }
    }

    #[test]
    fn nothing_is_suggested_for_nonsense() {
        for nonsense in ["banana", "x", "", "kafka_topic", "ü"] {
            assert_eq!(option(nonsense), None, "{nonsense}");
        }
    }
}

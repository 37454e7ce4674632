//! The tables agree with themselves and with the guide.

use crate::diagnostics::table;
use crate::options::{OTHER_NAMES, TABLE, find};

const CODES_PAGE: &str = include_str!("../../../docs/codes.md");
const OPTIONS_PAGE: &str = include_str!("../../../docs/options.md");

#[test]
fn every_code_has_one_level_and_a_section_in_the_guide() {
    for row in table::TABLE {
        let level = table::level_of(row.code).expect("it is in the table");
        assert_eq!(level, row.level, "{}", row.code);
        let heading = format!("\n## {}", row.code);
        assert!(
            CODES_PAGE.contains(&heading),
            "docs/codes.md lacks a section for {}",
            row.code
        );
    }
}

#[test]
fn every_option_is_in_the_guide() {
    for row in TABLE {
        let heading = format!("\n## `{}", row.name);
        assert!(
            OPTIONS_PAGE.contains(&heading),
            "docs/options.md lacks `{}`",
            row.name
        );
    }
}

#[test]
fn names_are_used_once() {
    for (k, row) in TABLE.iter().enumerate() {
        assert!(
            TABLE[..k].iter().all(|other| other.name != row.name),
            "{}",
            row.name
        );
        assert!(row.example.starts_with(row.name), "{}", row.example);
        assert_eq!(row.option.name(), row.name);
    }
    for (theirs, ours) in OTHER_NAMES {
        assert!(find(ours).is_some(), "{ours}");
        assert!(find(theirs).is_none(), "{theirs}");
    }
}

#[test]
fn messages_are_one_sentence_without_a_full_stop() {
    for row in table::TABLE {
        for text in [row.message, row.help] {
            assert!(!text.ends_with('.'), "{text}");
            assert!(!text.contains('\n'), "{text}");
            for placeholder in text.split('{').skip(1) {
                let name = placeholder.split('}').next().unwrap_or_default();
                let word = name.chars().all(|c| c.is_ascii_lowercase());
                assert!(word && placeholder.contains('}'), "{text}");
            }
        }
    }
}

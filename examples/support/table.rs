//! [`Table`]: what was measured, a row for each form.

use std::fmt::{self, Display};

/// A table that is readable as it is and in Markdown.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heads: &[&str]) -> Self {
        let heads = heads.iter().map(|head| head.to_string()).collect();
        Self { rows: vec![heads] }
    }

    #[must_use]
    pub fn row(mut self, name: &str, cells: &[String]) -> Self {
        let mut row = vec![name.to_owned()];
        row.extend_from_slice(cells);
        self.rows.push(row);
        self
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = vec![0; self.rows[0].len()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        for (number, row) in self.rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(&widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if number == 0 {
                for width in &widths {
                    write!(f, "| {:-<width$} ", "")?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

/// What a bug's line in the table of all thirteen says: by hand, fixed by hand, with fanout.
pub fn line(wrong: &impl Display, right: &impl Display, fanout: &impl Display) -> [String; 3] {
    [wrong.to_string(), right.to_string(), fanout.to_string()]
}

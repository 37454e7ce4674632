//! The ratios of all rows as a picture (SVG): one bar for the best peer, one for the loop, one for what is ideal, with fanout as 1.

use std::fmt::Write;

use super::Summary;

/// Room for names with a number of workers, such as `W7-64c@16`.
const LEFT: f64 = 84.0;
const WIDTH: f64 = 720.0;
const ROW: f64 = 48.0;
/// From one bar to the next.
const BAR: f64 = 14.0;
const TOP: f64 = 46.0;
/// Longer bars are cut, and say so by their number.
const MOST: f64 = 4.0;

pub(super) fn chart(rows: &[Summary]) -> String {
    let height = TOP + ROW * rows.len() as f64 + 10.0;
    let full = LEFT + WIDTH + 150.0;
    // The colours suit a light and a dark page alike; text takes the page's own where it can.
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {full} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <style>text{{fill:#555}}@media(prefers-color-scheme:dark){{text{{fill:#bbb}}}}</style>\n\
         <text x=\"{LEFT}\" y=\"16\">Time of the best peer, of the sequential loop, and of the loop shared out without loss, as multiples of fanout's</text>\n"
    );
    for n in 1..=MOST as u32 {
        let x = at(f64::from(n));
        let _ = writeln!(
            svg,
            "<line x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{height}\" stroke=\"#999\" stroke-dasharray=\"{}\"/>\
             <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{n}</text>",
            TOP - 8.0,
            if n == 1 { "none" } else { "2 4" },
            TOP - 12.0,
        );
    }
    for (n, row) in rows.iter().enumerate() {
        let y = TOP + ROW * n as f64;
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 4.0 + 1.5 * BAR,
            row.name
        );
        if let Some((name, times)) = row.best_peer() {
            bar(&mut svg, y, times, "#4878a8", name);
        }
        if let Some(times) = row.of_loop() {
            bar(&mut svg, y + BAR, times, "#c09048", "loop");
        }
        if let Some(times) = row.of_ideal() {
            bar(&mut svg, y + 2.0 * BAR, 1.0 / times, "#70a070", "ideal");
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Where a ratio lies.
fn at(times: f64) -> f64 {
    LEFT + WIDTH * times.min(MOST) / MOST
}

fn bar(svg: &mut String, y: f64, times: f64, colour: &str, name: &str) {
    let end = at(times);
    let name = name.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(
        svg,
        "<rect x=\"{LEFT}\" y=\"{}\" width=\"{:.1}\" height=\"11\" fill=\"{colour}\"/>\
         <text x=\"{:.1}\" y=\"{}\" font-size=\"10\">{times:.2} {name}</text>",
        y + 4.0,
        end - LEFT,
        end + 4.0,
        y + 13.0,
    );
}

//! A signature that was drawn, as SVG: a line for each stroke, of numbers that this server read and checked.

use std::fmt::Write;

use frontline_domain::drawing::Drawing;

/// The picture of it.
pub fn svg(drawn: &Drawing) -> String {
    let Drawing { width, height, strokes } = drawn;
    let mut lines = String::new();
    for stroke in strokes {
        for (n, point) in stroke.iter().enumerate() {
            let _ = write!(lines, "{}{} {}", if n == 0 { 'M' } else { 'L' }, point.x, point.y);
        }
        // A dot is a line of no length, of which its round end is seen.
        if let [dot] = stroke.as_slice() {
            let _ = write!(lines, "L{} {}", dot.x, dot.y);
        }
    }
    // As wide as on the small picture, which phones draw.
    let line = f64::from(*width.max(height)) * 2.8 / 320.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/><path d=\"{lines}\" fill=\"none\" stroke=\"#000\" \
         stroke-width=\"{line:.2}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use frontline_domain::drawing::Point;

    use super::*;

    #[test]
    fn each_stroke_is_a_line_and_a_dot_is_seen() {
        let point = |x, y| Point { x, y, at_ms: 0 };
        let drawn = Drawing::new(320, 120, vec![vec![point(10, 20), point(14, 18)], vec![point(5, 100)]]).unwrap();
        let made = svg(&drawn);
        assert!(made.contains("viewBox=\"0 0 320 120\""), "{made}");
        assert!(made.contains("d=\"M10 20L14 18M5 100L5 100\""), "{made}");
        assert!(made.contains("stroke-width=\"2.80\""), "{made}");
    }
}

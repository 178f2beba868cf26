//! The small picture of a drawing: black strokes on white, with soft edges, for lists and for apps that know pictures only.

use frontline_domain::drawing::{Drawing, Point};
use image::{Rgb, RgbImage};

use super::picture::{SMALL, jpeg};

/// Half the width of a stroke, in pixels of the small one.
const HALF: f32 = 1.4;
/// How far from its middle a stroke darkens a pixel.
const REACH: f32 = HALF + 0.5;

/// A JPEG of it, [`SMALL`] on its longer side.
pub(crate) fn small(drawn: &Drawing) -> Option<Vec<u8>> {
    jpeg(&paint(drawn))
}

fn paint(drawn: &Drawing) -> RgbImage {
    let scale = SMALL as f32 / drawn.width.max(drawn.height).max(1) as f32;
    let side = |of: u32| ((of as f32 * scale).round() as u32).clamp(1, SMALL);
    let mut ink = Ink { width: side(drawn.width), height: side(drawn.height), cover: Vec::new() };
    ink.cover = vec![0.0; (ink.width * ink.height) as usize];
    let at = |point: &Point| (point.x as f32 * scale, point.y as f32 * scale);
    for stroke in &drawn.strokes {
        // A dot is a stroke that ends where it began.
        for (n, point) in stroke.iter().enumerate() {
            ink.draw(at(&stroke[n.saturating_sub(1)]), at(point));
        }
    }
    RgbImage::from_fn(ink.width, ink.height, |x, y| {
        let cover = ink.cover.get((y * ink.width + x) as usize).copied().unwrap_or_default();
        Rgb([(255.0 * (1.0 - cover)) as u8; 3])
    })
}

/// How much of each pixel is covered, 0 to 1.
struct Ink {
    width: u32,
    height: u32,
    cover: Vec<f32>,
}

impl Ink {
    /// A straight piece of a stroke with round ends. Row by row only where it can reach, so that a long one costs its
    /// length and not the square of it.
    fn draw(&mut self, (ax, ay): (f32, f32), (bx, by): (f32, f32)) {
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let clip = |from: f32, to: f32, most: u32| (from.floor().max(0.0) as u32)..(to.ceil().max(0.0) as u32).min(most);
        for y in clip(ay.min(by) - REACH, ay.max(by) + REACH, self.height) {
            let middle = y as f32 + 0.5;
            // Which part of the piece is near this row.
            let part = |at: f32| if dy.abs() < 1e-3 { None } else { Some(((at - ay) / dy).clamp(0.0, 1.0)) };
            let (from, to) = (part(middle - REACH).unwrap_or(0.0), part(middle + REACH).unwrap_or(1.0));
            let (left, right) = (ax + from * dx, ax + to * dx);
            for x in clip(left.min(right) - REACH, left.max(right) + REACH, self.width) {
                let (px, py) = (x as f32 + 0.5 - ax, middle - ay);
                let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
                let away = ((px - along * dx).powi(2) + (py - along * dy).powi(2)).sqrt();
                let cover = (REACH - away).clamp(0.0, 1.0);
                if let Some(pixel) = self.cover.get_mut((y * self.width + x) as usize) {
                    *pixel = pixel.max(cover);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontline_domain::drawing::{POINTS, SIDE};
    use frontline_domain::fact::pictures;

    fn drawn(width: u32, height: u32, places: &[(u32, u32)]) -> Drawing {
        let point = |(n, (x, y)): (usize, &(u32, u32))| Point { x: *x, y: *y, at_ms: n as u32 * 8 };
        Drawing::new(width, height, vec![places.iter().enumerate().map(point).collect()]).unwrap()
    }

    #[test]
    fn strokes_are_black_on_white_where_they_were_drawn_with_soft_edges() {
        // Across a field that is twice as wide as the small one, and down its left edge.
        let picture = paint(&drawn(640, 320, &[(40, 160), (600, 160)]));
        assert_eq!(picture.dimensions(), (320, 160));
        let grey = |x, y| picture.get_pixel(x, y).0[0];
        assert_eq!((grey(160, 80), grey(160, 79), grey(160, 60), grey(160, 100)), (0, 0, 255, 255));
        assert!(grey(160, 81) > 0 && grey(160, 81) < 255, "{}", grey(160, 81));
        assert!(grey(10, 80) == 255 && grey(310, 80) == 255, "beyond its ends");
        let slanted = paint(&drawn(320, 320, &[(10, 10), (310, 310)]));
        assert_eq!((slanted.get_pixel(100, 100).0[0], slanted.get_pixel(110, 100).0[0]), (0, 255));
        let dot = paint(&drawn(320, 320, &[(100, 100)]));
        assert!(dot.get_pixel(100, 100).0[0] < 20);
    }

    #[test]
    fn the_largest_drawing_is_small() {
        let places: Vec<(u32, u32)> = (0..POINTS as u32 / 3).map(|n| (n % 2 * SIDE, n * 7 % SIDE)).collect();
        let jpeg = small(&drawn(SIDE, SIDE, &places)).unwrap();
        assert!(jpeg.len() as u64 <= pictures::THUMBNAIL, "{}", jpeg.len());
        let back = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap();
        assert_eq!((back.width(), back.height()), (SMALL, SMALL));
        // A field of one row is a line, and not nothing.
        assert_eq!(paint(&drawn(4_000, 1, &[(1, 0), (3_999, 0)])).dimensions(), (320, 1));
    }
}

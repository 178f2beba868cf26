//! Looking along lines: dark and light runs, whose lengths are what a bar code says.

use super::{Code, Luma, symbols};

/// Directions that are tried: a bar code is read along any line that crosses all its bars.
const TURNS: [f32; 8] = [0.0, 90.0, 20.0, -20.0, 70.0, 110.0, 45.0, 135.0];
/// Lines of each direction, from the middle outwards.
const LINES: i16 = 15;
/// Samples of a line at most.
const SAMPLES: usize = 4_096;
/// A piece of a line that has its own light.
const BLOCK: usize = 16;
/// Grey values between light and dark at least: less is noise.
const CONTRAST: u8 = 20;

pub(super) fn read(picture: &Luma<'_>, has_time: &dyn Fn() -> bool) -> Option<Code> {
    for turn in TURNS {
        for n in 0..LINES {
            if !has_time() {
                return None;
            }
            let off = f32::from(if n % 2 == 0 { n / 2 } else { -(n + 1) / 2 }) / f32::from(LINES);
            let runs = runs(&along(picture, turn, off));
            let backwards: Vec<u32> = runs.iter().rev().copied().collect();
            if let Some(code) = symbols::read(&runs).or_else(|| symbols::read(&backwards)) {
                return Some(code);
            }
        }
    }
    None
}

/// Grey values along a line through the picture: `off` of its size beside its middle. Each is the mean of three beside one
/// another across the line.
fn along(picture: &Luma<'_>, turn: f32, off: f32) -> Vec<u8> {
    let side = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    let (width, height) = (side(picture.width), side(picture.height));
    let (dy, dx) = turn.to_radians().sin_cos();
    let reach = width.hypot(height);
    let (x0, y0) = (width / 2.0 - dy * off * reach - dx * reach / 2.0, height / 2.0 + dx * off * reach - dy * reach / 2.0);
    let mut out = Vec::new();
    let mut step = 0.0;
    while step < reach && out.len() < SAMPLES {
        let (x, y) = (x0 + dx * step, y0 + dy * step);
        step += 1.0;
        if x < 0.0 || y < 0.0 || x >= width || y >= height {
            continue;
        }
        let at = |across: f32| {
            let (x, y) = ((x - dy * across).clamp(0.0, width - 1.0), (y + dx * across).clamp(0.0, height - 1.0));
            // Within the picture.
            u16::from(picture.at(x as usize, y as usize))
        };
        out.push(u8::try_from((at(-1.0) + at(0.0) + at(1.0)) / 3).unwrap_or(u8::MAX));
    }
    out
}

/// The lengths of light and dark runs in turn, a light one first; thirds of a sample, so that an edge lies where its grey says.
fn runs(line: &[u8]) -> Vec<u32> {
    let ends = |block: &[u8]| (block.iter().copied().min().unwrap_or(0), block.iter().copied().max().unwrap_or(0));
    let blocks: Vec<(u8, u8)> = line.chunks(BLOCK).map(ends).collect();
    // Light and dark of this block and of three on each side: bars are narrower than that, and a shadow is wider.
    let middle: Vec<Option<u8>> = (0..blocks.len())
        .map(|n| {
            let near = &blocks[n.saturating_sub(3)..(n + 4).min(blocks.len())];
            let (dark, light) = (near.iter().map(|b| b.0).min().unwrap_or(0), near.iter().map(|b| b.1).max().unwrap_or(0));
            (light - dark >= CONTRAST).then(|| dark + (light - dark) / 2)
        })
        .collect();
    let third = |n: usize| u32::try_from(3 * n).unwrap_or(u32::MAX);
    let (mut out, mut is_dark, mut edge) = (Vec::new(), false, 0);
    for (n, value) in line.iter().enumerate() {
        let middle = middle[n / BLOCK];
        let dark = middle.is_some_and(|middle| *value < middle);
        if dark == is_dark {
            continue;
        }
        // Where the grey between this sample and the one before is neither light nor dark.
        let before = n.checked_sub(1).and_then(|n| line.get(n)).copied().unwrap_or(u8::MAX);
        let from_middle = |value: u8| u32::from(value.abs_diff(middle.unwrap_or(128)));
        let part = 3 * from_middle(before) / (from_middle(before) + from_middle(*value)).max(1);
        let here = third(n.saturating_sub(1)) + part;
        out.push(here.saturating_sub(edge));
        (is_dark, edge) = (dark, here);
    }
    out.push(third(line.len()).saturating_sub(edge));
    out
}

//! Codes as they are printed, and as a phone sees them: turned, dim, noisy, small.

use std::cell::Cell;

use proptest::prelude::*;

use super::symbols::widths;
use super::{Code, Kind, Luma, NotRead, read};

struct Seen {
    width: usize,
    height: usize,
    stride: usize,
    bytes: Vec<u8>,
}
impl Seen {
    fn read(&self) -> Option<Code> {
        self.with(&|| true).expect("a picture")
    }
    fn with(&self, has_time: &dyn Fn() -> bool) -> Result<Option<Code>, NotRead> {
        read(Luma { width: self.width, height: self.height, stride: self.stride, bytes: &self.bytes }, has_time)
    }
}

/// How a camera sees a code.
#[derive(Clone, Copy)]
struct View {
    /// Degrees.
    turn: f32,
    /// Pixels of a module.
    module: f32,
    light: u8,
    dark: u8,
    noise: u8,
}
const PLAIN: View = View { turn: 0.0, module: 3.0, light: 230, dark: 20, noise: 0 };

/// A picture of 640 by 480 whose middle is dark where `is_dark` says so of a place in modules from there. Each pixel is the
/// mean of nine places, as a lens has it.
fn seen(view: View, is_dark: impl Fn(f32, f32) -> bool) -> Seen {
    let (width, height, stride) = (640usize, 480usize, 704usize);
    let (sin, cos) = view.turn.to_radians().sin_cos();
    let mut bytes = vec![0x77; stride * height];
    let mut chance = 0x2545_f491_u32;
    for y in 0..height {
        for x in 0..width {
            let mut dark = 0u32;
            for n in 0..9u8 {
                let (px, py) = (x as f32 + f32::from(n % 3) / 3.0 - 320.0, y as f32 + f32::from(n / 3) / 3.0 - 240.0);
                dark += u32::from(is_dark((px * cos + py * sin) / view.module, (py * cos - px * sin) / view.module));
            }
            let (light, range) = (f32::from(view.light), f32::from(view.light) - f32::from(view.dark));
            chance ^= chance << 13;
            chance ^= chance >> 17;
            chance ^= chance << 5;
            let noise = f32::from(view.noise) * ((chance % 2_001) as f32 / 1_000.0 - 1.0);
            bytes[y * stride + x] = (light - range * dark as f32 / 9.0 + noise).clamp(0.0, 255.0) as u8;
        }
    }
    Seen { width, height, stride, bytes }
}
/// Bars of these widths, the first one dark.
fn bars(view: View, widths: &[u8]) -> Seen {
    let modules: Vec<bool> = widths.iter().enumerate().flat_map(|(n, w)| std::iter::repeat_n(n % 2 == 0, usize::from(*w))).collect();
    let half = modules.len() as f32 / 2.0;
    seen(view, |x, y| y.abs() < 30.0 && x + half >= 0.0 && modules.get((x + half) as usize).copied().unwrap_or(false))
}
/// EAN-13 of twelve digits or EAN-8 of seven, and its last one.
fn ean(digits: &str) -> (Vec<u8>, String) {
    const LEFT: [&str; 10] = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"];
    const FIRST: [&str; 10] = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];
    let mut all: Vec<usize> = digits.bytes().map(|b| usize::from(b - b'0')).collect();
    let sum: usize = all.iter().rev().zip([3, 1].into_iter().cycle()).map(|(d, w)| d * w).sum();
    all.push((10 - sum % 10) % 10);
    let text = all.iter().map(ToString::to_string).collect();
    let parity = if all.len() == 13 { FIRST[all.remove(0)] } else { "LLLL" };
    let mut out = vec![1, 1, 1];
    let half = parity.len();
    for (digit, parity) in all[..half].iter().zip(parity.chars()) {
        let of: Vec<u8> = LEFT[*digit].bytes().map(|b| b - b'0').collect();
        if parity == 'L' { out.extend(of) } else { out.extend(of.into_iter().rev()) }
    }
    out.extend([1; 5]);
    all[half..].iter().for_each(|digit| out.extend(LEFT[*digit].bytes().map(|b| b - b'0')));
    out.extend([1; 3]);
    (out, text)
}
fn code_128(start: usize, symbols: &[usize]) -> Vec<u8> {
    let sum = symbols.iter().zip(1..).fold(start, |sum, (s, place)| sum + s * place) % 103;
    let all = [&[start], symbols, &[sum]].concat();
    all.into_iter().flat_map(widths).chain([2, 3, 3, 1, 1, 1, 2]).collect()
}
fn text_128(text: &str) -> Vec<u8> {
    code_128(104, &text.bytes().map(|b| usize::from(b - 32)).collect::<Vec<_>>())
}
fn found(kind: Kind, text: &str) -> Option<Code> {
    Some(Code { kind, text: text.to_owned() })
}

#[test]
fn the_table_of_symbols_is_one_that_the_standard_could_have() {
    let all: std::collections::BTreeSet<[u8; 6]> = (0..106).map(widths).collect();
    assert_eq!(all.len(), 106, "no two are the same");
    for of in all {
        let bars = of[0] + of[2] + of[4];
        assert!(of.iter().sum::<u8>() == 11 && bars % 2 == 0 && of.iter().all(|w| (1..=4).contains(w)), "{of:?}");
    }
}

#[test]
fn what_is_printed_is_read() {
    for digits in ["560123456788", "400638133393", "978020137962", "123456789012"] {
        let (widths, text) = ean(digits);
        assert_eq!(bars(PLAIN, &widths).read(), found(Kind::Ean13, &text));
    }
    let (widths, text) = ean("003600029145");
    assert_eq!(bars(PLAIN, &widths).read(), found(Kind::UpcA, &text[1..]));
    let (widths, text) = ean("9638507");
    assert_eq!(bars(PLAIN, &widths).read(), found(Kind::Ean8, &text));
    assert_eq!(bars(PLAIN, &text_128("Crate 17-b")).read(), found(Kind::Code128, "Crate 17-b"));
    // Pairs of digits, then letters, then one letter of the other set.
    assert_eq!(bars(PLAIN, &code_128(105, &[12, 34, 100, 33, 98, 65, 34])).read(), found(Kind::Code128, "1234A\u{1}B"));
    assert_eq!(bars(PLAIN, &code_128(105, &[102, 1, 23, 102, 45])).read(), found(Kind::Code128, "0123\u{1d}45"));
}

#[test]
fn a_phone_that_is_turned_dim_or_shaky_reads_it_too() {
    let (widths, text) = ean("560123456788");
    let all = [found(Kind::Ean13, &text), found(Kind::Code128, "BOX-0042")];
    let views = [0.0, 8.0, -15.0, 25.0, 90.0, 160.0, 180.0, 270.0].map(|turn| View { turn, ..PLAIN });
    let dim = View { light: 140, dark: 95, ..PLAIN };
    let noisy = View { noise: 35, ..PLAIN };
    for view in views.into_iter().chain([dim, noisy, View { module: 2.0, ..PLAIN }, View { noise: 6, turn: 12.0, ..dim }]) {
        let read = [bars(view, &widths).read(), bars(view, &text_128("BOX-0042")).read()];
        assert_eq!(read, all, "turned by {}, from {} to {}, noise {}", view.turn, view.dark, view.light, view.noise);
    }
}

#[test]
fn a_slip_of_one_bar_is_no_other_code() {
    let (widths, _) = ean("560123456788");
    for at in 3..widths.len() - 4 {
        let mut slipped = widths.clone();
        slipped.swap(at, at + 1);
        if slipped != widths {
            assert_eq!(bars(PLAIN, &slipped).read(), None, "{at}");
        }
    }
    assert_eq!(seen(PLAIN, |_, _| false).read(), None);
    assert_eq!(seen(View { noise: 110, light: 128, ..PLAIN }, |_, _| false).read(), None, "noise alone");
}

#[test]
fn sizes_that_lie_are_refused_in_a_sentence_and_nobody_looks_longer_than_there_is_time() {
    let of = |width, height, stride, len: usize| read(Luma { width, height, stride, bytes: &vec![0; len] }, &|| true);
    for (width, height) in [(0, 0), (15, 480), (640, usize::MAX), (4_097, 16), (usize::MAX, usize::MAX), (4_096, 4_096)] {
        assert_eq!(of(width, height, width, 64), Err(NotRead::Size));
    }
    for (stride, len) in [(640, 640 * 480 - 1), (639, 640 * 480), (usize::MAX, 640 * 480), (0, 0)] {
        assert_eq!(of(640, 480, stride, len), Err(NotRead::Bytes));
    }
    assert_eq!(of(640, 480, 700, 700 * 479 + 640), Ok(None), "the last row needs no more than its width");
    let (widths, _) = ean("560123456788");
    let asked = Cell::new(0);
    let read = bars(View { turn: 45.0, ..PLAIN }, &widths).with(&|| {
        asked.set(asked.get() + 1);
        asked.get() < 5
    });
    assert_eq!((read, asked.get()), (Ok(None), 6));
}

#[test]
fn a_square_code_is_read_however_it_lies() {
    // `Box 42` as version 1-M, made by another program.
    let rows = QR.map(|row| row.bytes().map(|b| b == b'#').collect::<Vec<_>>());
    let half = rows.len() as f32 / 2.0;
    let is_dark = |x: f32, y: f32| {
        let (x, y) = (x + half, y + half);
        x >= 0.0 && y >= 0.0 && rows.get(y as usize).and_then(|row| row.get(x as usize)).copied().unwrap_or(false)
    };
    let view = View { module: 8.0, ..PLAIN };
    let dim = View { light: 150, dark: 90, noise: 5, ..view };
    for view in [0.0, 30.0, 90.0, 135.0, 200.0].map(|turn| View { turn, ..view }).into_iter().chain([dim, View { noise: 30, ..view }]) {
        assert_eq!(seen(view, is_dark).read(), found(Kind::Qr, "Box 42"), "turned by {}", view.turn);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..Default::default() })]
    #[test]
    fn whatever_is_seen_nothing_panics(width in 16usize..90, height in 16usize..90, more in 0usize..9, bytes in prop::collection::vec(any::<u8>(), 0..9_000)) {
        let _ = read(Luma { width, height, stride: width + more, bytes: &bytes }, &|| true);
    }
}

const QR: [&str; 21] = [
    "#######.#...#.#######",
    "#.....#.####..#.....#",
    "#.###.#..#..#.#.###.#",
    "#.###.#.##.##.#.###.#",
    "#.###.#..#....#.###.#",
    "#.....#...#...#.....#",
    "#######.#.#.#.#######",
    "........#.#..........",
    "#.##.###.##...#..#.##",
    ".##..#..#...#..#.#..#",
    ".#.##.#####.#####.###",
    "..#..#.###..##...#.##",
    "##..######.#.#..##...",
    "........###..#...##.#",
    "#######.#....##.#....",
    "#.....#.#..######.#.#",
    "#.###.#..#.#..#..####",
    "#.###.#.##...#.#...#.",
    "#.###.#.#.##.#.#..#..",
    "#.....#..#.##.#..#..#",
    "#######.##.##..####..",
];

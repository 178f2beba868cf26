//! From the lengths of runs to what they say: EAN-13, UPC-A and EAN-8 (ISO/IEC 15420), Code 128 (ISO/IEC 15417).

use super::{Code, Kind};

/// Widths of a digit's runs, of seven modules; mirrored where it stands for the other parity.
const DIGITS: [[u8; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];
/// Which of the six digits on the left are mirrored, a bit each from the first: so the digit before them is written.
const FIRST: [u8; 10] = [0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110, 0b01_1010];

/// Widths of the runs of a symbol of Code 128, of eleven modules, each as three bars and three gaps in digits.
const SYMBOLS: [u32; 106] = [
    212222, 222122, 222221, 121223, 121322, 131222, 122213, 122312, 132212, 221213, 221312, 231212, 112232, 122132, 122231, 113222, 123122,
    123221, 223211, 221132, 221231, 213212, 223112, 312131, 311222, 321122, 321221, 312212, 322112, 322211, 212123, 212321, 232121, 111323,
    131123, 131321, 112313, 132113, 132311, 211313, 231113, 231311, 112133, 112331, 132131, 113123, 113321, 133121, 313121, 211331, 231131,
    213113, 213311, 213131, 311123, 311321, 331121, 312113, 312311, 332111, 314111, 221411, 431111, 111224, 111422, 121124, 121421, 141122,
    141221, 112214, 112412, 122114, 122411, 142112, 142211, 241211, 221114, 413111, 241112, 134111, 111242, 121142, 121241, 114212, 124112,
    124211, 411212, 421112, 421211, 212141, 214121, 412121, 111143, 111341, 131141, 114113, 114311, 411113, 411311, 113141, 114131, 311141,
    411131, 211412, 211214, 211232,
];
const STOP: [u8; 7] = [2, 3, 3, 1, 1, 1, 2];
/// Symbols of one code at most: what a person prints has some thirty.
const MOST: usize = 120;

/// The widths of a symbol of Code 128.
pub(super) fn widths(symbol: usize) -> [u8; 6] {
    let mut rest = SYMBOLS.get(symbol).copied().unwrap_or(0);
    let mut out = [0; 6];
    for to in out.iter_mut().rev() {
        *to = u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    out
}

/// What a row of runs says, a light one first.
pub(super) fn read(runs: &[u32]) -> Option<Code> {
    // Dark runs have odd places; before a code lies more light than any gap within it.
    (1..runs.len()).step_by(2).find_map(|at| {
        let rest = runs.get(at..)?;
        let quiet = *runs.get(at - 1)?;
        let module = rest.get(..3)?.iter().sum::<u32>() / 3;
        let is_even = rest[..3].iter().all(|run| run.abs_diff(module) * 2 <= module.max(2));
        if is_even && quiet >= module * 5 {
            return ean(rest).or_else(|| code_128(rest, quiet));
        }
        code_128(rest, quiet)
    })
}

/// How far runs are from widths, in thousandths of their own length; none where one of them is most of a module off.
fn off(runs: &[u32], widths: &[u8]) -> Option<u32> {
    let (length, modules) = (runs.iter().sum::<u32>(), widths.iter().map(|w| u32::from(*w)).sum::<u32>());
    if length < modules {
        return None;
    }
    let mut all = 0;
    for (run, width) in runs.iter().zip(widths) {
        // In parts of a module, of which a run has `width * length`.
        let off = (run * modules).abs_diff(u32::from(*width) * length);
        if off * 10 > length * 7 {
            return None;
        }
        all += off;
    }
    Some(all * 1_000 / (length * modules))
}

/// A digit of EAN, and whether it is mirrored.
fn digit(runs: &[u32]) -> Option<(u8, bool)> {
    let both = (0u8..).zip(&DIGITS).flat_map(|(digit, widths)| {
        let mirrored = [widths[3], widths[2], widths[1], widths[0]];
        [(off(runs, widths), digit, false), (off(runs, &mirrored), digit, true)]
    });
    both.filter_map(|(off, digit, mirrored)| Some((off?, digit, mirrored))).min().filter(|(off, ..)| *off < 180).map(|(_, d, m)| (d, m))
}

fn ean(runs: &[u32]) -> Option<Code> {
    half(runs, 6).or_else(|| half(runs, 4))
}

/// An EAN with so many digits on each side.
fn half(runs: &[u32], digits: usize) -> Option<Code> {
    let (middle, right) = (3 + digits * 4, 3 + digits * 4 + 5);
    let end = right + digits * 4;
    let whole = runs.get(..end + 3)?;
    // Its guards, and the light behind it.
    off(&whole[middle..right], &[1; 5])?;
    off(&whole[end..], &[1; 3])?;
    let module = whole.iter().sum::<u32>() / u32::try_from(digits * 14 + 11).ok()?;
    if runs.get(end + 3).is_none_or(|quiet| *quiet < module * 4) {
        return None;
    }
    let (mut out, mut parity) = (Vec::new(), 0u8);
    for of in whole[3..middle].chunks_exact(4) {
        let (digit, mirrored) = digit(of)?;
        out.push(digit);
        parity = parity << 1 | u8::from(mirrored);
    }
    for of in whole[right..end].chunks_exact(4) {
        let (digit, mirrored) = digit(of)?;
        if mirrored {
            return None;
        }
        out.push(digit);
    }
    if digits == 6 {
        out.insert(0, u8::try_from(FIRST.iter().position(|p| *p == parity)?).ok()?);
    } else if parity != 0 {
        return None;
    }
    let sum: u32 = out.iter().rev().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    if !sum.is_multiple_of(10) {
        return None;
    }
    let text: String = out.iter().map(|digit| char::from(b'0' + digit)).collect();
    Some(match text.strip_prefix('0') {
        Some(rest) if digits == 6 => Code { kind: Kind::UpcA, text: rest.to_owned() },
        _ => Code { kind: if digits == 6 { Kind::Ean13 } else { Kind::Ean8 }, text },
    })
}

fn symbol(runs: &[u32]) -> Option<usize> {
    let all = (0..SYMBOLS.len()).filter_map(|n| Some((off(runs, &widths(n))?, n)));
    all.min().filter(|(off, _)| *off < 150).map(|(_, n)| n)
}

fn code_128(runs: &[u32], quiet: u32) -> Option<Code> {
    let start = symbol(runs.get(..6)?).filter(|n| (103..=105).contains(n))?;
    // Ten modules of light, of which half will do.
    if quiet * 11 < runs[..6].iter().sum::<u32>() * 5 {
        return None;
    }
    let mut all = Vec::new();
    for n in 1..=MOST {
        let here = runs.get(n * 6..)?;
        if here.get(..7).and_then(|seven| off(seven, &STOP)).is_some_and(|off| off < 150) {
            return text(start, &all).map(|text| Code { kind: Kind::Code128, text });
        }
        all.push(symbol(here.get(..6)?).filter(|n| *n < 103)?);
    }
    None
}

/// What symbols say, once their sum is what the last of them is.
fn text(start: usize, all: &[usize]) -> Option<String> {
    let (check, all) = all.split_last()?;
    let sum = all.iter().zip(1..).fold(start, |sum, (symbol, place)| sum + symbol * place);
    if sum % 103 != *check || all.is_empty() {
        return None;
    }
    let (mut set, mut shifted, mut out) = (start, false, String::new());
    for symbol in all {
        let now = match (set, shifted) {
            (103, true) => 104,
            (104, true) => 103,
            (set, _) => set,
        };
        shifted = false;
        match (now, *symbol) {
            (105, pair @ 0..=99) => out.push_str(&format!("{pair:02}")),
            (105, 100) => set = 104,
            (105 | 104, 101) => set = 103,
            (103, 100) => set = 104,
            (103 | 104, 99) => set = 105,
            // A separator of GS1; at the beginning it says that it is one.
            (_, 102) => out.extend((!out.is_empty()).then_some('\u{1d}')),
            (103 | 104, 98) => shifted = true,
            (103 | 104, 96 | 97) => {}
            // What it would add 128 to nobody prints.
            (103, 101) | (104, 100) => return None,
            (103, low @ 64..=95) => out.push(char::from(u8::try_from(low - 64).ok()?)),
            (103 | 104, plain @ 0..=95) => out.push(char::from(u8::try_from(plain + 32).ok()?)),
            _ => return None,
        }
    }
    (!out.is_empty() && !out.contains('\0')).then_some(out)
}

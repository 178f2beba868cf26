//! Units that can be converted into one another, exactly. Others compare with themselves alone.
//!
//! Source of the factors: the International System of Units, and the international agreement on yard and pound of 1959
//! (1 lb = 0.45359237 kg, 1 ft = 0.3048 m), both by way of NIST Special Publication 811.

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    Temperature,
    Mass,
    Length,
    Volume,
    Time,
    Share,
}

/// How a unit is brought to its dimension's first one: × `num` ÷ `den` + `add`.
#[derive(Debug, Clone, Copy)]
struct Unit {
    name: &'static str,
    dimension: Dimension,
    num: i128,
    den: i128,
    add: (i128, i128),
}

const fn unit(name: &'static str, dimension: Dimension, num: i128, den: i128) -> Unit {
    Unit { name, dimension, num, den, add: (0, 1) }
}

const UNITS: [Unit; 25] = [
    unit("°C", Dimension::Temperature, 1, 1),
    Unit { add: (-160, 9), ..unit("°F", Dimension::Temperature, 5, 9) },
    Unit { add: (-27_315, 100), ..unit("K", Dimension::Temperature, 1, 1) },
    unit("g", Dimension::Mass, 1, 1),
    unit("mg", Dimension::Mass, 1, 1_000),
    unit("kg", Dimension::Mass, 1_000, 1),
    unit("t", Dimension::Mass, 1_000_000, 1),
    unit("oz", Dimension::Mass, 45_359_237, 1_600_000),
    unit("lb", Dimension::Mass, 45_359_237, 100_000),
    unit("m", Dimension::Length, 1, 1),
    unit("mm", Dimension::Length, 1, 1_000),
    unit("cm", Dimension::Length, 1, 100),
    unit("km", Dimension::Length, 1_000, 1),
    unit("inch", Dimension::Length, 254, 10_000),
    unit("ft", Dimension::Length, 3_048, 10_000),
    unit("l", Dimension::Volume, 1, 1),
    unit("ml", Dimension::Volume, 1, 1_000),
    unit("cl", Dimension::Volume, 1, 100),
    unit("s", Dimension::Time, 1, 1),
    unit("ms", Dimension::Time, 1, 1_000),
    unit("min", Dimension::Time, 60, 1),
    unit("h", Dimension::Time, 3_600, 1),
    unit("d", Dimension::Time, 86_400, 1),
    unit("w", Dimension::Time, 604_800, 1),
    unit("%", Dimension::Share, 1, 1),
];

fn find(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|u| u.name == name)
}

/// Whether an expression may have it behind a number.
pub fn is_known(name: &str) -> bool {
    find(name).is_some()
}

/// What a unit measures; none of one that is only a word behind a number.
pub fn dimension(name: &str) -> Option<Dimension> {
    find(name).map(|u| u.dimension)
}

/// From one unit to another: × `num` ÷ `den` + `add`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    pub num: i128,
    pub den: i128,
    pub add: (i128, i128),
}

/// How a number in `from` is told in `to`; none where they do not measure the same.
pub fn conversion(from: &str, to: &str) -> Option<Conversion> {
    let (a, b) = (find(from)?, find(to)?);
    if a.dimension != b.dimension {
        return None;
    }
    // b⁻¹(a(n)) = n × (a.num b.den) ÷ (a.den b.num) + (a.add − b.add) × b.den ÷ b.num
    let add = ((a.add.0 * b.add.1 - b.add.0 * a.add.1) * b.den, a.add.1 * b.add.1 * b.num);
    Some(Conversion { num: a.num * b.den, den: a.den * b.num, add })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Decimal;

    #[test]
    fn what_measures_the_same_converts_there_and_back() {
        let told = |n: &str, from, to| {
            let c = conversion(from, to)?;
            n.parse::<Decimal>().ok()?.scaled(c.num, c.den, c.add).map(|d| d.to_string())
        };
        assert_eq!(told("41", "°F", "°C").as_deref(), Some("5"));
        assert_eq!(told("5", "°C", "°F").as_deref(), Some("41"));
        assert_eq!(told("-40", "°F", "°C").as_deref(), Some("-40"));
        assert_eq!(told("0", "K", "°F").as_deref(), Some("-459.67"));
        assert_eq!(told("1", "lb", "kg").as_deref(), Some("0.453592"));
        assert_eq!(told("1", "w", "d").as_deref(), Some("7"));
        assert_eq!(told("12", "inch", "ft").as_deref(), Some("1"));
        assert_eq!(told("90", "min", "h").as_deref(), Some("1.5"));
        assert_eq!((told("1", "kg", "l"), told("1", "crates", "kg")), (None, None));
    }
}

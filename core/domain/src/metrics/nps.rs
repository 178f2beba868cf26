//! NPS on 0 to 10: promoters 9 and 10, passives 7 and 8, detractors 0 to 6; `100 × (P − D) / all`, from −100
//! to +100, shown with its sign and without a per cent sign.

use super::share::rounded;
use super::{OutOfScale, Shown, in_scale};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nps {
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
}

impl Nps {
    pub fn add(&mut self, score: u8) -> Result<(), OutOfScale> {
        match in_scale("NPS", 0, 10, score)? {
            9.. => self.promoters += 1,
            7 | 8 => self.passives += 1,
            _ => self.detractors += 1,
        }
        Ok(())
    }
    pub fn n(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }
    pub fn value(&self) -> Option<i64> {
        rounded(100 * (i128::from(self.promoters) - i128::from(self.detractors)), self.n())
    }
    pub fn shown(&self, minimum: u32) -> Shown {
        Shown::of(self.value(), self.n(), minimum)
    }
    /// With its sign: `+10`, `0`, `-100`.
    pub fn text(&self) -> Option<String> {
        self.value().map(|v| if v > 0 { format!("+{v}") } else { v.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scores: impl IntoIterator<Item = u8>) -> Nps {
        let mut nps = Nps::default();
        scores.into_iter().for_each(|s| nps.add(s).expect("on the scale"));
        nps
    }

    #[test]
    fn the_published_vectors() {
        let nps = Nps { promoters: 30, passives: 50, detractors: 20 };
        assert_eq!((nps.value(), nps.text().as_deref()), (Some(10), Some("+10")));
        assert_eq!(of([6, 6, 6]).value(), Some(-100));
        assert_eq!(of([8, 8]).value(), Some(0));
        assert_eq!(of([9, 6]).text().as_deref(), Some("0"));
        assert_eq!(of([]).value(), None);
        assert!(Nps::default().add(11).is_err());
    }
}

//! CSAT-4, the four smileys: `(happy + very happy) / all`. Reported under its own name, never mixed with 1 to 5.

use super::{OutOfScale, Share, in_scale};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Csat4 {
    /// Responses by smiley, very unhappy first.
    pub smileys: [u64; 4],
}

impl Csat4 {
    /// Counts a smiley, 1 (very unhappy) to 4 (very happy).
    pub fn add(&mut self, smiley: u8) -> Result<(), OutOfScale> {
        self.smileys[usize::from(in_scale("CSAT-4", 1, 4, smiley)?) - 1] += 1;
        Ok(())
    }
    pub fn share(&self) -> Share {
        Share::new(self.smileys[2] + self.smileys[3], self.smileys.iter().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_happy_smileys_over_all() {
        let mut count = Csat4::default();
        assert_eq!(count.share().percent(), None);
        for smiley in [1, 2, 3, 4, 4] {
            count.add(smiley).expect("on the scale");
        }
        assert!(count.add(5).is_err() && count.add(0).is_err());
        assert_eq!(count.share(), Share::new(3, 5));
    }
}

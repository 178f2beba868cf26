//! CES 2.0 on 1 (strongly disagree) to 7 (strongly agree): "CES2 7-pt, favourable share" is `count(5, 6, 7) / n`;
//! the mean, to one decimal, stands beside it.

use super::share::rounded;
use super::{OutOfScale, Share, in_scale};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ces2 {
    /// Responses by score, 1 first.
    pub scores: [u64; 7],
}

impl Ces2 {
    pub fn add(&mut self, score: u8) -> Result<(), OutOfScale> {
        self.scores[usize::from(in_scale("CES2", 1, 7, score)?) - 1] += 1;
        Ok(())
    }
    pub fn favourable(&self) -> Share {
        Share::new(self.scores[4..].iter().sum(), self.scores.iter().sum())
    }
    /// The mean score in tenths: 46 is 4.6.
    pub fn mean_tenths(&self) -> Option<i64> {
        let sum: u64 = self.scores.iter().zip(1..).map(|(n, score)| n * score).sum();
        rounded(10 * i128::from(sum), self.scores.iter().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_five_found_it_easy_with_a_mean_of_4_6() {
        let mut ces = Ces2::default();
        assert_eq!((ces.favourable().percent(), ces.mean_tenths()), (None, None));
        [7, 6, 5, 4, 1].into_iter().for_each(|s| ces.add(s).expect("on the scale"));
        assert!(ces.add(0).is_err() && ces.add(8).is_err());
        assert_eq!((ces.favourable(), ces.favourable().percent(), ces.mean_tenths()), (Share::new(3, 5), Some(60), Some(46)));
    }
}

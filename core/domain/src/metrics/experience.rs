//! The experience index: three questions of 1 to 5 (got what I needed, easy, felt good). Per complete response
//! `Σ wᵢ × 100 × (xᵢ − 1) / 4`; the index is the mean of those. A response that lacks a part counts only in
//! the parts it has; the parts are shown next to the index.

use super::share::rounded;
use super::{OutOfScale, in_scale};

/// How much each part weighs, over their sum: `(1, 1, 1)` are thirds, `(2, 1, 1)` a half and two quarters.
/// Weights are published with a version; numbers under different ones are not added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights(pub [u16; 3]);
impl Default for Weights {
    fn default() -> Self {
        Self([1, 1, 1])
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Experience {
    weights: Weights,
    complete: u64,
    /// Σ wᵢ × (xᵢ − 1) over complete responses.
    points: u64,
    /// Per part: Σ (x − 1) and how many.
    parts: [(u64, u64); 3],
}

impl Experience {
    pub fn new(weights: Weights) -> Self {
        Self { weights, ..Self::default() }
    }
    /// Counts a response; none for a part that was left out.
    pub fn add(&mut self, response: [Option<u8>; 3]) -> Result<(), OutOfScale> {
        for score in response.into_iter().flatten() {
            in_scale("experience", 1, 5, score)?;
        }
        let above = response.map(|score| score.map(|s| u64::from(s) - 1));
        for (part, above) in self.parts.iter_mut().zip(above) {
            if let Some(above) = above {
                *part = (part.0 + above, part.1 + 1);
            }
        }
        if let [Some(a), Some(b), Some(c)] = above {
            let [x, y, z] = self.weights.0.map(u64::from);
            self.points += a * x + b * y + c * z;
            self.complete += 1;
        }
        Ok(())
    }
    /// Complete responses.
    pub fn n(&self) -> u64 {
        self.complete
    }
    /// The index in tenths: 625 is 62.5.
    pub fn index_tenths(&self) -> Option<i64> {
        let whole: u64 = self.weights.0.iter().map(|w| u64::from(*w)).sum();
        rounded(1_000 * i128::from(self.points), 4 * whole * self.complete)
    }
    /// One part (0, 1 or 2) on the same scale, in tenths, with its own count.
    pub fn part_tenths(&self, part: usize) -> Option<(i64, u64)> {
        let (points, n) = *self.parts.get(part)?;
        Some((rounded(1_000 * i128::from(points), 4 * n)?, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(weights: [u16; 3], responses: &[[Option<u8>; 3]]) -> Experience {
        let mut experience = Experience::new(Weights(weights));
        responses.iter().for_each(|r| experience.add(*r).expect("on the scale"));
        experience
    }

    #[test]
    fn the_published_vectors() {
        let thirds = [1, 1, 1];
        assert_eq!(index(thirds, &[[Some(5); 3]]).index_tenths(), Some(1_000));
        assert_eq!(index(thirds, &[[Some(1); 3]]).index_tenths(), Some(0));
        assert_eq!(index(thirds, &[[Some(5), Some(3), Some(1)]]).index_tenths(), Some(500));
        assert_eq!(index([2, 1, 1], &[[Some(5), Some(3), Some(1)]]).index_tenths(), Some(625));
    }

    #[test]
    fn an_incomplete_response_counts_only_in_its_parts() {
        let both = index([1, 1, 1], &[[Some(5); 3], [Some(1), None, Some(3)]]);
        assert_eq!((both.n(), both.index_tenths()), (1, Some(1_000)));
        assert_eq!([both.part_tenths(0), both.part_tenths(1), both.part_tenths(2)], [Some((500, 2)), Some((1_000, 1)), Some((750, 2))]);
        assert_eq!(index([1, 1, 1], &[]).index_tenths(), None);
        assert!(Experience::default().add([Some(6), None, None]).is_err());
    }
}

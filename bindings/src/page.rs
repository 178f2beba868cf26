//! Lists, a page at a time. What a list gives as `next` is given back for the page behind it.

use frontline_device::services::piece::{MOST, Piece};

use crate::FrontlineError;

/// Which page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct PageAsked {
    /// `next` of the page before; none for the first.
    #[uniffi(default = None)]
    pub after: Option<String>,
    /// Rows at most, 1 to 200; none: 50.
    #[uniffi(default = None)]
    pub count: Option<u32>,
}

const USUAL: u32 = 50;

impl PageAsked {
    pub(crate) fn count(&self) -> u32 {
        self.count.unwrap_or(USUAL).clamp(1, MOST)
    }
    pub(crate) fn piece(&self) -> Piece {
        Piece { after: self.after.clone(), count: Some(self.count()) }
    }
    /// A page of a list that the core gives whole: behind the row with the id `after`.
    pub(crate) fn of<T>(&self, all: Vec<T>, id: impl Fn(&T) -> &str) -> Result<(Vec<T>, Option<String>), FrontlineError> {
        let from = match &self.after {
            None => 0,
            Some(after) => {
                let at = all.iter().position(|one| id(one) == after);
                at.map(|at| at + 1)
                    .ok_or_else(|| FrontlineError::invalid("after", "cursor", "the list has changed: begin at its first page"))?
            }
        };
        let more = all.len() > from + self.count() as usize;
        let rows: Vec<T> = all.into_iter().skip(from).take(self.count() as usize).collect();
        let next = rows.last().filter(|_| more).map(|row| id(row).to_owned());
        Ok((rows, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_a_whole_list_follow_each_other_to_the_end() {
        let all = || ["a", "b", "c"].map(str::to_owned).to_vec();
        let page = |after: Option<&str>| PageAsked { after: after.map(str::to_owned), count: Some(2) }.of(all(), |row| row.as_str());
        assert_eq!(page(None), Ok((vec!["a".to_owned(), "b".to_owned()], Some("b".to_owned()))));
        assert_eq!(page(Some("b")), Ok((vec!["c".to_owned()], None)));
        assert!(matches!(page(Some("gone")), Err(FrontlineError::Invalid { .. })));
    }
}

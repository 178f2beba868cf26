//! The functions of the language: their names, what they take, and what they are for. `docs/forms.md` is checked against
//! this table.

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    Na,
    Answered,
    Known,
    If,
    OrElse,
    Count,
    Sum,
    Min,
    Max,
    Average,
    Any,
    All,
    Last,
    LastAt,
    Today,
    Now,
    Date,
    Time,
    DateOf,
    TimeOf,
    Year,
    Month,
    Day,
    Weekday,
    Round,
    Floor,
    Ceil,
    Abs,
    Amount,
    Length,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
}

/// A line of the table.
struct Line {
    function: Function,
    name: &'static str,
    /// How many arguments, at least and at most.
    takes: (usize, usize),
}

const fn line(function: Function, name: &'static str, least: usize, most: usize) -> Line {
    Line { function, name, takes: (least, most) }
}

/// As many arguments as an expression has room for.
const MANY: usize = 64;

const LINES: [Line; 34] = [
    line(Function::Na, "na", 1, 1),
    line(Function::Answered, "answered", 1, 1),
    line(Function::Known, "known", 1, 1),
    line(Function::If, "if", 3, 3),
    line(Function::OrElse, "or-else", 2, MANY),
    line(Function::Count, "count", 1, 1),
    line(Function::Sum, "sum", 1, 1),
    line(Function::Min, "min", 1, MANY),
    line(Function::Max, "max", 1, MANY),
    line(Function::Average, "average", 1, 1),
    line(Function::Any, "any", 1, 1),
    line(Function::All, "all", 1, 1),
    line(Function::Last, "last", 1, 1),
    line(Function::LastAt, "last-at", 1, 1),
    line(Function::Today, "today", 0, 0),
    line(Function::Now, "now", 0, 0),
    line(Function::Date, "date", 1, 1),
    line(Function::Time, "time", 1, 1),
    line(Function::DateOf, "date-of", 1, 1),
    line(Function::TimeOf, "time-of", 1, 1),
    line(Function::Year, "year", 1, 1),
    line(Function::Month, "month", 1, 1),
    line(Function::Day, "day", 1, 1),
    line(Function::Weekday, "weekday", 1, 1),
    line(Function::Round, "round", 1, 2),
    line(Function::Floor, "floor", 1, 1),
    line(Function::Ceil, "ceil", 1, 1),
    line(Function::Abs, "abs", 1, 1),
    line(Function::Amount, "amount", 1, 1),
    line(Function::Length, "length", 1, 1),
    line(Function::Contains, "contains", 2, 2),
    line(Function::StartsWith, "starts-with", 2, 2),
    line(Function::EndsWith, "ends-with", 2, 2),
    line(Function::Matches, "matches", 2, 2),
];

impl Function {
    /// All of them.
    pub const ALL: [Self; 34] = {
        let mut all = [Self::Na; 34];
        let mut n = 0;
        while n < all.len() {
            all[n] = LINES[n].function;
            n += 1;
        }
        all
    };

    fn line(self) -> &'static Line {
        // The table's order is the enumeration's; a test looks.
        &LINES[self as usize]
    }
    /// As it is written.
    pub fn name(self) -> &'static str {
        self.line().name
    }
    /// How many arguments it takes, at least and at most.
    pub fn takes(self) -> (usize, usize) {
        self.line().takes
    }
    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        LINES.iter().find(|l| l.name == name).map(|l| l.function)
    }
    /// Whether its argument can be a repeating item, of which it takes all instances.
    pub fn goes_over_repeats(self) -> bool {
        matches!(self, Self::Count | Self::Sum | Self::Min | Self::Max | Self::Average | Self::Any | Self::All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_stands_in_its_line() {
        for (n, line) in LINES.iter().enumerate() {
            assert_eq!((line.function as usize, line.function.name(), Function::named(line.name)), (n, line.name, Some(line.function)));
        }
    }
}

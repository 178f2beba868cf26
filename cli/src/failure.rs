//! Why the program ends without having done what was asked.

/// A sentence for standard error, and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// Empty where everything was said already.
    pub message: String,
    pub code: u8,
}

impl Failure {
    /// The thing asked for failed.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }
    /// It was asked for wrongly.
    pub fn wrong_use(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }
    /// It failed, and the output says why.
    pub fn said() -> Self {
        Self { message: String::new(), code: 1 }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(e: E) -> Self {
        Self::failed(e.to_string())
    }
}

/// Writes a line to standard error, as `eprintln!` would; that nobody reads it is no failure.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($words)*);
    }};
}
pub(crate) use say;

/// What commands return.
pub type Done = Result<(), Failure>;

/// Writes a line to standard output. A reader that went away (`| head`) is no failure.
pub fn print(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{line}");
}

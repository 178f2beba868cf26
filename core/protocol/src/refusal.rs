//! Why something was not taken: a stable code, and the sentence that people read for it.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// A stable code. Codes that this build does not know are kept as their number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct Code(pub u16);
        impl Code {
            /// All that this build knows.
            pub const ALL: &'static [Code] = &[$(Code($code)),*];
            /// Whether it is said of an entry; else of a request.
            pub const fn is_of_entry(self) -> bool {
                self.0 < 64
            }
            $($(#[$doc])* pub const $name: Code = Code($code);)*
            /// The name, as logs, metrics and JSON show it.
            pub fn name(self) -> &'static str {
                match self.0 { $($code => stringify!($name),)* _ => "UNKNOWN" }
            }
            /// What a person reads. Holds no content and no names.
            pub fn text(self) -> &'static str {
                match self.0 { $($code => $text,)* _ => "The server gave a reason that this version of the app does not know; update the app to read it." }
            }
        }
    };
}

codes! {
    /// Held: a change that it builds on has not arrived.
    WAITS_FOR_DEPENDENCY = 1, "It builds on a change that has not reached the server yet.";
    /// Held: a number of this author before it has not arrived.
    WAITS_FOR_EARLIER = 2, "An earlier change by the same device has not reached the server yet.";
    /// Held: it builds on a change that was refused.
    WAITS_FOR_REFUSED = 3, "It builds on a change that the server refused; the app will offer it again without it.";
    UNREADABLE = 16, "The server cannot read it.";
    NOT_CANONICAL = 17, "It is not in the one encoding that the server takes.";
    TOO_LARGE = 18, "It is larger than the server takes.";
    OTHER_ORGANISATION = 19, "It names another organisation.";
    OTHER_DEVICE = 20, "It names another device.";
    CLOSED_EPOCH = 21, "It is numbered in a series that was closed because two copies of this phone used it.";
    NUMBER_USED_TWICE = 22, "Its number was used before, for something else.";
    NOT_PERMITTED = 23, "Its author had no right to do this there.";
    NOT_CERTIFIED = 24, "Its author was never enrolled on this device.";
    REVOKED = 25, "The device was revoked before this arrived.";
    WRONG_SCOPE = 26, "It belongs to a place where this cannot be.";
    FROM_SERVER_ONLY = 27, "Only the server writes this.";
    OUT_OF_RANGE = 28, "A value in it is outside of what is allowed.";
    UNKNOWN_RELEASE = 29, "It refers to content that was never published.";
    WRONG_DOCUMENT = 30, "It does not belong to the document that it names.";
    LOCKED = 31, "The run was signed off, and its author knew.";
    NOT_AN_ANSWER = 32, "It is not an answer that the item takes.";
    UNSOUND_CHANGE = 33, "The change is not built as the document requires.";
    WRONG_AUTHOR = 34, "It claims to be another person's.";
    EARLIER_CONTACT = 35, "It claims an earlier contact with the server than the device had stated.";
    TOO_MANY = 36, "There are more of these than the document may hold.";
    GRADED_OTHERWISE = 37, "Its answers are worth something else than the phone worked out; update the app and hand the attempt in again.";
    ID_TAKEN = 38, "Something else was captured under its id before.";
    UNKNOWN_ASSET = 39, "It is about something that never stood at the place where it was done.";
    WITHDRAWN = 41, "The run was withdrawn, and its author knew.";
    /// Of something about a customer.
    KEYS_UNREADABLE = 40, "The server cannot open the key of what it says about a customer. The words stay on the phone; a person may let the rest in without them.";
    /// Of a request.
    BAD_SIGNATURE = 64, "The request is not signed by the device's key.";
    NEW_NONCE = 65, "Sign again with the nonce of this answer.";
    UNKNOWN_DEVICE = 66, "The server does not know this device; enrol it again. What is unsent stays.";
    DEVICE_REVOKED = 67, "This device was revoked. What is unsent stays; ask a manager.";
    BAD_REQUEST = 68, "The request is not one that the server understands.";
    VERSION = 69, "The app and the server have no version of the protocol in common; update the older of the two.";
    BAD_CODE = 70, "This enrolment code is not valid, was used, or is older than 15 minutes; ask for a new one.";
    BUSY = 71, "The server is busy; the app will try again.";
    LIMIT = 72, "A limit was exceeded.";
    BAD_CERTIFICATE = 74, "The server gave this device no such certificate; enrol it again with a new code. What is unsent stays.";
    NOT_THERE = 75, "There is no such thing, or this device may not read it.";
    NOT_VOUCHED_FOR = 77, "The server never sent this page, or not so; nothing of it is taken.";
    INTERNAL = 73, "The server failed; nothing was taken. The app will try again.";
    NO_SUCH_PICTURE = 76, "There is no such picture here, or not yet.";
    SAY_IT_WHOLE = 79, "The server does not remember where this device stands; the app says it in full.";
    NO_RECOVERY_KEY = 78, "The key that opens stores of lost phones is not kept at this server; ask whoever keeps it.";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

/// The body of an answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.detail.as_deref().unwrap_or(self.code.text()))]
pub struct Refused {
    pub code: Code,
    /// What, where, and what would be right, where the code's sentence does not say it all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// With [`Code::NEW_NONCE`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<ByteBuf>,
    /// Server time, ms; lets a device with a wrong clock go on.
    pub time_ms: i64,
}

//! Cancelling a call of the core in Swift, which UniFFI's generator leaves out.
//!
//! Its template waits in a plain continuation: a cancelled task is not passed on, the call runs to its end, and a status
//! “cancelled” ends the app. Their repository knows it (mozilla/uniffi-rs: issue 2771; pull request 1768 was closed, 2887
//! is open): with it each async call throws `CancellationError`, so that it cannot be had for calls that throw nothing,
//! and they look for a mark by which an author asks for it. Here each async call throws, and each may be dropped at any
//! await (Kotlin and Python drop them), so it is had for all of them. Once theirs is released, this file goes.
//!
//! Only what is written below is replaced, and only where it is found as often as it has to be: a generator that writes
//! something else is not patched by guess.

use anyhow::{Context, bail, ensure};
use camino::Utf8Path;

const CONTINUATIONS: [&str; 2] =
    ["UniffiHandleMap<UnsafeContinuation<Int8, Never>>()", "UniffiHandleMap<CheckedContinuation<Int8, Never>>()"];

const TAKES: [&str; 2] = [
    "\n    pollFunc: (UInt64, @escaping UniffiRustFutureContinuationCallback, UInt64) -> (),\n",
    "\n    pollFunc: (UInt64, @escaping UniffiRustFutureContinuationCallback, UInt64) -> (),\n    \
     cancelFunc: @escaping @Sendable (UInt64) -> (),\n",
];

const LOOP: [&str; 2] = [
    "    let rustFuture = rustFutureFunc()
    defer {
        freeFunc(rustFuture)
    }
    var pollResult: Int8;
    repeat {
        pollResult = await withUnsafeContinuation {
            pollFunc(
                rustFuture,
                { handle, pollResult in
                    uniffiFutureContinuationCallback(handle: handle, pollResult: pollResult)
                },
                uniffiContinuationHandleMap.insert(obj: $0)
            )
        }
    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY
",
    "    // For a task that was cancelled before, nothing is begun.
    try Task.checkCancellation()
    let rustFuture = rustFutureFunc()
    // Cancelling what was freed would reach into memory that is somebody else's. This comes last: the handler below is
    // taken away before `withTaskCancellationHandler` returns, and one that runs is waited for.
    defer {
        freeFunc(rustFuture)
    }
    await withTaskCancellationHandler {
        var pollResult: Int8
        repeat {
            // Rust calls back once for each poll, under none of its locks: the handler may run under the task's own.
            pollResult = await withCheckedContinuation {
                pollFunc(
                    rustFuture,
                    { handle, pollResult in
                        uniffiFutureContinuationCallback(handle: handle, pollResult: pollResult)
                    },
                    uniffiContinuationHandleMap.insert(obj: $0)
                )
            }
        } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY
    } onCancel: {
        // The poll that waits, or the next one, is told that it is ready. What was done by then is given all the same;
        // else the status is “cancelled”.
        cancelFunc(rustFuture)
    }
",
];

const STATUS: [&str; 2] = [
    "        case CALL_CANCELLED:\n            fatalError(\"Cancellation not supported yet\")\n",
    "        case CALL_CANCELLED:\n            throw CancellationError()\n",
];

const CALL: &str = " await uniffiRustCallAsync(\n";
const POLL: &str = "            pollFunc: ffi_";
const POLL_NAME: &str = "_rust_future_poll_";

/// The version of the generator, as the lock file has it.
fn version() -> &'static str {
    let at = include_str!("../Cargo.lock").split_once("name = \"uniffi_bindgen\"\nversion = \"");
    at.and_then(|(_, rest)| rest.split('"').next()).unwrap_or("unknown")
}

/// Rewrites what was generated into a folder of its own.
pub fn mend(out: &Utf8Path) -> anyhow::Result<()> {
    let mut mended = 0;
    for entry in out.read_dir_utf8().with_context(|| out.to_string())? {
        let path = entry?.into_path();
        if path.extension() == Some("swift") {
            let now = cancellable(&std::fs::read_to_string(&path)?).with_context(|| path.to_string())?;
            std::fs::write(&path, now)?;
            mended += 1;
        }
    }
    ensure!(mended == 1, "{out} holds {mended} Swift files; name a folder of its own for what is generated");
    Ok(())
}

/// The generated Swift, in which a cancelled task cancels what it called.
fn cancellable(generated: &str) -> anyhow::Result<String> {
    let mut out = generated.to_owned();
    for (what, [from, to]) in [
        ("where continuations are kept", CONTINUATIONS),
        ("what a call is given", TAKES),
        ("the loop that polls", LOOP),
        ("what a status means", STATUS),
    ] {
        let found = out.matches(from).count();
        if found != 1 {
            bail!(
                "UniFFI {} writes {what} in another way ({found} times as it was, not once): read its Async.swift and \
                 shells/bindgen/src/swift.rs anew, or no call of the core can be cancelled in Swift",
                version()
            );
        }
        out = out.replace(from, to);
    }
    calls(&out)
}

/// Hands the function that cancels in at each call.
fn calls(generated: &str) -> anyhow::Result<String> {
    let mut parts = generated.split(CALL);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for call in parts {
        let throws = out.ends_with("try ");
        let polls = call.find(POLL).map(|at| &call[at..]).and_then(|line| line.split_once(",\n")).filter(|(line, _)| {
            // Of this call, not of one that comes later.
            line.contains(POLL_NAME) && !line.contains('\n')
        });
        let Some((poll, _)) = polls.filter(|_| throws) else {
            bail!(
                "UniFFI {} writes a call of an async function in another way than ‘try await uniffiRustCallAsync(… {POLL}…’; \
                 a call that throws nothing cannot be cancelled in Swift",
                version()
            );
        };
        let cancel = poll.replace("pollFunc:", "cancelFunc:").replace(POLL_NAME, "_rust_future_cancel_");
        let mended = call.replacen(&format!("{poll},\n"), &format!("{poll},\n{cancel},\n"), 1);
        out.push_str(CALL);
        out.push_str(&mended);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(how: &str) -> String {
        format!(
            "    return\n        {how}  await uniffiRustCallAsync(\n            rustFutureFunc: {{\n                f()\n            }},\n            \
             pollFunc: ffi_x_rust_future_poll_void,\n            completeFunc: ffi_x_rust_future_complete_void,\n        )\n"
        )
    }
    fn generated(calls: &str) -> String {
        [CONTINUATIONS[0], TAKES[0], LOOP[0], STATUS[0], calls].concat()
    }

    #[test]
    fn each_call_is_given_what_cancels_it() {
        let out = cancellable(&generated(&call("try").repeat(2))).unwrap();
        assert_eq!(
            out.matches("pollFunc: ffi_x_rust_future_poll_void,\n            cancelFunc: ffi_x_rust_future_cancel_void,\n").count(),
            2
        );
        assert!(out.contains(LOOP[1]) && !out.contains("fatalError"));
    }

    #[test]
    fn what_is_written_in_another_way_is_named_with_the_version() {
        for changed in [
            generated("").replace("repeat {", "while true {"),
            generated("").replace("CALL_CANCELLED", "CALL_GONE"),
            generated(&call("try!")),
            generated(&call("try").replace("_poll_", "_ask_")),
            cancellable(&generated("")).unwrap(),
        ] {
            let why = cancellable(&changed).unwrap_err().to_string();
            assert!(why.contains(concat!("UniFFI ", "0.")) && why.contains(" another way"), "{why}");
        }
    }
}

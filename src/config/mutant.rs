//! Faults that the crash suite plants on purpose, to prove that it would find them. A release build
//! has none of them, whatever the environment says.

/// The platform is told before the commit.
pub const ACK_BEFORE_COMMIT: &str = "ack-before-commit";
/// What a turn asks of the house is committed after the turn.
pub const EFFECTS_SECOND_TRANSACTION: &str = "effects-second-transaction";
/// SQLite does not wait for the disk at every commit.
pub const SQLITE_NORMAL: &str = "sqlite-normal";

/// Whether this fault is planted: `WASL_MUTANT` names it, in a debug build.
pub fn is(mutant: &str) -> bool {
    cfg!(debug_assertions)
        && std::env::var_os("WASL_MUTANT").is_some_and(|planted| planted == mutant)
}

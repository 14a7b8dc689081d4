//! Stories: conversations that are the tests of the dialogs, and the talk in a terminal. Runs the pure
//! machine in a small world of its own, in memory; touches no store and no network.

//! The chat page and what its script asks for. A handler reads one request, asks one thing of the
//! house, and answers; every word about an application is said elsewhere.

pub mod anonymous;
pub mod attachment;
pub mod body;
pub mod events;
pub mod files;
pub mod history;
pub mod line;
pub mod message;
pub mod open;
pub mod page;
pub mod picture;
pub mod sniff;
pub mod visit;
pub mod watch;

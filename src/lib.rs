//! Wasl: the messaging front door of a charity. The rooms and their doors are described in
//! ARCHITECTURE.md; `tests/house.rs` checks who may import whom.

pub mod channel;
pub mod charity;
pub mod cli;
pub mod config;
pub mod console;
pub mod dialog;
pub mod event;
pub mod faq;
pub mod inbox;
pub mod outbox;
pub mod reply;
pub mod seal;
pub mod store;
pub mod text;
pub mod timers;
pub mod web;

//! The whole product from outside: the binary over HTTP, in a browser, on both engines. One binary for
//! all of it, so that it is linked once.

mod support;

mod authoring;
mod browser;
mod console;
mod crash;
mod elsewhere;
mod email;
mod harness;
mod journey;
mod operating;
mod privacy;
mod scenario;
mod takeover;
mod telegram;
mod whatsapp;
mod widget;

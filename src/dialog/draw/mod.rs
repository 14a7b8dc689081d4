//! Pictures of the dialogs for their authors: one dialog with its steps, or the whole charity with its dialogs, as
//! Mermaid text and as SVG. Pure: files in memory in, a text out; it reads them as they are, and judges nothing.

mod charity;
mod condition;
mod dialog;
mod layout;
mod legend;
mod mermaid;
mod picture;
mod plain;
mod shape;
mod svg;
mod wrap;

#[cfg(test)]
mod tests;

pub use charity::charity;
pub use dialog::dialog;
pub use mermaid::mermaid;
pub use picture::Picture;
pub use svg::svg;

/// Why something cannot be drawn: what, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undrawable {
    #[error("there is no dialog `{name}`. {remedy}")]
    NoDialog { name: String, remedy: String },
    #[error(
        "`{name}` has {found} {what}, and a picture of more than {most} cannot be read. \
         Divide it, or draw it with `--format mermaid`"
    )]
    TooLarge {
        name: String,
        what: &'static str,
        found: usize,
        most: usize,
    },
}

//! Text values that can only be had by reading one: stored and sent as their plain text, printed masked.

/// Makes a value of one private `String`: `as_str`, serde as a string through `$parse`, masked `Debug` and `Display`.
macro_rules! masked_text {
    ($name:ident, $problem:ty, $parse:path, $mask:path) => {
        impl $name {
            /// The whole value; for storing and sending, never for logs.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The value as lists may show it.
            pub fn masked(&self) -> String {
                $mask(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.masked())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.masked())
            }
        }

        impl TryFrom<String> for $name {
            type Error = $problem;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                $parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }
    };
}

pub(crate) use masked_text;

/// Keeps `front` and `back` characters and shows five dots for the rest; all dots when too little would be hidden.
pub(crate) fn masked(text: &str, front: usize, back: usize) -> String {
    let scalars: Vec<char> = text.chars().collect();
    if scalars.len() < front + back + 3 {
        return "•".repeat(5);
    }
    let head: String = scalars[..front].iter().collect();
    let tail: String = scalars[scalars.len() - back..].iter().collect();
    format!("{head}•••••{tail}")
}

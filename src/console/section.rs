//! The parts of the console, in the order of its navigation.

use super::permission::Permission;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Home,
    /// The inbox.
    Conversations,
    Search,
    /// One's own account.
    Own,
}

/// The navigation: a heading's words, and what stands below it.
pub const NAVIGATION: &[(&str, &[Section])] = &[(
    "nav-work",
    &[Section::Home, Section::Conversations, Section::Search],
)];

impl Section {
    pub fn path(self) -> &'static str {
        match self {
            Section::Home => "/staff",
            Section::Conversations => "/staff/conversations",
            Section::Search => "/staff/search",
            Section::Own => "/staff/account",
        }
    }

    /// Its name in the words of the console.
    pub fn words(self) -> &'static str {
        match self {
            Section::Home => "nav-home",
            Section::Conversations => "nav-conversations",
            Section::Search => "nav-search",
            Section::Own => "nav-own",
        }
    }

    /// What one needs to see it; None: everybody does.
    pub fn needs(self) -> Option<Permission> {
        match self {
            Section::Conversations | Section::Search => Some(Permission::Conversations),
            Section::Home | Section::Own => None,
        }
    }

    /// Lines of its picture, 24 by 24.
    pub fn picture(self) -> &'static str {
        match self {
            Section::Conversations => "M4 5h16v11H10.500L6 20v-4H4z",
            Section::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.500 4.500",
            Section::Home => "M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z",
            Section::Own => {
                "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6"
            }
        }
    }
}

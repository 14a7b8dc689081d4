//! The parts of the console, in the order of its navigation.

use super::permission::Permission;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Home,
    /// The inbox.
    Conversations,
    Search,
    Practice,
    Faq,
    Canned,
    Labels,
    Templates,
    Dialogs,
    Calendar,
    People,
    Permissions,
    Channels,
    Audit,
    System,
    /// One's own account.
    Own,
}

/// The navigation: a heading's words, and what stands below it.
pub const NAVIGATION: &[(&str, &[Section])] = &[
    (
        "nav-work",
        &[
            Section::Home,
            Section::Conversations,
            Section::Search,
            Section::Practice,
        ],
    ),
    (
        "nav-answers",
        &[
            Section::Faq,
            Section::Canned,
            Section::Labels,
            Section::Templates,
            Section::Dialogs,
        ],
    ),
    (
        "nav-house",
        &[
            Section::Calendar,
            Section::People,
            Section::Permissions,
            Section::Channels,
            Section::Audit,
            Section::System,
        ],
    ),
];

impl Section {
    pub fn path(self) -> &'static str {
        match self {
            Section::Home => "/staff",
            Section::Conversations => "/staff/conversations",
            Section::Search => "/staff/search",
            Section::Practice => "/staff/practice",
            Section::Faq => "/staff/faq",
            Section::Canned => "/staff/canned",
            Section::Labels => "/staff/labels",
            Section::Templates => "/staff/templates",
            Section::Dialogs => "/staff/dialogs",
            Section::Channels => "/staff/channels",
            Section::System => "/staff/system",
            Section::Calendar => "/staff/calendar",
            Section::People => "/staff/people",
            Section::Permissions => "/staff/permissions",
            Section::Audit => "/staff/audit",
            Section::Own => "/staff/account",
        }
    }

    /// Its name in the words of the console.
    pub fn words(self) -> &'static str {
        match self {
            Section::Home => "nav-home",
            Section::Conversations => "nav-conversations",
            Section::Search => "nav-search",
            Section::Practice => "nav-practice",
            Section::Faq => "nav-faq",
            Section::Canned => "nav-canned",
            Section::Labels => "nav-labels",
            Section::Templates => "nav-templates",
            Section::Dialogs => "nav-dialogs",
            Section::Channels => "nav-channels",
            Section::System => "nav-system",
            Section::Calendar => "nav-calendar",
            Section::People => "nav-people",
            Section::Permissions => "nav-permissions",
            Section::Audit => "nav-audit",
            Section::Own => "nav-own",
        }
    }

    /// What one needs to see it; None: everybody does.
    pub fn needs(self) -> Option<Permission> {
        match self {
            Section::Conversations | Section::Search => Some(Permission::Conversations),
            Section::Home | Section::Permissions | Section::Own => None,
            Section::Practice => Some(Permission::Answer),
            Section::Faq => Some(Permission::Faq),
            Section::Canned => Some(Permission::Canned),
            Section::Labels => Some(Permission::Labels),
            Section::Templates => Some(Permission::Templates),
            Section::Dialogs => Some(Permission::Dialogs),
            Section::Channels => Some(Permission::Channels),
            Section::System => Some(Permission::System),
            Section::Calendar => Some(Permission::Calendar),
            Section::People => Some(Permission::Staff),
            Section::Audit => Some(Permission::Audit),
        }
    }

    /// Lines of its picture, 24 by 24.
    pub fn picture(self) -> &'static str {
        match self {
            Section::Conversations => "M4 5h16v11H10.500L6 20v-4H4z",
            Section::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.500 4.500",
            Section::Home => "M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z",
            Section::Faq => {
                "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .8-1 1.700M12 16.500h.01"
            }
            Section::Practice => {
                "M12 4l10 5-10 5L2 9zM6 11.500v4.500c2 2 4 3 6 3s4-1 6-3v-4.500M22 9v6"
            }
            Section::Canned => "M4 5h16v11H9l-5 4zM8 9h8M8 12.500h5",
            Section::Labels => "M4 4h7.500l8.500 8.500-7.500 7.500L4 11.500zM8 8h.01",
            Section::Templates => "M5 4h14v16H5zM8.500 8h7M8.500 12h7M8.500 16h4",
            Section::Dialogs => {
                "M4 5h6v5H4zM14 14h6v5h-6zM10 7.500h4.500a2.500 2.500 0 0 1 2.500 2.500v4"
            }
            Section::Channels => {
                "M12 13a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM8 16a6 6 0 0 1 0-9M16 7a6 6 0 0 1 0 9M5 19a10.500 10.500 0 0 1 0-15M19 4a10.500 10.500 0 0 1 0 15"
            }
            Section::System => "M4 13h4l2-7 4 13 2.500-6H20",
            Section::Calendar => {
                "M4 6h16v14H4zM4 10h16M8 3.500v4M16 3.500v4M8 14h.01M12 14h.01M16 14h.01"
            }
            Section::People => {
                "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 19.500c.6-3.400 3.200-5.500 6.500-5.500s5.900 2.100 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.500M18 14.300c2 .8 3.200 2.700 3.500 5.200"
            }
            Section::Permissions => {
                "M12 3l7.500 3v5.500c0 4.500-3 8-7.500 9.500-4.500-1.500-7.500-5-7.500-9.500V6zM8.500 12l2.500 2.500 4.500-5"
            }
            Section::Audit => "M6 3.500h9l4 4v13H6zM14.500 3.500V8H19M9 12h7M9 15.500h7",
            Section::Own => {
                "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6"
            }
        }
    }
}

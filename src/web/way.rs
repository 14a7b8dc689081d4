//! The ways in to the chat. Each has addresses and a session of its own: what is said on one is never seen
//! on another.

use crate::event::ANONYMOUS;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `/`: the page that somebody opens by themselves.
    Page,
    /// `/widget`: the same page in a frame on a site of the charity's. Not the session of [`Way::Page`]: no
    /// other site, however well meant, can lay anything over a talk that was begun without it.
    Frame,
    /// `/anonymous`: a talk without a name. Its session leads to no other, and ends with the browser.
    Anonymous,
}

impl Way {
    pub const ALL: [Way; 3] = [Way::Page, Way::Frame, Way::Anonymous];

    /// What stands before `/chat/…`.
    pub fn base(self) -> &'static str {
        match self {
            Way::Page => "",
            Way::Frame => "/widget",
            Way::Anonymous => "/anonymous",
        }
    }

    /// The address of its page.
    pub fn page(self) -> &'static str {
        match self {
            Way::Page => "/",
            Way::Frame | Way::Anonymous => self.base(),
        }
    }

    /// As the page's script knows it.
    pub fn word(self) -> &'static str {
        match self {
            Way::Page => "page",
            Way::Frame => "frame",
            Way::Anonymous => "anonymous",
        }
    }

    /// Which one an address belongs to.
    pub fn of_path(path: &str) -> Way {
        let below = |way: &Way| {
            let rest = path.strip_prefix(way.base());
            !way.base().is_empty()
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        Way::ALL.into_iter().find(below).unwrap_or(Way::Page)
    }

    /// The account of its addresses: whoever holds the cookie of one way is nobody on another, even with the
    /// same token.
    pub fn account(self) -> &'static str {
        match self {
            // A frame's tokens are as good as a page's, and its contacts are no different people.
            Way::Page | Way::Frame => "",
            Way::Anonymous => ANONYMOUS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_belongs_to_one_way() {
        for (path, way) in [
            ("/", Way::Page),
            ("/chat/open", Way::Page),
            ("/widget", Way::Frame),
            ("/widget.js", Way::Page),
            ("/widget/chat/open", Way::Frame),
            ("/anonymous", Way::Anonymous),
            ("/anonymous/chat/open", Way::Anonymous),
            ("/anonymously", Way::Page),
        ] {
            assert_eq!(Way::of_path(path), way, "{path}");
        }
    }
}

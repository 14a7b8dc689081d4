//! Who may do what: the one table, enforced by [`crate::console::visit::Staff::need`] and shown on a page.

use std::collections::BTreeSet;

use crate::store::staff::Role;
use Role::{Administrator, Officer, Quality, Representative, Researcher};

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// See, search and open conversations; representatives those of their branch.
    Conversations,
    /// Take over, answer, write notes, give back.
    Answer,
    /// Give conversations to others and take them from others.
    Assign,
    /// See sensitive values, with a reason.
    Reveal,
    /// The FAQ: entries, phrasings, what found no answer.
    Faq,
    Canned,
    Labels,
    Dialogs,
    Templates,
    Calendar,
    Channels,
    /// Invite, change and deactivate staff.
    Staff,
    /// Read the audit trail.
    Audit,
    /// Queues, failed events, versions, storage.
    System,
}

impl Permission {
    pub const ALL: [Permission; 14] = [
        Permission::Conversations,
        Permission::Answer,
        Permission::Assign,
        Permission::Reveal,
        Permission::Faq,
        Permission::Canned,
        Permission::Labels,
        Permission::Dialogs,
        Permission::Templates,
        Permission::Calendar,
        Permission::Channels,
        Permission::Staff,
        Permission::Audit,
        Permission::System,
    ];

    /// Who may.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Permission::Conversations | Permission::Answer => {
                &[Administrator, Officer, Researcher, Representative]
            }
            Permission::Assign => &[Administrator, Officer],
            Permission::Reveal => &[Administrator, Officer, Researcher],
            Permission::Faq => &[Administrator, Officer, Quality],
            Permission::Canned | Permission::Labels => &[Administrator, Officer],
            Permission::Dialogs => &[Administrator, Officer, Researcher, Quality],
            Permission::Templates => &[Administrator, Officer],
            Permission::Calendar
            | Permission::Channels
            | Permission::Staff
            | Permission::Audit
            | Permission::System => &[Administrator],
        }
    }

    /// Its sentence in the words of the console.
    pub fn words(self) -> &'static str {
        match self {
            Permission::Conversations => "permission-conversations",
            Permission::Answer => "permission-answer",
            Permission::Assign => "permission-assign",
            Permission::Reveal => "permission-reveal",
            Permission::Faq => "permission-faq",
            Permission::Canned => "permission-canned",
            Permission::Labels => "permission-labels",
            Permission::Dialogs => "permission-dialogs",
            Permission::Templates => "permission-templates",
            Permission::Calendar => "permission-calendar",
            Permission::Channels => "permission-channels",
            Permission::Staff => "permission-staff",
            Permission::Audit => "permission-audit",
            Permission::System => "permission-system",
        }
    }
}

/// Whether somebody in these roles may.
pub fn may(roles: &BTreeSet<Role>, permission: Permission) -> bool {
    permission.roles().iter().any(|role| roles.contains(role))
}

/// The name of a role in the words of the console.
pub fn role_words(role: Role) -> &'static str {
    match role {
        Role::Administrator => "role-administrator",
        Role::Officer => "role-officer",
        Role::Researcher => "role-researcher",
        Role::Committee => "role-committee",
        Role::Representative => "role-representative",
        Role::Quality => "role-quality",
    }
}

/// Roles that one person should not have at once, and the sentence that says why.
const APART: &[(Role, Role, &str)] = &[
    (Role::Officer, Role::Committee, "apart-verify-vote"),
    (Role::Representative, Role::Committee, "apart-verify-vote"),
    (Role::Researcher, Role::Committee, "apart-study-vote"),
    (Role::Quality, Role::Committee, "apart-rated-decide"),
    (Role::Quality, Role::Officer, "apart-rated-rate"),
];

/// Why these roles should not be together; empty when they may.
pub fn warnings(roles: &BTreeSet<Role>) -> Vec<&'static str> {
    let both = |(one, other, _): &&(Role, Role, &str)| roles.contains(one) && roles.contains(other);
    let found: BTreeSet<_> = APART.iter().filter(both).map(|(_, _, why)| *why).collect();
    found.into_iter().collect()
}

/// Which conversations and requests somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Those of one branch; without a name, none.
    Branch(String),
}

/// Whoever has any role beside representative sees all.
pub fn scope(roles: &BTreeSet<Role>, branch: Option<&str>) -> Scope {
    let only_branch = roles.iter().all(|role| *role == Role::Representative);
    match only_branch {
        true => Scope::Branch(branch.unwrap_or_default().to_string()),
        false => Scope::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_yaml_knows_the_same_roles() {
        let words: Vec<&str> = Role::ALL.into_iter().map(Role::word).collect();
        assert_eq!(words, crate::dialog::check::ROLES);
    }

    #[test]
    fn every_permission_belongs_to_somebody_and_administrators_have_all() {
        for permission in Permission::ALL {
            assert!(
                permission.roles().contains(&Role::Administrator),
                "{permission:?}"
            );
        }
        let table: Vec<(Role, Vec<Permission>)> = Role::ALL
            .into_iter()
            .map(|role| {
                let has = |one: &Permission| may(&BTreeSet::from([role]), *one);
                (role, Permission::ALL.into_iter().filter(has).collect())
            })
            .collect();
        use Permission::*;
        assert_eq!(table[0].1, Permission::ALL);
        assert_eq!(
            table[1].1,
            [
                Conversations,
                Answer,
                Assign,
                Reveal,
                Faq,
                Canned,
                Labels,
                Dialogs,
                Templates
            ]
        );
        assert_eq!(table[2].1, [Conversations, Answer, Reveal, Dialogs]);
        assert_eq!(table[3].1, []);
        assert_eq!(table[4].1, [Conversations, Answer]);
        assert_eq!(table[5].1, [Faq, Dialogs]);
    }

    #[test]
    fn who_verifies_does_not_vote() {
        let roles = |roles: &[Role]| roles.iter().copied().collect::<BTreeSet<_>>();
        for (given, expected) in [
            (vec![Role::Officer], vec![]),
            (vec![Role::Administrator, Role::Officer], vec![]),
            (
                vec![Role::Officer, Role::Committee],
                vec!["apart-verify-vote"],
            ),
            (
                vec![Role::Officer, Role::Representative, Role::Committee],
                vec!["apart-verify-vote"],
            ),
            (vec![Role::Quality, Role::Officer], vec!["apart-rated-rate"]),
        ] {
            assert_eq!(warnings(&roles(&given)), expected, "{given:?}");
        }
    }

    #[test]
    fn a_representative_sees_the_own_branch_and_nothing_without_one() {
        let one = BTreeSet::from([Role::Representative]);
        assert_eq!(scope(&one, Some("north")), Scope::Branch("north".into()));
        assert_eq!(scope(&one, None), Scope::Branch(String::new()));
        let two = BTreeSet::from([Role::Representative, Role::Officer]);
        assert_eq!(scope(&two, Some("north")), Scope::All);
    }
}

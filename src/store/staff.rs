//! Staff: who works in the console, in which roles, and what proves it. It keeps hashes and sealed secrets; how
//! they are made and compared is the console's matter.

use std::collections::BTreeSet;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;
use crate::text::lang::Lang;

statements! {
    ADD = "INSERT INTO staff (id, name, title, roles, branch, language, totp_step, answers, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8) ON CONFLICT (name) DO NOTHING";
    ALL = "SELECT * FROM staff ORDER BY CASE WHEN deactivated_at IS NULL THEN 0 ELSE 1 END, title, id";
    FIND = "SELECT * FROM staff WHERE id = $1";
    NAMED = "SELECT * FROM staff WHERE name = $1";
    ADMINISTRATORS = "SELECT COUNT(*) AS n FROM staff
        WHERE deactivated_at IS NULL AND password IS NOT NULL AND ' ' || roles || ' ' LIKE '% administrator %'";
    DESCRIBE = "UPDATE staff SET title = $2, roles = $3, branch = $4 WHERE id = $1";
    LANGUAGE = "UPDATE staff SET language = $2 WHERE id = $1";
    PASSWORD = "UPDATE staff SET password = $2, password_at = $3 WHERE id = $1";
    SECOND = "UPDATE staff SET totp = $2, totp_at = $3, totp_step = $4 WHERE id = $1";
    STEP = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    ACTIVE = "UPDATE staff SET deactivated_at = $2 WHERE id = $1";
    ANSWERS = "UPDATE staff SET answers = $2 WHERE id = $1";
    SEEN = "UPDATE staff SET seen_at = $2 WHERE id = $1";
    DROP_CODES = "DELETE FROM staff_recovery WHERE staff_id = $1";
    ADD_CODES = "INSERT INTO staff_recovery (staff_id, code)
        SELECT r.staff_id, r.id FROM {rows $1 AS r: staff_id TEXT, id TEXT}";
    USE_CODE = "DELETE FROM staff_recovery WHERE staff_id = $1 AND code = $2";
    CODES = "SELECT COUNT(*) AS n FROM staff_recovery WHERE staff_id = $1";
    HELD = "SELECT id FROM conversation WHERE control = 'human' AND control_by = $1 ORDER BY id";
}

/// What somebody is to the charity; one person may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Administrator,
    /// Relations officer.
    Officer,
    /// Social researcher.
    Researcher,
    /// Member of the research committee.
    Committee,
    /// Representative or receptionist of one branch.
    Representative,
    Quality,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::Administrator,
        Role::Officer,
        Role::Researcher,
        Role::Committee,
        Role::Representative,
        Role::Quality,
    ];

    /// In the table, in forms and commands.
    pub fn word(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Officer => "officer",
            Role::Researcher => "researcher",
            Role::Committee => "committee",
            Role::Representative => "representative",
            Role::Quality => "quality",
        }
    }

    pub fn read(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether people can be answered by somebody in this role.
    pub fn answers(self) -> bool {
        match self {
            Role::Administrator | Role::Officer | Role::Researcher | Role::Representative => true,
            Role::Committee | Role::Quality => false,
        }
    }
}

/// A member of staff. Debug shows no hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    /// What they sign in with.
    pub name: String,
    /// What colleagues read.
    pub title: String,
    pub roles: BTreeSet<Role>,
    pub branch: Option<String>,
    pub language: Lang,
    /// Argon2id, in its own form; None: was invited and has not come yet.
    pub password: Option<String>,
    pub password_at: Option<Millis>,
    /// The secret of the second factor, and since when it counts.
    pub totp: Option<String>,
    pub totp_at: Option<Millis>,
    pub created_at: Millis,
    pub created_by: String,
    pub deactivated_at: Option<Millis>,
    pub seen_at: Option<Millis>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({}, {:?})", self.id, self.roles)
    }
}

impl Account {
    pub fn is_active(&self) -> bool {
        self.deactivated_at.is_none()
    }

    /// Whether a code of the second factor must be given to sign in.
    pub fn has_second(&self) -> bool {
        self.totp.is_some()
    }

    /// Whether there must be one.
    pub fn needs_second(&self) -> bool {
        self.roles.contains(&Role::Administrator)
    }

    /// Whether people may wait for this one.
    fn answers(&self) -> bool {
        self.is_active() && self.password.is_some() && self.roles.iter().copied().any(Role::answers)
    }
}

/// A name as it is compared: without marks, case and spaces around it.
pub fn folded(name: &str) -> String {
    crate::text::fold::clean(name).to_lowercase()
}

/// Somebody new.
pub struct New<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub title: &'a str,
    pub roles: &'a BTreeSet<Role>,
    pub branch: Option<&'a str>,
    pub language: Lang,
    pub at: Millis,
    pub by: &'a str,
}

/// Adds somebody who cannot sign in yet. False: somebody of this name is there already.
///
/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, new: &New<'_>) -> Result<bool, Fault> {
    let (name, roles) = (folded(new.name), words(new.roles));
    let args = [
        new.id.into(),
        name.as_str().into(),
        new.title.into(),
        roles.as_str().into(),
        new.branch.into(),
        new.language.code().into(),
        new.at.into(),
        new.by.into(),
    ];
    Ok(tx.run(&ADD, &args).await? > 0)
}

/// Everybody, those who left last.
///
/// # Errors
/// As the store's.
pub async fn all(tx: &mut Tx) -> Result<Vec<Account>, Fault> {
    let rows = tx.rows(&ALL, &[]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(read(tx, row)?);
    }
    Ok(all)
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Account>, Fault> {
    let row = tx.row(&FIND, &[id.into()]).await?;
    row.map(|row| read(tx, &row)).transpose()
}

/// The one who signs in with this name.
///
/// # Errors
/// As the store's.
pub async fn named(tx: &mut Tx, name: &str) -> Result<Option<Account>, Fault> {
    let row = tx.row(&NAMED, &[folded(name).as_str().into()]).await?;
    row.map(|row| read(tx, &row)).transpose()
}

/// How many administrators can sign in.
///
/// # Errors
/// As the store's.
pub async fn administrators(tx: &mut Tx) -> Result<i64, Fault> {
    let row = tx.row(&ADMINISTRATORS, &[]).await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

/// What an administrator may change about somebody.
pub struct Described<'a> {
    pub title: &'a str,
    pub roles: &'a BTreeSet<Role>,
    pub branch: Option<&'a str>,
}

/// # Errors
/// As the store's.
pub async fn describe(tx: &mut Tx, id: &str, what: &Described<'_>) -> Result<(), Fault> {
    let roles = words(what.roles);
    let args = [
        id.into(),
        what.title.into(),
        roles.as_str().into(),
        what.branch.into(),
    ];
    tx.run(&DESCRIBE, &args).await?;
    settle(tx, id).await
}

/// # Errors
/// As the store's.
pub async fn speak(tx: &mut Tx, id: &str, language: Lang) -> Result<(), Fault> {
    tx.run(&LANGUAGE, &[id.into(), language.code().into()])
        .await?;
    Ok(())
}

/// Keeps the hash of a new password.
///
/// # Errors
/// As the store's.
pub async fn set_password(tx: &mut Tx, id: &str, hash: &str, at: Millis) -> Result<(), Fault> {
    tx.run(&PASSWORD, &[id.into(), hash.into(), at.into()])
        .await?;
    settle(tx, id).await
}

/// Forgets the second factor, and the codes that stand in for it.
///
/// # Errors
/// As the store's.
pub async fn forget_second(tx: &mut Tx, id: &str) -> Result<(), Fault> {
    let none = None::<&str>;
    let args = [id.into(), none.into(), None::<i64>.into(), 0.into()];
    tx.run(&SECOND, &args).await?;
    tx.run(&DROP_CODES, &[id.into()]).await?;
    Ok(())
}

/// A second factor that was proved by a code.
pub struct Second<'a> {
    pub secret: &'a str,
    /// The step of the code that proved it: used up.
    pub step: i64,
    /// Codes that stand in for it, as they are compared.
    pub codes: &'a [String],
    pub at: Millis,
}

/// From now on this second factor counts, and no earlier one.
///
/// # Errors
/// As the store's.
pub async fn set_second(tx: &mut Tx, id: &str, second: &Second<'_>) -> Result<(), Fault> {
    let at = place("staff", id, "totp");
    let sealed = tx.seal().close(at, second.secret.as_bytes());
    let args = [
        id.into(),
        sealed.as_str().into(),
        Some(second.at).into(),
        second.step.into(),
    ];
    tx.run(&SECOND, &args).await?;
    set_codes(tx, id, second.codes).await
}

/// Replaces the codes that stand in for the second factor.
///
/// # Errors
/// As the store's.
pub async fn set_codes(tx: &mut Tx, id: &str, codes: &[String]) -> Result<(), Fault> {
    #[derive(serde::Serialize)]
    struct Code<'a> {
        staff_id: &'a str,
        id: String,
    }
    tx.run(&DROP_CODES, &[id.into()]).await?;
    let rows: Vec<_> = codes
        .iter()
        .map(|code| Code {
            staff_id: id,
            id: code_hash(tx, id, code),
        })
        .collect();
    tx.run(&ADD_CODES, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Uses up a step of the second factor. False: this step or a later one was used already.
///
/// # Errors
/// As the store's.
pub async fn use_step(tx: &mut Tx, id: &str, step: i64) -> Result<bool, Fault> {
    Ok(tx.run(&STEP, &[id.into(), step.into()]).await? > 0)
}

/// Uses up a code that stands in for the second factor. False: there is no such code.
///
/// # Errors
/// As the store's.
pub async fn use_code(tx: &mut Tx, id: &str, code: &str) -> Result<bool, Fault> {
    let code = code_hash(tx, id, code);
    Ok(tx
        .run(&USE_CODE, &[id.into(), code.as_str().into()])
        .await?
        > 0)
}

/// Who reads the table cannot use it.
fn code_hash(tx: &Tx, id: &str, code: &str) -> String {
    tx.seal()
        .index("staff_recovery.code", &format!("{id} {code}"))
}

/// How many such codes are left.
///
/// # Errors
/// As the store's.
pub async fn codes_left(tx: &mut Tx, id: &str) -> Result<i64, Fault> {
    let row = tx.row(&CODES, &[id.into()]).await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

/// From this moment they can no longer sign in; None: they can again.
///
/// # Errors
/// As the store's.
pub async fn deactivate(tx: &mut Tx, id: &str, at: Option<Millis>) -> Result<(), Fault> {
    tx.run(&ACTIVE, &[id.into(), at.into()]).await?;
    settle(tx, id).await
}

/// # Errors
/// As the store's.
pub async fn seen(tx: &mut Tx, id: &str, at: Millis) -> Result<(), Fault> {
    tx.run(&SEEN, &[id.into(), at.into()]).await?;
    Ok(())
}

/// Conversations in which this one speaks now.
///
/// # Errors
/// As the store's.
pub async fn held(tx: &mut Tx, by: &str) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&HELD, &[by.into()]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

/// Writes down whether people may wait for this one.
async fn settle(tx: &mut Tx, id: &str) -> Result<(), Fault> {
    let Some(account) = find(tx, id).await? else {
        return Ok(());
    };
    let answers = i64::from(account.answers());
    tx.run(&ANSWERS, &[id.into(), answers.into()]).await?;
    Ok(())
}

fn words(roles: &BTreeSet<Role>) -> String {
    let words: Vec<_> = roles.iter().map(|role| role.word()).collect();
    words.join(" ")
}

pub(super) fn read(tx: &Tx, row: &Row) -> Result<Account, Fault> {
    let id = row.text("id")?;
    let totp = row.opt_text("totp")?;
    let open = |sealed: String| open_text(&tx.seal(), place("staff", &id, "totp"), &sealed);
    let language = row.text("language")?;
    let roles = row.text("roles")?;
    Ok(Account {
        name: row.text("name")?,
        title: row.text("title")?,
        roles: roles.split(' ').filter_map(Role::read).collect(),
        branch: row.opt_text("branch")?,
        language: match language.as_str() {
            "en" => Lang::En,
            _ => Lang::Ar,
        },
        password: row.opt_text("password")?,
        password_at: row.opt_int("password_at")?,
        totp: totp.map(open).transpose()?,
        totp_at: row.opt_int("totp_at")?,
        created_at: row.int("created_at")?,
        created_by: row.text("created_by")?,
        deactivated_at: row.opt_int("deactivated_at")?,
        seen_at: row.opt_int("seen_at")?,
        id,
    })
}

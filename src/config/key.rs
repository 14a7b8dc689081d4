//! The table of all settings: name, whether secret, and what it is for, in one line each. It reads
//! nothing; `wasl serve --help` and the README are checked against it.

/// One setting. Its variable is `WASL_` and the upper-case path: `telegram.token` in the file,
/// or `telegram_token`, is `WASL_TELEGRAM_TOKEN`.
pub struct Key {
    /// Path in `wasl.toml`, sections by dots.
    pub path: &'static str,
    /// May also be given as `…_FILE`, and is never printed.
    pub secret: bool,
    /// What is in force when nobody says anything, in words.
    pub default: &'static str,
    pub about: &'static str,
}

impl Key {
    pub fn variable(&self) -> String {
        variable(self.path)
    }
}

/// The environment variable of a path of the file.
pub fn variable(path: &str) -> String {
    format!("WASL_{}", path.replace(['.', '-'], "_").to_uppercase())
}

const fn plain(path: &'static str, default: &'static str, about: &'static str) -> Key {
    Key {
        path,
        secret: false,
        default,
        about,
    }
}

const fn secret(path: &'static str, default: &'static str, about: &'static str) -> Key {
    Key {
        path,
        secret: true,
        default,
        about,
    }
}

/// Every setting there is, in the order of the README.
pub const KEYS: &[Key] = &[
    plain("listen", "127.0.0.1:8080", "address and port to serve on"),
    plain(
        "public_url",
        "http:// and the address above",
        "the address under which people reach this server; https for a charity",
    ),
    plain(
        "data_dir",
        "./data",
        "folder of the SQLite database, the attachments and the key",
    ),
    secret(
        "database_url",
        "SQLite in the data folder",
        "PostgreSQL, as postgres://user:password@host/name",
    ),
    plain(
        "charity",
        "demo",
        "which folder of dialogs/charities to serve",
    ),
    secret(
        "secret_key",
        "on SQLite made at the first start, data/secret.key",
        "what sensitive data is sealed with, at least 32 characters; keep a copy elsewhere",
    ),
    plain(
        "dialogs",
        "those inside the program",
        "a dialogs/ folder to use instead of those inside the program",
    ),
    plain(
        "trusted_proxy",
        "none",
        "addresses or networks (10.0.0.0/8) whose forwarded headers are believed, by commas",
    ),
    plain(
        "widget.sites",
        "none: no site shows the chat",
        "sites that may show the chat in their pages (https://charity.example), by commas",
    ),
    plain(
        "attachments.shared",
        "false",
        "true: with PostgreSQL, the data folder is one that all instances share",
    ),
    plain(
        "objects.url",
        "attachments lie in the data folder",
        "a bucket of an S3-compatible store for the attachments, as https://host/bucket or https://host/bucket/folder",
    ),
    plain(
        "objects.region",
        "us-east-1",
        "region of the bucket, where the store has regions",
    ),
    plain(
        "objects.access_key",
        "none",
        "id of the access key to the bucket",
    ),
    secret(
        "objects.secret_key",
        "none",
        "the secret that belongs to the access key",
    ),
    plain(
        "log.format",
        "text on a terminal, else json",
        "text or json",
    ),
    plain(
        "log.filter",
        "info,sqlx=warn,object_store=warn",
        "what is logged, as level or room=level by commas",
    ),
    secret("telegram.token", "off", "the bot's token, of @BotFather"),
    plain(
        "telegram.api_url",
        "https://api.telegram.org",
        "another server that speaks Telegram's Bot API",
    ),
    plain(
        "telegram.webhook",
        "false",
        "true: Telegram calls us; else we ask Telegram",
    ),
    secret(
        "telegram.webhook_secret",
        "none",
        "what Telegram must say when it calls us",
    ),
    secret("whatsapp.token", "off", "access token of the Cloud API"),
    plain("whatsapp.phone_number_id", "off", "id of our number"),
    plain("whatsapp.business_id", "none", "id of the business account"),
    secret(
        "whatsapp.app_secret",
        "off",
        "what the platform signs its calls with",
    ),
    secret(
        "whatsapp.verify_token",
        "off",
        "what the platform must say when it makes our acquaintance",
    ),
    plain(
        "whatsapp.api_url",
        "that of Meta",
        "address of the Cloud API, with the version",
    ),
    plain("email.from", "off", "address that our mail comes from"),
    secret(
        "email.smtp_url",
        "off",
        "smtps://user:password@host for outgoing mail",
    ),
    secret(
        "email.imap_url",
        "off",
        "imaps://user:password@host for incoming mail",
    ),
    secret(
        "email.webhook_secret",
        "off",
        "what a mail provider must say when it calls us",
    ),
    plain(
        "email.plus_addresses",
        "true",
        "false: our mail server delivers nothing to name+anything@",
    ),
    secret("email.mailgun_key", "none", "signing key of Mailgun"),
    plain(
        "email.authserv_id",
        "none",
        "name under which our mail server writes Authentication-Results",
    ),
];

/// The key of a variable's name, e.g. `WASL_PUBLIC_URL`.
pub fn of_variable(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.variable() == name)
}

/// The nearest known name, when it is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = name.chars().count().div_ceil(3).max(1);
    known
        .into_iter()
        .map(|one| (distance(name, one), one))
        .filter(|(distance, _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, one)| one)
}

/// Edits between two names (Levenshtein), a swap of neighbours counted as two.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

//! Settings: read once at the start from `wasl.toml` and the environment, all problems told at once.
//! This room knows no other and opens nothing but the settings file and the files of secrets.

mod bucket;
mod channels;
pub mod dialogs_folder;
mod gather;
pub mod key;
pub mod mutant;
mod problem;
mod value;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use secrecy::SecretString;

pub use bucket::{Bucket, BucketAddress};
pub use channels::Wanted;
pub use problem::{Place, Problem, Problems};
pub use value::{LogFormat, PublicUrl, SecretKey, Sites, TrustedProxy};

/// Read when no `--config` is given and it exists.
pub const FILE: &str = "wasl.toml";

/// Everything that an operator can set.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// None: that of `listen`, see [`Settings::public_url_for`].
    pub public_url: Option<PublicUrl>,
    pub data_dir: PathBuf,
    /// None: SQLite in the data folder.
    pub database_url: Option<SecretString>,
    pub charity: String,
    /// None: the file in the data folder, made at the first start on SQLite.
    pub secret_key: Option<SecretKey>,
    /// None: the dialogs inside the program.
    pub dialogs: Option<PathBuf>,
    pub trusted_proxy: TrustedProxy,
    /// Sites of the charity's own that may show the chat.
    pub widget_sites: Sites,
    /// The data folder is one folder for all instances.
    pub attachments_shared: bool,
    /// Where attachments lie; None: in the data folder.
    pub bucket: Option<Bucket>,
    pub log_format: LogFormat,
    pub log_filter: String,
    pub telegram: Telegram,
    pub whatsapp: WhatsApp,
    pub email: Email,
}

#[derive(Clone, Debug, Default)]
pub struct Telegram {
    pub token: Option<SecretString>,
    pub api_url: Option<String>,
    pub webhook: bool,
    pub webhook_secret: Option<SecretString>,
}

#[derive(Clone, Debug, Default)]
pub struct WhatsApp {
    pub token: Option<SecretString>,
    pub phone_number_id: Option<String>,
    pub business_id: Option<String>,
    pub app_secret: Option<SecretString>,
    pub verify_token: Option<SecretString>,
    pub api_url: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Email {
    pub from: Option<String>,
    pub smtp_url: Option<SecretString>,
    pub imap_url: Option<SecretString>,
    /// Our mail server delivers `name+anything@` to `name@`.
    pub plus_addresses: bool,
    pub webhook_secret: Option<SecretString>,
    pub mailgun_key: Option<SecretString>,
    pub authserv_id: Option<String>,
}

impl Settings {
    /// The settings of this process: `file`, or `wasl.toml` when it exists, under the environment.
    ///
    /// # Errors
    /// Everything that is wrong with them, at once.
    pub fn read(file: Option<&Path>) -> Result<Settings, Problems> {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Settings::read_from(file, variables)
    }

    /// As [`Settings::read`], from these variables.
    ///
    /// # Errors
    /// Everything that is wrong with them, at once.
    pub fn read_from(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Settings, Problems> {
        let mut given = gather::gather(file, variables);
        let settings = settings(&mut given);
        match given.problems.is_empty() {
            true => Ok(settings),
            false => Err(Problems(given.problems)),
        }
    }

    /// The address that people open, for a server that came to listen at `bound`.
    pub fn public_url_for(&self, bound: SocketAddr) -> PublicUrl {
        self.public_url
            .clone()
            .unwrap_or_else(|| PublicUrl::of(bound))
    }
}

fn settings(given: &mut gather::Given) -> Settings {
    Settings {
        listen: given
            .take("listen", value::listen)
            .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))),
        public_url: given.take("public_url", PublicUrl::read),
        data_dir: given
            .take("data_dir", value::text)
            .map_or_else(|| PathBuf::from("data"), PathBuf::from),
        database_url: given.take("database_url", value::database_url),
        charity: given
            .take("charity", value::charity)
            .unwrap_or_else(|| "demo".to_string()),
        secret_key: given.take("secret_key", SecretKey::read),
        dialogs: given.take("dialogs", value::text).map(PathBuf::from),
        trusted_proxy: given
            .take("trusted_proxy", TrustedProxy::read)
            .unwrap_or_default(),
        widget_sites: given.take("widget.sites", Sites::read).unwrap_or_default(),
        attachments_shared: given
            .take("attachments.shared", value::yes_no)
            .unwrap_or(false),
        bucket: bucket::read(given),
        log_format: given
            .take("log.format", LogFormat::read)
            .unwrap_or_default(),
        log_filter: given
            .take("log.filter", value::text)
            .unwrap_or_else(|| "info,sqlx=warn,object_store=warn".to_string()),
        telegram: Telegram {
            token: given.take("telegram.token", value::secret),
            api_url: given.take("telegram.api_url", value::web_address),
            webhook: given
                .take("telegram.webhook", value::yes_no)
                .unwrap_or(false),
            webhook_secret: given.take("telegram.webhook_secret", value::secret),
        },
        whatsapp: WhatsApp {
            token: given.take("whatsapp.token", value::secret),
            phone_number_id: given.take("whatsapp.phone_number_id", value::text),
            business_id: given.take("whatsapp.business_id", value::text),
            app_secret: given.take("whatsapp.app_secret", value::secret),
            verify_token: given.take("whatsapp.verify_token", value::secret),
            api_url: given.take("whatsapp.api_url", value::web_address),
        },
        email: Email {
            from: given.take("email.from", value::text),
            smtp_url: given.take("email.smtp_url", value::secret),
            imap_url: given.take("email.imap_url", value::secret),
            plus_addresses: given
                .take("email.plus_addresses", value::yes_no)
                .unwrap_or(true),
            webhook_secret: given.take("email.webhook_secret", value::secret),
            mailgun_key: given.take("email.mailgun_key", value::secret),
            authserv_id: given.take("email.authserv_id", value::text),
        },
    }
}

#[cfg(test)]
mod tests;

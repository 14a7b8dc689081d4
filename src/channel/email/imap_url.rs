//! Servers as the settings name them: `smtps://user:password@host`, `imaps://user:password@host/INBOX,Help`.
//! Without TLS only this very machine is spoken to.

use secrecy::SecretString;

/// Folders that are looked into at most.
const FOLDERS_MAX: usize = 10;

/// A mail server and our login there.
#[derive(Clone, Debug)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub tls: bool,
    /// TLS begins inside of a plain connection.
    pub upgrades: bool,
    pub login: Option<(String, SecretString)>,
}

/// A mailbox that is listened to.
#[derive(Clone, Debug)]
pub struct Mailbox {
    pub server: Server,
    pub folders: Vec<String>,
}

impl Server {
    /// `ports`: with TLS from the first byte, and without.
    ///
    /// # Errors
    /// What is wrong with the setting, and the remedy. Never the setting itself: it holds a password.
    pub fn read(
        url: &str,
        (setting, scheme): (&str, &str),
        ports: (u16, u16),
    ) -> Result<Server, String> {
        let bad = |what: &str| {
            Err(format!(
                "{setting} {what}: write it as {scheme}s://user:password@mail.example.org"
            ))
        };
        let Ok(url) = reqwest::Url::parse(url.trim()) else {
            return bad(
                "is no address of a server (characters such as @ : / # in a password are written %40 %3A %2F %23)",
            );
        };
        let tls = url.scheme() == format!("{scheme}s");
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return bad("names no host");
        };
        if !tls && url.scheme() != scheme {
            return bad("begins with another word");
        }
        let host = host.trim_matches(['[', ']']).to_owned();
        let here = host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback());
        let wanted = url
            .query_pairs()
            .any(|(name, value)| name == "tls" && value == "required");
        if !tls && !wanted && !here {
            return Err(format!(
                "{setting} would send the password unencrypted: write {scheme}s://, or add ?tls=required for a server that begins TLS later"
            ));
        }
        let port = url.port().unwrap_or(if tls { ports.0 } else { ports.1 });
        let user = percent_decoded(url.username());
        let password = url.password().map(percent_decoded).unwrap_or_default();
        Ok(Server {
            host,
            port,
            tls: tls || wanted,
            upgrades: wanted && !tls,
            login: (!user.is_empty()).then(|| (user, SecretString::from(password))),
        })
    }
}

impl Mailbox {
    /// # Errors
    /// As [`Server::read`].
    pub fn read(url: &str) -> Result<Mailbox, String> {
        let server = Server::read(url, ("WASL_EMAIL_IMAP_URL", "imap"), (993, 143))?;
        if server.upgrades {
            return Err("WASL_EMAIL_IMAP_URL: write imaps:// instead of ?tls=required".to_owned());
        }
        if server.login.is_none() {
            return Err("WASL_EMAIL_IMAP_URL names no user: write it as imaps://user:password@mail.example.org".to_owned());
        }
        let path = reqwest::Url::parse(url.trim())
            .map(|url| percent_decoded(url.path()))
            .unwrap_or_default();
        let mut folders: Vec<String> = path
            .trim_matches('/')
            .split(',')
            .map(|folder| folder.trim().to_owned())
            .filter(|folder| !folder.is_empty())
            .take(FOLDERS_MAX)
            .collect();
        if folders.is_empty() {
            folders.push("INBOX".to_owned());
        }
        Ok(Mailbox { server, folders })
    }
}

fn percent_decoded(text: &str) -> String {
    let form = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
    let decoded = form_urlencoded::parse(form.as_bytes()).next();
    decoded
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn servers_are_read_as_settings_name_them() {
        let server = Server::read(
            "smtps://help%40charity.example:p%3Aa+b@mail.example",
            ("S", "smtp"),
            (465, 587),
        )
        .unwrap();
        assert_eq!(
            (server.host.as_str(), server.port, server.tls),
            ("mail.example", 465, true)
        );
        let (user, password) = server.login.unwrap();
        assert_eq!(
            (user.as_str(), password.expose_secret()),
            ("help@charity.example", "p:a+b")
        );
        let folders = Mailbox::read("imaps://a:b@mail.example/INBOX,%D8%B7%D9%84%D8%A8")
            .unwrap()
            .folders;
        assert_eq!(folders, ["INBOX", "طلب"]);
        assert_eq!(
            Mailbox::read("imaps://a:b@mail.example").unwrap().folders,
            ["INBOX"]
        );
        assert!(Server::read("smtp://127.0.0.1:2525", ("S", "smtp"), (465, 587)).is_ok());
        assert!(
            Server::read(
                "smtp://a:b@mail.example?tls=required",
                ("S", "smtp"),
                (465, 587)
            )
            .unwrap()
            .upgrades
        );
    }

    #[test]
    fn a_refused_setting_is_explained_without_its_password() {
        for url in [
            "smtp://a:geheim@mail.example",
            "http://a:geheim@mail.example",
            "geheim",
            "smtps://a:ge heim@",
            "imap://a:geheim@mail.example",
        ] {
            let told = Server::read(url, ("WASL_EMAIL_SMTP_URL", "smtp"), (465, 587)).unwrap_err();
            assert!(
                told.starts_with("WASL_EMAIL_SMTP_URL ")
                    && !told.contains("geheim")
                    && told.contains("smtps://"),
                "{told}"
            );
        }
    }
}

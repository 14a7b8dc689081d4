//! Settings as tables: what is taken, and what is refused with which words.

use std::path::PathBuf;

use secrecy::ExposeSecret;

use super::*;

/// Reads a settings file of this text under these variables.
fn read(toml: &str, variables: &[(&str, &str)]) -> Result<Settings, Problems> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wasl.toml");
    std::fs::write(&path, toml).unwrap();
    let variables = variables
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()));
    Settings::read_from(Some(&path), variables)
}

fn refusal(toml: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let problems = read(toml, variables).unwrap_err();
    problems
        .0
        .into_iter()
        .map(|mut problem| {
            if let Place::File { path, .. } = &mut problem.place {
                *path = PathBuf::from("wasl.toml");
            }
            problem.to_string()
        })
        .collect()
}

#[test]
fn without_any_setting_the_demo_is_served_on_this_machine() {
    let settings = read("", &[]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.charity, "demo");
    assert_eq!(settings.data_dir, PathBuf::from("data"));
    assert!(settings.database_url.is_none() && settings.secret_key.is_none());
    assert_eq!(
        settings.public_url_for(settings.listen).origin(),
        "http://127.0.0.1:8080"
    );
}

#[test]
fn a_setting_is_taken_from_the_file_and_the_environment_wins() {
    let toml = "listen = \"0.0.0.0:80\"\ncharity = \"hemm\"\n[telegram]\nwebhook = true\n";
    let settings = read(toml, &[("WASL_CHARITY", "ajyal"), ("PATH", "/bin")]).unwrap();
    assert_eq!(settings.listen.to_string(), "0.0.0.0:80");
    assert_eq!(settings.charity, "ajyal");
    assert!(settings.telegram.webhook);
}

#[test]
fn an_empty_variable_is_no_setting() {
    let settings = read("charity = \"hemm\"", &[("WASL_CHARITY", "")]).unwrap();
    assert_eq!(settings.charity, "hemm");
}

#[test]
fn every_key_can_be_said_in_the_file_and_in_the_environment() {
    for key in key::KEYS {
        let value = match key.path {
            "listen" => "127.0.0.1:1",
            "public_url" | "widget.sites" | "telegram.api_url" | "whatsapp.api_url" => {
                "https://example.org"
            }
            "database_url" => "postgres://localhost/wasl",
            "secret_key" => "0123456789abcdef0123456789abcdef",
            "trusted_proxy" => "127.0.0.1",
            "log.format" => "json",
            "attachments.shared" | "telegram.webhook" | "email.plus_addresses" => "true",
            "objects.url" => "https://store.example.org/bucket",
            _ => "word",
        };
        let line = format!("{} = \"{value}\"", key.path);
        // Those of the bucket go together only.
        let beside: Vec<_> = match key.path.starts_with("objects.") {
            true => IN_A_BUCKET
                .into_iter()
                .filter(|(name, _)| *name != key.variable())
                .collect(),
            false => Vec::new(),
        };
        assert!(read(&line, &beside).is_ok(), "{line}");
        let variable = key.variable();
        let variables = [&beside[..], &[(&variable, value)]].concat();
        assert!(read("", &variables).is_ok(), "{}", key.path);
    }
}

const IN_A_BUCKET: [(&str, &str); 3] = [
    ("WASL_OBJECTS_URL", "https://store.example.org/bucket"),
    ("WASL_OBJECTS_ACCESS_KEY", "invented"),
    ("WASL_OBJECTS_SECRET_KEY", "topsecret"),
];

#[test]
fn a_bucket_is_read_with_its_folder_and_http_stays_on_this_machine() {
    let address = |origin: &str, bucket: &str, folder: &str| BucketAddress {
        origin: origin.to_string(),
        bucket: bucket.to_string(),
        folder: folder.to_string(),
    };
    for (text, expected) in [
        (
            "https://s3.example.org/files/",
            address("https://s3.example.org", "files", ""),
        ),
        (
            "https://s3.example.org:9000/files/a/b",
            address("https://s3.example.org:9000", "files", "a/b"),
        ),
        (
            "http://127.0.0.1:9000/files",
            address("http://127.0.0.1:9000", "files", ""),
        ),
        (
            "http://[::1]:9000/files",
            address("http://[::1]:9000", "files", ""),
        ),
        (
            "http://localhost/files",
            address("http://localhost", "files", ""),
        ),
    ] {
        assert_eq!(BucketAddress::read(text).unwrap(), expected, "{text}");
    }
    for (text, what) in [
        ("s3://files", "is no web address"),
        ("files", "is no web address"),
        ("https://s3.example.org", "names no bucket"),
        (
            "http://s3.example.org/files",
            "is not encrypted on its way to another machine",
        ),
        (
            "https://key:topsecret@s3.example.org/files",
            "has more than host, bucket and folder",
        ),
        (
            "https://s3.example.org/files?x=topsecret",
            "has more than host, bucket and folder",
        ),
        (
            "https://s3.example.org/files/../topsecret",
            "has more than letters, digits, `.`, `-` and `_` in the name of bucket or folder",
        ),
    ] {
        let refused = BucketAddress::read(text).unwrap_err();
        assert_eq!(refused.what, what, "{text}");
    }
    let settings = read("[objects]\nregion = \"me-central-1\"", &IN_A_BUCKET).unwrap();
    assert_eq!(settings.bucket.unwrap().region, "me-central-1");
    assert!(read("", &[]).unwrap().bucket.is_none());
}

#[test]
fn half_a_bucket_is_no_bucket_and_what_is_missing_is_told() {
    for missing in 0..IN_A_BUCKET.len() {
        let mut variables = IN_A_BUCKET.to_vec();
        let (gone, _) = variables.remove(missing);
        let path = gone.trim_start_matches("WASL_OBJECTS_").to_lowercase();
        let told = refusal("", &variables);
        assert_eq!(
            told,
            [format!(
                "settings, `objects.{path}`: is missing, while other settings of the bucket are given.\n  \
                 Give WASL_OBJECTS_URL, WASL_OBJECTS_ACCESS_KEY and WASL_OBJECTS_SECRET_KEY, or none of \
                 them: attachments then lie in the data folder"
            )]
        );
    }
    assert_eq!(refusal("", &[("WASL_OBJECTS_REGION", "x")]).len(), 3);
    // What is said badly is told once.
    let mut variables = IN_A_BUCKET.to_vec();
    variables[0].1 = "ftp://topsecret";
    variables[1].1 = "two words";
    variables[2] = ("WASL_OBJECTS_SECRET_KEY_FILE", "no/such/file");
    let told = refusal("", &variables);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(!format!("{told:?}").contains("topsecret"));
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, "invented-token\n").unwrap();
    let path = path.to_str().unwrap();
    let settings = read("", &[("WASL_TELEGRAM_TOKEN_FILE", path)]).unwrap();
    assert_eq!(
        settings.telegram.token.unwrap().expose_secret(),
        "invented-token"
    );
    let line = format!("[telegram]\ntoken_file = \"{path}\"");
    assert!(read(&line, &[]).unwrap().telegram.token.is_some());
}

#[test]
fn what_cannot_be_taken_is_told_with_place_key_finding_and_remedy() {
    for (case, toml, variables, expected) in [
        (
            "an unknown key",
            "listen = \"127.0.0.1:1\"\n  charty = \"demo\"",
            vec![],
            "wasl.toml:2:3, `charty`: is no setting of Wasl.\n  Did you mean `charity`?",
        ),
        (
            "an unknown key of a section",
            "[telegram]\ntokn = \"x\"",
            vec![],
            "wasl.toml:2:1, `telegram.tokn`: is no setting of Wasl.\n  Did you mean `telegram.token`?",
        ),
        (
            "an unknown section",
            "[telegraph]\ntoken = \"x\"",
            vec![],
            "wasl.toml:1:2, `telegraph`: is no setting of Wasl.\n  `wasl serve --help` lists all settings; remove this one",
        ),
        (
            "an unknown variable",
            "",
            vec![("WASL_LISTN", "x")],
            "variable WASL_LISTN: is no setting of Wasl.\n  Did you mean `WASL_LISTEN`?",
        ),
        (
            "no address",
            "listen = 8080",
            vec![],
            "wasl.toml:1:1, `listen`: `8080` is no address with a port.\n  Write 127.0.0.1:8080, or 0.0.0.0:8080 to be reached from other machines",
        ),
        (
            "a list where a text belongs",
            "charity = [1]",
            vec![],
            "wasl.toml:1:1, `charity`: is no plain value but of the kind array.\n  Write text, a number, or true or false",
        ),
        (
            "a path in the public address",
            "",
            vec![("WASL_PUBLIC_URL", "https://example.org/chat")],
            "variable WASL_PUBLIC_URL, `public_url`: has more than scheme, host and port.\n  Write it as https://chat.example.org, without a path",
        ),
        (
            "another database",
            "",
            vec![("WASL_DATABASE_URL", "mysql://root:topsecret@db/x")],
            "variable WASL_DATABASE_URL, `database_url`: is no address of PostgreSQL.\n  Write postgres://user:password@host/name, or leave it out: the database is then SQLite in the data folder",
        ),
        (
            "a short key",
            "",
            vec![("WASL_SECRET_KEY", "topsecret")],
            "variable WASL_SECRET_KEY, `secret_key`: is shorter than 32 characters.\n  Make one with `openssl rand -hex 32`, and keep a copy in a safe place",
        ),
        (
            "a secret twice",
            "",
            vec![
                ("WASL_EMAIL_SMTP_URL", "a"),
                ("WASL_EMAIL_SMTP_URL_FILE", "b"),
            ],
            "variable WASL_EMAIL_SMTP_URL_FILE, `email.smtp_url`: is given beside WASL_EMAIL_SMTP_URL.\n  Give one of the two",
        ),
        (
            "a missing file of a secret",
            "secret_key_file = \"no/such/file\"",
            vec![],
            "wasl.toml:1:1, `secret_key_file`: names the file no/such/file, which cannot be read: No such file or directory (os error 2).\n  Check the path and who may read it",
        ),
        (
            "two spellings of one key",
            "database_url = \"postgres://a/b\"\n[database]\nurl = \"postgres://a/b\"",
            vec![],
            "wasl.toml:3:1, `database.url`: is said twice in this file.\n  Keep one line for `database_url`",
        ),
        (
            "a network of 33 bits",
            "trusted_proxy = [\"127.0.0.1\", \"10.0.0.0/33\"]",
            vec![],
            "wasl.toml:1:1, `trusted_proxy`: `10.0.0.0/33` is no address and no network.\n  Write addresses or networks by commas: 127.0.0.1, 10.0.0.0/8",
        ),
    ] {
        assert_eq!(refusal(toml, &variables), [expected], "{case}");
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let told = refusal(
        "listen = 1\ncharity = \"No Name\"\nwhat = 2\n",
        &[("WASL_LOG_FORMAT", "xml"), ("WASL_NOTHING_LIKE_IT", "1")],
    );
    assert_eq!(told.len(), 5, "{told:#?}");
}

#[test]
fn a_file_that_is_not_toml_is_told_with_its_line() {
    let told = refusal("listen = \"127.0.0.1:1\"\ncharity = \"demo\n", &[]);
    assert!(told[0].starts_with("wasl.toml:2:"), "{told:?}");
    assert!(told[0].contains("is not TOML here"), "{told:?}");
}

#[test]
fn the_value_of_a_secret_is_never_printed() {
    let told = format!(
        "{:?} {:?}",
        refusal("", &[("WASL_SECRET_KEY", "topsecret")]),
        refusal("", &[("WASL_DATABASE_URL", "mysql://root:topsecret@db/x")]),
    );
    assert!(!told.contains("topsecret"), "{told}");
    let settings = read(
        "",
        &[
            ("WASL_SECRET_KEY", "topsecret0123456789abcdef0123456789"),
            ("WASL_DATABASE_URL", "postgres://root:topsecret@db/x"),
            ("WASL_TELEGRAM_TOKEN", "topsecret"),
            IN_A_BUCKET[0],
            IN_A_BUCKET[1],
            IN_A_BUCKET[2],
        ],
    );
    let shown = format!("{:?}", settings.unwrap());
    assert!(!shown.contains("topsecret"), "{shown}");
}

#[test]
fn a_proxy_is_trusted_by_address_or_network() {
    let proxy = TrustedProxy::read("127.0.0.1, 10.0.0.0/8, fd00::/8").unwrap();
    for (address, trusted) in [
        ("127.0.0.1", true),
        ("::ffff:127.0.0.1", true),
        ("127.0.0.2", false),
        ("10.9.8.7", true),
        ("11.0.0.1", false),
        ("fd12::1", true),
        ("fe80::1", false),
    ] {
        assert_eq!(proxy.trusts(address.parse().unwrap()), trusted, "{address}");
    }
    assert!(
        TrustedProxy::read("0.0.0.0/0")
            .unwrap()
            .trusts("9.9.9.9".parse().unwrap())
    );
}

#[test]
fn the_public_address_knows_https_and_loopback() {
    for (text, https, loopback) in [
        ("https://Chat.Example.org/", true, false),
        ("http://localhost:8080", false, true),
        ("http://[::1]:8080", false, true),
        ("http://127.0.0.1", false, true),
        ("http://192.168.1.5:8080", false, false),
    ] {
        let url = PublicUrl::read(text).unwrap();
        assert_eq!(
            (url.is_https(), url.is_loopback()),
            (https, loopback),
            "{text}"
        );
    }
    let anywhere = PublicUrl::of("0.0.0.0:9".parse().unwrap());
    assert_eq!(anywhere.origin(), "http://localhost:9");
}

#[test]
fn a_site_that_shows_the_chat_is_an_origin_as_a_browser_says_it() {
    for (text, origins) in [
        ("https://Charity.example/", &["https://charity.example"][..]),
        (
            "https://charity.example, https://www.charity.example:8443,",
            &[
                "https://charity.example",
                "https://www.charity.example:8443",
            ],
        ),
        ("https://charity.example:443", &["https://charity.example"]),
        (
            "http://localhost:3000, http://[::1]:80",
            &["http://localhost:3000", "http://[::1]"],
        ),
    ] {
        assert_eq!(Sites::read(text).unwrap().origins(), origins, "{text}");
    }
    for (text, what) in [
        ("http://charity.example", "is not https"),
        ("charity.example", "is no web address"),
        ("https://charity.example/help", "more than scheme"),
        ("https://*.charity.example", "no plain host"),
        ("https://charity.example; script-src *", "more than scheme"),
        ("https://charity.example;x", "no plain host"),
        ("https://a.example, *", "`*` is no web address"),
    ] {
        let refused = Sites::read(text).unwrap_err();
        assert!(refused.what.contains(what), "{text}: {}", refused.what);
    }
    let several = "[widget]\nsites = [\"https://a.example\", \"https://b.example\"]\n";
    let settings = read(several, &[]).unwrap();
    assert_eq!(
        settings.widget_sites.origins(),
        ["https://a.example", "https://b.example"]
    );
    assert!(read("", &[]).unwrap().widget_sites.is_empty());
}

#[test]
fn one_text_gives_one_key_and_a_made_key_can_be_read() {
    let made = SecretKey::make();
    let key = SecretKey::read(made.expose_secret()).unwrap();
    let again = SecretKey::read(&format!("{}\n", made.expose_secret())).unwrap();
    assert_eq!(key.expose(), again.expose());
    assert!(SecretKey::read(&"a".repeat(64)).is_err());
}

#[test]
fn the_readme_lists_every_setting_as_it_is() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("<!-- settings:").unwrap();
    let (table, _) = rest.split_once("<!-- end -->").unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| `WASL_"))
        .collect();
    let expected: Vec<String> = key::KEYS
        .iter()
        .map(|key| {
            let secret = if key.secret { " (secret)" } else { "" };
            let (name, about, default) = (key.variable(), key.about, key.default);
            format!("| `{name}` | {about}{secret} | {default} |")
        })
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn a_channel_says_what_it_still_needs() {
    let missing = |variables: &[(&str, &str)]| {
        let channels = read("", variables).unwrap().channels();
        let missing: Vec<_> = channels
            .into_iter()
            .map(|one| (one.begun, one.missing.len()))
            .collect();
        missing
    };
    for (case, variables, expected) in [
        ("nothing", vec![], vec![(false, 1), (false, 4), (false, 3)]),
        (
            "polling Telegram",
            vec![("WASL_TELEGRAM_TOKEN", "x")],
            vec![(true, 0), (false, 4), (false, 3)],
        ),
        (
            "a webhook needs its secret",
            vec![
                ("WASL_TELEGRAM_TOKEN", "x"),
                ("WASL_TELEGRAM_WEBHOOK", "true"),
            ],
            vec![(true, 1), (false, 4), (false, 3)],
        ),
        (
            "mail by IMAP",
            vec![
                ("WASL_EMAIL_FROM", "help@example.org"),
                ("WASL_EMAIL_SMTP_URL", "smtps://x"),
                ("WASL_EMAIL_IMAP_URL", "imaps://x"),
            ],
            vec![(false, 1), (false, 4), (true, 0)],
        ),
    ] {
        assert_eq!(missing(&variables), expected, "{case}");
    }
}

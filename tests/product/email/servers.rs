//! Real mail servers for tests, of the package managers: aiosmtpd takes what we send, Dovecot keeps a mailbox.
//! On loopback, in temporary folders, gone with the test. In CI a missing one fails the test.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::postgres::missing;

/// Servers that are not up by then hang.
const START: Duration = Duration::from_secs(30);

/// A mail that left, as the server got it.
#[derive(Clone, Debug)]
pub struct Left {
    pub from: String,
    pub to: String,
    pub raw: String,
}

impl Left {
    pub fn head(&self, name: &str) -> String {
        let unfolded = self.raw.replace("\r\n ", " ").replace("\r\n\t", " ");
        let wanted = format!("{}:", name.to_ascii_lowercase());
        let found = unfolded
            .lines()
            .take_while(|line| !line.is_empty())
            .find(|line| line.to_ascii_lowercase().starts_with(&wanted));
        found
            .map(|line| line[wanted.len()..].trim().to_owned())
            .unwrap_or_default()
    }

    /// The plain words and the page, decoded.
    pub fn bodies(&self) -> (String, String) {
        let mail = mail_parser::MessageParser::default()
            .parse(self.raw.as_bytes())
            .unwrap();
        let text = mail
            .body_text(0)
            .map(|text| text.into_owned())
            .unwrap_or_default();
        let page = mail
            .body_html(0)
            .map(|page| page.into_owned())
            .unwrap_or_default();
        (text, page)
    }
}

/// Takes mail by SMTP.
pub struct Smtp {
    folder: tempfile::TempDir,
    pub port: u16,
    child: Option<Child>,
}

impl Smtp {
    pub fn start() -> Option<Smtp> {
        let mut smtp = Smtp {
            folder: tempfile::tempdir().unwrap(),
            port: free_port(),
            child: None,
        };
        smtp.resume().then_some(smtp)
    }

    /// Up again, at the same port, with all that it took.
    pub fn resume(&mut self) -> bool {
        let Some(python) = python() else {
            missing("aiosmtpd", "`apt-get install python3-aiosmtpd`");
            return false;
        };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/product/email/smtpd.py");
        let child = Command::new(python)
            .arg(script)
            .arg(self.folder.path())
            .arg(self.port.to_string())
            .stdin(Stdio::piped())
            .spawn();
        self.child = Some(child.expect("the mail server can be started"));
        until_it_listens(self.port);
        true
    }

    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// All that left, in order.
    pub fn left(&self) -> Vec<Left> {
        let mut names: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|one| one.unwrap().path())
            .filter(|path| path.extension().is_none())
            .collect();
        names.sort();
        names.iter().map(|path| read(path)).collect()
    }

    /// Waits until so many mails have left.
    pub async fn wait_for(&self, count: usize) -> Vec<Left> {
        // A killed instance keeps its lease of the mailbox for a minute.
        let until = Instant::now() + Duration::from_secs(120);
        loop {
            let left = self.left();
            if left.len() >= count {
                return left;
            }
            assert!(
                Instant::now() < until,
                "{} mails of {count} left",
                left.len()
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.stop();
    }
}

fn read(path: &Path) -> Left {
    let raw = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let mut left = Left {
        from: String::new(),
        to: String::new(),
        raw,
    };
    left.from = left.head("X-Envelope-From");
    left.to = left.head("X-Envelope-To");
    left
}

/// An interpreter that has the library: `WASL_TEST_PYTHON`, or the system's.
fn python() -> Option<String> {
    let named = std::env::var("WASL_TEST_PYTHON").ok();
    let has = |python: &String| {
        let asked = Command::new(python)
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    };
    named
        .into_iter()
        .chain(["/usr/bin/python3".to_owned(), "python3".to_owned()])
        .find(has)
}

/// Keeps a mailbox: user `help`, password `geheim`, mails as files.
pub struct Imap {
    folder: tempfile::TempDir,
    pub port: u16,
    child: Child,
}

impl Imap {
    pub fn start() -> Option<Imap> {
        let found = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"]
            .into_iter()
            .find(|path| Path::new(path).exists());
        let Some(dovecot) = found else {
            missing("Dovecot", "`apt-get install dovecot-imapd`");
            return None;
        };
        let folder = tempfile::Builder::new()
            .prefix("wasl-dovecot-")
            .tempdir()
            .unwrap();
        let port = free_port();
        let root = folder.path().display().to_string();
        let user = run("id", &["-un"]);
        let group = run("id", &["-gn"]);
        // Nobody's mailbox is root's; its own users are there with its package.
        let is_root = user == "root";
        let internal = match is_root {
            true => String::new(),
            false => format!(
                "default_login_user = {user}\ndefault_internal_user = {user}\ndefault_internal_group = {group}\n"
            ),
        };
        let owner = if is_root { "mail" } else { user.as_str() };
        let (uid, gid) = (run("id", &["-u", owner]), run("id", &["-g", owner]));
        let conf = format!(
            "base_dir = {root}/run\nstate_dir = {root}/state\nlog_path = {root}/log\nprotocols = imap\nlisten = 127.0.0.1\nssl = no\n\
             disable_plaintext_auth = no\nmail_location = maildir:{root}/mail\nfirst_valid_uid = 0\nfirst_valid_gid = 0\n{internal}\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\n\
             passdb {{\n  driver = static\n  args = password=geheim\n}}\n\
             userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={root}/home allow_all_users=yes\n}}\n"
        );
        std::fs::write(folder.path().join("conf"), conf).unwrap();
        for name in ["run", "state", "mail/cur", "mail/new", "mail/tmp", "home"] {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        if is_root {
            run("chmod", &["755", &root]);
            run(
                "chown",
                &[
                    "-R",
                    &format!("{uid}:{gid}"),
                    &format!("{root}/mail"),
                    &format!("{root}/home"),
                ],
            );
        }
        let child = Command::new(dovecot)
            .arg("-F")
            .arg("-c")
            .arg(folder.path().join("conf"))
            .stdin(Stdio::null())
            .spawn();
        let imap = Imap {
            child: child.expect("Dovecot can be started"),
            folder,
            port,
        };
        until_it_listens(port);
        Some(imap)
    }

    pub fn url(&self) -> String {
        format!("imap://help:geheim@127.0.0.1:{}", self.port)
    }

    /// Somebody's mail arrives.
    pub fn arrives(&self, name: &str, mail: &str) {
        let (tmp, new) = (
            self.folder.path().join("mail/tmp").join(name),
            self.folder.path().join("mail/new").join(name),
        );
        std::fs::write(&tmp, mail).unwrap();
        std::fs::rename(tmp, new).unwrap();
    }

    /// The mailbox is made anew: the server counts from one again.
    pub fn counts_anew(&self) {
        let mail = self.folder.path().join("mail");
        for entry in std::fs::read_dir(&mail).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::remove_file(path).unwrap();
            }
        }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Imap {
    fn drop(&mut self) {
        // Its master ends its helpers when it is asked to end.
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").arg(pid).status();
        if asked.is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn until_it_listens(port: u16) {
    let until = Instant::now() + START;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nothing listens at {port}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

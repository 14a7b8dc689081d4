//! What an operator meets: starting, stopping, mistakes in the settings, a database that goes away, and
//! the commands beside a running server.

use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::journey::{RENT, cases, reference};
use crate::support::postgres::{Cluster, Sync};
use crate::support::s3::{ACCESS_KEY, BUCKET, SECRET_KEY, Standin};
use crate::support::server::{Guard, client};
use crate::support::talk::Person;
use crate::support::{Engine, Server, Start, engines};

/// A database that came back is found by then; it is looked for every two seconds.
const RECOVERY_SECS_MAX: u64 = 60;

fn sqlite() -> Engine {
    Engine {
        name: "SQLite",
        database_url: None,
    }
}

fn printed(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// Waits until `/readyz` answers this status.
pub async fn becomes(url: &str, status: u16) {
    let until = Instant::now() + Duration::from_secs(RECOVERY_SECS_MAX);
    loop {
        let answer = client().get(format!("{url}/readyz")).send().await;
        if answer.is_ok_and(|answer| answer.status() == status) {
            return;
        }
        assert!(Instant::now() < until, "never {status}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_start_text_says_where_to_go_and_what_is_off_and_a_stop_is_clean() {
    for engine in engines() {
        let nowhere = ("WASL_TELEGRAM_API_URL", "http://127.0.0.1:9");
        let token = ("WASL_TELEGRAM_TOKEN", "1:invented");
        let mut server = Server::start_with(&engine, &[token, nowhere]).await;
        let said = server.output();
        for part in [
            server.url.as_str(),
            "Web chat: on",
            "Telegram: on, it asks for what is new",
            "WhatsApp: off",
            engine.name,
        ] {
            assert!(said.contains(part), "{part} in:\n{said}");
        }
        assert!(!said.contains("1:invented"), "{said}");
        assert_eq!(server.stop(), Some(0), "{}", server.output());
    }
}

#[tokio::test]
async fn a_second_server_is_refused_with_the_remedy_and_harms_nothing() {
    let server = Server::start(&sqlite()).await;
    let same_port = server.url.trim_start_matches("http://").to_string();
    for (case, listen, parts) in [
        (
            "same data",
            "127.0.0.1:0",
            ["wasl.lock is held", "WASL_DATA_DIR"],
        ),
        ("same port", &same_port, ["cannot listen on", "WASL_LISTEN"]),
    ] {
        let second = server.command("serve").env("WASL_LISTEN", listen).output();
        let second = second.unwrap();
        assert_eq!(second.status.code(), Some(69), "{case}");
        for part in parts {
            assert!(
                printed(&second).contains(part),
                "{case}: {}",
                printed(&second)
            );
        }
    }
    Person::arrives(&server, "en").await;
}

#[test]
fn what_keeps_a_server_from_starting_is_told_with_its_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let file = file.to_str().unwrap();
    for (case, variable, value, code, part) in [
        ("a file for a folder", "WASL_DATA_DIR", file, 74, "a-file"),
        (
            "no such charity",
            "WASL_CHARITY",
            "dmo",
            78,
            "Did you mean `demo`?",
        ),
        (
            "a misspelt setting",
            "WASL_LISTN",
            "x",
            78,
            "Did you mean `WASL_LISTEN`?",
        ),
        (
            "an address of nobody",
            "WASL_LISTEN",
            "192.0.2.1:80",
            69,
            "set WASL_LISTEN",
        ),
        (
            "no dialogs",
            "WASL_DIALOGS",
            "/nowhere",
            74,
            "there is no such folder",
        ),
        (
            "a filter of nonsense",
            "WASL_LOG_FILTER",
            "x=y=z",
            78,
            "log.filter",
        ),
        (
            "PostgreSQL without a key",
            "WASL_DATABASE_URL",
            "postgres://x@127.0.0.1:1/x",
            78,
            "WASL_SECRET_KEY",
        ),
    ] {
        let start = Start {
            engine: sqlite(),
            variables: vec![(variable.to_string(), value.to_string())],
            data: folder.path().join("data"),
        };
        let output = start.command("serve").output().unwrap();
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(code), "{case}: {said}");
        assert!(
            said.to_lowercase().contains(&part.to_lowercase()),
            "{case}: {said}"
        );
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_waited_for_and_nothing_taken_is_lost() {
    let Some(cluster) = Cluster::start(Sync::On) else {
        return;
    };
    let engine = Engine {
        name: "PostgreSQL",
        database_url: Some(cluster.database()),
    };
    let mut server = Server::start(&engine).await;
    let mut person = Person::arrives(&server, "en").await;
    person.presses("apply").await;
    person.presses("rent").await;
    let before = person.said();

    cluster.stop();
    becomes(&server.url, 503).await;
    let message = json!({"id": "while-it-is-away", "text": "hello"});
    let posted = person.client.post(format!("{}/chat/messages", server.url));
    let refused = posted.json(&message).send().await.unwrap();
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));

    // Its own restart while the database is away, too.
    let listen = server.url.trim_start_matches("http://").to_string();
    server.kill();
    let mut waiting = server
        .command("serve")
        .env("WASL_LISTEN", listen)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _guard = Guard::over(&waiting);
    becomes(&server.url, 503).await;
    let alive = client().get(format!("{}/healthz", server.url)).send().await;
    assert_eq!(alive.unwrap().status(), 200);

    cluster.resume();
    becomes(&server.url, 200).await;
    let posted = person.client.post(format!("{}/chat/messages", server.url));
    let taken = posted.json(&message).send().await.unwrap();
    assert_eq!(
        taken.status(),
        200,
        "the same message is taken when it comes again"
    );
    person.opens(None).await;
    assert!(person.said().starts_with(&before), "{}", person.said());
    waiting.kill().unwrap();
    waiting.wait().unwrap();
}

// The stand-in answers while a command is waited for.
#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_away_keeps_nobody_from_writing_and_takes_files_when_it_is_back() {
    for engine in engines() {
        let address = Standin::nobody();
        let url = format!("http://{address}/{BUCKET}/wasl");
        let settings = [
            ("WASL_OBJECTS_URL", url.as_str()),
            ("WASL_OBJECTS_ACCESS_KEY", ACCESS_KEY),
            ("WASL_OBJECTS_SECRET_KEY", SECRET_KEY),
            ("WASL_ATTACHMENTS_SHARED", "false"),
        ];
        let server = Server::start_with(&engine, &settings).await;
        let mut person = Person::arrives(&server, "en").await;
        let refused = person.tries_photo().await;
        assert_eq!(refused.status(), 503, "{}", engine.name);
        assert!(refused.headers().contains_key("retry-after"));
        person.presses("apply").await;
        assert!(person.said().contains("Which service"), "{}", person.said());

        let s3 = Standin::at(&address).await;
        person.sends_photo().await;
        let objects = s3.objects();
        assert_eq!(
            objects.len(),
            2,
            "the photo and its preview: {:?}",
            objects.keys()
        );
        for (name, bytes) in &objects {
            assert!(name.starts_with("wasl/"), "{name}");
            assert!(
                !bytes.windows(4).any(|part| part == b"\x89PNG"),
                "it is sealed"
            );
        }
        assert!(!server.data().join("objects").exists());
        let backup = server.data().with_file_name("backup");
        let made = server.command("backup").arg(&backup).output().unwrap();
        assert_eq!(made.status.code(), Some(0), "{}", printed(&made));
        for (name, bytes) in &objects {
            let (_, below) = name.trim_start_matches("wasl/").split_once('/').unwrap();
            let copy = std::fs::read(backup.join("objects").join(below)).unwrap();
            assert_eq!(copy, *bytes, "as it lies in the bucket");
        }

        let said = server.output();
        assert!(said.contains(&format!("attachments in {url}")), "{said}");
        assert!(said.contains("bucket cannot be reached"), "{said}");
        for secret in [ACCESS_KEY, SECRET_KEY] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}

#[tokio::test]
async fn changed_dialogs_are_taken_into_use_and_broken_ones_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let dialogs = folder.path().join("dialogs");
    copy(concat!(env!("CARGO_MANIFEST_DIR"), "/dialogs"), &dialogs);
    let dir = dialogs.to_str().unwrap();
    let server = Server::start_with(&sqlite(), &[("WASL_DIALOGS", dir)]).await;
    let charity = dialogs.join("charities/demo/charity.yaml");
    let text = std::fs::read_to_string(&charity).unwrap();

    let same = server.command("reload").output().unwrap();
    assert!(printed(&same).contains("the same as before"), "{same:?}");
    std::fs::write(
        &charity,
        text.replace("Wasl Demo Charity", "Renamed Charity"),
    )
    .unwrap();
    let changed = server.command("reload").output().unwrap();
    assert_eq!(changed.status.code(), Some(0), "{changed:?}");
    let page = client()
        .get(format!("{}/?lang=en", server.url))
        .send()
        .await;
    let page = page.unwrap().text().await.unwrap();
    assert!(page.contains("Renamed Charity"), "{page}");

    std::fs::write(&charity, "nonsense: [").unwrap();
    let broken = server.command("reload").output().unwrap();
    assert_eq!(broken.status.code(), Some(1));
    assert!(printed(&broken).contains("charity.yaml:1:"), "{broken:?}");
    Person::arrives(&server, "en").await;
}

#[tokio::test]
async fn a_person_who_asks_for_a_human_is_answered_by_command_and_given_back() {
    for engine in engines() {
        let server = Server::start(&engine).await;
        let mut person = Person::arrives(&server, "en").await;
        person.presses("human").await;
        let list = printed(&server.command("handover list").output().unwrap());
        let conversation = list.split_whitespace().next().unwrap().to_string();

        let reply = [
            "handover",
            "reply",
            &conversation,
            "Good morning, how can I help?",
        ];
        let replied = server.command("").args(reply).output().unwrap();
        assert_eq!(replied.status.code(), Some(0), "{}", printed(&replied));
        let heard = person.catches_up().await;
        assert!(heard.contains("Good morning"), "{}: {heard}", engine.name);
        let silence = person.says("thank you").await;
        assert_eq!(silence, "", "{}: the bot is silent", engine.name);

        let back = format!("handover return {conversation}");
        let returned = server.command(&back).output().unwrap();
        assert_eq!(returned.status.code(), Some(0), "{}", printed(&returned));
        let answer = person.says("menu").await;
        assert_ne!(answer, "", "{}: the bot speaks again", engine.name);
        let again = server.command(&back).output().unwrap();
        assert_eq!(again.status.code(), Some(1), "nothing to give back");
    }
}

#[tokio::test]
async fn an_installation_comes_back_from_its_backup() {
    for (engine, new) in engines().into_iter().zip(engines()) {
        let mut server = Server::start(&engine).await;
        let mut person = Person::arrives(&server, "ar").await;
        person.answers(RENT).await;
        let receipt = reference(&person.said());
        let folder = server.data().with_file_name("backup");
        let backup = folder.to_str().unwrap();
        let made = server.command("backup").arg(backup).output().unwrap();
        assert_eq!(made.status.code(), Some(0), "{}", printed(&made));
        server.kill();

        let start = Start {
            engine: new,
            variables: Vec::new(),
            data: server.data().with_file_name("elsewhere"),
        };
        std::fs::create_dir(&start.data).unwrap();
        if engine.database_url.is_none() {
            // The key is in no backup: the operator keeps it.
            let key = server.data().join("secret.key");
            std::fs::copy(key, start.data.join("secret.key")).unwrap();
        }
        let restored = start.command("restore").arg(backup).output().unwrap();
        assert_eq!(restored.status.code(), Some(0), "{}", printed(&restored));
        let twice = start.command("restore").arg(backup).output().unwrap();
        assert_ne!(twice.status.code(), Some(0), "never over what is there");
        server.start = start;
        server.restart().await;
        assert_eq!(cases(&server)[0]["reference"], receipt, "{}", engine.name);
        let verified = server.command("verify").output().unwrap();
        assert_eq!(verified.status.code(), Some(0), "{}", printed(&verified));
        person.opens(None).await;
        assert!(person.said().contains(&receipt), "{}", engine.name);
    }
}

#[test]
fn an_export_before_the_first_start_is_its_header_alone() {
    let folder = tempfile::tempdir().unwrap();
    let start = Start {
        engine: sqlite(),
        variables: Vec::new(),
        data: folder.path().join("nothing-yet"),
    };
    let lines = start.command("export messages").output().unwrap();
    assert_eq!(
        (lines.status.code(), &lines.stdout[..]),
        (Some(0), &b""[..])
    );
    let sheet = start
        .command("export messages --format csv")
        .output()
        .unwrap();
    let sheet = String::from_utf8(sheet.stdout).unwrap();
    assert!(sheet.starts_with("channel,id,from,"), "{sheet}");
    assert!(!start.data.exists());
    let bare = start.command("export cases --reveal").output().unwrap();
    assert_eq!(bare.status.code(), Some(2), "to reveal takes a reason");
}

#[test]
fn every_command_explains_itself() {
    let wasl = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_wasl"))
            .args(words)
            .output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let help = wasl(&["--help"]);
    let (_, commands) = help.split_once("Commands:").unwrap();
    let (commands, _) = commands.split_once("Options:").unwrap();
    let names = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let mut count = 0;
    for name in names.filter(|name| *name != "help") {
        let about = wasl(&[name, "--help"]);
        assert!(about.len() > 100, "{name}: {about}");
        count += 1;
    }
    assert!(count >= 11, "{help}");
    assert!(wasl(&["serve", "--help"]).contains("WASL_PUBLIC_URL"));
}

#[test]
fn the_shipped_dialogs_hold_and_a_talk_can_be_had_without_a_terminal() {
    use std::io::Write;
    let wasl = || Command::new(env!("CARGO_BIN_EXE_wasl"));
    let checked = wasl().arg("check").output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", printed(&checked));
    let mut chat = wasl()
        .args(["chat", "--language", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let words = b"/1\n/clock +1d\n/why\n/99\n/quit\nnever heard\n";
    chat.stdin.take().unwrap().write_all(words).unwrap();
    let talk = chat.wait_with_output().unwrap();
    let talk = String::from_utf8(talk.stdout).unwrap();
    for part in ["Which service", "order: button", "(no button `99`"] {
        assert!(talk.contains(part), "{part} in:\n{talk}");
    }
    assert!(!talk.contains("never heard"));
}

fn copy(from: impl AsRef<std::path::Path>, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).unwrap()),
        }
    }
}

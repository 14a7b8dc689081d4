//! Whole journeys of a person over HTTP, on both engines: what was said is there again, whatever happened
//! to the server in between.

use serde_json::Value;

use crate::support::talk::{Does, Person};
use crate::support::{Server, engines};

use Does::{Presses, Says, SendsPhoto};

/// What an invented tenant answers; all the service asks, the photo of the lease at once.
pub const RENT: &[(&str, Does<'static>)] = &[
    ("item", Presses("apply")),
    ("service", Presses("rent")),
    ("consent_application", Presses("agree")),
    ("writer", Presses("self")),
    ("full_name", Says("نورة بنت سعد بن علي الشهري")),
    ("national_id", Says("١٢٣٤ ٥٦٧ ٨٩٧")),
    ("id_expiry", Says("٢٠ رمضان ١٤٥١")),
    ("contact", Says("٠٥٥٠١٩٨٤٣٧")),
    ("residence", Says("RHSB4821")),
    ("household", Says("٦ أشخاص")),
    ("income", Presses("under_3000")),
    ("rent_amount", Says("١٨٬٠٠٠ ريال")),
    ("need", Says("تأخرنا في الإيجار بعد توقف العمل")),
    ("urgency", Presses("weeks")),
    ("lease", SendsPhoto),
    ("income_proof", Presses("skip")),
    ("review", Presses("right")),
    ("declaration", Says("نورة سعد علي الشهري")),
];

/// The reference number in what the house said: `W-H7887-2NYC`.
pub fn reference(said: &str) -> String {
    let word = said
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .find(|word| word.starts_with("W-") && word.len() == 12);
    word.unwrap_or_else(|| panic!("no reference number in:\n{said}"))
        .to_string()
}

/// What `wasl export cases` tells of the server's cases.
pub fn cases(server: &Server) -> Vec<Value> {
    let output = server.command("export cases").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let case = |line: &str| serde_json::from_str(line).unwrap();
    text.lines().map(case).collect()
}

#[tokio::test]
async fn a_person_applies_and_asks_for_the_state_after_a_restart() {
    for engine in engines() {
        let mut server = Server::start(&engine).await;
        let mut person = Person::arrives(&server, "ar").await;
        let open = person.answers(RENT).await;
        assert_eq!(open, "", "{}", person.said());
        let receipt = reference(&person.said());

        server.kill();
        server.restart().await;

        person.opens(None).await;
        assert!(person.said().contains(&receipt), "{}", engine.name);
        let state = person.says("متابعة طلب سابق").await;
        assert!(state.contains(&receipt), "{}: {state}", engine.name);
        let cases = cases(&server);
        assert_eq!(cases.len(), 1, "{}", engine.name);
        assert_eq!(cases[0]["reference"], receipt);
        assert_eq!(cases[0]["service"], "rent");
    }
}

//! The search: conversations and requests by words, names and numbers. What was looked for stands in the audit, sealed.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use super::index::{Names, PAGE, Questions, Row};
use crate::console::audit::{self, Act};
use crate::console::day::When;
use crate::console::fields::escaped;
use crate::console::frame::Frame;
use crate::console::permission::Permission;
use crate::console::section::Section;
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::store::{Tx, case, search};
use crate::text::graphemes;

/// A request that was found.
pub struct Request {
    pub address: String,
    pub reference: String,
    pub service: String,
    pub state: String,
    pub at: When,
}

#[derive(Template)]
#[template(
    path = "console/conversation/search.html",
    config = "src/web/askama.toml"
)]
struct FoundPage {
    frame: Frame,
    question: String,
    rows: Vec<Row>,
    requests: Vec<Request>,
    more: Option<String>,
    first: bool,
}

/// `GET /staff/search?q=…`
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Query(questions): Query<Questions>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Conversations)?;
    let question = questions
        .get("q")
        .map(|q| q.trim().to_owned())
        .unwrap_or_default();
    let question = graphemes::cut(&question, 200).to_owned();
    let below = questions.get("below").and_then(|below| below.parse().ok());
    let mut tx = console.reader().await?;
    let found = search::search(&mut tx, &question, below, PAGE).await?;
    let names = Names::read(&mut tx, &console, visit.say()).await?;
    let rows = names.of(&mut tx, &staff, &found.conversations).await?;
    let requests = requests(&mut tx, &console, &staff, &names, &found.cases).await?;
    drop(tx);
    if !question.is_empty() {
        let mut tx = console.writer().await?;
        let detail = serde_json::json!({"found": rows.len() + requests.len()});
        audit::note_sealed(
            &mut tx,
            staff.id(),
            Act::Searched,
            "conversation",
            &detail,
            Some(&question),
        )
        .await?;
        tx.commit().await?;
    }
    let frame = Frame::new(&console, &visit, &staff, Section::Search, "search-title");
    let more = found
        .more
        .map(|below| format!("/staff/search?q={}&below={below}", escaped(&question)));
    let page = FoundPage {
        first: question.is_empty(),
        question,
        rows,
        requests,
        more,
        frame: frame.clone(),
    };
    frame.answer(&page)
}

async fn requests(
    tx: &mut Tx,
    console: &Console,
    staff: &Staff,
    names: &Names,
    ids: &[String],
) -> Result<Vec<Request>, Wrong> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let cases = case::these(tx, &ids).await?;
    let conversations: Vec<String> = cases
        .iter()
        .filter_map(|case| case.conversation.clone())
        .collect();
    let seen = names.of(tx, staff, &conversations).await?;
    let dialogs = console.registry().current();
    let lang = names.say.lang();
    Ok(cases
        .iter()
        .filter_map(|case| {
            let address = format!("/staff/conversations/{}", case.conversation.as_ref()?);
            seen.iter().find(|row| row.address == address)?;
            let state = dialogs.cases.states.get(&case.state);
            Some(Request {
                address,
                reference: case.reference.clone(),
                service: names
                    .services
                    .get(&case.service)
                    .cloned()
                    .unwrap_or_default(),
                state: state.map_or_else(
                    || case.state.clone(),
                    |one| one.title.source(lang).to_owned(),
                ),
                at: crate::console::day::ago(case.submitted_at, now(), names.say),
            })
        })
        .collect())
}

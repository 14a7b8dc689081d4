//! Words of the chat page: a charity's `page.yaml` names only those that the page says.

use super::{Proof, Where};
use crate::dialog::files::embedded_bytes;
use crate::dialog::finding::{Findings, Severity};
use crate::dialog::near;
use crate::dialog::yaml;

/// The page of this program with all its words.
const OWN: &str = "common/page.yaml";

pub fn prove(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("page") else {
        return;
    };
    let own = embedded_bytes(OWN).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let own = own.and_then(|text| yaml::parse(&OWN.into(), text, &mut Findings::default()));
    let known: Vec<&str> = own.as_ref().map_or_else(Vec::new, |own| {
        let names = own.entries().iter();
        names.map(|(name, _)| name.text.as_str()).collect()
    });
    for (name, _) in tree.entries() {
        if known.contains(&name.text.as_str()) {
            continue;
        }
        let place = Where {
            file: file.clone(),
            at: name.at,
            step: None,
        };
        let what = format!("no page says `{}`", name.text);
        let remedy = match near::nearest(&name.text, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`? The names stand in {OWN}."),
            None => format!("Delete it, or take a name that stands in {OWN}."),
        };
        // Not an error: a folder that was made for another build still serves.
        proof.tell(Severity::Warning, &place, "unknown_label", what, remedy);
    }
}

//! A member of staff at the console, without a browser: what its pages send, sent by hand.

use reqwest::StatusCode;

use super::server::{Server, client};

const PASSWORD: &str = "three camels drink";

pub struct Officer {
    pub client: reqwest::Client,
    pub url: String,
    /// What other forms of the same pages are told apart by.
    forms: u32,
}

impl Officer {
    /// Somebody who was invited on the command line, and has come in.
    pub async fn comes(server: &Server, name: &str) -> Officer {
        let invited = server
            .command(&format!("staff add {name} --role officer --by tests"))
            .output()
            .expect("it runs");
        let told = String::from_utf8_lossy(&invited.stdout).into_owned();
        let at = told
            .find("/staff/welcome/")
            .unwrap_or_else(|| panic!("{invited:?}"));
        let path = told[at..].split_whitespace().next().unwrap_or_default();
        let officer = Officer {
            client: client(),
            url: server.url.clone(),
            forms: 0,
        };
        let form = [("password", PASSWORD), ("again", PASSWORD)];
        assert_eq!(officer.posts(path, &form).await, StatusCode::SEE_OTHER);
        officer
    }

    /// Sends a form to a page.
    pub async fn posts(&self, path: &str, form: &[(&str, &str)]) -> StatusCode {
        let sent = self
            .client
            .post(format!("{}{path}", self.url))
            .header("Accept", "text/html")
            .form(form)
            .send()
            .await;
        sent.expect("the server answers").status()
    }

    pub async fn page(&self, path: &str) -> String {
        let shown = self
            .client
            .get(format!("{}{path}", self.url))
            .header("Accept", "text/html")
            .send()
            .await
            .expect("the server answers");
        let (status, text) = (shown.status(), shown.text().await.unwrap_or_default());
        assert_eq!(status, StatusCode::OK, "{path}\n{text}");
        text
    }

    /// The first conversation of a list.
    pub async fn first(&self, list: &str) -> String {
        let page = self
            .page(&format!("/staff/conversations?list={list}"))
            .await;
        let rows = page.split("id=\"live-rows\"").nth(1).unwrap_or_default();
        let link = rows.split("href=\"/staff/conversations/").nth(1);
        let link = link.unwrap_or_else(|| panic!("nobody waits:\n{page}"));
        link.split('"').next().unwrap_or_default().to_string()
    }

    fn key(&mut self) -> String {
        self.forms += 1;
        format!("k{}", self.forms)
    }

    pub async fn claims(&mut self, conversation: &str) {
        let key = self.key();
        let path = format!("/staff/conversations/{conversation}/handover");
        let status = self.posts(&path, &[("key", &key)]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let page = self
            .page(&format!("/staff/conversations/{conversation}"))
            .await;
        assert!(page.contains("class=\"box\""), "it is not theirs:\n{page}");
    }

    pub async fn answers(&mut self, conversation: &str, text: &str) {
        let key = self.key();
        let path = format!("/staff/conversations/{conversation}/messages");
        let status = self.posts(&path, &[("key", &key), ("text", text)]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let page = self
            .page(&format!("/staff/conversations/{conversation}"))
            .await;
        assert!(page.contains(text), "it was not said:\n{page}");
    }

    /// Gives it back to the bot.
    pub async fn returns(&mut self, conversation: &str) {
        let key = self.key();
        let path = format!("/staff/conversations/{conversation}/handover/end");
        let status = self.posts(&path, &[("key", &key), ("how", "bot")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
}

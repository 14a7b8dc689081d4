//! A talk that begins on the page and goes on in WhatsApp by the link that the page shows: at the same question,
//! with the same answers; parted again, each channel stands for itself.

use std::time::{Duration, Instant};

use reqwest::Url;

use crate::journey::{cases, reference};
use crate::support::talk::Person as OnPage;
use crate::support::{Engine, Server, engines};
use crate::whatsapp::graph::Graph;
use crate::whatsapp::person::Person;
use crate::whatsapp::serve;

const PHONE: &str = "966512345678";

/// The house asks the other side within a second; a busy machine later.
const ASKED_SECS_MAX: u64 = 40;

struct Both {
    _graph: Graph,
    server: Server,
    page: OnPage,
    phone: Person,
}

impl Both {
    async fn start(engine: &Engine) -> Both {
        let graph = Graph::start().await;
        let server = serve(engine, &graph).await;
        let phone = Person::new(&graph, &server, Some(PHONE), None);
        let page = OnPage::arrives(&server, "ar").await;
        Both {
            _graph: graph,
            server,
            page,
            phone,
        }
    }

    /// The words that the link to WhatsApp writes for them.
    async fn written_by_the_link(&mut self) -> String {
        let until = Instant::now() + Duration::from_secs(ASKED_SECS_MAX);
        loop {
            self.page.says("المتابعة في قناة أخرى").await;
            let shows = self
                .page
                .talk
                .iter()
                .rev()
                .find_map(|one| one["shows"].as_array());
            let links = shows.into_iter().flatten();
            let mut urls = links.filter_map(|show| show["url"].as_str());
            if let Some(url) = urls.find(|url| url.starts_with("https://wa.me/966112345678?")) {
                let url = Url::parse(url).unwrap();
                let (name, words) = url.query_pairs().next().unwrap();
                assert_eq!(name, "text");
                return words.into_owned();
            }
            // The platform has not said yet which number is ours.
            assert!(Instant::now() < until, "{}", self.page.said());
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Waits until the page shows these words.
    async fn page_hears(&mut self, words: &str) {
        let until = Instant::now() + Duration::from_secs(ASKED_SECS_MAX);
        while !self.page.said().contains(words) {
            assert!(Instant::now() < until, "«{words}»: {}", self.page.said());
            tokio::time::sleep(Duration::from_millis(50)).await;
            self.page.catches_up().await;
        }
    }
}

#[tokio::test]
async fn a_form_begun_on_the_page_is_handed_in_on_whatsapp() {
    for engine in engines() {
        let mut both = Both::start(&engine).await;
        both.page.says("تقديم طلب دعم").await;
        for option in ["food_basket", "agree", "self"] {
            both.page.presses(option).await;
        }
        both.page.says("سارة عبدالله محمد القحطاني").await;
        assert_eq!(both.page.asked(), "national_id");

        let code = both.written_by_the_link().await;
        let asked = both.phone.says(&code).await;
        assert!(asked.contains("محادثة الموقع"), "{}: {asked}", engine.name);
        both.phone.says("نعم").await;
        both.page_hears("هل تودّون متابعة هذه المحادثة هناك؟").await;
        both.page.says("نعم").await;
        let goes_on = both.phone.hears().await;
        assert!(goes_on.contains("رقم الهوية"), "{goes_on}");

        both.phone.says("1098765439").await;
        both.phone.says("15/7/1450").await;
        both.phone.says("0512345678").await;
        let review = both.phone.says("RRRD2929").await;
        assert!(review.contains("سارة عبدالله محمد القحطاني"), "{review}");
        both.phone.presses("right").await;
        let receipt = reference(&both.phone.says("سارة عبدالله محمد القحطاني").await);
        // It is one talk: the page knows of the request.
        let state = both.page.says("متابعة طلب سابق").await;
        assert!(state.contains(&receipt), "{}: {state}", engine.name);
        assert_eq!(cases(&both.server).len(), 1);

        both.page.says("فصل القنوات").await;
        both.page.says("نعم").await;
        let alone = both.phone.says("متابعة طلب سابق").await;
        assert!(!alone.contains(&receipt), "{}: {alone}", engine.name);
        let state = both.page.says("متابعة طلب سابق").await;
        assert!(state.contains(&receipt), "{}: {state}", engine.name);
    }
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let mut both = Both::start(&engines()[0]).await;
    both.page.says("السلام عليكم").await;
    let code = both.written_by_the_link().await;
    for guess in 0..5 {
        let wrong = [
            "BBBB-CCCC",
            "CCCC-DDDD",
            "DDDD-FFFF",
            "FFFF-GGGG",
            "GGGG-HHHH",
        ][guess];
        both.phone.says(wrong).await;
    }
    // The right one comes too late.
    let refused = both.phone.says(&code).await;
    assert!(!refused.contains("هل تودّون متابعتها هنا"), "{refused}");
}

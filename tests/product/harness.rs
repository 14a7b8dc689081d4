//! The harness itself: what every other test here stands on must be true.

use crate::support::{browser::Browser, engines, postgres};

#[test]
fn each_test_gets_an_empty_database_of_its_own_on_each_engine() {
    let engines = engines();
    assert_eq!(engines[0].name, "SQLite");
    if let [_, one] = &engines[..] {
        let another = postgres::database();
        assert_ne!(one.database_url, another);
    }
}

#[tokio::test]
async fn a_browser_as_wide_as_a_phone_speaks_arabic() {
    let Some(browser) = Browser::open(320, 568, "ar").await else {
        return;
    };
    let page = "data:text/html,<meta name=viewport content='width=device-width'><p>.";
    browser.driver.goto(page).await.unwrap();
    let found = browser
        .driver
        .execute("return innerWidth + ' ' + navigator.language", vec![])
        .await
        .unwrap();
    assert_eq!(found.json().as_str(), Some("320 ar"));
    browser.close().await;
}

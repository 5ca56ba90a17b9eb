//! How pages look: by one's own choice in every browser, else by what this browser remembers, in a frame by the portal's word.

use crate::{
    downloads::person,
    harness::{PASSWORD, Server, Session},
    portal::portal,
};

const HOME: &str = "/settings/email/smtp";

/// Theme and density of a page, as its root has them.
async fn look(session: &Session, path: &str) -> (Option<String>, Option<String>) {
    let html = session.get(path).await.text().await.expect("whole");
    let root = html.split("<html ").nth(1).and_then(|rest| rest.split('>').next()).expect("a root").to_owned();
    let attribute = |name: &str| {
        let value = root.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.to_owned())
    };
    (attribute("data-theme"), attribute("data-density"))
}

async fn choose(session: &Session, choice: &str) -> (u16, Vec<String>) {
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    let answer = session.send("POST", "/taste", &headers, choice).await.expect("answers");
    let cookies = answer.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    (answer.status(), cookies.map(str::to_owned).collect())
}

fn some(theme: &str, density: &str) -> (Option<String>, Option<String>) {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (given(theme), given(density))
}

#[tokio::test]
async fn ones_own_choice_counts_in_every_browser_and_another_persons_does_not() {
    let (server, session) = Server::with_administrator().await;
    let vera = person(&server, "vera", "viewer").await;
    assert_eq!(look(&vera, HOME).await, some("", ""));
    let (status, cookies) = choose(&vera, "theme=dark&density=compact").await;
    assert_eq!((status, cookies.len()), (204, 2));
    assert!(cookies[0].starts_with("postroom-theme=dark; Path=/; HttpOnly; SameSite=Lax"), "{cookies:?}");
    assert_eq!(look(&vera, HOME).await, some("dark", "compact"), "without those cookies");
    assert_eq!(look(&session, HOME).await, some("", ""));
    let elsewhere = server.sign_in("vera", PASSWORD).await;
    assert_eq!(look(&elsewhere, HOME).await, some("dark", "compact"));
    // What another person left in this browser is not theirs.
    let browser = Session { cookie: format!("{}; postroom-theme=dark", session.cookie), ..session.clone() };
    assert_eq!(look(&browser, HOME).await, some("", ""));
    choose(&vera, "theme=system&density=comfortable").await;
    assert_eq!(look(&vera, HOME).await, some("", ""));
}

#[tokio::test]
async fn the_page_to_sign_in_looks_as_its_browser_remembers() {
    let (server, _) = Server::with_administrator().await;
    let vera = person(&server, "vera", "viewer").await;
    choose(&vera, "theme=contrast").await;
    let nobody = server.anonymous();
    assert_eq!(look(&nobody, "/sign-in").await, some("", ""));
    let form = [("user_name", "vera"), ("password", PASSWORD)];
    let arrived = nobody.form("/sign-in", &form).await;
    let cookies: Vec<_> = arrived.headers().get_all("set-cookie").iter().filter_map(|c| c.to_str().ok()).collect();
    assert!(cookies[0].starts_with("postroom="), "{cookies:?}");
    assert!(cookies[1].starts_with("postroom-theme=contrast;") && cookies.len() == 2, "{cookies:?}");
    let left = Session { cookie: "postroom-theme=contrast; postroom-density=compact".to_owned(), ..nobody };
    assert_eq!(look(&left, "/sign-in").await, some("contrast", "compact"));
    let (status, cookies) = choose(&left, "density=comfortable").await;
    assert_eq!((status, cookies.len()), (204, 1), "nobody is signed in: this browser remembers");
}

#[tokio::test]
async fn what_is_no_choice_changes_nothing() {
    let (_server, session) = Server::with_administrator().await;
    choose(&session, "theme=dark").await;
    for junk in [
        "",
        "theme=",
        "theme=purple",
        "density=dark",
        "theme=light%0d%0aset-cookie:a=b",
        "colour=red",
        "role=administrator",
    ] {
        assert_eq!(choose(&session, junk).await, (204, Vec::new()), "{junk}");
    }
    let headers = [("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
    let answer = session.send("POST", "/taste", &headers, "theme=light").await.expect("answers");
    assert_eq!(answer.status(), 403, "another site's form");
    assert_eq!(look(&session, HOME).await, some("dark", ""));
    let crooked = Session { cookie: "postroom-theme=\"><script>".to_owned(), ..session };
    assert_eq!(look(&crooked, "/sign-in").await, some("", ""));
}

#[tokio::test]
async fn in_a_frame_the_portals_word_counts() {
    let server = portal().await;
    server.set_up().await;
    let browser = Session { cookie: "postroom-theme=dark; postroom-density=compact".to_owned(), ..server.anonymous() };
    let frame = "/embed/settings/email/smtp";
    assert_eq!(look(&browser, frame).await, some("", ""));
    assert_eq!(look(&browser, &format!("{frame}?theme=light&density=compact")).await, some("light", "compact"));
}

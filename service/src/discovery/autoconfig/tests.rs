//! Autoconfig files, honest and not.

use super::*;

fn ann() -> EmailAddress {
    EmailAddress::parse("ann@example.com").expect("an address")
}

fn file(servers: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <clientConfig version="1.1">
          <emailProvider id="example.com">
            <domain>example.com</domain>
            <incomingServer type="imap"><hostname>imap.example.com</hostname><port>993</port>
              <socketType>SSL</socketType></incomingServer>
            {servers}
          </emailProvider>
        </clientConfig>"#
    )
}

fn server(host: &str, port: &str, socket: &str, rest: &str) -> String {
    format!(
        r#"<outgoingServer type="smtp"><hostname>{host}</hostname><port>{port}</port>
           <socketType>{socket}</socketType>{rest}</outgoingServer>"#
    )
}

fn lines(file: &str) -> Vec<String> {
    let line = |found: &Found| {
        let settings = &found.settings;
        format!(
            "{}:{} {} {} {}{}",
            settings.host.as_deref().unwrap_or("-"),
            settings.port.unwrap_or_default(),
            settings.security.map(Security::code).unwrap_or_default(),
            if settings.authentication == Some(true) { "login" } else { "no login" },
            found.user_name.as_deref().unwrap_or("-"),
            if found.outside { " outside" } else { "" }
        )
    };
    parse(file.as_bytes(), &ann()).expect("readable").iter().map(line).collect()
}

#[test]
fn servers_in_the_order_of_the_file() {
    let servers = [
        server("smtp.example.com", "465", "SSL", "<username>%EMAILADDRESS%</username>"),
        server("smtp.%EMAILDOMAIN%", " 587 ", "STARTTLS", "<username>%EMAILLOCALPART%</username>"),
        server("mail.example.net", "25", "plain", "<authentication>none</authentication><username>x</username>"),
    ];
    assert_eq!(
        lines(&file(&servers.concat())),
        [
            "smtp.example.com:465 implicit_tls login ann@example.com",
            "smtp.example.com:587 starttls login ann",
            "mail.example.net:25 none no login - outside",
        ]
    );
}

#[test]
fn what_authentication_means() {
    let check = |authentication: &str, expected: &str| {
        let all = authentication.split_whitespace().map(|kind| format!("<authentication>{kind}</authentication>"));
        let all = all.collect::<Vec<_>>().concat();
        let server = server("smtp.example.com", "465", "SSL", &format!("<username>ann</username>{all}"));
        assert_eq!(
            lines(&file(&server)),
            [format!("smtp.example.com:465 implicit_tls {expected}")],
            "{authentication}"
        );
    };
    check("", "login ann");
    check("password-cleartext", "login ann");
    check("OAuth2 password-cleartext", "login ann");
    check("client-IP-address", "no login -");
    check("none", "no login -");
}

#[test]
fn texts_may_be_escaped() {
    let host = "smtp&#46;example<![CDATA[.com]]>";
    let rest = "<username>a&amp;b <!-- said aside -->&lt;c&gt;</username>";
    assert_eq!(lines(&file(&server(host, "465", "SSL", rest))), ["smtp.example.com:465 implicit_tls login a&b <c>"]);
}

#[test]
fn what_is_incomplete_or_strange_is_left_out() {
    for server in [
        server("", "465", "SSL", ""),
        server("smtp.example.com", "", "SSL", ""),
        server("smtp.example.com", "70000", "SSL", ""),
        server("smtp.example.com", "465", "", ""),
        server("smtp.example.com", "465", "ssl3", ""),
        server("http://smtp.example.com/", "465", "SSL", ""),
        server("smtp.example.com", "465", "SSL", "").replace("\"smtp\"", "\"lmtp\""),
        server("smtp.example.com", "465", "SSL", "").replace(" type=\"smtp\"", ""),
        format!("<other>{}</other>", server("smtp.example.com", "465", "SSL", "")),
    ] {
        assert_eq!(lines(&file(&server)), [""; 0], "{server}");
    }
    let nested = server("smtp.example.com", "465", "SSL", "<deeper><hostname>other.example</hostname></deeper>");
    assert_eq!(lines(&file(&nested)), ["smtp.example.com:465 implicit_tls login -"]);
    let control = server("smtp.example.com", "465", "SSL", "<username>a&#10;b</username>");
    assert_eq!(lines(&file(&control)), ["smtp.example.com:465 implicit_tls login -"]);
}

#[test]
fn what_is_no_such_file_is_refused() {
    let long = file(&format!("<!--{}-->", "x".repeat(MAX_BYTES)));
    let deep = file(&"<x>".repeat(MAX_DEPTH));
    for text in [
        "",
        "not found",
        "<html><body>Not found</body></html>",
        "<html><body>Not found<br></body></html>",
        "<clientConfig>",
        "<clientConfig></emailProvider>",
        "<clientConfig a=\"b></clientConfig>",
        "<clientConfig>&unknown;</clientConfig>",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><clientConfig>&a;</clientConfig>",
        long.as_str(),
        deep.as_str(),
    ] {
        assert_eq!(parse(text.as_bytes(), &ann()), Err(Unreadable), "{}", &text[..text.len().min(80)]);
    }
    assert_eq!(parse(b"<clientConfig>\xff</clientConfig>", &ann()), Err(Unreadable));
}

#[test]
fn no_file_proposes_without_end() {
    let servers: String = (1..100).map(|port| server("smtp.example.com", &port.to_string(), "SSL", "")).collect();
    assert_eq!(lines(&file(&servers)).len(), MAX_SERVERS);
}

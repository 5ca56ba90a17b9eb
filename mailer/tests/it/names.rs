//! Questions to a name server: every kind of record, and every way of not getting an answer.

use mailer::names::{Answer, Missing, MxRecord, Names, SrvRecord};
use std::{fmt::Debug, net::IpAddr};
use testkit::{NameServer, Zone};

fn zone() -> Zone {
    Zone::default()
        .txt("example.test", "v=spf1 -all")
        .txt("long.test", &"0123456789".repeat(100))
        .txt("alias-target.test", "behind the alias")
        .cname("alias.test", "alias-target.test")
        .cname("dangling.test", "nowhere.test")
        .mx("example.test", 20, "mx2.example.test")
        .mx("example.test", 10, "mx1.example.test")
        .mx("null.test", 0, ".")
        .srv("_submissions._tcp.example.test", [0, 1, 465], "smtp.example.test")
        .srv("_submission._tcp.example.test", [0, 0, 0], ".")
        .a("both.test", [192, 0, 2, 1])
        .aaaa("both.test", "2001:db8::1")
        .aaaa("six.test", "2001:db8::6")
        .ptr("192.0.2.1", "both.test")
        .ptr("2001:db8::1", "both.test")
        .failing("broken.test")
        .silent("silent.test")
}

fn check<T: Debug + PartialEq + Ord>(got: Answer<T>, wanted: Answer<T>) {
    let sorted = |answer: Answer<T>| {
        answer.map(|mut all| {
            all.sort();
            all
        })
    };
    assert_eq!(sorted(got), sorted(wanted));
}

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

#[tokio::test]
async fn every_kind_of_record() {
    let server = NameServer::start(zone()).await;
    let names = Names::at(server.address());
    check(names.txt("example.test").await, Ok(vec!["v=spf1 -all".into()]));
    check(names.txt("alias.test").await, Ok(vec!["behind the alias".into()]));
    let mx = |preference, host: &str| MxRecord { preference, host: host.into() };
    check(names.mx("EXAMPLE.test").await, Ok(vec![mx(10, "mx1.example.test"), mx(20, "mx2.example.test")]));
    check(names.mx("null.test").await, Ok(vec![mx(0, "")]));
    let srv = |[priority, weight, port]: [u16; 3], target: &str| {
        Ok(vec![SrvRecord { priority, weight, port, target: target.into() }])
    };
    check(names.srv("_submissions._tcp.example.test").await, srv([0, 1, 465], "smtp.example.test"));
    check(names.srv("_submission._tcp.example.test").await, srv([0, 0, 0], ""));
    check(names.addresses("both.test").await, Ok(vec![ip("192.0.2.1"), ip("2001:db8::1")]));
    check(names.addresses("six.test").await, Ok(vec![ip("2001:db8::6")]));
    check(names.ptr(ip("192.0.2.1")).await, Ok(vec!["both.test".into()]));
    check(names.ptr(ip("2001:db8::1")).await, Ok(vec!["both.test".into()]));
}

#[tokio::test]
async fn every_way_of_no_answer() {
    let server = NameServer::start(zone()).await;
    let names = Names::at(server.address());
    for (name, missing) in [
        ("nowhere.test", Missing::NoSuchName),
        ("dangling.test", Missing::NoSuchName),
        ("both.test", Missing::NoData),
        // Nothing of its own, but something below it: such a name exists.
        ("_tcp.example.test", Missing::NoData),
        ("broken.test", Missing::Failed),
        ("silent.test", Missing::Timeout),
        ("a..b", Missing::NoSuchName),
    ] {
        assert_eq!(names.txt(name).await, Err(missing), "{name}");
    }
    assert_eq!(names.addresses("nowhere.test").await, Err(Missing::NoSuchName));
    assert_eq!(names.addresses("broken.test").await, Err(Missing::Failed));
    let nobody = std::net::UdpSocket::bind("127.0.0.1:0").expect("binds").local_addr().expect("an address");
    assert!(Names::at(nobody).txt("example.test").await.is_err());
}

#[tokio::test]
async fn what_does_not_fit_into_a_packet_comes_over_tcp() {
    let server = NameServer::start(zone()).await;
    let names = Names::at(server.address());
    check(names.txt("long.test").await, Ok(vec!["0123456789".repeat(100)]));
    let asked = server.asked();
    assert_eq!((asked[0].as_str(), asked.last().map(String::as_str)), ("udp TXT long.test", Some("tcp TXT long.test")));
}

#[tokio::test]
async fn nothing_is_remembered() {
    let server = NameServer::start(zone()).await;
    let names = Names::at(server.address());
    for _ in 0..2 {
        check(names.txt("example.test").await, Ok(vec!["v=spf1 -all".into()]));
        check(names.txt("nowhere.test").await, Err(Missing::NoSuchName));
    }
    assert_eq!(server.asked().len(), 4, "{:?}", server.asked());
}

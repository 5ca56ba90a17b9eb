//! Saved views: whose they are, who may make and change those for everybody, and how many there can be.

use crate::harness::{World, actor, errors, refusal};
use domain::{
    Failure, Role, ViewId,
    report::{Query, ReportName},
    view::{VIEWS_MAX, View, ViewDraft},
};
use service::Actor;

/// A user of that role.
async fn user(w: &World, name: &str, role: Role) -> Actor {
    let password = domain::Secret::new("correct horse battery");
    let user = w.service.user_create_from_command_line(name, role, &password).await.expect("a user");
    Actor::new(Some(user.id), name, role, "192.0.2.1")
}

fn draft(name: &str, shared: bool, pairs: &[(&str, &str)]) -> ViewDraft {
    let query = Query::from_pairs(ReportName::Accounts, pairs.iter().copied());
    ViewDraft { report: ReportName::Accounts, name: name.into(), shared, query }
}

async fn names(w: &World, who: &Actor, report: ReportName) -> Vec<String> {
    let views = w.service.view_list(who, report).await.expect("lists").all;
    views.iter().map(|view| format!("{}{}", view.name.as_str(), if view.shared { " (all)" } else { "" })).collect()
}

#[tokio::test]
async fn ones_own_are_nobody_elses_and_shared_ones_are_everybodys() {
    let mut w = World::new().await;
    let (ann, bob, root) = (
        user(&w, "ann", Role::Viewer).await,
        user(&w, "bob", Role::Viewer).await,
        user(&w, "root", Role::Administrator).await,
    );
    let mine =
        w.service.view_create(&ann, draft(" Mine ", false, &[("name", "a"), ("page", "4")])).await.expect("kept");
    assert_eq!(mine.query.to_query_string(), "name=a", "the page is none of it");
    let shared = w.service.view_create(&root, draft("Zeta", true, &[("columns", "name,id")])).await.expect("kept");
    w.service
        .view_create(&bob, ViewDraft { report: ReportName::Outbox, ..draft("Mine", false, &[]) })
        .await
        .expect("kept");
    w.reopen().await.expect("restarts");
    assert_eq!(names(&w, &ann, ReportName::Accounts).await, ["Zeta (all)", "Mine"]);
    assert_eq!(names(&w, &bob, ReportName::Accounts).await, ["Zeta (all)"]);
    assert_eq!(names(&w, &bob, ReportName::Outbox).await, ["Mine"]);
    for stranger in [&bob, &root, &actor(Role::Administrator)] {
        assert_eq!(w.service.view_rename(stranger, mine.id, "x").await, Err(Failure::NotFound));
        assert_eq!(w.service.view_update(stranger, mine.id, Query::default()).await, Err(Failure::NotFound));
        assert_eq!(w.service.view_delete(stranger, mine.id).await, Err(Failure::NotFound));
    }
    for reader in [&ann, &bob] {
        assert_eq!(w.service.view_rename(reader, shared.id, "x").await, Err(Failure::Forbidden));
        assert_eq!(w.service.view_update(reader, shared.id, Query::default()).await, Err(Failure::Forbidden));
        assert_eq!(w.service.view_delete(reader, shared.id).await, Err(Failure::Forbidden));
        assert_eq!(w.service.view_create(reader, draft("x", true, &[])).await, Err(Failure::Forbidden));
        assert!(!w.service.view_list(reader, ReportName::Accounts).await.expect("lists").may_share);
        assert_eq!(w.service.view_list(reader, ReportName::Users).await, Err(Failure::Forbidden));
        let users = ViewDraft { report: ReportName::Users, ..draft("x", false, &[]) };
        assert_eq!(w.service.view_create(reader, users).await, Err(Failure::Forbidden));
    }
    let changed = Query::from_pairs(ReportName::Accounts, [("name", "b"), ("page", "2")]);
    let changed = w.service.view_update(&ann, mine.id, changed).await.expect("changed");
    assert_eq!(changed.query.to_query_string(), "name=b");
    assert_eq!(w.service.view_rename(&ann, mine.id, "Ours").await.expect("renamed").name.as_str(), "Ours");
    w.service.view_delete(&ann, mine.id).await.expect("gone");
    assert_eq!(w.service.view_delete(&ann, mine.id).await, Err(Failure::NotFound));
    let next = w.service.view_create(&ann, draft("Next", false, &[])).await.expect("kept");
    assert!(next.id > mine.id, "a number is never given again");
}

#[tokio::test]
async fn who_has_no_user_here_keeps_none_but_may_share() {
    let w = World::new().await;
    let guest = actor(Role::Administrator);
    assert_eq!(w.service.view_create(&guest, draft("Mine", false, &[])).await, Err(Failure::Forbidden));
    let views = w.service.view_list(&guest, ReportName::Accounts).await.expect("lists");
    assert!(!views.may_keep && views.may_share);
    w.service.view_create(&guest, draft("Ours", true, &[])).await.expect("kept");
    assert_eq!(names(&w, &guest, ReportName::Accounts).await, ["Ours (all)"]);
}

#[tokio::test]
async fn names_are_unique_where_they_stand_side_by_side() {
    let w = World::new().await;
    let (ann, root) = (user(&w, "ann", Role::Viewer).await, user(&w, "root", Role::Administrator).await);
    let make = |who: &Actor, name: &str, shared| {
        let (who, draft) = (who.clone(), draft(name, shared, &[]));
        let service = w.service.clone();
        async move { service.view_create(&who, draft).await }
    };
    let first = make(&ann, "Nacht", false).await.expect("kept");
    assert_eq!(errors(make(&ann, "NÀCHT", false).await), ["name:name_taken"]);
    assert_eq!(errors(make(&ann, " ", false).await), ["name:required"]);
    make(&root, "Nacht", false).await.expect("another person's");
    make(&root, "Nacht", true).await.expect("everybody's");
    assert_eq!(errors(make(&root, "nacht", true).await), ["name:name_taken"]);
    make(&ann, "Other", false).await.expect("kept");
    assert_eq!(errors(w.service.view_rename(&ann, first.id, "OTHER").await), ["name:name_taken"]);
    assert_eq!(errors(w.service.view_rename(&ann, first.id, "").await), ["name:required"]);
    assert_eq!(w.service.view_rename(&ann, first.id, "NACHT").await.expect("its own").name.as_str(), "NACHT");
}

#[tokio::test]
async fn there_are_so_many_and_no_more() {
    let w = World::new().await;
    let (ann, root) = (user(&w, "ann", Role::Viewer).await, user(&w, "root", Role::Administrator).await);
    for number in 0..VIEWS_MAX {
        w.service.view_create(&ann, draft(&number.to_string(), false, &[])).await.expect("kept");
    }
    let outbox = ViewDraft { report: ReportName::Outbox, ..draft("more", false, &[]) };
    assert_eq!(
        refusal(w.service.view_create(&ann, outbox.clone()).await),
        ("too_many_views".into(), vec!["100".into()])
    );
    w.service.view_create(&root, outbox).await.expect("another person's");
    w.service.view_create(&root, draft("more", true, &[])).await.expect("everybody's");
    w.service.view_delete(&ann, ViewId(7)).await.expect("gone");
    w.service.view_create(&ann, draft("more", false, &[])).await.expect("room again");
}

#[tokio::test]
async fn only_what_is_everybodys_is_logged() {
    let w = World::new().await;
    let root = user(&w, "root", Role::Administrator).await;
    w.service.view_create(&root, draft("Mine", false, &[])).await.expect("kept");
    let View { id, .. } = w.service.view_create(&root, draft("Ours", true, &[("name", "a")])).await.expect("kept");
    w.service.view_rename(&root, id, "All ours").await.expect("renamed");
    w.service.view_rename(&root, id, "All ours").await.expect("nothing new");
    w.service.view_update(&root, id, Query::default()).await.expect("changed");
    w.service.view_delete(&root, id).await.expect("gone");
    let log = w.log().await;
    let lines: Vec<_> = log.iter().filter(|(line, _)| line.contains(" view.")).collect();
    let detail: Vec<_> = lines.iter().map(|(_, detail)| detail.as_str()).collect();
    assert_eq!(
        detail,
        [
            "name: Ours\nreport: accounts\nquery: name=a",
            "name: Ours → All ours",
            "query: name=a → ",
            "name: All ours\nreport: accounts",
        ]
    );
}

#[tokio::test]
async fn with_a_user_their_views_go() {
    let w = World::new().await;
    let (ann, root) = (user(&w, "ann", Role::Viewer).await, user(&w, "root", Role::Administrator).await);
    w.service.view_create(&ann, draft("Mine", false, &[])).await.expect("kept");
    w.service.user_delete(&root, ann.user.expect("a user")).await.expect("gone");
    let again = user(&w, "ann", Role::Viewer).await;
    assert_eq!(names(&w, &again, ReportName::Accounts).await, Vec::<String>::new());
}

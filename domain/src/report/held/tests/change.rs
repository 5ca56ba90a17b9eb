//! Changes are taken in as if one had come later, and only by the rows that they were meant for.

use super::*;

/// Rows in the order of their ids, and what others may become.
fn changing(most: usize) -> impl Strategy<Value = (ReportName, Vec<Row>, Vec<Vec<Value>>, Vec<Query>)> {
    select(ReportName::ALL.to_vec()).prop_flat_map(move |report| {
        let spec = report.spec();
        let rows = rows(spec, most).prop_map(|mut rows| {
            rows.sort_by_key(Row::id);
            rows
        });
        let others = prop::collection::vec(row(spec), 0..most);
        (Just(report), rows, others, prop::collection::vec(query(report), 20))
    })
}

proptest! {
    #![proptest_config(Config { cases: 100, ..Config::default() })]

    /// What became of the rows is what one would hold who had come later, sorted or not.
    #[test]
    fn what_changed_is_taken_in(
        (report, before, others, queries) in changing(40), fates in prop::collection::vec(0..6_u8, 80),
        prepared in any::<bool>(), again in any::<bool>(),
    ) {
        let spec = report.spec();
        let mut held = Held::new(spec, before.clone());
        while prepared && held.prepare() {}
        held.page(&queries[0]);
        let mut rows = before;
        for half in others.chunks(if again { 20 } else { 40 }) {
            let mut gone = Vec::new();
            let mut changed = Vec::new();
            for (values, fate) in half.iter().zip(&fates) {
                // Some are there, some are between them, some after.
                let id = i64::from(*fate) * 7 + i64::try_from(changed.len() * 3 + gone.len()).expect("few");
                let new = Row([&[Value::Int(id)], &values[1..]].concat());
                rows.retain(|row| row.id() != id);
                changed.retain(|row: &Row| row.id() != id);
                gone.retain(|other| *other != id);
                if fate % 3 == 0 {
                    gone.push(id);
                } else {
                    rows.push(new.clone());
                    changed.push(new);
                }
            }
            rows.sort_by_key(Row::id);
            changed.sort_by_key(Row::id);
            let mut concerned: Vec<i64> = changed.iter().map(Row::id).chain(gone).collect();
            concerned.sort_unstable();
            held.change(&encode_changes(spec, &concerned, &changed)).expect("meant for these");
        }
        prop_assert_eq!(held.len(), rows.len());
        for (at, row) in rows.iter().enumerate() {
            prop_assert_eq!(held.row(at), Some(row.clone()));
        }
        agrees(&held, &rows, &queries)?;
        while held.prepare() {}
        agrees(&held, &rows, &queries)?;
        prop_assert_eq!(Held::decode(spec, &held.encode()).expect("reads").row(0), rows.first().cloned());
    }
}

/// What was not meant for these rows, or was cut on the way, changes nothing.
#[test]
fn changes_that_do_not_fit_are_refused() {
    let spec = ReportName::Accounts.spec();
    let rows = accounts(70);
    let mut held = Held::new(spec, rows.clone());
    let bytes = encode_changes(spec, &[3, 9], &accounts(9)[8..]);
    let refused = [
        encode_changes(spec, &[3], &accounts(9)[8..]),
        encode_changes(spec, &[9, 3], &accounts(9)[8..]),
        encode_changes(spec, &[9, 9], &accounts(9)[8..]),
        encode_changes(ReportName::Users.spec(), &[3], []),
        [&bytes[..], &[0]].concat(),
        vec![255; 9],
    ];
    for bytes in refused.iter().map(Vec::as_slice).chain((0..bytes.len()).map(|length| &bytes[..length])) {
        assert_eq!(held.change(bytes), Err(Unreadable), "{bytes:?}");
    }
    assert_eq!(held.page(&Query::default()).rows, rows[..30]);
    assert_eq!(held.change(&bytes), Ok(()));
    assert_eq!(held.len(), 69);

    let mut astray = Held::new(spec, rows.into_iter().rev().collect());
    assert_eq!(astray.change(&bytes), Err(Unreadable), "rows in another order than that of their ids");
}

//! The Outbox's pages: a million rows, and every answer bounded.
//!
//! Without a filter each sortable column has an index, walked from its nearer end. With one, the filter that matches
//! least leads (by its index), the others are asked of what it finds, and all of it is bounded: up to [`MOST`] matches
//! everything is exact; beyond, the newest of them are shown and sorted, and the page says *at least*.

use super::{Bound, Condition, read, table};
use crate::{ReadTx, StoreResult};
use domain::report::{Page, Query, ReportName, ReportSpec, Row, Test, page_count};
use sqlx::{AssertSqlSafe, Row as _};
use std::fmt;

/// So many matches are counted and sorted.
pub(super) const MOST: u64 = 10_000;
/// So many rows are looked at to find them, one beside the other; …
const LOOKED_AT: u64 = 30_000;
/// … or so many that an index leads to, each somewhere else.
const LED: u64 = 10_500;
/// So many of the newest rows tell how rare three letters are, and in more than so many of them they are no lead.
const SAMPLE: usize = 400;
const DENSE: usize = 6;
/// A filter over one of a few values is led by each of them; over more it is no lead.
const FEW: usize = 5;

const SUBJECT: usize = 1;
const TO: usize = 2;
const FROM: usize = 3;
const ACCOUNT: usize = 4;
const AT: usize = 6;
const STATUS: usize = 7;

/// What leads to rows: a statement that gives ids, newest first.
struct Lead {
    sql: String,
    values: Vec<Bound>,
    /// The tests that it answers completely, so that they need not be asked again.
    answers: Vec<usize>,
    /// Counting what it leads to is as dear as following it.
    dear: bool,
    /// It leads no further than to so many.
    most: u64,
}

/// Ids outside of it are not looked at.
struct Bounds {
    first: i64,
    last: i64,
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id BETWEEN {} AND {}", self.first, self.last)
    }
}

/// Rows found by a filter.
struct Found {
    matching: u64,
    at_least: bool,
    ids: Vec<i64>,
}

impl ReadTx {
    pub(super) async fn outbox_page(&mut self, query: &Query) -> StoreResult<Page> {
        let spec = ReportName::Outbox.spec();
        let all = self.report_count(ReportName::Outbox).await?;
        let tests = query.tests(spec);
        let (ids, matching, at_least, number) = if tests.is_empty() {
            let number = query.page.clamp(1, page_count(all, query.size));
            (self.outbox_sorted(spec, query, number, all).await?, all, false, number)
        } else {
            let found = self.outbox_found(spec, query, &tests).await?;
            let number = query.page.clamp(1, page_count(found.matching, query.size));
            (found.ids, found.matching, found.at_least, number)
        };
        Ok(Page { rows: self.outbox_rows(spec, &ids).await?, matching, at_least, all, number })
    }

    /// How many match a filter, and whether there are more.
    pub(super) async fn outbox_matching(&mut self, query: &Query) -> StoreResult<(u64, bool)> {
        let spec = ReportName::Outbox.spec();
        // The order costs nothing by id, and nobody looks at it.
        let query = Query { sort: None, ..query.clone() };
        let found = self.outbox_found(spec, &query, &query.tests(spec)).await?;
        Ok((found.matching, found.at_least))
    }

    /// Messages that match, upwards by id from above `after`, so many at most: for readers that go on where they stopped.
    pub async fn message_rows(&mut self, query: &Query, after: i64, limit: u32) -> StoreResult<Vec<Row>> {
        let ids = self.report_ids(ReportName::Outbox, query, after, limit).await?;
        self.outbox_rows(ReportName::Outbox.spec(), &ids).await
    }

    /// Ids of one page of everything, by an index, from its nearer end.
    async fn outbox_sorted(
        &mut self,
        spec: &'static ReportSpec,
        query: &Query,
        number: u32,
        all: u64,
    ) -> StoreResult<Vec<i64>> {
        let (column, down) = query.sort_column(spec);
        let skip = u64::from(number - 1) * u64::from(query.size);
        let size = u64::from(query.size).min(all.saturating_sub(skip));
        let from_end = skip > all / 2;
        let skip = if from_end { all.saturating_sub(skip + size) } else { skip };
        let direction = if down == from_end { "ASC" } else { "DESC" };
        let statement = match sort_key(column) {
            None => format!("SELECT id FROM messages ORDER BY id {direction} LIMIT {size} OFFSET {skip}"),
            Some((table, key)) => {
                format!("SELECT id FROM {table} ORDER BY {key} {direction}, id {direction} LIMIT {size} OFFSET {skip}")
            }
        };
        let mut ids = self.outbox_ids(statement, &[]).await?;
        if from_end {
            ids.reverse();
        }
        Ok(ids)
    }

    async fn outbox_found(
        &mut self,
        spec: &'static ReportSpec,
        query: &Query,
        tests: &[(usize, Test)],
    ) -> StoreResult<Found> {
        let nothing = Found { matching: 0, at_least: false, ids: Vec::new() };
        if tests.iter().any(|(_, test)| *test == Test::Never) {
            return Ok(nothing);
        }
        let bounds = self.outbox_bounds(tests).await?;
        let mut leads: Vec<Lead> = self.outbox_search_lead(tests, &bounds).await?.into_iter().collect();
        leads.extend(time_lead(tests));
        for (index, (column, test)) in tests.iter().enumerate() {
            leads.extend(self.outbox_lead(index, *column, test, &bounds).await?);
        }
        let lead = self.outbox_best(leads, &bounds).await?;
        let mut condition = Condition { sql: String::new(), values: lead.values };
        let table = table::of(ReportName::Outbox);
        let mut parts = Vec::new();
        for (index, (column, test)) in tests.iter().enumerate() {
            if !lead.answers.contains(&index)
                && let (Some(column), Some(sql)) = (spec.columns.get(*column), table.columns.get(*column))
            {
                parts.push(condition.part(column.kind, sql, test.clone()));
            }
        }
        let needs = |prefix: &str| parts.iter().any(|part| part.contains(prefix));
        let (sort, down) = query.sort_column(spec);
        let mut joins = String::new();
        if needs("m.") {
            joins.push_str(" CROSS JOIN messages m ON m.id = l.id");
        }
        if needs("t.") {
            joins.push_str(" CROSS JOIN message_texts t ON t.id = l.id");
        }
        let filter = if parts.is_empty() { String::new() } else { format!(" WHERE {}", parts.join(" AND ")) };
        let direction = if down { "DESC" } else { "ASC" };
        let order = match sort_key(sort) {
            None => format!("ORDER BY f.id {direction}"),
            Some((table, key)) => {
                format!("CROSS JOIN {table} s ON s.id = f.id ORDER BY s.{key} {direction}, f.id {direction}")
            }
        };
        let size = query.size;
        let skip = u64::from(query.page - 1) * u64::from(size);
        // Past the end, the last page there is.
        let statement = format!(
            "WITH l (id) AS MATERIALIZED ({}), f (id) AS MATERIALIZED (SELECT l.id FROM l{joins}{filter} \
             ORDER BY l.id DESC LIMIT {}) \
             SELECT c.found, c.led, p.id FROM \
             (SELECT (SELECT count(*) FROM f) AS found, (SELECT count(*) FROM l) AS led) c LEFT JOIN (SELECT f.id FROM f {order} \
             LIMIT {size} OFFSET (SELECT max(0, min({skip}, (min(count(*), {MOST}) - 1) / {size} * {size})) FROM f)) p",
            lead.sql,
            MOST + 1,
        );
        let rows = bind(sqlx::query(AssertSqlSafe(statement)), &condition.values).fetch_all(self.connection()).await?;
        let Some(first) = rows.first() else { return Ok(nothing) };
        let found = first.try_get::<i64, _>("found")?.unsigned_abs();
        let looked_at = first.try_get::<i64, _>("led")?.unsigned_abs();
        let ids = rows.iter().map(|row| Ok(row.try_get::<Option<i64>, _>("id")?)).collect::<StoreResult<Vec<_>>>()?;
        let ids = ids.into_iter().flatten().collect();
        Ok(Found { matching: found.min(MOST), at_least: found > MOST || looked_at >= lead.most, ids })
    }

    /// Where ids of a period can be: they count up with the time, but for a clock that was set back. A day is let pass for that.
    async fn outbox_bounds(&mut self, tests: &[(usize, Test)]) -> StoreResult<Bounds> {
        const SLACK: i64 = 86_400_000;
        let mut bounds = Bounds { first: 0, last: i64::MAX };
        for (_, test) in tests {
            let query = match test {
                Test::Since(at) => {
                    sqlx::query_scalar("SELECT id FROM messages WHERE created_at >= $1 ORDER BY created_at, id LIMIT 1")
                        .bind(at.0 - SLACK)
                }
                Test::Until(at) => {
                    sqlx::query_scalar("SELECT id FROM messages WHERE created_at > $1 ORDER BY created_at, id LIMIT 1")
                        .bind(at.0 + SLACK)
                }
                _ => continue,
            };
            let found: Option<i64> = query.fetch_optional(self.connection()).await?;
            match test {
                Test::Since(_) => bounds.first = bounds.first.max(found.unwrap_or(i64::MAX)),
                _ => bounds.last = bounds.last.min(found.unwrap_or(i64::MAX)),
            }
        }
        Ok(bounds)
    }

    /// All texts that are looked for, in one question to the search index. What the index does not know yet comes first:
    /// those are the newest. Three letters in a row somewhere are not the text itself, so the tests are asked again. What
    /// the newest rows are full of is found by reading them, and sooner.
    async fn outbox_search_lead(&mut self, tests: &[(usize, Test)], bounds: &Bounds) -> StoreResult<Option<Lead>> {
        let Some(phrases) = self.outbox_phrases(tests, bounds).await? else { return Ok(None) };
        // One lower end: of two the database may take the wrong one to begin with.
        let Bounds { first, last } = bounds;
        let sql = format!(
            "SELECT id FROM (SELECT id FROM message_texts WHERE id BETWEEN \
             (SELECT max(searchable + 1, {first}) FROM message_counter) AND {last} ORDER BY id DESC LIMIT {LOOKED_AT}) UNION ALL SELECT id FROM (SELECT rowid AS id FROM message_search \
             WHERE message_search MATCH $1 AND rowid BETWEEN {first} AND {last} ORDER BY rowid DESC LIMIT {LED}) LIMIT {LOOKED_AT}",
        );
        Ok(Some(Lead { sql, values: vec![Bound::Text(phrases)], answers: vec![], dear: true, most: LED }))
    }

    /// The question to the search index that leads to what a query looks for, where it leads to few.
    pub(super) async fn outbox_searched(&mut self, report: ReportName, query: &Query) -> StoreResult<Option<String>> {
        if report != ReportName::Outbox {
            return Ok(None);
        }
        self.outbox_phrases(&query.tests(report.spec()), &Bounds { first: 0, last: i64::MAX }).await
    }

    async fn outbox_phrases(&mut self, tests: &[(usize, Test)], bounds: &Bounds) -> StoreResult<Option<String>> {
        let wanted = |column: usize| {
            let name = if column == SUBJECT { "subject" } else { "recipients" };
            tests.iter().find_map(|(tested, test)| match test {
                Test::Contains(needle) if *tested == column && needle.chars().count() >= 3 => Some((name, needle)),
                _ => None,
            })
        };
        let mut phrases = Vec::new();
        let mut least = usize::MAX;
        for (name, needle) in [wanted(SUBJECT), wanted(TO)].into_iter().flatten() {
            let statement =
                format!("SELECT {name}_fold FROM message_texts WHERE {bounds} ORDER BY id DESC LIMIT {SAMPLE}");
            let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(statement)).fetch_all(self.connection()).await?;
            if let Some((phrase, count)) = rarest(name, needle, &rows) {
                phrases.push(phrase);
                least = least.min(count);
            }
        }
        if phrases.is_empty() || least > DENSE {
            return Ok(None);
        }
        Ok(Some(phrases.join(" AND ")))
    }

    /// What a test has of an index, if any.
    async fn outbox_lead(
        &mut self,
        index: usize,
        column: usize,
        test: &Test,
        bounds: &Bounds,
    ) -> StoreResult<Option<Lead>> {
        match (column, test) {
            (_, Test::Ids(set)) if set.ranges().len() <= 100 => {
                let one = |(first, last): &(i64, i64)| {
                    let (first, last) = (*first.max(&bounds.first), *last.min(&bounds.last));
                    format!(
                        "SELECT id FROM (SELECT id FROM messages WHERE id BETWEEN {first} AND {last} \
                         ORDER BY id DESC LIMIT {LOOKED_AT})"
                    )
                };
                // UNION, because ranges may overlap.
                let parts: Vec<_> = set.ranges().iter().map(one).collect();
                let sql = format!("{} ORDER BY id DESC LIMIT {LOOKED_AT}", parts.join(" UNION "));
                Ok(Some(Lead { sql, values: vec![], answers: vec![index], dear: false, most: LOOKED_AT }))
            }
            (STATUS, Test::Is(code)) => {
                let sql =
                    format!("SELECT id FROM messages WHERE status = $1 AND {bounds} ORDER BY id DESC LIMIT {LED}");
                let values = vec![Bound::Text((*code).to_owned())];
                Ok(Some(Lead { sql, values, answers: vec![index], dear: false, most: LED }))
            }
            (FROM, Test::Contains(needle)) => self.outbox_few("sender_fold", needle, index, bounds).await,
            (ACCOUNT, Test::Contains(needle)) => self.outbox_few("account_fold", needle, index, bounds).await,
            _ => Ok(None),
        }
    }

    /// A column with few different values: those that hold the text, by the index on it.
    async fn outbox_few(
        &mut self,
        column: &'static str,
        needle: &str,
        index: usize,
        bounds: &Bounds,
    ) -> StoreResult<Option<Lead>> {
        let statement = format!(
            "WITH RECURSIVE v (x) AS (SELECT min({column}) FROM message_texts UNION ALL \
             SELECT (SELECT min({column}) FROM message_texts WHERE {column} > v.x) FROM v WHERE v.x IS NOT NULL) \
             SELECT x FROM v WHERE x LIKE $1 ESCAPE '\\' LIMIT {}",
            FEW + 1
        );
        let values: Vec<String> = sqlx::query_scalar(AssertSqlSafe(statement))
            .bind(super::pattern(needle))
            .fetch_all(self.connection())
            .await?;
        if values.len() > FEW {
            return Ok(None);
        }
        let answers = vec![index];
        if values.is_empty() {
            let sql = "SELECT id FROM messages WHERE FALSE".to_owned();
            return Ok(Some(Lead { sql, values: vec![], answers, dear: false, most: LED }));
        }
        let one = |place: usize| {
            format!(
                "SELECT id FROM (SELECT id FROM message_texts WHERE {column} = ${place} AND {bounds} \
                 ORDER BY id DESC LIMIT {LED})"
            )
        };
        let parts: Vec<_> = (1..=values.len()).map(one).collect();
        let sql = format!("{} ORDER BY id DESC LIMIT {LED}", parts.join(" UNION ALL "));
        Ok(Some(Lead { sql, values: values.into_iter().map(Bound::Text).collect(), answers, dear: false, most: LED }))
    }

    /// The lead to the fewest rows; without any, all rows from the newest on.
    async fn outbox_best(&mut self, mut leads: Vec<Lead>, bounds: &Bounds) -> StoreResult<Lead> {
        /// Few enough to look no further.
        const ENOUGH: u64 = 2_000;
        if leads.len() > 1 {
            let mut best = (u64::MAX, 0);
            // The search index last: what it finds is worth counting only where nothing else leads to few.
            let mut order: Vec<usize> = (0..leads.len()).collect();
            order.sort_by_key(|index| leads[*index].dear);
            for index in order {
                let lead = &leads[index];
                let statement = format!("SELECT count(*) FROM ({})", lead.sql);
                let query = bind(sqlx::query(AssertSqlSafe(statement)), &lead.values);
                let count = query.fetch_one(self.connection()).await?.try_get::<i64, _>(0)?.unsigned_abs();
                // Of two that lead to too many, the one that asks more at once.
                if count < best.0 || (count == best.0 && lead.dear) {
                    best = (count, index);
                }
                if best.0 <= ENOUGH {
                    break;
                }
            }
            leads.swap(0, best.1);
        }
        Ok(leads.into_iter().next().unwrap_or_else(|| Lead {
            sql: format!("SELECT id FROM messages WHERE {bounds} ORDER BY id DESC LIMIT {LOOKED_AT}"),
            values: vec![],
            answers: vec![],
            dear: false,
            most: LOOKED_AT,
        }))
    }

    async fn outbox_ids(&mut self, statement: String, values: &[Bound]) -> StoreResult<Vec<i64>> {
        let rows = bind(sqlx::query(AssertSqlSafe(statement)), values).fetch_all(self.connection()).await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// The rows with these ids, in this order.
    async fn outbox_rows(&mut self, spec: &'static ReportSpec, ids: &[i64]) -> StoreResult<Vec<Row>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let table = table::of(ReportName::Outbox);
        let columns: Vec<_> = table.columns.iter().map(|column| column.value).collect();
        let list: Vec<_> = ids.iter().map(i64::to_string).collect();
        let statement = format!(
            "SELECT {} FROM {} {} WHERE m.id IN ({})",
            columns.join(", "),
            table.base,
            table.joins,
            list.join(", ")
        );
        // Not kept prepared: each page has its own ids.
        let rows = sqlx::query(AssertSqlSafe(statement)).persistent(false).fetch_all(self.connection()).await?;
        let mut rows: Vec<Row> = rows.iter().map(|row| read(spec, row)).collect::<StoreResult<_>>()?;
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id()));
        Ok(rows)
    }
}

/// All ids that the search index finds for what is bound there, and those that it does not know yet.
pub(super) fn searched(phrases: &str) -> String {
    format!(
        "SELECT rowid FROM message_search WHERE message_search MATCH {phrases} UNION ALL \
         SELECT id FROM message_texts WHERE id > (SELECT searchable FROM message_counter)"
    )
}

/// A period, both of its ends at once.
fn time_lead(tests: &[(usize, Test)]) -> Option<Lead> {
    let mut lead = Lead { sql: String::new(), values: vec![], answers: vec![], dear: false, most: LED };
    let mut parts = Vec::new();
    for (index, (column, test)) in tests.iter().enumerate() {
        let (sign, at) = match (*column, test) {
            (AT, Test::Since(at)) => (">=", at),
            (AT, Test::Until(at)) => ("<=", at),
            _ => continue,
        };
        lead.values.push(Bound::Int(at.0));
        parts.push(format!("created_at {sign} ${}", lead.values.len()));
        lead.answers.push(index);
    }
    if parts.is_empty() {
        return None;
    }
    lead.sql =
        format!("SELECT id FROM messages WHERE {} ORDER BY created_at DESC, id DESC LIMIT {LED}", parts.join(" AND "));
    Some(lead)
}

/// Table and column that a column is sorted by; `None` for the id.
const fn sort_key(column: usize) -> Option<(&'static str, &'static str)> {
    match column {
        SUBJECT => Some(("message_texts", "subject_fold")),
        TO => Some(("message_texts", "recipients_fold")),
        FROM => Some(("message_texts", "sender_fold")),
        ACCOUNT => Some(("message_texts", "account_fold")),
        AT => Some(("messages", "created_at")),
        STATUS => Some(("messages", "status")),
        11 => Some(("message_texts", "priority")),
        _ => None,
    }
}

/// The three letters in a row of a text that are rarest among some rows, as the search index is asked for them, and in how
/// many of those rows they are; `None` where it has no three. Two of them at most: each is a list to walk, and what they
/// find is looked at anyway.
fn rarest(column: &str, needle: &str, rows: &[String]) -> Option<(String, usize)> {
    const TRIED: usize = 60;
    const ASKED: usize = 2;
    let letters: Vec<char> = needle.chars().collect();
    if needle.contains('\0') {
        return None;
    }
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (start, three) in letters.windows(3).take(TRIED).enumerate() {
        let three: String = three.iter().collect();
        found.push((rows.iter().filter(|row| row.contains(&three)).count(), start, three));
    }
    found.sort();
    let (least, first, _) = found.first()?;
    let (least, first) = (*least, *first);
    let lead = |(count, start, _): &&(usize, usize, String)| {
        *start == first || (*count <= DENSE && start.abs_diff(first) >= 3)
    };
    let quoted =
        found.iter().filter(lead).take(ASKED).map(|(_, _, three)| format!("\"{}\"", three.replace('"', "\"\"")));
    Some((format!("{column} : ({})", quoted.collect::<Vec<_>>().join(" AND ")), least))
}

type Statement<'q> = sqlx::query::Query<'q, crate::pool::Database, sqlx::sqlite::SqliteArguments>;

fn bind<'q>(mut query: Statement<'q>, values: &[Bound]) -> Statement<'q> {
    for value in values {
        query = match value {
            Bound::Int(number) => query.bind(*number),
            Bound::Text(text) => query.bind(text.clone()),
        };
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letters_in_a_row() {
        let rows = ["abc", "abcd", "abcdefg"].map(str::to_owned);
        let ask = |needle| rarest("subject", needle, &rows);
        assert_eq!(ask("ab"), None);
        assert_eq!(ask("abcd"), Some(("subject : (\"bcd\")".into(), 2)));
        assert_eq!(ask("abcdefg"), Some(("subject : (\"cde\")".into(), 1)), "the rarest, and none that overlaps");
        assert_eq!(ask("abcxyz"), Some(("subject : (\"bcx\")".into(), 0)));
        assert_eq!(ask("xyzabcd"), Some(("subject : (\"xyz\" AND \"bcd\")".into(), 0)));
        assert_eq!(ask("a\"b"), Some(("subject : (\"a\"\"b\")".into(), 0)));
    }

    #[test]
    fn every_sortable_column_has_a_key() {
        let spec = ReportName::Outbox.spec();
        for (index, column) in spec.columns.iter().enumerate() {
            assert_eq!(sort_key(index).is_some(), column.sortable && index > 0, "{}", column.key);
        }
        let keys = [SUBJECT, TO, FROM, ACCOUNT, AT, STATUS].map(|index| spec.columns[index].key);
        assert_eq!(keys, ["subject", "to", "from", "account", "at", "status"]);
    }
}

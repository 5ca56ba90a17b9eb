//! Reports in SQL, for those too long to be held in the browser. Must answer exactly as `domain::report::Held` does.

mod index;
mod outbox;
mod table;

use crate::{ReadTx, StoreResult, pool::DatabaseRow};
use domain::report::{ColumnKind, Page, Query, ReportName, ReportSpec, Row, Test, Value, page_count};
use futures::{StreamExt as _, stream::BoxStream};
use sqlx::{AssertSqlSafe, Row as _};
use table::Table;

pub(crate) use index::AccountIndex;
pub use index::{INDEXED_ABOVE, IndexFigures};

/// No stored text is this long, and `SQLite` refuses longer patterns.
const MAX_NEEDLE_BYTES: usize = 10_000;

/// How many rows a query finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub matching: u64,
    /// There are more than were counted.
    pub at_least: bool,
    pub all: u64,
}

impl ReadTx {
    /// The page asked for, or the last there is.
    pub async fn report_page(&mut self, report: ReportName, query: &Query) -> StoreResult<Page> {
        let spec = report.spec();
        let query = query.clone().cleaned(spec);
        if report == ReportName::Outbox {
            return self.outbox_page(&query).await;
        }
        if report == ReportName::Accounts
            && let Some(page) = self.indexed_page(&query).await?
        {
            return Ok(page);
        }
        let table = table::of(report);
        let all = self.report_count(report).await?;
        if report == ReportName::Accounts && all > INDEXED_ABOVE {
            self.index_begin();
        }
        let condition = Condition::of(spec, table, &query);
        let matching = if query.is_filtered() { self.report_matching(table, &condition).await? } else { all };
        let number = query.page.clamp(1, page_count(matching, query.size));
        let skip = u64::from(number - 1) * u64::from(query.size);
        let tail = format!("{} {} LIMIT {} OFFSET {skip}", condition.sql, order(spec, table, &query), query.size);
        let rows = self.report_select(spec, table, &tail, &condition.values).await?;
        Ok(Page { rows, matching, at_least: false, all, number })
    }

    /// How many rows match, and how many there are, as the report's pages say it.
    pub async fn report_counts(&mut self, report: ReportName, query: &Query) -> StoreResult<Counts> {
        let (spec, table) = (report.spec(), table::of(report));
        let query = query.clone().cleaned(spec);
        let all = self.report_count(report).await?;
        if !query.is_filtered() {
            return Ok(Counts { matching: all, at_least: false, all });
        }
        if report == ReportName::Outbox {
            let (matching, at_least) = self.outbox_matching(&query).await?;
            return Ok(Counts { matching, at_least, all });
        }
        let matching = self.report_matching(table, &Condition::of(spec, table, &query)).await?;
        Ok(Counts { matching, at_least: false, all })
    }

    /// All rows that match, one after another as they are taken: a report of any length needs no more room than one row.
    pub fn report_stream(&mut self, report: ReportName, query: &Query) -> BoxStream<'_, StoreResult<Row>> {
        let (spec, table) = (report.spec(), table::of(report));
        let query = query.clone().cleaned(spec);
        let condition = Condition::of(spec, table, &query);
        let statement = select(table, &format!("{} {}", condition.sql, order(spec, table, &query)));
        let mut query = sqlx::query(AssertSqlSafe(statement));
        for value in condition.values {
            query = match value {
                Bound::Int(number) => query.bind(number),
                Bound::Text(text) => query.bind(text),
            };
        }
        let rows = query.fetch(self.connection());
        rows.map(move |row| read(spec, &row?)).boxed()
    }

    /// All rows, in the report's own order.
    pub async fn report_rows(&mut self, report: ReportName) -> StoreResult<Vec<Row>> {
        let (spec, table) = (report.spec(), table::of(report));
        self.report_select(spec, table, &order(spec, table, &Query::default()), &[]).await
    }

    /// Those rows that there are, in the report's own order.
    pub async fn report_rows_with(&mut self, report: ReportName, ids: &[i64]) -> StoreResult<Vec<Row>> {
        let order = order(report.spec(), table::of(report), &Query::default());
        self.report_rows_of(report, ids, &order).await
    }

    async fn report_rows_of(&mut self, report: ReportName, ids: &[i64], tail: &str) -> StoreResult<Vec<Row>> {
        let (spec, table) = (report.spec(), table::of(report));
        let values = [Bound::Text(serde_json::to_string(ids)?)];
        let tail = format!("WHERE {} IN (SELECT value FROM json_each($1)) {tail}", table.id);
        self.report_select(spec, table, &tail, &values).await
    }

    /// The ids of matching rows above one, upwards, so many at most: for readers that go on where they stopped.
    pub async fn report_ids(
        &mut self,
        report: ReportName,
        query: &Query,
        after: i64,
        limit: u32,
    ) -> StoreResult<Vec<i64>> {
        let table = table::of(report);
        let mut condition = Condition::of(report.spec(), table, query);
        let place = condition.bind(Bound::Int(after));
        let glue = if condition.sql.is_empty() { "WHERE" } else { "AND" };
        let Table { base, joins, id, .. } = table;
        let searched = match self.outbox_searched(report, query).await? {
            Some(phrases) => {
                let phrases = condition.bind(Bound::Text(phrases));
                format!(" AND {id} IN ({})", outbox::searched(&phrases))
            }
            None => String::new(),
        };
        let sql = &condition.sql;
        let statement = format!(
            "SELECT {id} FROM {base} {joins} {sql} {glue} {id} > {place}{searched} ORDER BY {id} LIMIT {limit}"
        );
        let mut query = sqlx::query_scalar::<_, i64>(AssertSqlSafe(statement));
        for value in &condition.values {
            query = match value {
                Bound::Int(number) => query.bind(*number),
                Bound::Text(text) => query.bind(text.as_str()),
            };
        }
        Ok(query.fetch_all(self.connection()).await?)
    }

    pub async fn report_count(&mut self, report: ReportName) -> StoreResult<u64> {
        let statement = match report {
            ReportName::Outbox => "SELECT total FROM message_counter".to_owned(),
            _ => format!("SELECT count(*) FROM {}", table::of(report).base),
        };
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(statement)).fetch_one(self.connection()).await?;
        Ok(count.unsigned_abs())
    }

    async fn report_matching(&mut self, table: &Table, condition: &Condition) -> StoreResult<u64> {
        let statement = format!("SELECT count(*) FROM {} {} {}", table.base, table.joins, condition.sql);
        let mut query = sqlx::query_scalar::<_, i64>(AssertSqlSafe(statement));
        for value in &condition.values {
            query = match value {
                Bound::Int(number) => query.bind(*number),
                Bound::Text(text) => query.bind(text.as_str()),
            };
        }
        Ok(query.fetch_one(self.connection()).await?.unsigned_abs())
    }

    async fn report_select(
        &mut self,
        spec: &'static ReportSpec,
        table: &Table,
        tail: &str,
        values: &[Bound],
    ) -> StoreResult<Vec<Row>> {
        let mut query = sqlx::query(AssertSqlSafe(select(table, tail)));
        for value in values {
            query = match value {
                Bound::Int(number) => query.bind(*number),
                Bound::Text(text) => query.bind(text.as_str()),
            };
        }
        let rows = query.fetch_all(self.connection()).await?;
        rows.iter().map(|row| read(spec, row)).collect()
    }
}

fn select(table: &Table, tail: &str) -> String {
    let columns: Vec<_> = table.columns.iter().map(|column| column.value).collect();
    format!("SELECT {} FROM {} {} {tail}", columns.join(", "), table.base, table.joins)
}

/// What is bound to a placeholder: the only way in which anything typed reaches the database.
enum Bound {
    Int(i64),
    Text(String),
}

/// A WHERE clause made from the closed tables, and what its placeholders stand for.
struct Condition {
    sql: String,
    values: Vec<Bound>,
}

impl Condition {
    fn of(spec: &'static ReportSpec, table: &Table, query: &Query) -> Self {
        let mut this = Self { sql: String::new(), values: Vec::new() };
        let parts: Vec<_> = query
            .tests(spec)
            .into_iter()
            .filter_map(|(index, test)| {
                let kind = spec.columns.get(index)?.kind;
                Some(this.part(kind, table.columns.get(index)?, test))
            })
            .collect();
        if !parts.is_empty() {
            this.sql = format!("WHERE {}", parts.join(" AND "));
        }
        this
    }

    fn part(&mut self, kind: ColumnKind, column: &table::Column, test: Test) -> String {
        match test {
            Test::Ids(set) => {
                let ranges: Vec<_> = set
                    .ranges()
                    .iter()
                    .map(|(first, last)| {
                        let (first, last) = (self.bind(Bound::Int(*first)), self.bind(Bound::Int(*last)));
                        format!("{} BETWEEN {first} AND {last}", column.value)
                    })
                    .collect();
                format!("({})", ranges.join(" OR "))
            }
            // No stored text holds a NUL, and SQLite would read the pattern only up to it.
            Test::Contains(needle) if needle.len() > MAX_NEEDLE_BYTES || needle.contains('\0') => "FALSE".to_owned(),
            Test::Contains(needle) => {
                let place = self.bind(Bound::Text(pattern(&needle)));
                format!("{} LIKE {place} ESCAPE '\\'", column.folded)
            }
            Test::Is("yes") if kind == ColumnKind::YesNo => column.value.to_owned(),
            Test::Is("no") if kind == ColumnKind::YesNo => format!("NOT {}", column.value),
            Test::Is(code) => {
                let place = self.bind(Bound::Text(code.to_owned()));
                format!("{} = {place}", column.value)
            }
            Test::Since(start) => {
                let place = self.bind(Bound::Int(start.0));
                format!("{} >= {place}", column.value)
            }
            Test::Until(end) => {
                let place = self.bind(Bound::Int(end.0));
                format!("{} <= {place}", column.value)
            }
            Test::Never => "FALSE".to_owned(),
        }
    }

    fn bind(&mut self, value: Bound) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }
}

/// Texts in the byte order of their folded form, what is missing before everything, then by id.
fn order(spec: &'static ReportSpec, table: &Table, query: &Query) -> String {
    let keys = query.sort_columns(spec);
    let ties_down = spec.name.ties_follow() && keys.first().is_some_and(|(_, down)| *down);
    let key = |(index, down): &(usize, bool)| {
        let expression = match (spec.columns.get(*index), table.columns.get(*index)) {
            (Some(column), Some(sql)) if column.kind == ColumnKind::Text => sql.folded,
            (_, Some(sql)) => sql.value,
            _ => table.id,
        };
        format!("{expression} {}", if *down { "DESC NULLS LAST" } else { "ASC NULLS FIRST" })
    };
    let keys: Vec<_> = keys.iter().map(key).collect();
    format!("ORDER BY {}, {}{}", keys.join(", "), table.id, if ties_down { " DESC" } else { "" })
}

/// Anywhere in the text, and `%` and `_` as themselves.
fn pattern(needle: &str) -> String {
    let mut pattern = String::with_capacity(needle.len() + 2);
    pattern.push('%');
    for c in needle.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn read(spec: &'static ReportSpec, row: &DatabaseRow) -> StoreResult<Row> {
    let value = |(index, column): (usize, &domain::report::ColumnSpec)| -> StoreResult<Value> {
        Ok(match column.kind {
            ColumnKind::Id | ColumnKind::Number | ColumnKind::Time => row.try_get::<Option<i64>, _>(index)?.into(),
            ColumnKind::YesNo => Value::Bool(row.try_get(index)?),
            ColumnKind::Text | ColumnKind::Code => {
                Value::text(row.try_get::<Option<String>, _>(index)?.unwrap_or_default())
            }
        })
    };
    spec.columns.iter().enumerate().map(value).collect::<StoreResult<_>>().map(Row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_report_has_its_expression() {
        for report in ReportName::ALL {
            assert_eq!(table::of(report).columns.len(), report.spec().columns.len(), "{report:?}");
        }
    }

    #[test]
    fn every_key_is_sorted_by() {
        let report = ReportName::Accounts;
        let query = Query::from_pairs(report, [("sort", "enabled,-sender,last_test")]);
        let case = table::of(report).columns[12].value;
        assert_eq!(
            order(report.spec(), table::of(report), &query),
            format!("ORDER BY a.enabled ASC NULLS FIRST, a.sender_fold DESC NULLS LAST, {case} ASC NULLS FIRST, a.id")
        );
    }

    #[test]
    fn wildcards_are_escaped() {
        assert_eq!(pattern("50%_\\"), r"%50\%\_\\%");
    }
}

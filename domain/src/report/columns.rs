//! Which of a report's columns are shown, and in which order: part of what is asked of it. One at least always is.

use super::{ColumnSpec, Query, ReportSpec};

impl ReportSpec {
    /// The columns that can be shown, as the report has them by itself, each with its place in a row.
    pub fn own_columns(&self) -> impl Iterator<Item = (usize, &'static ColumnSpec)> + use<> {
        self.columns.iter().enumerate().filter(|(_, column)| column.shown)
    }
}

impl Query {
    /// The columns in force, by their places in a row; at least one.
    pub fn shown_columns(&self, spec: &ReportSpec) -> Vec<usize> {
        let can_be = |index: &usize| spec.columns.get(*index).is_some_and(|column| column.shown);
        let chosen = self.columns.iter().filter_map(|key| spec.column_index(key)).filter(can_be);
        let chosen: Vec<_> = chosen.collect();
        if chosen.is_empty() { spec.own_columns().map(|(index, _)| index).collect() } else { chosen }
    }

    /// Shows these columns, in this order; none of them: the report's own.
    #[must_use]
    pub fn with_columns(mut self, spec: &ReportSpec, columns: &[usize]) -> Self {
        let keys = columns.iter().filter_map(|index| spec.columns.get(*index));
        self.columns = keys.map(|column| column.key.to_owned()).collect();
        self.clean_columns(spec);
        self
    }

    /// The columns as the address has them; empty for the report's own.
    pub fn columns_text(&self) -> String {
        self.columns.join(",")
    }

    /// Only what can be shown, once. What the report shows anyway needs no words.
    pub(super) fn clean_columns(&mut self, spec: &ReportSpec) {
        let mut seen: Vec<String> = Vec::new();
        for key in std::mem::take(&mut self.columns) {
            let shown = spec.column_index(&key).is_some_and(|index| spec.columns[index].shown);
            if shown && !seen.contains(&key) {
                seen.push(key);
            }
        }
        if !seen.iter().map(String::as_str).eq(spec.own_columns().map(|(_, column)| column.key)) {
            self.columns = seen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportName;

    #[test]
    fn columns_are_those_asked_for_or_the_reports_own() {
        let spec = ReportName::Connectors.spec();
        let check = |asked: &str, shown: &str, kept: &str| {
            let query = Query::from_pairs(ReportName::Connectors, [("columns", asked)]);
            let keys: Vec<_> = query.shown_columns(spec).into_iter().map(|index| spec.columns[index].key).collect();
            assert_eq!(keys.join(" "), shown, "{asked}");
            assert_eq!(query.columns_text(), kept, "{asked}");
            assert_eq!(Query::default().with_columns(spec, &query.shown_columns(spec)), query, "{asked}");
        };
        let own = "id name kind host port enabled used_by";
        check("", own, "");
        check("port,id", "port id", "port,id");
        check("port,evil,version,port,ID,id", "port id", "port,id");
        check("evil,version,\u{0}", own, "");
        check("id,name,kind,host,port,enabled,used_by", own, "");
        check(
            "name,id,kind,host,port,enabled,used_by",
            "name id kind host port enabled used_by",
            "name,id,kind,host,port,enabled,used_by",
        );
    }

    #[test]
    fn columns_from_elsewhere_do_no_harm_before_they_are_cleaned() {
        let query = Query { columns: vec!["version".into(), "evil".into()], ..Query::default() };
        let spec = ReportName::Connectors.spec();
        assert_eq!(query.shown_columns(spec).len(), 7);
        assert_eq!(query.cleaned(spec), Query::default());
    }
}

//! Saved views: a filter, sort, choice of columns and page size under a name, for oneself or for everybody.

use crate::{
    FieldErrors, Label, ViewId,
    report::{Query, ReportName},
};
use serde::{Deserialize, Serialize};

/// So many a person has, and so many there are for everybody.
pub const VIEWS_MAX: u64 = 100;

/// A view as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewDraft {
    pub report: ReportName,
    pub name: String,
    /// For everybody who may read the report; else for oneself.
    pub shared: bool,
    pub query: Query,
}

impl Default for ViewDraft {
    fn default() -> Self {
        Self { report: ReportName::Accounts, name: String::new(), shared: false, query: Query::default() }
    }
}

/// A view whose every field has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewView {
    pub report: ReportName,
    /// Unique among those of a report that one person has, and among those for everybody.
    pub name: Label,
    pub shared: bool,
    pub query: Query,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: ViewId,
    pub name: Label,
    pub shared: bool,
    pub query: Query,
}

/// A report's views as one person has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Views {
    /// By name; those for everybody first.
    pub all: Vec<View>,
    /// Whether views of one's own are kept: not of people whom somebody else knows.
    pub may_keep: bool,
    /// Whether one may make and change those for everybody.
    pub may_share: bool,
}

impl Views {
    /// Whether one may change or delete it.
    pub const fn may_change(&self, view: &View) -> bool {
        if view.shared { self.may_share } else { true }
    }
}

impl Query {
    /// What a view keeps of it: not which page one is on, nor where one came from.
    #[must_use]
    pub fn kept(mut self) -> Self {
        (self.page, self.view) = (1, None);
        self
    }

    /// Whether it shows what the other does, on whichever page.
    pub fn shows_as(&self, other: &Self) -> bool {
        (&self.filter, &self.sort, &self.then, self.size, &self.columns)
            == (&other.filter, &other.sort, &other.then, other.size, &other.columns)
    }
}

impl View {
    /// What it asks for, and that it is this view.
    pub fn opened(&self) -> Query {
        Query { view: Some(self.id), ..self.query.clone() }
    }
}

impl ViewDraft {
    /// Checks every field and reports all errors at once.
    pub fn parse(self) -> Result<NewView, FieldErrors> {
        let mut errors = FieldErrors::default();
        match errors.take("name", Label::parse(&self.name)) {
            Some(name) => {
                let query = self.query.cleaned(self.report.spec()).kept();
                Ok(NewView { report: self.report, name, shared: self.shared, query })
            }
            None => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        Query::from_pairs(ReportName::Accounts, pairs.iter().copied())
    }

    #[test]
    fn a_view_needs_a_name_and_keeps_what_is_asked_but_not_the_page() {
        for (name, code) in [("", "required"), (" \t", "required"), ("a\nb", "control_character")] {
            let errors = ViewDraft { name: name.into(), ..ViewDraft::default() }.parse().expect_err(name);
            assert_eq!((errors.0[0].field.as_str(), errors.0[0].code.as_str()), ("name", code));
        }
        let long = ViewDraft { name: "x".repeat(101), ..ViewDraft::default() }.parse().expect_err("too long");
        assert_eq!(long.0[0].code, "too_long");
        let mut asked = query(&[("name", "bill"), ("sort", "-name"), ("columns", "name,id"), ("size", "10")]);
        let kept = asked.clone();
        (asked.page, asked.view) = (7, Some(ViewId(3)));
        asked.columns.push("evil".into());
        asked.filter.insert("evil".into(), "x".into());
        let view = ViewDraft { name: " Bills ".into(), query: asked, ..ViewDraft::default() }.parse().expect("valid");
        assert_eq!((view.name.as_str(), view.query), ("Bills", kept));
    }

    #[test]
    fn another_page_shows_the_same_and_another_column_does_not() {
        let view = query(&[("name", "bill"), ("columns", "name,id")]);
        for (pairs, same) in [
            (&[("name", "bill"), ("columns", "name,id")][..], true),
            (&[("name", "bill"), ("columns", "name,id"), ("page", "4"), ("view", "9")], true),
            (&[("name", "bill"), ("columns", "id,name")], false),
            (&[("name", "bil"), ("columns", "name,id")], false),
            (&[("name", "bill"), ("columns", "name,id"), ("size", "10")], false),
            (&[("name", "bill"), ("columns", "name,id"), ("sort", "name")], false),
        ] {
            assert_eq!(query(pairs).shows_as(&view), same, "{pairs:?}");
        }
    }
}

//! A schedule as typed, turned into a [`NewSchedule`] or into all that is wrong with it.

use super::{Date, Format, NewSchedule, Repeat, TimeOfDay, Timing, Weekday, ZoneName};
use crate::{
    AccountId, EmailAddress, FieldError, FieldErrors, Label, recipients,
    report::{Query, ReportName},
};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// The names of a schedule's fields, as the API has them.
pub mod field {
    pub const NAME: &str = "name";
    pub const ENABLED: &str = "enabled";
    pub const REPORT: &str = "report";
    pub const FILTER: &str = "filter";
    pub const SORT: &str = "sort";
    pub const COLUMNS: &str = "columns";
    pub const FORMAT: &str = "format";
    pub const RECIPIENTS: &str = "recipients";
    pub const START: &str = "start";
    pub const END: &str = "end";
    pub const REPEAT: &str = "repeat";
    pub const DAYS: &str = "days";
    pub const DAY_OF_MONTH: &str = "day_of_month";
    pub const TIME: &str = "time";
    pub const TIME_ZONE: &str = "time_zone";
    pub const ACCOUNT: &str = "account_id";
}

/// Which of the two kinds of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    #[default]
    Weekly,
    Monthly,
}

impl Rhythm {
    pub const ALL: [Self; 2] = [Self::Weekly, Self::Monthly];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }
}

/// A schedule as typed. Its serde form is the one of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleDraft {
    pub name: String,
    pub enabled: bool,
    pub report: ReportName,
    /// Search fields with something in them, as in the report's address.
    pub filter: BTreeMap<String, String>,
    /// `name`, or `-name` for downwards, or several with commas between them; empty for the report's own order.
    pub sort: String,
    /// Keys of columns with commas between them; empty for the report's own.
    pub columns: String,
    pub format: Format,
    /// As typed: addresses one below the other or with commas between them. A program gives a list.
    #[serde(deserialize_with = "list_or_text")]
    pub recipients: String,
    /// `YYYY-MM-DD`, in the schedule's time zone.
    pub start: String,
    pub end: String,
    pub repeat: Rhythm,
    pub days: Vec<Weekday>,
    pub day_of_month: u32,
    /// `HH:MM`
    pub time: String,
    pub time_zone: String,
    pub account_id: Option<AccountId>,
}

impl Default for ScheduleDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            enabled: true,
            report: ReportName::Accounts,
            filter: BTreeMap::new(),
            sort: String::new(),
            columns: String::new(),
            format: Format::Csv,
            recipients: String::new(),
            start: String::new(),
            end: String::new(),
            repeat: Rhythm::Weekly,
            days: Weekday::ALL.to_vec(),
            day_of_month: 1,
            time: "08:00".to_owned(),
            time_zone: "UTC".to_owned(),
            account_id: None,
        }
    }
}

impl From<&NewSchedule> for ScheduleDraft {
    fn from(new: &NewSchedule) -> Self {
        let Timing { start, end, repeat, time, zone } = &new.timing;
        let (rhythm, days, day_of_month) = match repeat {
            Repeat::Weekly(days) => (Rhythm::Weekly, days.clone(), 1),
            Repeat::Monthly(day) => (Rhythm::Monthly, Weekday::ALL.to_vec(), day.unsigned_abs().into()),
        };
        Self {
            name: new.name.to_string(),
            enabled: new.enabled,
            report: new.report,
            filter: new.query.filter.clone(),
            sort: new.query.sort_text(),
            columns: new.query.columns_text(),
            format: new.format,
            recipients: new.recipients.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join("\n"),
            start: start.to_string(),
            end: end.map(|end| end.to_string()).unwrap_or_default(),
            repeat: rhythm,
            days,
            day_of_month,
            time: time.to_string(),
            time_zone: zone.to_string(),
            account_id: new.account_id,
        }
    }
}

impl ScheduleDraft {
    /// Of a report as it is looked at.
    pub fn of(report: ReportName, query: &Query) -> Self {
        let query = query.clone().cleaned(report.spec());
        let (sort, columns) = (query.sort_text(), query.columns_text());
        Self { report, sort, columns, filter: query.filter, ..Self::default() }
    }

    /// Checks every field and reports all errors at once, in the order of the fields.
    pub fn parse(&self) -> Result<NewSchedule, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take(field::NAME, Label::parse(&self.name));
        let query = self.query(&mut errors);
        let recipients = recipients::parse(field::RECIPIENTS, &self.recipients, &mut errors);
        let timing = self.timing(&mut errors);
        match (name, timing) {
            (Some(name), Some(timing)) if errors.is_empty() => Ok(NewSchedule {
                name,
                enabled: self.enabled,
                report: self.report,
                query,
                format: self.format,
                recipients,
                timing,
                account_id: self.account_id,
            }),
            _ => Err(errors),
        }
    }

    /// Only what says when it runs.
    pub fn parse_timing(&self) -> Result<Timing, FieldErrors> {
        let mut errors = FieldErrors::default();
        self.timing(&mut errors).ok_or(errors)
    }

    /// The report's question as it will be asked; what the report does not know is an error and not left out.
    fn query(&self, errors: &mut FieldErrors) -> Query {
        let spec = self.report.spec();
        for key in self.filter.keys().filter(|key| spec.field(key).is_none()) {
            errors.0.push(FieldError::new(field::FILTER, "unknown_filter").with(key));
        }
        let pairs = self.filter.iter().map(|(key, text)| (key.as_str(), text.as_str()));
        let beside = [("sort", self.sort.as_str()), ("columns", self.columns.as_str())];
        let query = Query::from_pairs(self.report, pairs.chain(beside));
        for (key, _) in query.errors(spec) {
            errors.0.push(FieldError::new(field::FILTER, "unreadable_filter").with(key));
        }
        let sorted = self.sort.split(',').map(|column| column.strip_prefix('-').unwrap_or(column));
        let known = |column: &str| spec.columns.iter().any(|known| known.key == column && known.sortable);
        for column in sorted.filter(|column| !column.is_empty() && !known(column)) {
            errors.0.push(FieldError::new(field::SORT, "unknown_sort").with(column));
        }
        let known = |column: &str| spec.own_columns().any(|(_, known)| known.key == column);
        for column in self.columns.split(',').filter(|column| !column.is_empty() && !known(column)) {
            errors.0.push(FieldError::new(field::COLUMNS, "unknown_column").with(column));
        }
        query.unpaged()
    }

    fn timing(&self, errors: &mut FieldErrors) -> Option<Timing> {
        let start = errors.take(field::START, Date::parse(&self.start));
        let end = if self.end.trim().is_empty() {
            Some(None)
        } else {
            errors.take(field::END, Date::parse(&self.end)).map(Some)
        };
        if let (Some(start), Some(Some(end))) = (start, end)
            && end < start
        {
            errors.add(field::END, "end_before_start");
        }
        let repeat = self.repeat(errors);
        let time = errors.take(field::TIME, TimeOfDay::parse(&self.time));
        let zone = errors.take(field::TIME_ZONE, ZoneName::parse(&self.time_zone));
        errors.is_empty().then_some(())?;
        Some(Timing { start: start?, end: end?, repeat: repeat?, time: time?, zone: zone? })
    }

    fn repeat(&self, errors: &mut FieldErrors) -> Option<Repeat> {
        match self.repeat {
            Rhythm::Weekly => {
                let days: Vec<_> = Weekday::ALL.into_iter().filter(|day| self.days.contains(day)).collect();
                if days.is_empty() {
                    errors.add(field::DAYS, "days_required");
                }
                (!days.is_empty()).then_some(Repeat::Weekly(days))
            }
            Rhythm::Monthly => {
                let day = i8::try_from(self.day_of_month).ok().filter(|day| (1..=31).contains(day));
                if day.is_none() {
                    errors.0.push(FieldError::new(field::DAY_OF_MONTH, "range").with(1).with(31));
                }
                day.map(Repeat::Monthly)
            }
        }
    }
}

fn list_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum ListOrText {
        Text(String),
        List(Vec<String>),
    }
    Ok(match ListOrText::deserialize(deserializer)? {
        ListOrText::Text(text) => text,
        ListOrText::List(list) => list.join("\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid() -> ScheduleDraft {
        ScheduleDraft {
            name: "Mondays".into(),
            recipients: "ann@example.com".into(),
            start: "2026-11-22".into(),
            ..ScheduleDraft::default()
        }
    }

    fn check(change: impl FnOnce(&mut ScheduleDraft), expected: &[(&str, &str)]) {
        let mut draft = valid();
        change(&mut draft);
        let errors = draft.parse().err().unwrap_or_default();
        let got: Vec<_> = errors.0.iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn each_field_is_checked() {
        check(|_| {}, &[]);
        check(|d| d.name = " ".into(), &[("name", "required")]);
        check(|d| d.recipients = " ,;\n".into(), &[("recipients", "required")]);
        check(|d| d.recipients = "nobody, b@c.example".into(), &[("recipients", "email_missing")]);
        check(|d| d.recipients = "\"a,b\"@c.example; d@e.example".into(), &[]);
        check(
            |d| d.recipients = (0..101).map(|i| format!("a{i}@b.example")).collect::<Vec<_>>().join("\n"),
            &[("recipients", "too_many")],
        );
        check(|d| d.start = String::new(), &[("start", "required")]);
        check(|d| d.start = "22.11.2026".into(), &[("start", "date")]);
        check(|d| d.end = "2026-11-31".into(), &[("end", "date")]);
        check(|d| d.end = "2026-11-21".into(), &[("end", "end_before_start")]);
        check(|d| d.end = "2026-11-22".into(), &[]);
        check(|d| d.days.clear(), &[("days", "days_required")]);
        check(|d| (d.repeat, d.days) = (Rhythm::Monthly, vec![]), &[]);
        check(|d| (d.repeat, d.day_of_month) = (Rhythm::Monthly, 32), &[("day_of_month", "range")]);
        check(|d| (d.repeat, d.day_of_month) = (Rhythm::Monthly, 0), &[("day_of_month", "range")]);
        check(|d| d.time = "8".into(), &[("time", "time_of_day")]);
        check(|d| d.time_zone = "Mars Base".into(), &[("time_zone", "time_zone")]);
        check(|d| d.filter = [("nme".into(), "x".into())].into(), &[("filter", "unknown_filter")]);
        check(|d| d.filter = [("id".into(), "seven".into())].into(), &[("filter", "unreadable_filter")]);
        check(|d| d.sort = "-host".into(), &[("sort", "unknown_sort")]);
        check(|d| d.sort = "-name".into(), &[]);
        check(|d| d.sort = "enabled,-name".into(), &[]);
        check(|d| d.sort = "enabled,-port".into(), &[("sort", "unknown_sort")]);
        check(|d| d.columns = "name,id".into(), &[]);
        check(|d| d.columns = "name,badges,port".into(), &[("columns", "unknown_column"); 2]);
    }

    #[test]
    fn all_errors_come_at_once() {
        let errors = ScheduleDraft { time: String::new(), ..ScheduleDraft::default() }.parse().expect_err("empty");
        let fields: Vec<_> = errors.0.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["name", "recipients", "start", "time"]);
    }

    #[test]
    fn what_is_checked_reads_back_as_itself() {
        let mut draft = valid();
        draft.recipients = "ann@example.com\nbob@example.com".into();
        draft.filter = [("name".to_owned(), "böse".to_owned())].into();
        (draft.sort, draft.end) = ("enabled,-name".into(), "2027-01-01".into());
        draft.columns = "name,id".into();
        assert_eq!(ScheduleDraft::from(&draft.parse().expect("valid")), draft);
        let json = serde_json::json!({
            "name": "x", "recipients": ["a@b.example", "A@B.example"], "start": "2026-01-31",
            "repeat": "monthly", "day_of_month": 31, "time": "7:00", "time_zone": "Europe/Berlin"
        });
        let monthly: ScheduleDraft = serde_json::from_value(json).expect("reads");
        let new = monthly.parse().expect("valid");
        assert_eq!(new.timing.repeat, Repeat::Monthly(31));
        assert_eq!(new.timing.time.to_string(), "07:00");
    }
}

//! Columns of a row as values of the domain; what was changed by hand into nonsense is an error that says where.

use crate::{StoreError, StoreResult, pool::DatabaseRow};
use domain::{EmailAddress, Host, Label, Port, UnixMillis};
use sqlx::{Decode, Row as _, Type};

use crate::pool::Database;

/// A row of a known table.
pub(crate) struct Reader<'r> {
    row: &'r DatabaseRow,
    table: &'static str,
    id: i64,
}

impl<'r> Reader<'r> {
    pub(crate) fn new(table: &'static str, row: &'r DatabaseRow) -> StoreResult<Self> {
        Ok(Self { row, table, id: row.try_get("id")? })
    }

    pub(crate) const fn id(&self) -> i64 {
        self.id
    }

    pub(crate) fn get<T: Decode<'r, Database> + Type<Database>>(&self, column: &'static str) -> StoreResult<T> {
        Ok(self.row.try_get(column)?)
    }

    /// A text through the constructor of its value.
    pub(crate) fn parse<T>(&self, column: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> StoreResult<T> {
        let text: &str = self.row.try_get(column)?;
        parse(text).ok_or_else(|| self.corrupt(column))
    }

    /// The same where there may be none.
    pub(crate) fn optional<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> StoreResult<Option<T>> {
        let text: Option<&str> = self.row.try_get(column)?;
        text.map(|text| parse(text).ok_or_else(|| self.corrupt(column))).transpose()
    }

    pub(crate) fn label(&self, column: &'static str) -> StoreResult<Label> {
        self.parse(column, |text| Label::parse(text).ok())
    }

    pub(crate) fn email(&self, column: &'static str) -> StoreResult<EmailAddress> {
        self.parse(column, |text| EmailAddress::parse(text).ok())
    }

    pub(crate) fn host(&self, column: &'static str) -> StoreResult<Host> {
        self.parse(column, |text| Host::parse(text).ok())
    }

    pub(crate) fn port(&self, column: &'static str) -> StoreResult<Option<Port>> {
        let number: Option<i64> = self.get(column)?;
        number.map(|n| u16::try_from(n).ok().and_then(Port::new).ok_or_else(|| self.corrupt(column))).transpose()
    }

    pub(crate) fn time(&self, column: &'static str) -> StoreResult<UnixMillis> {
        self.get(column).map(UnixMillis)
    }

    pub(crate) fn corrupt(&self, column: &'static str) -> StoreError {
        StoreError::Corrupt { table: self.table, id: self.id, column }
    }
}

//! Users: who signs in, and what each may do.

mod editor;

use super::{
    list::{Kind, List},
    places,
    remove::{Remove, Target},
    simple::simple_actions,
    tokens::tabs,
};
use crate::{
    api::users::user_delete,
    locales::use_words,
    ui::report::bits::{Bit, span, text},
};
use domain::{
    Action, UserId,
    report::{ReportName, Row, Value},
};
use leptos::prelude::*;

#[component]
pub fn Users() -> impl IntoView {
    let doomed: Target = RwSignal::new(None);
    let kind = Kind { name: ReportName::Users, path: places::USERS, create: Some(Action::UsersChange), cell };
    let actions =
        simple_actions(Action::UsersChange, |id| places::edit(places::USERS, id), doomed, &[], |_, _, _| Vec::new());
    view! {
        {tabs(ReportName::Users)}
        <List kind actions />
        <Remove report=ReportName::Users target=doomed delete=|id| Box::pin(user_delete(UserId(id))) />
    }
}

fn cell(row: &Row, column: &'static str) -> Option<Vec<Bit>> {
    let index = ReportName::Users.spec().column_index("last_sign_in")?;
    let never = column == "last_sign_in" && *row.get(index) == Value::None;
    never.then(|| vec![span("faint", vec![text(use_words().later().user.never)]).bit()])
}

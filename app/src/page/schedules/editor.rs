//! A schedule as the windows of this house edit things, with Send now beside Save.

use super::fields::fields;
use crate::{
    api::schedules::{schedule_choices, schedule_create, schedule_get, schedule_send_draft, schedule_update},
    locales::use_words,
    page::{
        draft::{Draft, Saving},
        editing::{Belongs, Coming, FIRST_ERROR, Thing},
        places,
        versions::{Texts, yes_no},
    },
    ui::{button::Button, report::use_refresh, toast::use_toasts},
};
use domain::{
    Action, FieldErrors, ScheduleId,
    report::ReportName,
    schedule::{Choices, Rhythm, Schedule, ScheduleDraft},
};
use leptos::{prelude::*, task::spawn_local};

impl Thing for Schedule {
    type Draft = ScheduleDraft;
    type Given = Choices;

    fn belongs(is_new: bool) -> Belongs {
        let words = &use_words().later().schedule;
        let title = if is_new { words.new } else { words.edit };
        Belongs { list: ReportName::Schedules, path: places::SCHEDULES, title, change: Action::SchedulesChange }
    }

    fn version(&self) -> (i64, i64) {
        (self.id.0, self.version)
    }

    fn given() -> Coming<Choices> {
        Box::pin(schedule_choices())
    }

    fn get(id: i64) -> Coming<Self> {
        Box::pin(schedule_get(ScheduleId(id)))
    }

    fn save(over: Option<(i64, i64)>, draft: ScheduleDraft) -> Saving {
        Box::pin(async move {
            match over {
                Some((id, version)) => schedule_update(ScheduleId(id), version, draft).await.map(drop),
                None => schedule_create(draft).await.map(drop),
            }
        })
    }

    fn check(draft: &ScheduleDraft, _stored: Option<&Self>) -> Option<FieldErrors> {
        draft.parse().err()
    }

    fn name(draft: &ScheduleDraft) -> String {
        draft.name.clone()
    }

    fn texts(d: &ScheduleDraft, given: &Choices) -> Texts {
        let all = use_words();
        let words = &all.later().schedule;
        let code = |code: &str| (all.code)(code).unwrap_or_default().to_owned();
        let days: Vec<_> = d.days.iter().map(|day| code(day.code())).collect();
        let account = d.account_id.map(|id| {
            let known = given.accounts.iter().find(|(known, _)| *known == id);
            known.map_or_else(|| (all.common.unknown_option)(id.0), |(_, name)| name.clone())
        });
        vec![
            (all.common.name, d.name.clone()),
            (all.later().account.enabled, yes_no(d.enabled)),
            (words.report, code(d.report.code())),
            (words.filter, d.filter.iter().map(|(key, text)| format!("{key}: {text}")).collect::<Vec<_>>().join("; ")),
            (words.sort, d.sort.clone()),
            (words.columns, d.columns.clone()),
            (words.format, code(d.format.code())),
            (words.recipients, d.recipients.clone()),
            (words.start, d.start.clone()),
            (words.end, d.end.clone()),
            (words.repeat, code(d.repeat.code())),
            (words.days, if d.repeat == Rhythm::Weekly { days.join(", ") } else { String::new() }),
            (words.day_of_month, if d.repeat == Rhythm::Monthly { d.day_of_month.to_string() } else { String::new() }),
            (words.time, d.time.clone()),
            (words.zone, d.time_zone.clone()),
            (words.account, account.unwrap_or_else(|| words.default_account.to_owned())),
        ]
    }

    fn fields(draft: Draft<ScheduleDraft>, stored: RwSignal<Option<Self>>, given: Choices) -> AnyView {
        fields(draft, stored, given)
    }

    /// Sends what is typed, without saving it.
    fn beside(draft: Draft<ScheduleDraft>, stored: RwSignal<Option<Self>>) -> Option<AnyView> {
        let words = use_words();
        let later = &words.later().schedule;
        let (refresh, toasts) = (use_refresh(), use_toasts());
        let sending = RwSignal::new(false);
        let send = Callback::new(move |()| {
            if sending.get_untracked() || !draft.state.check(FIRST_ERROR) {
                return;
            }
            sending.set(true);
            let id = stored.with_untracked(|stored| stored.as_ref().map(|stored| stored.id));
            let typed = draft.value.get_untracked();
            spawn_local(async move {
                let answer = schedule_send_draft(id, typed).await;
                sending.try_set(false);
                match answer {
                    Ok(message) => toasts.good((later.sent)(message.0)),
                    Err(failure) => draft.state.refuse(failure.0, FIRST_ERROR),
                }
                refresh.now();
            });
        });
        let label = Signal::derive(move || if sending.get() { later.sending } else { later.send_now }.to_owned());
        Some(view! { <Button label on_click=send disabled=sending /> }.into_any())
    }
}

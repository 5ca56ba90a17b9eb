//! A schedule's report as a message: the rows of one moment, written down, with a few lines about them.

use crate::{
    Service,
    error::{Inside, ServiceError},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    UnixMillis,
    message::Reason,
    notification::{AccountRef, Attachment, MediaType, NewNotification, Priority},
    schedule::{Coming, Format, NewSchedule},
};
use futures::{StreamExt as _, TryStreamExt as _};
use paper::{About, Csv, Html, Language, Sheet};
use std::fmt::Write as _;
use store::Counts;

/// An HTML report up to this long also is the mail's text: longer ones mail programs cut off.
const INLINE_OCTETS: usize = 96 * 1024;

/// Which time it is made for.
pub(super) struct Occasion {
    /// `None` where somebody sends it by hand.
    pub due: Option<Coming>,
    /// Not made when it was due, and so many before it not at all.
    pub late: bool,
    pub missed: u32,
}

/// A report that can't be sent as it is; not to be tried again.
type Unmakeable = Reason;

impl Service {
    /// The rows as they are now.
    pub(super) async fn schedule_make(
        &self,
        schedule: &NewSchedule,
        occasion: &Occasion,
        language: words::Language,
        now: UnixMillis,
    ) -> Inside<Result<NewNotification, Unmakeable>> {
        let language = Language::of(language);
        let (report, query) = (schedule.report, &schedule.query);
        let mut tx = self.inner.store.read_long().await?;
        let Counts { matching, at_least, all } = tx.report_counts(report, query).await?;
        let who = (language.paper.by_schedule)(schedule.name.as_str());
        let mut about = About { report, query: query.clone(), who, at: now, matching, at_least, all, language };
        let too_large = || Reason::new("message_too_large").with(NewNotification::MAX_OCTETS / 1024 / 1024);
        let made = match schedule.format {
            Format::Csv | Format::Html => {
                let sheet: Box<dyn Sheet> = match schedule.format {
                    Format::Csv => Box::new(Csv::new(report, query, language)),
                    _ => Box::new(Html::for_mail(about.clone())),
                };
                let mut text = String::new();
                sheet.head(&mut text);
                let mut rows = tx.report_stream(report, query);
                while let Some(row) = rows.try_next().await? {
                    sheet.row(&row, &mut text);
                    if text.len() > NewNotification::MAX_OCTETS {
                        return Ok(Err(too_large()));
                    }
                }
                sheet.foot(&mut text);
                text.into_bytes()
            }
            Format::Pdf => {
                let rows: Vec<_> = tx.report_stream(report, query).take(press::MOST_ROWS + 1).try_collect().await?;
                if rows.len() > press::MOST_ROWS {
                    return Ok(Err(Reason::new("too_many_rows").with(press::MOST_ROWS)));
                }
                (about.matching, about.at_least) = (rows.len() as u64, false);
                let about = about.clone();
                match tokio::task::spawn_blocking(move || press::pdf(&about, &rows)).await {
                    Ok(Ok(pdf)) => pdf,
                    Ok(Err(error)) => {
                        tracing::error!(%error, schedule = %schedule.name, "a report could not be set");
                        return Ok(Err(Reason::new("not_made")));
                    }
                    Err(error) => return Err(ServiceError::from(error)),
                }
            }
        };
        drop(tx);
        let message = schedule_message(schedule, occasion, &about, made);
        Ok(if message.size() > NewNotification::MAX_OCTETS { Err(too_large()) } else { Ok(message) })
    }
}

fn schedule_message(schedule: &NewSchedule, occasion: &Occasion, about: &About, file: Vec<u8>) -> NewNotification {
    let Language { words, paper } = about.language;
    let extension = schedule.format.code();
    let name = paper::file_name(about.report, about.at, extension);
    let title = (words.texts)(about.report).title;
    let mut text = format!("{title}\n\n");
    for (label, value) in about.lines() {
        let _ = writeln!(text, "{label}: {value}");
    }
    let _ = writeln!(text, "\n{}", (paper.attached)(&name));
    if let Some(due) = occasion.due.as_ref().filter(|_| occasion.late) {
        let when = format!("{} ({})", (words.moment)(&due.local), schedule.timing.zone);
        let _ = writeln!(text, "\n{}", (paper.late)(&when, occasion.missed));
    }
    let inline = schedule.format == Format::Html && file.len() <= INLINE_OCTETS;
    let html = if inline { String::from_utf8_lossy(&file).into_owned() } else { String::new() };
    let media_type = MediaType::parse(schedule.format.media_type());
    let content = STANDARD.encode(&file);
    NewNotification {
        to: schedule.recipients.clone(),
        subject: (paper.mail_subject)(schedule.name.as_str(), title),
        text,
        html,
        account: schedule.account_id.map(AccountRef::Id),
        reply_to: None,
        return_path: None,
        confirmation: None,
        priority: Priority::Normal,
        attachments: media_type.map(|media_type| Attachment { name, media_type, content }).into_iter().collect(),
        expires_in: None,
    }
}

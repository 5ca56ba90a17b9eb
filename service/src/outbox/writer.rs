//! The one task that writes for the Outbox: whatever comes while it commits goes together into the next transaction,
//! and nobody is answered before that is on the disk.

use crate::{
    Clock, compose,
    error::{Inside, ServiceError, answer, refused},
    outbox::submit,
    random,
};
use domain::{
    Failure, MessageId,
    account::Account,
    message::MessageKind,
    notification::{AccountRef, NewNotification},
};
use std::sync::{Arc, Mutex, PoisonError};
use store::{AttemptRecord, IdempotencyKey, MessageChange, MessageResult, NewMessage, Store, WriteTx};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    task::JoinHandle,
};

/// In one transaction.
const BATCH: usize = 256;
/// Waiting for the next one.
const QUEUE: usize = 1024;

/// A notification, checked and serialised.
pub(crate) struct Submission {
    /// Without its bodies and files: those are in the content.
    pub new: NewNotification,
    pub content: Vec<u8>,
    pub kind: MessageKind,
    pub created_by: String,
    pub key: Option<IdempotencyKey>,
    pub resent_from: Option<MessageId>,
}

/// A step of a message's life.
pub(super) enum Note {
    /// The final dot is about to go out.
    Mark(AttemptRecord),
    /// A claim has ended, with or without a try.
    End { result: MessageResult, attempt: Option<AttemptRecord> },
}

enum Job {
    Submit(Box<Submission>, oneshot::Sender<Result<MessageId, Failure>>),
    /// Answered with whether the claim is still the current one.
    Note(Box<Note>, oneshot::Sender<bool>),
}

pub(super) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(store: Store, clock: Clock, wake: Arc<Notify>) -> Self {
        let (jobs, inbox) = mpsc::channel(QUEUE);
        let task = tokio::spawn(run(store, clock, wake, inbox));
        Self { jobs: Mutex::new(Some(jobs)), task: Mutex::new(Some(task)) }
    }

    /// The message's id, once it is on the disk.
    pub(super) async fn submit(&self, submission: Submission) -> Inside<MessageId> {
        let (reply, answered) = oneshot::channel();
        let closed = || ServiceError::Told(refused("stopping", []));
        let jobs = self.sender().ok_or_else(closed)?;
        jobs.send(Job::Submit(Box::new(submission), reply)).await.map_err(|_| closed())?;
        Ok(answered.await.map_err(|_| closed())??)
    }

    /// Answers once it is on the disk; `None` where it could not be written.
    pub(super) async fn note(&self, note: Note) -> Option<oneshot::Receiver<bool>> {
        let (reply, answered) = oneshot::channel();
        self.sender()?.send(Job::Note(Box::new(note), reply)).await.ok()?;
        Some(answered)
    }

    /// Writes what it has and takes nothing more.
    pub(super) async fn close(&self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            let _ = task.await;
        }
    }

    fn sender(&self) -> Option<mpsc::Sender<Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn run(store: Store, clock: Clock, wake: Arc<Notify>, mut inbox: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while inbox.recv_many(&mut batch, BATCH).await > 0 {
        let (mut submissions, mut replies, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for job in batch.drain(..) {
            match job {
                Job::Submit(submission, reply) => {
                    submissions.push(*submission);
                    replies.push(reply);
                }
                Job::Note(note, reply) => notes.push((*note, reply)),
            }
        }
        let written = answer(write(&store, &clock, submissions, &notes)).await;
        match written {
            Ok((ids, current)) => {
                let any = !replies.is_empty();
                for (reply, id) in replies.into_iter().zip(ids) {
                    let _ = reply.send(id);
                }
                for ((_, reply), current) in notes.into_iter().zip(current) {
                    let _ = reply.send(current);
                }
                if any {
                    wake.notify_one();
                }
            }
            // Whoever made a note asks again: its end of the channel is dropped.
            Err(failure) => {
                for reply in replies {
                    let _ = reply.send(Err(failure.clone()));
                }
            }
        }
    }
}

type Written = (Vec<Result<MessageId, Failure>>, Vec<bool>);

async fn write<T>(store: &Store, clock: &Clock, submissions: Vec<Submission>, notes: &[(Note, T)]) -> Inside<Written> {
    let mut tx = store.write().await?;
    let mut ids = Vec::with_capacity(submissions.len());
    if !submissions.is_empty() {
        ids = Accepting { tx: &mut tx, clock, accounts: Vec::new() }.all(submissions).await?;
    }
    let current = write_notes(&mut tx, notes).await?;
    tx.commit().await?;
    Ok((ids, current))
}

/// Accepts one message in somebody else's transaction.
pub(super) async fn accept(
    tx: &mut WriteTx,
    clock: &Clock,
    submission: Submission,
) -> Inside<Result<MessageId, Failure>> {
    let accepted = Accepting { tx, clock, accounts: Vec::new() }.all(vec![submission]).await?.pop();
    Ok(accepted.unwrap_or(Err(Failure::NotFound)))
}

/// In few statements: each costs a turn of the database's thread, and those who wait for this commit are the ones that
/// send.
async fn write_notes<T>(tx: &mut WriteTx, notes: &[(Note, T)]) -> Inside<Vec<bool>> {
    let (mut marks, mut sent) = (Vec::new(), Vec::new());
    for (note, _) in notes {
        match note {
            Note::Mark(attempt) => marks.push((attempt.message, attempt.number)),
            Note::End { result, .. } => sent.extend(plainly_sent(result).map(|mta| (result.id, result.attempt, mta))),
        }
    }
    let marked = tx.message_claims_current(&marks).await?;
    let sent = tx.message_record_sent(&sent).await?;
    let mut marked = marked.into_iter();
    let mut current = Vec::with_capacity(notes.len());
    let mut attempts = Vec::with_capacity(notes.len());
    for (note, _) in notes {
        match note {
            Note::Mark(attempt) => {
                let claimed = marked.next().unwrap_or(false);
                attempts.extend(Some(attempt).filter(|_| claimed));
                current.push(claimed);
            }
            Note::End { result, attempt } => {
                let claimed = match plainly_sent(result) {
                    Some(_) => sent.contains(&result.id),
                    None => tx.message_record(result).await?,
                };
                attempts.extend(attempt);
                current.push(claimed);
            }
        }
    }
    tx.attempt_insert_many(&attempts).await?;
    Ok(current)
}

/// The server's reply, where nothing else is to be said.
fn plainly_sent(result: &MessageResult) -> Option<&str> {
    match &result.change {
        MessageChange::Sent { mta, reason: None } if !result.possible_duplicate && result.recipients.is_empty() => {
            Some(mta)
        }
        _ => None,
    }
}

/// Takes submissions in, each account looked up once.
struct Accepting<'a> {
    tx: &'a mut WriteTx,
    clock: &'a Clock,
    accounts: Vec<(Option<AccountRef>, Result<Account, Failure>)>,
}

/// What a submission turned out to be.
enum Taken {
    /// The index of the new message.
    New(usize),
    Known(Result<MessageId, Failure>),
}

impl Accepting<'_> {
    async fn all(mut self, submissions: Vec<Submission>) -> Inside<Vec<Result<MessageId, Failure>>> {
        let mut taken = Vec::with_capacity(submissions.len());
        let mut messages = Vec::with_capacity(submissions.len());
        // Keys that are new in this very transaction, with the message each of them made.
        let mut keys: Vec<(IdempotencyKey, usize)> = Vec::new();
        for mut submission in submissions {
            taken.push(match self.known(&submission, &keys).await? {
                Some(known) => known,
                None => match self.message(&mut submission).await? {
                    Ok(message) => {
                        keys.extend(submission.key.map(|key| (key, messages.len())));
                        messages.push(message);
                        Taken::New(messages.len() - 1)
                    }
                    Err(failure) => Taken::Known(Err(failure)),
                },
            });
        }
        let ids = self.tx.message_insert_many(&messages).await?;
        let now = self.clock.now();
        for (key, index) in keys {
            self.tx.idempotency_insert(&key, ids[index], now).await?;
        }
        Ok(taken
            .into_iter()
            .map(|taken| match taken {
                Taken::New(index) => Ok(ids[index]),
                Taken::Known(known) => known,
            })
            .collect())
    }

    /// What the same key stands for already.
    async fn known(&mut self, submission: &Submission, keys: &[(IdempotencyKey, usize)]) -> Inside<Option<Taken>> {
        let Some(key) = &submission.key else { return Ok(None) };
        let reused = || Taken::Known(Err(refused("idempotency_key_reused", [&key.key])));
        if let Some((first, index)) = keys.iter().find(|(other, _)| other.owner == key.owner && other.key == key.key) {
            return Ok(Some(if first.hash == key.hash { Taken::New(*index) } else { reused() }));
        }
        let stored = self.tx.idempotency_get(&key.owner, &key.key).await?;
        Ok(stored.map(|(hash, id)| if hash == key.hash { Taken::Known(Ok(id)) } else { reused() }))
    }

    /// Takes the content out of the submission.
    async fn message(&mut self, submission: &mut Submission) -> Inside<Result<NewMessage, Failure>> {
        let new = &submission.new;
        let known = self.accounts.iter().position(|(name, _)| *name == new.account);
        let at = if let Some(at) = known {
            at
        } else {
            let found = submit::account(self.tx, new.account.as_ref()).await?;
            self.accounts.push((new.account.clone(), found));
            self.accounts.len() - 1
        };
        let account = match &self.accounts[at].1 {
            Ok(account) => account,
            Err(failure) => return Ok(Err(failure.clone())),
        };
        if let Err(errors) = new.check_against(&account.settings) {
            return Ok(Err(Failure::Invalid { errors }));
        }
        let now = self.clock.now();
        Ok(Ok(NewMessage {
            account_id: account.id,
            account: account.settings.name.to_string(),
            sender: account.settings.sender.to_string(),
            kind: submission.kind,
            priority: new.priority,
            subject: new.subject.clone(),
            to: new.to.clone(),
            message_id: compose::message_id(&account.settings, &random::hex::<16>()?),
            created_by: submission.created_by.clone(),
            created_at: now,
            expires_at: now.plus_ms(i64::from(new.expires_in.unwrap_or(submit::GIVE_UP_S)) * 1000),
            resent_from: submission.resent_from,
            size: submission.content.len(),
            content: std::mem::take(&mut submission.content),
        }))
    }
}

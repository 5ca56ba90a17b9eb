//! Which sealed copy of a secret goes where: bound on save, gone with its last use, opened for one place only.

use crate::{
    error::{Inside, invalid},
    key_ring::KeyRing,
    oauth,
};
use domain::{
    CredentialId, Secret, UnixMillis,
    account::NewAccount,
    connector::{Connector, NewConnector},
    credential::{Credential, CredentialKind},
    destination::Destination,
};
use std::collections::BTreeSet;
use store::{ReadTx, WriteTx};

/// What a save did to the secret, for the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// There was a copy for that place.
    Kept,
    /// The one typed is the copy for that place from now on.
    Replaced,
    /// The copy that no place had claimed is bound to that place from now on.
    Claimed,
    /// Nothing fits: it has to be entered again.
    Missing,
}

/// Where an account's secret would be sent, with the connector it goes through.
pub(crate) async fn place_of(tx: &mut ReadTx, account: &NewAccount) -> Inside<(Destination, Option<Connector>)> {
    let connector = match account.connector() {
        Some(id) => Some(tx.connector_get(id).await?.ok_or_else(|| invalid("connector_id", "not_found"))?),
        None => None,
    };
    Ok((Destination::of_account(account, connector.as_ref()), connector))
}

/// Sees to it that a sealed copy for that place exists. The one typed wins: whoever saves it means it.
pub(crate) async fn bind(
    tx: &mut WriteTx,
    keys: &KeyRing,
    credential: &Credential,
    place: &Destination,
    typed: Option<&Secret>,
    now: UnixMillis,
) -> Inside<Bound> {
    let stored = open_at(tx, keys, credential, Some(place)).await?;
    let typed = match typed.filter(|secret| !secret.is_empty()) {
        Some(typed) => Some(whole(tx, keys, credential, typed.clone()).await?),
        None => None,
    };
    match (stored, typed) {
        (Some(stored), Some(typed)) if same(&stored, &typed) => Ok(Bound::Kept),
        (Some(_), None) => Ok(Bound::Kept),
        (_, Some(typed)) => {
            tx.sealed_put(&keys.seal(credential, Some(place), &typed, now)?).await?;
            tx.sealed_delete(credential.id, None).await?;
            tx.credential_secret_set(credential.id, now).await?;
            tx.oauth_token_forget(credential.id).await?;
            Ok(Bound::Replaced)
        }
        (None, None) => {
            let Some(secret) = open_at(tx, keys, credential, None).await? else { return Ok(Bound::Missing) };
            tx.sealed_put(&keys.seal(credential, Some(place), &secret, now)?).await?;
            tx.sealed_delete(credential.id, None).await?;
            Ok(Bound::Claimed)
        }
    }
}

/// The secret typed for an account, with what goes with it: a refresh token's client secret is asked for in the credential's
/// window alone. It goes to the token endpoint, which the account does not decide.
pub(crate) async fn whole(tx: &mut ReadTx, keys: &KeyRing, credential: &Credential, typed: Secret) -> Inside<Secret> {
    if !credential.oauth.refreshes(credential.kind) {
        return Ok(typed);
    }
    let copies = tx.sealed_list(credential.id).await?;
    let stored = copies.iter().find_map(|copy| keys.open(credential, copy.destination.as_ref(), copy));
    let whole = oauth::completed(&typed, stored.as_ref())?;
    // Its last copy is gone, and Google refuses a refresh token that comes alone.
    if credential.kind == CredentialKind::GoogleRefreshToken && !oauth::is_whole(&whole) {
        return Err(invalid("secret", "secret_in_credential").into());
    }
    Ok(whole)
}

/// The secret for that place (`None`: the copy that no place has claimed), if there is one and it opens.
pub(crate) async fn open_at(
    tx: &mut ReadTx,
    keys: &KeyRing,
    credential: &Credential,
    place: Option<&Destination>,
) -> Inside<Option<Secret>> {
    let sealed = tx.sealed_get(credential.id, place).await?;
    Ok(sealed.and_then(|sealed| keys.open(credential, place, &sealed)))
}

/// A new secret takes the place of the old one wherever that was rightly bound; a copy that does not open was not.
/// `before` is the credential as the copies were sealed for it.
pub(crate) async fn replace(
    tx: &mut WriteTx,
    keys: &KeyRing,
    before: &Credential,
    after: &Credential,
    secret: &Secret,
    now: UnixMillis,
) -> Inside<()> {
    let mut bound = false;
    for sealed in tx.sealed_list(before.id).await? {
        let place = sealed.destination.as_ref();
        tx.sealed_delete(before.id, place).await?;
        if place.is_some() && keys.open(before, place, &sealed).is_some() {
            tx.sealed_put(&keys.seal(after, place, secret, now)?).await?;
            bound = true;
        }
    }
    if !bound {
        tx.sealed_put(&keys.seal(after, None, secret, now)?).await?;
    }
    tx.credential_secret_set(after.id, now).await?;
    Ok(())
}

/// Forgets the copies for places where nobody logs in with the credential any more.
pub(crate) async fn forget_unused(tx: &mut WriteTx, id: CredentialId) -> Inside<()> {
    let mut used = BTreeSet::new();
    for account in tx.account_list_by_credential(id).await? {
        if account.settings.credential() == Some(id) {
            used.insert(place_of(tx, &account.settings).await?.0);
        }
    }
    for connector in tx.connector_list_by_credential(id).await? {
        used.insert(Destination::of_connector(&connector.settings));
    }
    for sealed in tx.sealed_list(id).await? {
        if sealed.destination.as_ref().is_some_and(|place| !used.contains(place)) {
            tx.sealed_delete(id, sealed.destination.as_ref()).await?;
            tx.oauth_token_forget(id).await?;
        }
    }
    Ok(())
}

/// After a connector has moved: the accounts through it lead elsewhere, and their secrets do not follow.
/// Answers with how many have to be given theirs again.
pub(crate) async fn connector_moved(tx: &mut WriteTx, connector: &Connector) -> Inside<usize> {
    let mut asked_again = 0;
    for account in tx.account_list_by_connector(connector.id).await? {
        let (place, _) = place_of(tx, &account.settings).await?;
        tx.account_destination_set(account.id, &place).await?;
        if account.settings.connector() != Some(connector.id) {
            continue;
        }
        if let Some(id) = account.settings.credential() {
            forget_unused(tx, id).await?;
            asked_again += usize::from(tx.sealed_get(id, Some(&place)).await?.is_none());
        }
    }
    Ok(asked_again)
}

/// Whether a connector's secret would go elsewhere, or otherwise.
pub(crate) fn connector_differs(before: &NewConnector, after: &NewConnector) -> bool {
    Destination::of_connector(before) != Destination::of_connector(after)
}

/// Without telling by its time how much of it is right.
fn same(a: &Secret, b: &Secret) -> bool {
    use subtle::ConstantTimeEq as _;
    a.expose().as_bytes().ct_eq(b.expose().as_bytes()).into()
}

// Quick set-up through the same server functions that the pages call, so that tests click only what they are about.
import { MAIL_USER, type ServiceName } from './postfix';
import { PROXY_USER, type ProxyName } from './proxies';
import { world } from './world';

export type AccountDraft = {
  name: string; enabled: boolean; sender: string; reply_to: string; return_path: string; confirmation: string;
  is_default: boolean; read_receipt: boolean; force_settings: boolean; footnote: boolean;
  host: string; port: string; secure: boolean; security_type: 'tls' | 'ssl'; authentication: boolean;
  credential_id: number | null; secret?: string; ignore_certificate_errors: boolean;
  trusted_ca: string; pinned_certificate: string; use_connector: boolean; connector_id: number | null;
};
export type Account = AccountDraft & { id: number; version: number };
export type Credential = { id: number; version: number; name: string };
export type Connector = { id: number; version: number; name: string };

/** A refusal as the server words it. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly body: string) {
    super(`${status} ${body}`);
  }
}

export class Api {
  constructor(private readonly url: string, private readonly cookie: string) {}

  /** Calls a server function; throws a `Refusal` unless it answers 200. */
  async call<T = unknown>(endpoint: string, body: object = {}): Promise<T> {
    const answer = await fetch(`${this.url}/api/ui/${endpoint}`, {
      method: 'POST',
      headers: { cookie: this.cookie, origin: this.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Refusal(answer.status, text);
    return (text ? JSON.parse(text) : null) as T;
  }

  /** An account that is good as it stands, but for what is given. */
  async account(changes: Partial<AccountDraft> & { name: string }): Promise<Account> {
    return await this.call<Account>('account_create', { draft: accountDraft(changes) });
  }

  async credential(name: string, user_name: string = MAIL_USER.name, secret: string = MAIL_USER.password): Promise<Credential> {
    return await this.call<Credential>('credential_create', { draft: { name, kind: 'password', user_name, secret } });
  }

  async connector(name: string, changes: { kind?: string; host?: string; port?: string; credential_id?: number | null; enabled?: boolean } = {}): Promise<Connector> {
    const draft = { name, kind: 'socks5', host: '127.0.0.1', port: '1080', credential_id: null, enabled: true, ...changes };
    return await this.call<Connector>('connector_create', { draft });
  }

  /** A connector to one of the real proxies, with its credential where it wants one. */
  async proxy(which: ProxyName): Promise<Connector> {
    const proxy = world().proxies[which];
    const credential = proxy.auth ? await this.credential(`${which} user`, PROXY_USER.name, PROXY_USER.password) : undefined;
    return await this.connector(which, { kind: proxy.kind, port: String(proxy.port), credential_id: credential?.id ?? null });
  }

  /** An account at one of the real Postfix's services, with its credential where it wants one. */
  async accountAt(service: ServiceName, changes: Partial<AccountDraft> = {}): Promise<Account> {
    const draft = atService(service);
    const login = draft.authentication ? { credential_id: (await this.credential(`${service} user`)).id } : {};
    return await this.account({ name: service, ...draft, ...login, ...changes });
  }
}

/** The settings that reach one of the real Postfix's services. */
export function atService(service: ServiceName): Partial<AccountDraft> {
  const secure = !service.startsWith('plain');
  const tls = service.startsWith('starttls') || service === 'submission';
  return {
    host: 'localhost',
    port: String(world().mail.ports[service]),
    secure,
    security_type: tls ? 'tls' : 'ssl',
    authentication: ['plainAuth', 'submission', 'submissions'].includes(service),
  };
}

export function accountDraft(changes: Partial<AccountDraft> & { name: string }): AccountDraft {
  const sender = changes.sender ?? 'alerts@example.test';
  return {
    enabled: true, sender, reply_to: sender, return_path: sender, confirmation: sender,
    is_default: false, read_receipt: false, force_settings: false, footnote: false,
    host: 'smtp.example.test', port: '', secure: true, security_type: 'ssl', authentication: false, credential_id: null,
    ignore_certificate_errors: false, trusted_ca: '', pinned_certificate: '', use_connector: false, connector_id: null,
    ...changes,
  };
}

// Accounts whose server refuses or takes their login, as a test says.
import type { Account, Api } from './api';
import { expect } from './fixtures';
import { submit } from './notifications';
import { ScriptedServer } from './scripted';

const REFUSED = '535 5.7.8 Authentication failed';

type SendingState = { sending: { paused: boolean; limits: { connections: number; per_minute: number; failover_id: number | null } }; trouble: { halted: boolean } | null };

export const sendingOf = (api: Api, id: number) => api.call<SendingState>('sending_get', { id });

/** An account that was halted because its server refused the password, with a message that waits. */
export class LockedOut {
  private constructor(readonly account: Account, private readonly server: ScriptedServer, private readonly answers: Record<string, string>) {}

  static async make(api: Api, url: string, name = 'Alerts'): Promise<LockedOut> {
    const answers: Record<string, string> = { AUTH: REFUSED };
    const server = await ScriptedServer.start({ answers });
    const credential = await api.credential(`${name} login`);
    const account = await api.account({
      name, host: '127.0.0.1', port: String(server.port), secure: false, authentication: true, credential_id: credential.id,
    });
    await submit(url, api, { to: ['reader@example.test'], subject: `For ${name}`, text: 'x', account: name });
    await expect.poll(async () => (await sendingOf(api, account.id)).trouble?.halted).toBe(true);
    return new LockedOut(account, server, answers);
  }

  /** From now on the server takes the password. */
  letIn(): void {
    delete this.answers.AUTH;
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}

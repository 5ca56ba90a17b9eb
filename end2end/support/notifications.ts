// Messages handed over as a portal's program does it.
import type { Api } from './api';
import { expect } from './fixtures';

export type Notification = { to: string[]; subject: string; text?: string; html?: string; account?: string };

/** Answers the message's id. */
export async function submit(url: string, api: Api, message: Notification): Promise<number> {
  const { secret } = await api.call<{ secret: string }>('token_create', { draft: { name: `robot ${message.subject}`, role: 'operator' } });
  const answer = await fetch(new URL('/api/v1/notifications', url), {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: number }).id;
}

// docs/embedding.md as a portal's engineer follows it: its code, copied into a portal of nothing else, works.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';
import { seed } from '../support/accounts';
import { Api } from '../support/api';
import { expect, test } from '../support/fixtures';
import { serve } from '../support/origins';
import { Postroom } from '../support/postroom';
import { world } from '../support/world';

const manual = readFileSync(resolve(__dirname, '../../docs/embedding.md'), 'utf8');
const code = (language: string) => [...manual.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, text]) => text!);
const [element, bare] = code('html') as [string, string];
const [node] = code('js') as [string];
const [python] = code('python') as [string];

for (const [way, html] of [['the element', element], ['a bare iframe', bare]] as const) {
  for (const [language, run] of [
    ['Node', (folder: string) => execFileSync('node', ['--input-type=module', '-e', `${node}\nconsole.log(postroomToken({ id: 'ana', name: 'Ana', mayEdit: true }))`], { cwd: folder })],
    ['Python', (folder: string) => execFileSync('python3', ['-c', `${python}\nclass User: id, name, may_edit = 'ana', 'Ana', True\nprint(postroom_token(User))`], { cwd: folder })],
  ] as const) {
    test(`${way}, with a token made in ${language}`, async ({ page, trouble }) => {
      trouble.expect(/favicon/);
      const { ca, template } = world();
      let postroom: Postroom | undefined;
      const portal = await serve('localhost', (path) => {
        if (path === '/postroom-token') return { type: 'text/plain', body: run(postroom!.folder).toString().trim() };
        return path === '/' ? `<!doctype html><title>portal</title>${html.replaceAll('https://mail.example.com', postroom!.url)}` : undefined;
      });
      postroom = await Postroom.create(ca, template, { POSTROOM_EMBED_ORIGINS: portal.url, POSTROOM_EMBED_SECRET_FILE: 'postroom-embed.key' });
      await writeFile(join(postroom.folder, 'postroom-embed.key'), `${randomBytes(48).toString('base64')}\n`, { mode: 0o600 });
      await postroom.start();
      await seed(new Api(postroom.url, template.sessions.administrator));
      await page.goto(portal.url);
      await expect(page.frameLocator('iframe').getByRole('row', { name: /Billing/ })).toBeVisible({ timeout: 10_000 });
      await portal.stop();
      await postroom.remove();
    });
  }
}

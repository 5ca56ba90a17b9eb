// How the browser tests run: no retries, no sleeps, a server and a database of its own for every test.
import { defineConfig, type Project } from '@playwright/test';
import type { Setting } from './support/setting';

/** The report and its windows: these run in every setting. */
const OF_THE_REPORT =
  /(report|report-rows|actions|settings-choices|settings-rules|settings-window|test-window|collision|history|arrival|trust|diagnosis|presets|discovery|schedules)\.spec\.ts$/;

/** Of those, what the whole suite runs in the settings other than alone: at least one of each kind of thing that can go wrong there. */
const REPRESENTATIVE = new RegExp(
  [
    'Back goes through them', 'Back closes a window', 'a link opens filter', 'all fields must match', 'follows each keystroke',
    'CSV', 'print', 'Edit opens', 'asks before', 'saves what was typed', 'Test e-mail', 'live', 'Cancel', 'New', 'sort',
  ].join('|'),
  'i',
);

/** All of them in a setting: `npx playwright test --project=iframe`. */
const chosen = process.argv.some((argument) => argument.startsWith('--project'));
if (chosen) process.env.POSTROOM_WHOLE = '1';

function inSetting(setting: Exclude<Setting, 'alone' | 'portal'>): Project<{ setting: Setting }> {
  return {
    name: setting,
    testMatch: OF_THE_REPORT,
    grep: process.env.POSTROOM_WHOLE ? /.*/ : REPRESENTATIVE,
    use: { setting },
  };
}

export default defineConfig<{ setting: Setting }>({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './support/global.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 40_000,
  expect: { timeout: 5_000 },
  reporter: 'line',
  projects: [{ name: 'alone', use: { setting: 'alone' } }, ...(['iframe', 'element', 'proxy', 'proxy-strip'] as const).map(inSetting)],
  use: {
    browserName: 'chromium',
    actionTimeout: 5_000,
    navigationTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});

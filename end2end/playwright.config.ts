// How the browser tests run: no retries, no sleeps, a server and a database of its own for every test.
import { defineConfig, type Project } from '@playwright/test';
import type { Setting } from './support/setting';

/** The report and its windows: these run in every setting. */
const OF_THE_REPORT =
  /(report|report-rows|bulk|actions|settings-choices|settings-rules|settings-window|test-window|collision|history|arrival|trust|diagnosis|presets|discovery|schedules|live)\.spec\.ts$/;

/** Of those, what the whole suite runs in the settings other than alone: a few of each kind of thing that may go wrong there. */
const REPRESENTATIVE = new RegExp(
  [
    // The address and the history that a frame shares with its portal.
    'Back goes through them', 'Back closes a window', 'a link opens filter', 'a click on Name sorts', 'a filter and a sort go back',
    // Typing, keys, menus, windows.
    'all fields must match', 'follows each keystroke', 'by keyboard alone', 'Edit opens', 'Delete asks first', 'an empty window',
    'every field is stored', 'Cancel with unsaved changes', 'closing the tab',
    // What is not asked through a server function: files, streams, downloads.
    'its links follow the filter', 'brings what the report shows', 'says what it is, by whom', 'steps appear as they happen',
    'can be tested before it is saved', 'what one row refuses', 'a file of what is chosen', 'and a deletion appear', 'each test is kept', 'deleted meanwhile', 'Send now sends',
  ].join('|'),
);

/** All of them in a setting: `npx playwright test --project=iframe`. The variable is for the workers, which read this too. */
if (process.argv.some((argument) => argument.startsWith('--project'))) process.env.POSTROOM_WHOLE = '1';

function inSetting(setting: Exclude<Setting, 'alone' | 'portal'>): Project<{ setting: Setting }> {
  return {
    name: setting,
    testMatch: OF_THE_REPORT,
    grep: process.env.POSTROOM_WHOLE ? /.*/ : REPRESENTATIVE,
    // A portal's people are signed in by it (which takes a script), and users and the audit log are withheld from them; a frame
    // has no header of ours, and its rows come once the portal has signed in.
    grepInvert: setting === 'iframe' || setting === 'element' ? /signs in first|spec\.ts a user |works without any script|in the audit log|nobody is told|users that the command|in the header|the table says that it is busy/ : undefined,
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

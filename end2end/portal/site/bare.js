// Postroom in a bare iframe: all the messages that a portal has to know, written by hand.
import { fetchToken, remember } from './pages.js';

const LOOKS = {
  light: { canvas: '#f6efe2', surface: '#fffaf0', accent: '#8a4b08', 'accent-hover': '#8a4b08', 'accent-text': '#8a4b08', 'on-accent': '#fff' },
  dark: { canvas: '#10202b', surface: '#182d3b', accent: '#f0a94a', 'accent-hover': '#f0a94a', 'accent-text': '#f0a94a', 'on-accent': '#1b1204' },
};

export function bare(main, postroom, pairs) {
  main.className = 'whole';
  const origin = new URL(postroom).origin;
  const frame = document.createElement('iframe');
  frame.title = 'Mail accounts';
  frame.allow = 'clipboard-write';
  // Tells Postroom which origin frames it, whatever the page's own policy is; no more than the origin.
  frame.referrerPolicy = 'origin';
  if (pairs.has('sandbox')) frame.sandbox = pairs.get('sandbox');
  frame.src = `${postroom}/embed${pairs.get('page') ?? '/settings/email/smtp'}`;

  const say = (type, more) => frame.contentWindow?.postMessage({ postroom: 1, type, ...more }, origin);
  const look = () => {
    const theme = document.documentElement.dataset.mode;
    return { theme, tokens: LOOKS[theme] };
  };
  const hear = async ({ data, origin: from, source }) => {
    if (from !== origin || source !== frame.contentWindow || data?.postroom !== 1) return;
    if (data.type === 'ready') say('hello', { ...look(), sandbox: pairs.has('sandbox') ? [...frame.sandbox] : null });
    if (data.type === 'token-needed') say('token', { token: await fetchToken() });
    if (data.type === 'navigate') remember(data.page);
  };
  addEventListener('message', hear);
  const mode = new MutationObserver(() => say('theme', look()));
  mode.observe(document.documentElement, { attributeFilter: ['data-mode'] });
  main.append(frame);
  return () => {
    removeEventListener('message', hear);
    mode.disconnect();
  };
}

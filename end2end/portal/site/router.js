// The portal's own router: a few pages, with history. A page may leave something to end when it goes.
import { pages } from './pages.js';

const main = document.getElementById('portal');
const root = document.documentElement;
let leave = () => undefined;

function show() {
  leave();
  main.replaceChildren();
  main.className = '';
  leave = (pages[location.pathname] ?? pages['/'])(main, new URLSearchParams(location.search)) ?? (() => undefined);
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.pathname === location.pathname);
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('nav a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  show();
});
// Postroom's own steps are in the same history: only a change of the portal's page is ours.
let shown = location.pathname;
addEventListener('popstate', () => {
  if (location.pathname !== shown) show();
});
new MutationObserver(() => (shown = location.pathname)).observe(main, { childList: true });

document.getElementById('mode').addEventListener('click', (event) => {
  const dark = root.dataset.mode !== 'dark';
  root.dataset.mode = dark ? 'dark' : 'light';
  event.target.textContent = dark ? 'Light' : 'Dark';
});

show();

// Postroom in its element. The address's pairs become attributes: /mail/element?height=auto&density=compact
import { fetchToken, remember } from './pages.js';

export function element(main, postroom, pairs) {
  const report = document.createElement('postroom-report');
  report.getToken = fetchToken;
  report.addEventListener('navigate', (event) => remember(event.detail.page));
  const follow = () => report.setAttribute('theme', document.documentElement.dataset.mode);
  const mode = new MutationObserver(follow);
  mode.observe(document.documentElement, { attributeFilter: ['data-mode'] });
  follow();
  for (const [name, value] of pairs) report.setAttribute(name, value);
  report.setAttribute('src', postroom);
  main.className = pairs.get('height') === 'auto' ? 'follows' : 'whole';
  main.append(report);
  return () => mode.disconnect();
}

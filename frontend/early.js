// Until the program runs, the server's own page answers what is typed into the search form: its rows take the place of these.
{
  const PATIENCE_MS = 1000;
  const counts = ['.foot-range', '.foot-all', '.foot-page'];
  const texts = (page) => counts.map((count) => page.querySelector(count)?.firstChild);
  const body = (page) => page.querySelector('.table > tbody');
  const nothing = () => document.querySelector('.empty[data-kind="no-match"]');
  const painted = (done) => (document.hidden ? done() : requestAnimationFrame(() => setTimeout(done)));
  let wanted;
  let asked;
  let request;
  let before;
  let ended = false;

  const show = (page) => {
    const [here, there] = [body(document), page && body(page)];
    if (!here || !there) return;
    for (const box of here.querySelectorAll('input:checked')) {
      const same = there.querySelector(`[data-id="${box.closest('tr').dataset.id}"] input`);
      if (same) same.checked = true;
    }
    if (here.contains(document.activeElement)) here.closest('.table-scroll').focus();
    here.replaceChildren(...there.children);
    here.dataset.early = '';
    nothing()?.toggleAttribute('hidden', here.children.length > 0);
    before ??= texts(document).map((text) => text?.data);
    const now = texts(page);
    texts(document).forEach((text, at) => text && now[at] && (text.data = now[at].data));
  };

  // One after the other: on a slow line, each key would take the line away from the one before.
  const ask = () => {
    if (request || ended || wanted === asked) return;
    asked = wanted;
    request = new XMLHttpRequest();
    request.open('GET', `${location.pathname}?${asked}`);
    request.responseType = 'document';
    request.setRequestHeader('postroom-rows', '');
    request.onload = () => show(request.response);
    request.onloadend = () => {
      request = undefined;
      ask();
    };
    request.send();
  };

  const hear = ({ target }) => {
    const form = target.closest('#report-search');
    if (!form) return;
    wanted = `${new URLSearchParams([...new FormData(form)].filter(([, value]) => value))}`;
    ask();
  };

  // The program takes the page over as the server wrote it, once an answer that is on its way can be seen. It looks at the rows.
  const end = async () => {
    ended = true;
    removeEventListener('input', hear);
    const last = request;
    if (last) {
      await new Promise((done) => {
        last.addEventListener('loadend', done);
        setTimeout(() => last.abort(), PATIENCE_MS);
      });
    }
    if (asked === undefined) return;
    await new Promise(painted);
    nothing()?.removeAttribute('hidden');
    if (before) texts(document).forEach((text, at) => text && (text.data = before[at]));
  };

  addEventListener('input', hear);
  window.endEarly = end;
}

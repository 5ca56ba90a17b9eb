// Until the program runs, the server's own page answers what is typed into the search form: its rows take the place of these.
{
  const counts = ['.foot-range', '.foot-all', '.foot-page'];
  const texts = (page) => counts.map((count) => page.querySelector(count)?.firstChild);
  const rows = (page) => page.querySelector('.table > tbody');
  const painted = (done) => (document.hidden ? done() : requestAnimationFrame(() => setTimeout(done)));
  let asked = '';
  let request;
  let before;

  const show = (page) => {
    const [here, there] = [rows(document), page && rows(page)];
    if (!here || !there) return;
    here.replaceChildren(...there.children);
    before ??= texts(document).map((text) => text?.data);
    const now = texts(page);
    texts(document).forEach((text, at) => text && now[at] && (text.data = now[at].data));
  };

  const ask = ({ target }) => {
    const form = target.closest('#report-search');
    if (!form) return;
    const fields = [...new FormData(form)].filter(([, value]) => value);
    const query = `${new URLSearchParams(fields)}`;
    if (query === asked) return;
    asked = query;
    request?.abort();
    request = new XMLHttpRequest();
    request.open('GET', `${location.pathname}?${query}`);
    request.responseType = 'document';
    request.timeout = 1000;
    request.setRequestHeader('postroom-rows', '');
    request.onload = () => show(request.response);
    request.send();
  };

  // The program takes the page over as the server wrote it, once an answer that is on its way can be seen. Rows it compares.
  const end = async () => {
    removeEventListener('input', ask);
    if (!request) return;
    if (request.readyState < 4) await new Promise((done) => request.addEventListener('loadend', done));
    await new Promise(painted);
    if (before) texts(document).forEach((text, at) => text && (text.data = before[at]));
  };

  addEventListener('input', ask);
  window.endEarly = end;
}

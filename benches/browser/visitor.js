// In the page of a first visit: notes when all rows are painted, then sends the text again and again until its answer is painted.
//
// A page that hears nothing yet loses what is sent; a person would type again, so it is sent every 50 ms and the tries are counted.
window.__visit = (reader, { all, some, text, field }) => {
  const same = ({ count, first, tenth }) => {
    let now;
    try {
      now = reader();
    } catch {
      return false; // not all of it is there yet
    }
    return now.count === count && now.first === first && now.tenth === tenth;
  };
  /** When the next frame is over. */
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage('');
    });
  });
  const shows = (answer) => new Promise((done) => {
    const look = () => {
      if (!same(answer)) return;
      observer.disconnect();
      done();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });

  let tries = 0;
  const send = () => {
    const input = document.querySelector(field);
    if (!input) return;
    tries += 1;
    // Past the framework's own property, as a key does it.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
  };

  window.__visited = (async () => {
    await shows(all);
    const drawn = await painted();
    // Nothing is to be read before the browser itself says that it has painted.
    const [{ startTime }] = await new Promise((done) => {
      const observer = new PerformanceObserver((list) => {
        const found = list.getEntriesByName('first-contentful-paint');
        if (found.length) done(found);
      });
      observer.observe({ type: 'paint', buffered: true });
    });
    const answered = shows(some);
    send();
    const again = setInterval(send, 50);
    await answered;
    clearInterval(again);
    return { readable: Math.max(drawn, startTime), filterable: await painted(), tries };
  })();
};

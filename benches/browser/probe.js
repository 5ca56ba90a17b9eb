// In the page, before anything else: when a key's answer was in the document, and when it was painted. The same for all.
//
// A key counts from its event's time stamp until after the frame that shows count, first and tenth row as expected. A key whose
// answer is overtaken by a later one counts until that later one shows.
(() => {
  const frame = window.requestAnimationFrame.bind(window);

  // What is changed in a frame's callback is painted in that very frame; anything else in the next. The flag goes down with the
  // microtasks after the callback, behind those in which frameworks still change something.
  let inFrame = false;
  const lower = (left) => (left ? queueMicrotask(() => lower(left - 1)) : (inFrame = false));
  window.requestAnimationFrame = (callback) => frame((time) => {
    inFrame = true;
    try {
      callback(time);
    } finally {
      lower(20);
    }
  });

  let read;
  let keys = [];
  let handled = 0; // keydowns so far
  let answered = 0; // of those, how many are in the document
  let shown = []; // how many of them stood in the document, each time something new did, until it is painted
  let drawn = 0; // how many of `shown` are in a frame that has been drawn
  let settled = 0;
  let finish;
  let wake; // whoever waits for one key, and for which
  const channel = new MessageChannel();
  channel.port1.onmessage = settle;

  /** The frame is over: by the message posted in it, or by the next key, which comes before a message. */
  function settle() {
    if (!drawn) return;
    const now = performance.now();
    const until = shown[drawn - 1];
    shown.splice(0, drawn);
    drawn = 0;
    for (; settled < until; settled++) keys[settled].painted = now - keys[settled].at;
    if (settled >= wake?.count) wake.done();
    if (settled === keys.length) finish?.();
  }

  function draw() {
    drawn = shown.length;
    channel.port2.postMessage('');
  }

  function look() {
    if (answered === handled) return;
    const { count, first, tenth } = read();
    const now = performance.now();
    for (let at = answered; at < handled; at++) {
      const { answer } = keys[at];
      if (count !== answer.count || first !== answer.first || tenth !== answer.tenth) continue;
      for (let over = answered; over <= at; over++) Object.assign(keys[over], { document: now - keys[over].at, overtaken: over < at });
      answered = at + 1;
      shown.push(answered);
      if (inFrame) draw();
      else frame(draw);
      return;
    }
  }

  window.addEventListener('keydown', (event) => {
    if (!event.isTrusted || handled === keys.length) return;
    inFrame = false;
    settle();
    keys[handled++].at = event.timeStamp;
  }, true);
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  const long = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) long.push({ startTime, duration });
  }).observe({ type: 'long-animation-frame', buffered: true });

  let module; // The memory of the first WebAssembly module, to be asked for its size.
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...args) => {
    const result = await instantiate.apply(WebAssembly, args);
    module ??= Object.values(result.instance.exports).find((one) => one instanceof WebAssembly.Memory)
      ?? Object.values(args[1] ?? {}).flatMap(Object.values).find((one) => one instanceof WebAssembly.Memory);
    return result;
  };

  window.__probe = {
    reads: (reader) => (read = reader),
    shows: ({ count, first, tenth }) => {
      const now = read();
      return now.count === count && now.first === first && now.tenth === tenth;
    },
    memory: () => module?.buffer.byteLength ?? 0,
    /** When this holds and is painted, by the machine's clock, which whoever changes something reads too. */
    painted: (holds) => new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(Date.now());
      const over = () => port2.postMessage('');
      const see = () => {
        if (!holds()) return;
        observer.disconnect();
        if (inFrame) over();
        else frame(over);
      };
      const observer = new MutationObserver(see);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      see();
    }),
    /** From now on these answers are expected, a key each. */
    arm(answers) {
      keys = answers.map((answer) => ({ answer }));
      handled = answered = settled = drawn = 0;
      shown = [];
      long.length = 0;
      wake = finish = undefined;
    },
    /** When so many keys are answered; or late, which `done` then says. */
    answered: (count, patience) => new Promise((done) => {
      wake = { count, done };
      setTimeout(done, patience);
      if (settled >= count) done();
    }),
    /** When the last key is answered: all times in milliseconds, and the longest frame meanwhile (0: none over 50). */
    done: (patience) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const late = keys[settled];
        const now = read();
        reject(new Error(`not answered within ${patience} ms: key ${settled + 1} of ${keys.length} (${handled} arrived) should show ${JSON.stringify(late.answer)}, and the page shows ${JSON.stringify(now)}`));
      }, patience);
      finish = () => {
        clearTimeout(timer);
        // A frame's entry comes a while after the frame.
        setTimeout(() => resolve({
          keys: keys.map(({ document, painted, overtaken }) => ({ document, painted, overtaken })),
          longest: long.filter(({ startTime, duration }) => startTime + duration >= keys[0].at).reduce((most, { duration }) => Math.max(most, duration), 0),
        }), 200);
      };
      if (keys.length && settled === keys.length) finish();
    }),
  };
})();

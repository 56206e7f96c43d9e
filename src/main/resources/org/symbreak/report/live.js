'use strict';
/* The live page: a recipe, two runs in lockstep, one deck. Every state of the recipe is in the address behind the #. */
(() => {
  const S = Symbreak;
  const $ = (id) => document.getElementById(id);
  const { el, wide } = S;

  /* ---- the token comes behind the # once, and leaves the address at once ---- */
  /* What an address leaves out, here and on the server; and what is shown first: half of the rows against all of them, within seconds. */
  const DEFAULTS = { v: '1', data: 'moons:200', noise: '0.1', mix: '60', hidden: '2', act: 'sigmoid', init: 'zeros', bias: 'zeros', opt: 'sgd:0.5', l2: '0', seed: '7', engine: 'auto', cmp: 'init:gaussian:0.5' };
  const FIRST = { ...DEFAULTS, data: 'circles:200', noise: '0.05', mix: '50', hidden: '4', act: 'tanh', opt: 'adam:0.02', cmp: 'init:gaussian:0.01' };
  const parse = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const enter = () => {
    const { token, ...words } = parse();
    if (token) {
      sessionStorage.setItem('token', token);
      history.replaceState(null, '', '#' + address(words));
    }
    return { words, token };
  };
  function address(state) { return Object.entries(state).map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v).replace(/%3A/g, ':').replace(/%2F/g, '/')}`).join('&'); }
  const said = enter().words;
  let state = Object.keys(said).length ? { ...DEFAULTS, ...said } : { ...FIRST };

  const problem = (text) => { $('banner').textContent = text; $('banner').hidden = !text; };
  const say = (text) => { $('said').textContent = text; };
  /* Once the connection is lost, somebody else may answer at this address: the token is forgotten, and nothing is asked for until there is a new one. */
  const lose = (text) => { sessionStorage.removeItem('token'); problem(`${text} Start symbreak serve again if it has ended, and open the address that it prints, token included.`); };
  const ask = async (what, body, signal) => {
    const token = sessionStorage.getItem('token');
    if (!token) { lose('This page has no token.'); throw new Error('no token'); }
    const response = await fetch(`/api/${what}`, { method: 'POST', headers: { 'X-Symbreak-Token': token }, body, signal });
    if (response.status === 403) { lose('The server does not know this page.'); throw new Error('refused'); }
    return response;
  };
  const call = async (what, body, raw) => {
    let response;
    try {
      response = await ask(what, raw || JSON.stringify(body));
    } catch (e) {
      if (e instanceof TypeError) lose('The server does not answer; the film below still works.');
      throw e;
    }
    if (response.status === 400) { const said = await response.json(); problem(said.problems.join('\n')); throw new Error(said.problems[0]); }
    if (!response.ok) { problem(`The server failed: ${response.status}`); throw new Error(String(response.status)); }
    return response;
  };

  /* ---- the recipe: form and address say the same ---- */
  const form = $('recipe');
  const fill = () => {
    const [kind, rows] = state.data.split(':');
    const upload = kind === 'upload';
    if (!upload) { form.kind.value = kind; form.rows.value = rows || 200; }
    ['kind', 'rows', 'noise', 'mix'].forEach((name) => { form[name].disabled = upload; });
    form.noise.value = state.noise;
    form.mix.value = state.mix;
    form.hidden.value = state.hidden;
    form.act.value = state.act;
    form.bias.value = state.bias;
    form.init.value = state.init;
    form.other.value = state.cmp.startsWith('init:') ? state.cmp.slice(5) : state.cmp;
    form.seed.value = state.seed;
    const [optimizer, rate] = state.opt.split(':');
    form.optimizer.value = optimizer;
    form.rate.value = rate;
    form.l2.value = state.l2;
    form.engine.value = state.engine;
  };
  const read = () => {
    const other = form.other.value.trim();
    const { it, ...rest } = state;
    return {
      ...rest,
      data: state.data.startsWith('upload:') ? state.data : `${form.kind.value}:${form.rows.value}`,
      noise: form.noise.value, mix: form.mix.value, hidden: form.hidden.value.trim(), act: form.act.value, bias: form.bias.value.trim(), init: form.init.value.trim(),
      cmp: !other ? '' : /^(data|noise|mix|hidden|act|bias|opt|l2|engine|init):/.test(other) ? other : `init:${other}`,
      seed: form.seed.value, opt: `${form.optimizer.value}:${form.rate.value}`, l2: form.l2.value, engine: form.engine.value,
    };
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', (event) => {
    if (event.target.id === 'file') return;
    const next = read();
    go(next, true);
  });
  $('new-seed').addEventListener('click', () => { form.seed.value = crypto.getRandomValues(new Uint32Array(1))[0] % 100000; form.dispatchEvent(new Event('change')); });

  /* ---- runs ---- */
  let tab = null;
  let runs = [];
  let film = [];
  let follow = true;
  let at = 0;
  let playing = false;
  let stream = null;
  let commands = [];
  let watched = false;
  let goal = 0;
  let names = [];
  const newest = () => film[film.length - 1];
  const MOST_FRAMES = 1500;
  const MOST_BYTES = 5 * 1024 * 1024; // of a dropped file, as the server has it

  /* Three beginnings to click, and the scale of a random one as a slider; both write the name of the beginning, which stays editable in the form. */
  const BEGINNINGS = { zeros: 'zeros', small: 'gaussian:0.01', large: 'gaussian:10' };
  const beginnings = (index, init) => {
    if (watched || (index && !state.cmp.startsWith('init:'))) return null;
    const field = index ? form.other : form.init;
    const start = (name) => { field.value = name; form.dispatchEvent(new Event('change')); };
    const side = index ? 'right' : 'left';
    const box = el('div', { class: 'beginnings', role: 'group', 'aria-label': `where the ${side} run begins` });
    Object.entries(BEGINNINGS).forEach(([word, name]) => {
      const button = el('button', { type: 'button', 'aria-pressed': String(init === name), title: name }, word);
      button.addEventListener('click', () => start(name));
      box.append(button);
    });
    const [kind, scale] = init.split(':');
    const slider = el('input', { type: 'range', min: '-4', max: '2', step: '0.25', value: String(Math.log10(Number(scale) || 0.01)), 'aria-label': `scale of the ${side} run's random weights`, title: 'scale' });
    slider.addEventListener('change', () => start(`${kind === 'uniform' ? kind : 'gaussian'}:${Number((10 ** Number(slider.value)).toPrecision(2))}`));
    box.append(slider);
    return box;
  };

  const card = (opening, index) => {
    const box = el('article', { class: 'card' });
    const count = el('b');
    const of = el('span');
    const sentence = el('p');
    const ended = el('p', { class: 'ended' });
    const detail = el('p', { class: 'muted' });
    const begin = beginnings(index, opening.recipe.init);
    if (begin) box.append(begin);
    box.append(el('p', { class: 'counter' }, el('code', {}, opening.recipe.init), count, of), sentence, ended, detail);
    const history = opening.history;
    const plane = el('canvas', { class: 'square', role: 'img' });
    const two = history.points.side > 0;
    const net = el('div');
    const network = S.network(net, history, plane, (chosen) => inspect(index, history, chosen));
    const byHand = el('ol', { class: 'by-hand muted' });
    const map = el('canvas', { class: 'square', role: 'img' });
    box.append(net, byHand);
    if (history.layers.length) {
      const similar = el('details', {}, el('summary', {}, 'Units compared'), map, el('figcaption', {}, 'Count the solid blocks on the diagonal: that is how many different units there are.'));
      similar.addEventListener('toggle', () => { dirty = true; });
      box.append(similar);
    }
    const layer = history.layers[0];
    const sequence = layer ? layer.shown.map((_, i) => i) : [];
    const draw = (moment) => {
      const shown = moment.runs[index];
      const frame = shown.frame;
      S.planeView(plane, history, frame, frame.layers[0]);
      network.draw(frame, shown.output);
      if (byHand.childElementCount !== shown.touched.length) byHand.replaceChildren(...shown.touched.map((words) => el('li', {}, words)));
      plane.setAttribute('aria-label', `iteration ${frame.iteration}: training accuracy ${S.number(frame.trainAccuracy)}`);
      ended.textContent = shown.ended || '';
      detail.textContent = `loss ${S.number(frame.loss)}; accuracy ${S.number(100 * frame.trainAccuracy)} %${layer ? `; effective rank ${S.number(frame.layers[0].effectiveRank)}` : ''}`;
      if (!layer) { count.textContent = 'No hidden layer'; return; }
      const units = frame.layers[0];
      count.textContent = units.distinct;
      of.textContent = ` of ${layer.units} distinct`;
      sentence.textContent = S.sentence(layer, units);
      if (map.offsetParent) S.unitMap(map, layer, units, sequence);
      map.setAttribute('aria-label', `${opening.recipe.init}, iteration ${frame.iteration}: ${units.distinct} of ${layer.units} distinct`);
    };
    return { box, draw, layer, history };
  };

  /* ---- by hand ---- */
  let panel = null;
  const inspect = (run, history, chosen) => {
    if (watched) return;
    const touch = async (words) => { await call('touch', { tab, run: String(run), ...Object.fromEntries(Object.entries(words).map(([k, v]) => [k, String(v)])) }); follow = true; };
    $('unit').hidden = false;
    panel = { run, form: S.unitPanel($('unit-form'), history, chosen, touch) };
    const moment = film[Math.min(at, film.length - 1)];
    panel.form.build(moment.runs[run].frame, moment.runs[run].output);
  };
  const refreshPanel = (moment) => {
    if (panel && !playing && !$('unit').contains(document.activeElement)) panel.form.build(moment.runs[panel.run].frame, moment.runs[panel.run].output);
  };

  /* One change at a time; what plays waits for it. */
  let changes = Promise.resolve();
  let changing = 0;
  const go = (next, push) => {
    changing++;
    changes = changes.then(() => open(next, push)).catch(() => {}).finally(() => { changing--; });
    return changes;
  };
  const open = async (next, push) => {
    problem('');
    stopStream();
    let answer;
    try {
      answer = await (await call('open', { ...next, ...(tab ? { tab } : {}) })).json();
    } catch (e) { // what was there stays
      if (tab) startStream();
      return;
    }
    state = next;
    history[push ? 'pushState' : 'replaceState'](null, '', '#' + address(state));
    fill();
    tab = answer.tab;
    watched = !!answer.watched;
    ['recipe', 'tour', 'play', 'step', 'reset', 'speed', 'save-left', 'save-right', 'copy-link'].forEach((id) => { $(id).hidden = watched; });
    document.querySelector('.stage').classList.toggle('wide', watched);
    film = [];
    $('iteration').textContent = 'iteration 0';
    panel = null;
    $('unit').hidden = true;
    at = 0;
    follow = true;
    playing = false;
    commands = answer.runs.map((run) => run.command);
    names = answer.runs.map((run, i) => (i && !state.cmp.startsWith('init:') ? state.cmp : run.recipe.init));
    runs = answer.runs.map(card);
    $('film').replaceChildren(...runs.map((run) => run.box));
    $('film').classList.toggle('one', runs.length === 1);
    $('save-right').hidden = watched || runs.length < 2;
    makeCharts(answer.runs);
    say([...new Set(answer.runs.flatMap((run) => run.notices))].join(' '));
    startStream();
    goal = watched ? 0 : Math.min(Number(next.it) || 0, 200000);
    for (let left = goal; left > 0; left -= 10000) await call('step', { tab, steps: String(Math.min(left, 10000)) });
  };

  /* ---- the stream: one a tab, closed while the tab is hidden ---- */
  const stopStream = () => { if (stream) { stream.abort(); stream = null; } };
  const startStream = async () => {
    stopStream();
    const mine = new AbortController();
    stream = mine;
    try {
      const response = await ask('events', JSON.stringify({ tab }), mine.signal);
      if (response.status === 400) { go(state, false); return; }
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) { if (!watched && !mine.signal.aborted) lose('The server has ended this run; the film still works.'); break; }
        const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
        rest = lines.pop();
        lines.filter((line) => line).forEach((line) => arrive(JSON.parse(line)));
      }
    } catch (e) {
      if (!mine.signal.aborted && sessionStorage.getItem('token')) lose('The connection is lost; the film still works.');
    }
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) { if (!watched) { stopStream(); if (playing) call('pause', { tab }); } } else if (tab && !stream) startStream();
  });

  const arrive = (event) => {
    playing = event.playing;
    const moment = { iteration: Math.max(...event.runs.map((run) => run.frame.iteration)), runs: event.runs };
    if (!film.length || newest().iteration < moment.iteration) film.push(moment); else film[film.length - 1] = moment;
    moment.byHand = Math.max(...event.runs.map((run) => run.touched.length));
    if (film.length > MOST_FRAMES) film = film.filter((_, i) => i === 0 || i % 2 === 1 || i === film.length - 1);
    $('slider').max = film.length - 1;
    if (follow) at = film.length - 1;
    $('play').textContent = playing ? 'Pause' : 'Play';
    if (!playing) { speak(); remember(moment.iteration); }
    dirty = true;
  };
  /* A rested run's iteration is part of the address, so that a shared link opens at the same state: the same seed gives the same steps. */
  const remember = (iteration) => {
    if (watched || goal > iteration) return;
    if (iteration) state.it = String(iteration); else delete state.it;
    history.replaceState(null, '', '#' + address(state));
  };
  const speak = () => { $('spoken').textContent = runs.map((run) => run.box.querySelector('.counter').textContent).join('; '); };

  /* ---- drawing: one loop, the newest state only ---- */
  let dirty = false;
  let chartsDue = 0;
  let drawn = 0;
  const loop = (now) => {
    requestAnimationFrame(loop);
    if (!dirty || !film.length) return;
    dirty = false;
    drawn++;
    document.documentElement.dataset.frames = drawn;
    const moment = film[Math.min(at, film.length - 1)];
    runs.forEach((run) => run.draw(moment));
    $('slider').value = at;
    $('slider').setAttribute('aria-valuetext', `iteration ${moment.iteration}`);
    $('iteration').textContent = `iteration ${wide(moment.iteration)}`;
    $('live').hidden = follow;
    headline(moment);
    refreshPanel(moment);
    if (now > chartsDue) { updateNextChart(); chartsDue = now + 100; }
    later();
  };
  /* While frames come, a chart at a time, so that no frame waits for all of them; all when the last one has come. */
  let waiting = null;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(updateCharts, 200); };
  const headline = (moment) => {
    if (moment.iteration === 0) { $('headline').textContent = runs.length > 1 ? 'Will the units on the left ever differ?' : 'What will these units do?'; return; }
    $('headline').textContent = moment.runs.map((run, i) => {
      const layer = runs[i].layer;
      const init = names[i];
      const right = `${Math.round(100 * run.frame.trainAccuracy)} % of the rows shown right`;
      return layer ? `${init}: ${run.frame.layers[0].distinct} of ${layer.units} units distinct, ${right}` : `${init}: no hidden layer, ${right}`;
    }).join('. ') + '.';
  };
  const story = () => {
    const step = Math.max(1, Math.floor(film.length / 300));
    const moments = film.filter((_, i) => i % step === 0);
    S.story($('story'), runs.flatMap((run, k) => (run.layer ? [{ units: run.layer.units, distinct: moments.map((moment) => moment.runs[k].frame.layers[0].distinct) }] : [])));
  };

  /* ---- charts ---- */
  let charts = [];
  const makeCharts = (openings) => {
    S.destroyCharts();
    charts = [];
    $('charts').replaceChildren();
    $('curves').replaceChildren();
    const c = S.colours();
    const add = (host, title, caption, spec, value) => {
      const canvas = el('canvas', { role: 'img', 'aria-label': title });
      $(host).append(el('figure', {}, el('h3', {}, title), el('div', { class: 'chart' }, canvas), el('figcaption', {}, caption)));
      const series = openings.map((opening, k) => ({ label: `${k ? 'right' : 'left'}: ${opening.recipe.init}`, x: [0, 1], y: [null, null], colour: c.series[k ? Math.max(1, S.family(opening.recipe.init)) : 0], dash: k ? [6, 4] : [] }));
      const chart = S.lineChart(canvas, { series, ...spec });
      if (host === 'curves') { // named by its caption; there is no room for more
        chart.options.plugins.legend.display = false;
        chart.options.scales.x.title.display = false;
        chart.update('none');
      }
      charts.push({ chart, value, lane: spec.lane });
    };
    add('curves', 'Loss', 'Training, full batch, penalty included.', { yMin: 0 }, (run) => run.frame.loss);
    add('charts', 'Gradient norm of the first layer', 'On a log axis; gaps where it is exactly zero.', { logY: true }, (run) => run.frame.gradientNorms[0] || null);
    add('curves', 'Accuracy', 'On the training rows shown.', { yMin: 0, yMax: 1 }, (run) => run.frame.trainAccuracy);
    add('charts', 'Equal units drifting apart by rounding', 'Largest difference between units that began equal; squares at the bottom: exactly zero.', { logY: true, lane: [], yMin: 1e-12, yMax: 10 }, (run) => (run.frame.layers[0] ? run.frame.layers[0].spread : null));
  };
  let turn = 0;
  const updateNextChart = () => updateEach([charts[turn++ % charts.length]]);
  const updateCharts = () => updateEach(charts);
  const updateEach = (some) => {
    if (!film.length) return;
    S.moveCursor(follow ? null : film[at].iteration);
    story();
    const step = Math.max(1, Math.floor(film.length / 400));
    const moments = film.filter((_, i) => i % step === 0 || i === film.length - 1);
    some.forEach(({ chart, value, lane }) => {
      const log = chart.options.scales.y.type === 'logarithmic';
      chart.data.datasets.forEach((dataset, k) => {
        dataset.data = moments.map((moment) => { const y = value(moment.runs[k]); return { x: Math.log1p(moment.iteration), y: y === null || (log && !(y > 0)) ? null : y }; });
      });
      const last = Math.max(1, newest().iteration);
      chart.options.scales.x.max = Math.log1p(last);
      chart.options.scales.x.afterBuildTicks = (axis) => { const ticks = [{ value: 0 }]; for (let t = 1; t <= last; t *= 10) ticks.push({ value: Math.log1p(t) }); axis.ticks = ticks; };
      if (lane) chart.options.plugins.zeroLaneAt = moments.filter((moment) => moment.runs.some((run) => value(run) === 0)).map((moment) => moment.iteration);
      chart.update('none');
    });
  };

  /* ---- the deck ---- */
  const play = async () => { if (watched) return; await changes; follow = true; call(playing ? 'pause' : 'play', { tab, steps: $('speed').value }); };
  $('play').addEventListener('click', play);
  $('step').addEventListener('click', async () => { await changes; follow = true; call('step', { tab, steps: '1' }); });
  $('reset').addEventListener('click', () => { const { it, ...same } = state; go(same, false); });
  $('speed').addEventListener('change', () => { if (playing) call('play', { tab, steps: $('speed').value }); });
  $('live').addEventListener('click', () => { follow = true; at = film.length - 1; dirty = true; });
  $('slider').addEventListener('input', () => { at = Number($('slider').value); follow = at === film.length - 1; dirty = true; });
  $('deck').addEventListener('keydown', (event) => {
    if (event.key === ' ' && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'SELECT') { event.preventDefault(); play(); }
    if (event.key === '.' && !watched) { event.preventDefault(); follow = true; call('step', { tab, steps: '1' }); }
    if (event.key === ',') { event.preventDefault(); at = Math.max(0, at - 1); follow = false; dirty = true; }
  });

  /* ---- files, links, saving ---- */
  const drop = async (file) => {
    problem('');
    if (file.size > MOST_BYTES) { problem(`${file.name}: expected at most ${wide(MOST_BYTES)} bytes, found ${wide(file.size)}`); return; }
    const answer = await (await call('upload', null, file)).json();
    describe(file.name, answer);
  };
  /* Says what is in a dropped file, and asks for what is to be chosen: separator, label, positive class. Every choice is asked of the server, which checks it. */
  const describe = (name, answer) => {
    const box = $('dropped');
    const choose = async (words) => {
      problem('');
      describe(name, await (await call('choose', { data: answer.data, separator: answer.separator, ...words })).json());
    };
    const pick = (legend, choices, chosen, onPick) => {
      const group = el('span', { class: 'choices', role: 'group', 'aria-label': legend }, `${legend} `);
      choices.forEach(([value, text]) => {
        const button = el('button', { type: 'button', 'aria-pressed': String(value === chosen) }, text || value);
        button.addEventListener('click', () => onPick(value));
        group.append(button);
      });
      return group;
    };
    const ready = Boolean(answer.label);
    const heard = answer.notices ? answer.notices.map((notice) => notice.replace(/\S*dropped-[0-9a-f]+\.csv/g, name)) : [];
    box.hidden = false;
    box.replaceChildren(
      el('strong', {}, name), ready ? `: ${wide(answer.rows)} rows, ${answer.features.length} features. ` : ': which column is to be foretold? ',
      pick('Label', answer.candidates.slice(0, 12).map((candidate) => [candidate.column, ready ? candidate.column : `${candidate.column} (${candidate.values.join(', ')})`]), answer.label, (label) => choose({ label })), ' ',
      ready ? pick('Positive', [answer.positive, answer.negative].sort().map((value) => [value]), answer.positive, (positive) => choose({ label: answer.label, positive })) : '', ' ',
      pick('Separator', [[',', ','], [';', ';'], ['tab', 'tab'], ['|', '|']], answer.separator, (separator) => choose({ separator })), ' ',
      back(), heard.length ? el('details', {}, el('summary', {}, `${heard.length} notes`), ...heard.map((notice) => el('p', {}, notice))) : '', ' The file stays on this machine.');
    if (!ready) { box.querySelector('button').focus(); return; }
    const { it, ...rest } = state;
    go({ ...rest, data: answer.data, opt: 'adam:0.01' }, true);
  };
  const back = () => {
    const button = el('button', { type: 'button' }, 'Back to drawn rows');
    button.addEventListener('click', () => {
      const { it, ...rest } = state;
      $('dropped').hidden = true;
      $('file').value = '';
      problem('');
      go({ ...rest, data: FIRST.data }, true);
    });
    return button;
  };
  $('file').addEventListener('change', () => { if ($('file').files[0]) drop($('file').files[0]); });
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) drop(event.dataTransfer.files[0]); });
  const copy = async (text, what) => { try { await navigator.clipboard.writeText(text); say(`Copied ${what}.`); } catch (e) { say(text); } };
  $('copy-link').addEventListener('click', () => copy(location.href, 'the link'));
  $('copy-command').addEventListener('click', () => copy(commands.join('\n'), 'the command'));
  const save = async (run) => { say('Saving…'); const answer = await (await call('save', { tab, run })).json(); say(`Saved ${answer.model} and ${answer.report}.`); };
  $('save-left').addEventListener('click', () => save('0'));
  $('save-right').addEventListener('click', () => save('1'));
  addEventListener('popstate', () => { const { words, token } = enter(); const next = { ...DEFAULTS, ...words }; if (token || address(next) !== address(state)) go(next, false); });

  /* ---- the tour ---- */
  let steps = [];
  let own = null;
  const stage = (recipe, step) => { own = own || state; return go({ ...DEFAULTS, ...Object.fromEntries(new URLSearchParams(recipe)), tour: step.id }, true).then(() => { if (tab) play(); }); };
  /* What a step asks about, as a number and in words, of one run. */
  const MEASURES = {
    distinct: { of: (run) => run.frame.layers.length ? run.frame.layers[0].distinct : NaN, say: (value, units) => (units ? `${value} of ${units} units distinct` : 'no hidden layer') },
    loss: { of: (run) => run.frame.loss, say: (value) => `loss ${S.number(value)}` },
    first: { of: (run, k) => film[0].runs[k].frame.loss, say: (value) => `first loss ${S.number(value)}` },
    gradient: { of: (run) => run.frame.gradientNorms[0], say: (value) => `gradient of the first layer ${S.number(value)}` },
    accuracy: { of: (run) => run.frame.trainAccuracy, say: (value) => `${S.number(100 * value)} % of the rows shown right` },
  };
  /* Whether the numbers, the left run's first, bear a step's claim out. A step without a judge is about what this page does not measure. */
  const JUDGES = {
    one: ([left]) => left === 1,
    several: ([left]) => left > 1,
    all: ([left], [units]) => left === units,
    bothAll: (values, units) => values.every((value, k) => value === units[k]),
    leftStill: ([left, right]) => left === 0 && right > 0,
    leftLess: ([left, right]) => left < right,
    leftMore: ([left, right]) => left > right,
    alike: ([left, right]) => Math.abs(left - right) < 0.01,
  };
  const isStaged = (step) => film.length > 0 && !changing && film[film.length - 1].iteration > 0 && !film[film.length - 1].byHand
    && Object.entries({ ...DEFAULTS, ...Object.fromEntries(new URLSearchParams(step.recipe)), tour: step.id }).every(([key, value]) => state[key] === value);
  const judgement = (step, answer) => {
    if (!isStaged(step)) return 'The page does not show this step\u2019s run: play it first.';
    const moment = film[Math.min(at, film.length - 1)];
    const measure = MEASURES[step.measure];
    const values = moment.runs.map((run, k) => measure.of(run, k));
    const units = runs.map((run) => (run.layer ? run.layer.units : 0));
    const side = (k) => `${names[k]}${names.length > 1 && names[0] === names[1] ? (k ? ' (right)' : ' (left)') : ''}`;
    const measured = `Measured at iteration ${wide(moment.iteration)}: ${values.map((value, k) => `${side(k)}: ${measure.say(value, units[k])}`).join('; ')}.`;
    if (!step.judge) return `This page does not measure that. ${measured}`;
    if (!JUDGES[step.judge](values, units)) return `The numbers do not show it so far. ${measured}`;
    return `${answer === step.right ? 'Yes.' : 'No.'} ${measured}`;
  };
  const showStep = (id, enter) => {
    const index = Math.max(0, steps.findIndex((step) => step.id === id));
    const step = steps[index];
    $('tour-list').value = step.id;
    const host = $('tour-step');
    host.replaceChildren(el('h3', {}, step.claim), el('p', {}, step.question));
    const answers = el('div', { class: 'controls' });
    const judged = el('p', { class: 'judged', 'aria-live': 'polite' });
    const look = el('p', {}, step.look);
    look.hidden = step.answers.length > 0;
    step.answers.forEach((text, k) => {
      const button = el('button', { type: 'button', class: 'answer' }, text);
      button.addEventListener('click', () => {
        look.hidden = false;
        judged.textContent = judgement(step, k);
        answers.querySelectorAll('button').forEach((b) => b.setAttribute('aria-pressed', String(b === button)));
      });
      answers.append(button);
    });
    host.append(answers, judged, look);
    const set = el('button', { type: 'button' }, 'Play it again');
    set.addEventListener('click', () => stage(step.recipe, step));
    host.append(el('div', { class: 'controls' }, set));
    if (enter) stage(step.recipe, step);
    if (step.counter) {
      const against = el('button', { type: 'button' }, 'Try to break it');
      against.addEventListener('click', () => stage(step.counter.recipe, step));
      host.append(el('p', { class: 'muted' }, step.counter.look), el('div', { class: 'controls' }, against));
    }
    if (step.note) host.append(el('p', { class: 'muted' }, step.note));
    if (own) { const back = el('button', { type: 'button' }, 'Back to my own run'); back.addEventListener('click', () => { const mine = own; own = null; delete mine.tour; go(mine, true); showStep(step.id); }); host.append(back); }
    $('tour-back').disabled = index === 0;
    $('tour-next').disabled = index === steps.length - 1;
    $('tour-back').onclick = () => showStep(steps[index - 1].id, true);
    $('tour-next').onclick = () => showStep(steps[index + 1].id, true);
  };
  $('tour-list').addEventListener('change', () => showStep($('tour-list').value, true));
  $('tour-close').addEventListener('click', () => {
    const closed = document.querySelector('.stage').classList.toggle('wide');
    [...$('tour').children].slice(1).forEach((child) => { child.hidden = closed; });
    $('tour-close').textContent = closed ? 'Show' : 'Hide';
    $('tour-close').setAttribute('aria-expanded', String(!closed));
    dirty = true;
  });
  fetch('/tour.json').then((response) => response.json()).then((all) => {
    steps = all;
    steps.forEach((step) => $('tour-list').append(el('option', { value: step.id }, `${step.id} ${step.title}`)));
    showStep(state.tour || steps[0].id);
  });

  S.themeButton($('theme'), () => { if (film.length) { const openings = runs.map((_, k) => ({ recipe: { init: k ? form.other.value : form.init.value } })); makeCharts(openings); updateCharts(); dirty = true; } });
  addEventListener('resize', () => { dirty = true; });
  fill();
  go(state, false).then(() => { $('play').focus(); document.documentElement.dataset.ready = 'true'; });
  requestAnimationFrame(loop);
})();

'use strict';
/* Brings a report to life: one deck drives every film and every chart's cursor. All text and tables are in the page already. */
(() => {
  const S = Symbreak;
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const { el, wide } = S;
  const figure = (title, canvas, caption, box) => el('figure', {}, el('h3', {}, title), box || canvas, caption ? el('figcaption', {}, caption) : '');
  const several = data.runs.length > 1;

  /* ---- whose film: that of each run; of a run of several members, that of the member that is chosen ---- */
  let told = [];
  let runs = [];
  let union = [];
  const tell = (some) => {
    told = some;
    runs = some.filter((run) => run.history && run.history.frames.length);
    union = [...new Set(runs.flatMap((run) => run.history.frames.map((frame) => frame.iteration)))].sort((a, b) => a - b);
  };
  tell(data.members.length ? data.members.slice(0, 1) : data.runs);

  /* ---- the film: a card a run ---- */
  const frameAt = (run, iteration) => {
    const frames = run.history.frames;
    let at = 0;
    while (at + 1 < frames.length && frames[at + 1].iteration <= iteration) at++;
    return at;
  };
  /* Runs of earlier versions have no frame of the weights that are kept. */
  const isKept = (run, frame) => frame.iteration === run.kept;
  const keptFrame = (run) => run.history.frames[frameAt(run, run.kept)];
  const deepest = Math.max(0, ...runs.map((run) => run.history.layers.length)); // members have as many layers as each other
  let layerAt = Math.max(0, ...runs.slice(0, 1).map((run) => run.layer - 1));
  const layerOf = (run) => Math.min(layerAt, run.history.layers.length - 1);
  const READ_MAP = 'Count the solid blocks on the diagonal: that is how many different units there are, bit for bit; hatched ones are equal to within the tolerance. Purple: the same direction, green: the opposite one.';
  const READ_LINES = 'Each unit\u2019s line w\u00b7x + b = 0, arrows to its positive side; equal units share one thick line. ';
  const cards = [];
  const card = (run) => {
    const history = run.history;
    const { box, counter, detail: near, tell } = S.card(run.name);
    let highlight = -1;
    const badge = el('span', { class: 'kept' }, 'kept');
    const moment = el('span', { class: 'muted' });
    counter.append(badge, ...(several ? [moment] : []));
    if (!history.layers.length) tell(null);
    const said = el('p', { class: 'muted', role: 'status' });
    const canvas = (kind, attributes = {}) => el('canvas', { class: kind, role: 'img', ...attributes });
    const map = canvas('square', { tabindex: '0' });
    const strip = canvas('square');
    const plane = canvas('square');
    const arrows = canvas('square');
    const heat = canvas('heat', { tabindex: '0' });
    const twoFeatures = history.points.side > 0;
    const rows = S.bytes(history.points.labels).length;
    const sample = `${rows === run.trainingRows ? 'The' : `${rows} of the ${wide(run.trainingRows)}`} training rows`;
    const figures = {
      map: figure('Units compared', map, several ? '' : READ_MAP),
      ...(twoFeatures ? { lines: figure('Units\u2019 lines over the data', plane, `${several ? '' : READ_LINES}${sample}.`) } : { plane: figure('Rows in the plane of their largest variance', plane, `${sample}: circles class 0, squares class 1, hollow where called wrongly. The plane shows ${S.share(history.points.explained)} of the variance.`) }),
      heat: figure('Weights of each unit', heat, ''),
      strip: figure('Length of the weights, saturated share, dead', strip, ''),
      arrows: figure('Units\u2019 incoming weights', arrows, ''),
    };
    const views = el('div', { class: 'views' });
    const more = el('div', { class: 'views' });
    const below = el('details', {}, el('summary', {}, 'More views of these units'), more);
    below.addEventListener('toggle', () => draw());
    box.append(views, said, below);
    const isPlane = () => twoFeatures && layerAt === 0;
    const place = () => {
      const layered = history.layers.length > 0;
      const all = !layered ? [twoFeatures ? 'lines' : 'plane'] : isPlane() ? ['map', 'lines', 'strip', 'heat'] : twoFeatures ? ['map', 'heat', 'strip', 'arrows', 'lines'] : ['map', 'heat', 'plane', 'strip', 'arrows'];
      const first = several ? 2 : 3;
      views.replaceChildren(...all.slice(0, first).map((name) => figures[name]));
      more.replaceChildren(...all.slice(first).map((name) => figures[name]));
      const isTall = !several && all.slice(0, first).includes('heat') && history.layers.length > 0 && (layerAt ? history.sizes[layerAt] : history.inputs.length) > 20;
      views.className = several ? 'views' : isTall ? 'views tall' : 'views three';
      below.hidden = all.length <= first;
    };
    let sequence = null;
    let scale = null;
    let planes = null;
    let lengths = null;
    let names = null;
    const inputName = (layer) => (i) => (layer === 0 ? history.inputs[i] ?? `input ${i + 1}` : `unit ${i + 1}`);
    const captioned = (view, words) => (view.querySelector('figcaption') || view.appendChild(el('figcaption'))).replaceChildren(words);
    const prepare = () => {
      place();
      highlight = -1;
      if (!history.layers.length) return;
      const index = layerOf(run);
      const layer = history.layers[index];
      const frames = history.frames.map((frame) => frame.layers[index]);
      const counts = frameAt(run, run.kept);
      sequence = S.unitOrder(layer, frames, counts);
      scale = S.weightScale(layer, frames, counts);
      names = inputName(index);
      planes = S.weightPlane(layer, frames);
      lengths = S.lengths(layer, frames, counts);
      captioned(figures.strip, `One bar a unit, in the order of the map${lengths.from ? ', on a logarithmic scale' : ''}; the red part is saturated on ${rows} training rows; \u00d7 marks a unit that is never active there.`);
      heat.style.height = `${S.weightMapHeight(scale)}px`;
      captioned(figures.heat, `A column a unit, in the order of the map, a line an input${scale.inputs.length < scale.of ? `; the ${scale.inputs.length} of ${scale.of} with the largest weights` : ''}. ${scale.largest === 0 ? 'All are zero throughout.' : `Orange positive, blue negative, full at \u00b1${S.number(scale.largest)}, the largest weight ${scale.isOfFilm ? 'of the film' : 'that is kept'}.`}`);
      captioned(figures.arrows, 'Arrows from the origin, in the plane in which the weights of all frames lie best, fitted once; equal units share one thick arrow.');
    };
    let iteration = 0;
    let hit = () => null;
    const draw = (to = iteration) => {
      iteration = to;
      const frame = history.frames[frameAt(run, to)];
      badge.hidden = !isKept(run, frame);
      moment.textContent = `iteration ${wide(frame.iteration)}${to > frame.iteration && frame === history.frames[history.frames.length - 1] ? ', its end' : ''}`;
      if (plane.isConnected && (below.open || !more.contains(plane))) S.planeView(plane, history, frame, isPlane() || !history.layers.length ? frame.layers[0] : undefined);
      plane.setAttribute('aria-label', `${run.name}, iteration ${frame.iteration}: training accuracy ${S.share(frame.trainAccuracy)} on ${rows} rows`);
      if (!history.layers.length) return;
      const layer = history.layers[layerOf(run)];
      const at = frame.layers[layerOf(run)];
      tell(layer, at, history.frames[0].layers[layerOf(run)], data.tolerance, at.near, deepest > 1 ? ` in layer ${layerOf(run) + 1}` : '');
      const figured = data.figures.filter(({ key }) => at[key] !== undefined).map(({ key, title, share }) => `${title} ${share ? S.share(at[key]) : S.number(at[key])}`);
      if (layer.shown.length < layer.units) figured.push(`shown are ${layer.shown.length} of ${layer.units} units, evenly picked`);
      near.textContent = figured.join('; ');
      S.unitMap(map, layer, at, sequence, highlight);
      map.setAttribute('aria-label', `${run.name}, iteration ${frame.iteration}: ${at.near} of ${layer.units} distinct`);
      if (heat.isConnected && (below.open || !more.contains(heat))) hit = S.weightMap(heat, layer, at, sequence, scale, names, highlight);
      heat.setAttribute('aria-label', `weights of ${layer.shown.length} units by ${scale.inputs.length} inputs, iteration ${frame.iteration}`);
      if (below.open || !more.contains(strip)) S.unitStrip(strip, layer, at, sequence, lengths);
      if (below.open) {
        S.arrowView(arrows, layer, at, planes);
        arrows.setAttribute('aria-label', `weight vectors of ${layer.shown.length} units, iteration ${frame.iteration}`);
      }
      strip.setAttribute('aria-label', `lengths of the weights of ${layer.shown.length} units, iteration ${frame.iteration}`);
    };
    const present = () => history.frames[frameAt(run, iteration)].layers[layerOf(run)];
    const unitName = (i) => `unit ${history.layers[layerOf(run)].shown[i] + 1}`;
    const point = (unit) => { if (unit !== highlight) { highlight = unit; draw(); } };
    /* A cell of a map by the pointer or by the arrow keys; the words below say what it holds. */
    const pick = { map: [0, 0], heat: [0, 0] };
    const sayPair = (i, j) => {
      const cos = S.cosines(history.layers[layerOf(run)], present());
      said.textContent = i === j ? `${unitName(i)}` : `${unitName(i)} and ${unitName(j)}: cosine ${S.number(cos[i * sequence.length + j])}`;
    };
    const sayWeight = (unit, input) => { said.textContent = `${unitName(unit)}, ${names(input)}: weight ${S.number(S.decodeLayer(present()).weights[unit * scale.length + input])}`; };
    map.addEventListener('pointermove', (event) => {
      if (!sequence) return;
      const cell = Math.min(map.clientWidth, map.clientHeight) / sequence.length;
      const i = sequence[Math.floor(event.offsetY / cell)];
      const j = sequence[Math.floor(event.offsetX / cell)];
      if (i === undefined || j === undefined) return;
      point(i);
      sayPair(i, j);
    });
    heat.addEventListener('pointermove', (event) => {
      const cell = hit(event.offsetX, event.offsetY);
      if (cell) { point(cell.unit); sayWeight(cell.unit, cell.input); }
    });
    [map, heat].forEach((view) => view.addEventListener('pointerleave', () => { point(-1); said.textContent = ''; }));
    const keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    const walk = (view, where, height, say) => view.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { point(-1); said.textContent = ''; return; }
      const step = keys[event.key];
      if (!step || !sequence) return;
      event.preventDefault();
      where[0] = (where[0] + step[0] + height()) % height();
      where[1] = (where[1] + step[1] + sequence.length) % sequence.length;
      say();
    });
    walk(map, pick.map, () => sequence.length, () => { point(sequence[pick.map[0]]); sayPair(sequence[pick.map[0]], sequence[pick.map[1]]); });
    walk(heat, pick.heat, () => scale.inputs.length, () => { point(sequence[pick.heat[1]]); sayWeight(sequence[pick.heat[1]], scale.inputs[pick.heat[0]]); });
    const stills = el('div', { class: 'stills' });
    box.append(stills);
    const print = () => {
      stills.replaceChildren();
      if (!history.layers.length) return;
      const picks = [...new Set([0, 0.1, 0.35, 0.65, 1].map((share) => Math.round(share * (history.frames.length - 1))).concat(frameAt(run, run.kept)))].sort((a, b) => a - b);
      picks.forEach((i) => {
        const still = el('canvas', { class: 'square' });
        const at = history.frames[i];
        stills.append(el('figure', {}, still, el('figcaption', {}, `iteration ${wide(at.iteration)}: ${at.layers[layerOf(run)].near} distinct${isKept(run, at) ? ', kept' : ''}`)));
        S.unitMap(still, history.layers[layerOf(run)], at.layers[layerOf(run)], sequence);
      });
    };
    prepare();
    return { box, draw, print, prepare, history, run };
  };

  const begin = () => {
    cards.splice(0, cards.length, ...runs.map(card));
    $('film').replaceChildren(...cards.map((made) => made.box));
    $('film').classList.toggle('cards', runs.length > 1);
  };
  begin();
  if (several && runs.length) $('film').after(el('p', { class: 'muted' }, `${READ_MAP}${runs.some((run) => run.history.points.side > 0) ? ` ${READ_LINES}` : ''}`));
  if (deepest > 1) {
    const buttons = Array.from({ length: deepest }, (_, i) => {
      const button = el('button', { type: 'button', 'aria-pressed': String(i === layerAt) }, `Layer ${i + 1}`);
      button.addEventListener('click', () => {
        layerAt = i;
        buttons.forEach((other, k) => other.setAttribute('aria-pressed', String(k === i)));
        cards.forEach((made) => made.prepare());
        drawAll();
      });
      return button;
    });
    $('layers').append(el('span', {}, 'Hidden layer'), ...buttons);
  }

  /* ---- the deck ---- */
  let at = 0;
  let isAtKept = false;
  let timer = null;
  const slider = $('slider');
  /* Of a moment; or of each run the weights that it keeps, which may be of several moments. */
  const show = (to, spoken, kept = false) => {
    isAtKept = kept;
    at = Math.min(Math.max(kept ? keptAt(runs[0]) : to, 0), union.length - 1);
    const iteration = union[at];
    const words = kept && runs.some((run) => run.kept !== runs[0].kept) ? 'each as kept' : `iteration ${wide(iteration)}`;
    slider.value = at;
    slider.setAttribute('aria-valuetext', words);
    $('iteration').textContent = words;
    cards.forEach((made) => made.draw(kept ? made.run.kept : iteration));
    S.moveCursor(iteration);
    if (spoken) $('spoken').textContent = cards.map((made) => made.box.querySelector('.counter').textContent).join('; ');
  };
  const nearest = (iteration) => union.reduce((best, it, i) => (Math.abs(Math.log1p(it) - Math.log1p(iteration)) < Math.abs(Math.log1p(union[best]) - Math.log1p(iteration)) ? i : best), 0);
  const keptAt = (run) => union.indexOf(keptFrame(run).iteration);
  const stop = () => {
    clearInterval(timer);
    timer = null;
    $('play').textContent = 'Play';
  };
  const play = () => {
    if (timer) { stop(); show(at, true); return; }
    if (at >= union.length - 1) show(0);
    $('play').textContent = 'Pause';
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    timer = setInterval(() => {
      if (at >= union.length - 1) { stop(); show(at, true); return; }
      show(calm ? at + Math.ceil(union.length / 5) : at + 1);
    }, calm ? 1200 : 80);
  };
  const trackStory = () => S.story($('story'), cards.filter((made) => made.history.layers.length).map((made) => ({
    units: made.history.layers[layerOf(made.run)].units,
    distinct: union.map((iteration) => made.history.frames[frameAt(made.run, iteration)].layers[layerOf(made.run)].near),
  })), runs.map((run) => keptAt(run) / Math.max(1, union.length - 1)));
  if (runs.length) {
    slider.max = union.length - 1;
    /* Which member: its film, its curves, its threshold. */
    if (data.members.length > 1) {
      const which = el('select', {});
      data.members.forEach((member, k) => which.append(el('option', { value: k }, member.name)));
      which.addEventListener('change', () => {
        stop();
        tell([data.members[which.value]]);
        begin();
        slider.max = union.length - 1;
        isAtKept = true;
        drawAll();
      });
      $('members').append(el('label', {}, 'Pictures of', which));
    }
    slider.addEventListener('input', () => { stop(); show(Number(slider.value)); });
    slider.addEventListener('change', () => show(Number(slider.value), true));
    $('play').addEventListener('click', play);
    $('step').addEventListener('click', () => { stop(); show(at + 1, true); });
    $('kept').addEventListener('click', () => { stop(); show(0, true, true); });
    $('deck').addEventListener('keydown', (event) => {
      if (event.target.tagName === 'BUTTON' && event.key === ' ') return;
      const action = { ' ': play, '.': () => { stop(); show(at + 1, true); }, ',': () => { stop(); show(at - 1, true); } }[event.key];
      if (action) { event.preventDefault(); action(); }
    });
  } else {
    $('deck').remove();
  }

  /* ---- charts over iterations ---- */
  const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
  const chart = (title, caption, spec, table) => {
    const canvas = el('canvas', { role: 'img', 'aria-label': title });
    const box = el('div', { class: 'chart' }, canvas);
    const made = figure(title, canvas, caption, box);
    if (table) made.append(table);
    $('charts').append(made);
    const keptThere = [...new Set(runs.map((run) => run.kept))].map((kept) => ({ at: kept, text: several ? `kept: ${runs.filter((run) => run.kept === kept).map((run) => run.name).join(', ')}` : 'kept' }));
    const { marks = [], ...given } = spec;
    const drawn = S.lineChart(canvas, { marks: [...(runs.length > 4 ? [] : keptThere), ...marks], ...given });
    /* One cursor in all charts; a click shows the units of that moment. */
    const under = (event) => Math.max(0, Math.expm1(drawn.scales.x.getValueForPixel(event.offsetX)));
    canvas.addEventListener('pointermove', (event) => S.moveCursor(under(event)));
    canvas.addEventListener('pointerleave', () => S.moveCursor(union[at] ?? null));
    if (runs.length) canvas.addEventListener('click', (event) => { stop(); show(nearest(under(event)), true); });
    return made;
  };
  const numbersTable = (series, x) => {
    const body = el('tbody');
    const xs = series[0].x;
    const step = Math.max(1, Math.floor(xs.length / 20));
    for (let i = 0; i < xs.length; i += step) body.append(el('tr', {}, el('td', {}, wide(xs[i])), ...series.map((s) => el('td', {}, S.number(s.y[i], 4)))));
    return el('details', {}, el('summary', {}, 'Numbers'), el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'numbers of the chart' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, x), ...series.map((s) => el('th', { scope: 'col' }, s.label)))), body)));
  };
  /* A start has its colour by its name, unless two of the page would have the same. */
  const families = () => new Set(told.map((run) => S.family(run.initialization)));
  const colourOf = (run, k) => S.colours().series[!several ? k % 6 : families().size === told.length ? S.family(run.initialization) : told.indexOf(run) % 6];
  const named = (run, label) => (several ? `${run.name} ${label}`.trim() : label);
  /* The loss of validation rows is not computed at every step: points at which it was, and the last one. */
  const computed = (values) => values.map((v, i) => (i > 0 && i < values.length - 1 && v === values[i - 1] ? null : v));
  /* A run's course: from metrics.csv, or from the film where that has more points. */
  const course = (run) => {
    const metrics = run.metrics || {};
    const rows = (metrics.iteration || []).length;
    const frames = run.history ? run.history.frames : [];
    if (rows >= frames.length) {
      const norms = Object.keys(metrics).filter((name) => name.endsWith('gradientNorm'));
      return { iteration: metrics.iteration || [], loss: metrics.loss || [], validationLoss: computed(metrics.validationLoss || []), gradients: norms.map((name) => ({ name: name.replace('.gradientNorm', '').replace('layer', 'layer '), values: metrics[name] })) };
    }
    const layers = frames[frames.length - 1].gradientNorms.length;
    return {
      iteration: frames.map((f) => f.iteration), loss: frames.map((f) => f.loss), validationLoss: computed(frames.map((f) => f.validationLoss)),
      gradients: Array.from({ length: layers }, (_, l) => ({ name: l === layers - 1 ? 'output' : `layer ${l + 1}`, values: frames.map((f) => f.gradientNorms[l] ?? null) })),
    };
  };
  /* From this ratio of the largest loss to the smallest on, its axis is logarithmic unless somebody says otherwise. */
  const FAR = 100;
  let logLoss = null;
  const drawCharts = () => {
    S.destroyCharts();
    $('charts').replaceChildren();
    const loss = told.flatMap((run) => [
      { label: named(run, 'training'), x: course(run).iteration, y: course(run).loss, colour: colourOf(run, 0) },
      { label: named(run, 'validation'), x: course(run).iteration, y: course(run).validationLoss, colour: colourOf(run, 1), dash: dashes[1], spanGaps: true },
    ]).filter((s) => s.y.some((v) => v !== null));
    if (loss.length) {
      const finite = loss.flatMap((s) => s.y).filter((v) => v > 0);
      const isLog = logLoss ?? Math.max(...finite) > FAR * Math.min(...finite);
      const broken = told.flatMap((run) => { const { iteration, loss: values } = course(run); const i = values.indexOf(null); return i > 0 ? [{ at: iteration[i], text: named(run, 'not finite') }] : []; });
      const made = chart('Loss', 'Mean cross-entropy; training with the penalty, of the last batch, validation where it was computed.', { series: loss, logY: isLog, marks: broken }, numbersTable(loss, 'iteration'));
      const button = el('button', { type: 'button', 'aria-pressed': String(isLog) }, 'Log scale');
      button.addEventListener('click', () => { logLoss = !isLog; drawCharts(); $('charts').querySelector('button').focus(); });
      made.querySelector('figcaption').after(el('div', { class: 'controls' }, button));
    }
    const accuracy = runs.flatMap((run) => [
      { label: named(run, 'training'), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.trainAccuracy), colour: colourOf(run, 0) },
      { label: named(run, 'validation'), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.validationAccuracy), colour: colourOf(run, 1), dash: dashes[1] },
    ]).filter((s) => s.y.some((v) => v !== null));
    if (accuracy.length) chart('Accuracy', `Share called rightly at 0.5; of the training rows on ${runs.map((run) => `${S.bytes(run.history.points.labels).length} of ${wide(run.trainingRows)}`).join(' and ')}, evenly picked.`, { series: accuracy, yMin: 0, yMax: 1 }, numbersTable(accuracy, 'iteration'));
    const withLayers = runs.filter((run) => run.history.layers.length);
    const layerWord = deepest > 1 ? (run) => `layer ${layerOf(run) + 1} ` : () => '';
    const units = withLayers.flatMap((run) => [
      { label: named(run, `${layerWord(run)}distinct`), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.layers[layerOf(run)].near), colour: colourOf(run, 0), stepped: 'before' },
      { label: named(run, `${layerWord(run)}effective rank`), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.layers[layerOf(run)].effectiveRank), colour: colourOf(run, 1), dash: dashes[1] },
    ]);
    if (units.length) chart('Distinct units and effective rank', `Units that differ by more than ${S.number(data.tolerance)} of the layer\u2019s largest weight, and how many directions their outputs span.`, { series: units, yMin: 0, yMax: Math.max(...withLayers.map((run) => run.history.layers[layerOf(run)].units)) }, numbersTable(units, 'iteration'));
    const gradients = told.flatMap((run) => course(run).gradients.map((layer, k) => ({ label: named(run, layer.name), x: course(run).iteration, y: layer.values, colour: several ? colourOf(run, k) : S.colours().series[k % 6], dash: dashes[k % 4] })));
    if (gradients.length) chart('Gradient norm a layer', 'On a log axis; gaps where the gradient is exactly zero.', { series: gradients, logY: true }, numbersTable(gradients, 'iteration'));
    const rounding = withLayers.flatMap((run) => run.history.layers.map((layer, l) => ({ run, l, frames: run.history.frames.filter((f) => f.layers[l].spread !== null) }))).filter((r) => r.frames.length);
    if (rounding.length) {
      const series = rounding.map((r, k) => ({ label: named(r.run, deepest > 1 ? `layer ${r.l + 1}` : 'largest difference'), x: r.frames.map((f) => f.iteration), y: r.frames.map((f) => f.layers[r.l].spread), colour: colourOf(r.run, k), points: 2 }));
      const lane = [...new Set(rounding.flatMap((r) => r.frames.filter((f) => f.layers[r.l].spread === 0).map((f) => f.iteration)))];
      const title = 'Rounding, not learning: how far equal units drift apart';
      if (series.every((s) => s.y.every((v) => v === 0))) {
        $('charts').append(el('figure', {}, el('h3', {}, title), el('p', {}, 'Not at all: units that began equal, and that exact arithmetic keeps equal, are equal bit for bit whenever the film looked.')));
      } else {
        chart(title, 'Largest difference between units that began equal and that exact arithmetic would keep equal. Squares at the bottom: exactly zero.', { series, logY: true, lane }, numbersTable(series, 'iteration'));
      }
    }
    S.moveCursor(union[at] ?? null);
  };

  /* ---- activations at the start, where the weights are kept, and at the end ---- */
  let histograms = [];
  const activations = () => {
    const host = $('activations');
    if (!host) return;
    histograms = [];
    host.replaceChildren(...runs.filter((run) => run.history.layers.length).map((run) => {
      const frames = run.history.frames;
      const l = layerOf(run);
      const moments = [['start', frames[0]], ['kept', keptFrame(run)], ['end', frames[frames.length - 1]]].filter(([, frame], i, all) => i === 0 || frame !== all[i - 1][1]);
      return el('div', { class: 'moments' }, ...moments.map(([word, frame]) => {
        const canvas = el('canvas', { role: 'img', height: '160', class: 'histogram', 'aria-label': `sums of inputs at the ${word}, layer ${l + 1}` });
        const layer = run.history.layers[l];
        histograms.push(() => S.histogramView(canvas, layer, frame.layers[l], run.history.activations[l]));
        const which = word === 'kept' && isKept(run, frame) && frame === frames[frames.length - 1] ? 'kept, the end' : word;
        const { saturated, dead } = frame.layers[l];
        const isFlatAtBothEnds = layer.flat.every((end) => end !== null);
        const share = isFlatAtBothEnds ? saturated : dead;
        return figure(`${several ? `${run.name}, ` : ''}${deepest > 1 ? `layer ${l + 1}, ` : ''}${which}, iteration ${wide(frame.iteration)}`, canvas, share === null || share === undefined ? '' : isFlatAtBothEnds ? `${S.share(share)} in the flat zones` : `${S.share(share)} of the units never out of the flat zone`);
      }));
    }));
  };

  /* ---- evaluation ---- */
  let chosen = 0;
  const evaluation = () => {
    const host = $('evaluation');
    if (!host) return;
    const judged = runs.filter((r) => r.history.test || r.history.validation);
    host.closest('section').hidden = !judged.length;
    if (!judged.length) return;
    chosen = Math.min(chosen, judged.length - 1);
    const run = judged[chosen];
    const part = run.history.test || run.history.validation;
    const p = S.float32(part.probabilities);
    const y = S.bytes(part.labels);
    const sorted = Array.from(p, (_, i) => i).sort((a, b) => p[b] - p[a]);
    const positives = y.reduce((s, v) => s + v, 0);
    const negatives = y.length - positives;
    const roc = { x: [0], y: [0] };
    const pr = { x: [], y: [] };
    let tp = 0;
    let fp = 0;
    sorted.forEach((i, k) => {
      if (y[i]) tp++; else fp++;
      if (k + 1 === sorted.length || p[sorted[k + 1]] !== p[i]) {
        roc.x.push(fp / Math.max(1, negatives)); roc.y.push(tp / Math.max(1, positives));
        pr.x.push(tp / Math.max(1, positives)); pr.y.push(tp / (tp + fp));
      }
    });
    const grid = el('div', { class: 'grid3' });
    const slot = (title, caption) => { const canvas = el('canvas', { role: 'img', 'aria-label': title }); grid.append(figure(title, canvas, caption, el('div', { class: 'chart' }, canvas))); return canvas; };
    const c = S.colours();
    const rocChart = S.lineChart(slot('ROC', 'True positive rate against false positive rate; the dot is the threshold.'), { linearX: true, x: 'false positive rate', y: 'true positive rate', yMin: 0, yMax: 1, series: [{ label: 'ROC', x: roc.x, y: roc.y }, { label: 'chance', x: [0, 1], y: [0, 1], dash: [3, 3], width: 1, colour: c.edge }, { label: 'threshold', x: [0], y: [0], line: false, points: 6, colour: c.class1 }] });
    const prChart = S.lineChart(slot('Precision and recall', 'Of the rows that are called so, how many are; of those that are, how many are called so.'), { linearX: true, x: 'recall', y: 'precision', yMin: 0, yMax: 1, series: [{ label: 'precision', x: pr.x, y: pr.y }, { label: 'threshold', x: [0], y: [0], line: false, points: 6, colour: c.class1 }] });
    const cells = {};
    const cell = (key) => { cells[key] = el('td'); return cells[key]; };
    const confusion = el('table', { class: 'confusion' }, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, el('span', { class: 'sr' }, 'rows')), el('th', { scope: 'col' }, `called ${data.positive}`), el('th', { scope: 'col' }, 'called other'))),
      el('tbody', {}, el('tr', {}, el('th', { scope: 'row' }, `is ${data.positive}`), cell('tp'), cell('fn')), el('tr', {}, el('th', { scope: 'row' }, 'is other'), cell('fp'), cell('tn'))));
    const range = el('input', { type: 'range', class: 'range', min: '0', max: '1', step: '0.01', 'aria-label': 'threshold' });
    range.value = run.threshold ?? 0.5;
    const value = el('output');
    const words = el('p', { class: 'muted' });
    grid.append(el('figure', {}, el('h3', {}, 'Confusion'), confusion, words));
    const controls = el('div', { class: 'controls' }, el('label', {}, 'Threshold'), range, value);
    if (judged.length > 1) {
      const which = el('select', { 'aria-label': 'which run' });
      judged.forEach((r, k) => which.append(el('option', { value: k }, `from ${r.name}`)));
      which.value = chosen;
      which.addEventListener('change', () => { chosen = Number(which.value); drawAll(); });
      controls.prepend(which);
    }
    host.replaceChildren(controls, grid);
    const set = () => {
      const t = Number(range.value);
      let a = 0; let b = 0; let d = 0; let e = 0;
      p.forEach((v, i) => { if (v >= t) { if (y[i]) a++; else b++; } else if (y[i]) d++; else e++; });
      value.textContent = t.toFixed(2);
      cells.tp.textContent = a; cells.fp.textContent = b; cells.fn.textContent = d; cells.tn.textContent = e;
      words.textContent = `${part.of > y.length ? `${wide(y.length)} of ${wide(part.of)}` : wide(y.length)} ${run.history.test ? 'test' : 'validation'} rows: accuracy ${S.share((a + e) / y.length)}, precision ${a + b ? S.share(a / (a + b)) : '\u2013'}, recall ${a + d ? S.share(a / (a + d)) : '\u2013'}, F1 ${S.number(2 * a + b + d ? 2 * a / (2 * a + b + d) : null)}`;
      rocChart.data.datasets[2].data = [{ x: b / Math.max(1, negatives), y: a / Math.max(1, positives) }];
      prChart.data.datasets[1].data = a + b ? [{ x: a / Math.max(1, positives), y: a / (a + b) }] : [];
      rocChart.update('none');
      prChart.update('none');
    };
    range.addEventListener('input', set);
    set();
  };

  const drawAll = () => {
    drawCharts();
    evaluation();
    activations();
    histograms.forEach((draw) => draw());
    if (runs.length) { trackStory(); show(at, false, isAtKept); }
  };
  isAtKept = true;
  drawAll();
  let waiting = 0;
  addEventListener('resize', () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => { histograms.forEach((draw) => draw()); if (runs.length) { trackStory(); show(at, false, isAtKept); } }); });
  S.themeButton($('theme'), drawAll);
  S.whilePrinting(() => { document.querySelectorAll('details:not(.card details)').forEach((d) => { d.open = true; }); drawAll(); cards.forEach((made) => made.print()); }, drawAll);
  document.documentElement.dataset.ready = 'true';
})();

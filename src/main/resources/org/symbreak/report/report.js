'use strict';
/* Brings a report to life: one deck drives every film and every chart's cursor. All text and tables are in the page already. */
(() => {
  const S = Symbreak;
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const { el, wide } = S;
  const figure = (title, canvas, caption, box) => el('figure', {}, el('h3', {}, title), box || canvas, caption ? el('figcaption', {}, caption) : '');
  const several = data.runs.length > 1;

  /* ---- the film: a card a run ---- */
  const runs = data.runs.filter((run) => run.history && run.history.frames.length);
  const union = [...new Set(runs.flatMap((run) => run.history.frames.map((frame) => frame.iteration)))].sort((a, b) => a - b);
  const frameAt = (run, iteration) => {
    const frames = run.history.frames;
    let at = 0;
    while (at + 1 < frames.length && frames[at + 1].iteration <= iteration) at++;
    return at;
  };
  const cards = [];
  const card = (run) => {
    const history = run.history;
    const box = el('article', { class: 'card' });
    const state = { run, layer: 0, highlight: -1 };
    const count = el('b');
    const of = el('span');
    const near = el('p', { class: 'muted' });
    const words = el('p');
    box.append(el('p', { class: 'counter' }, el('code', {}, run.initialization), count, of), words, near);
    if (!history.layers.length) {
      count.textContent = 'No hidden layer';
      words.textContent = 'Logistic regression: nothing that could be symmetric.';
    }
    const map = el('canvas', { class: 'square', role: 'img', tabindex: '0' });
    const strip = el('canvas', { class: 'square', role: 'img' });
    const plane = el('canvas', { class: 'square', role: 'img' });
    const views = el('div', { class: several ? 'views' : 'views three' });
    if (history.layers.length) views.append(figure('Units compared', map, 'Count the solid blocks on the diagonal: that is how many different units there are. Purple and green: direction alike or opposite.'));
    const twoFeatures = history.points.side > 0;
    if (twoFeatures) views.append(figure('Units\u2019 lines over the data', plane, 'Each unit\u2019s line w\u00b7x + b = 0, arrows to its positive side; equal units share one thick line.'));
    const arrows = el('canvas', { class: 'square', role: 'img' });
    let planes = null;
    if (!twoFeatures && history.layers.length) {
      views.append(figure('Units\u2019 incoming weights', arrows, ''));
    }
    box.append(views);
    const below = el('details', {}, el('summary', {}, 'More views of these units'));
    const more = el('div', { class: 'views' });
    if (history.layers.length) (several || !twoFeatures ? more : views).append(figure('Length of the weights, saturated share, dead', strip, 'One bar a unit, in the order of the map; the red part is saturated; \u00d7 marks a unit that is never active.'));
    if (!twoFeatures) (several ? more : views).append(figure('Rows in the plane of their largest variance', plane, `Circles class 0, squares class 1, hollow where called wrongly. The plane shows ${Math.round(100 * history.points.explained)} % of the variance.`));
    below.append(more);
    below.addEventListener('toggle', () => draw());
    if (more.childNodes.length) box.append(below);
    if (history.layers.length > 1) {
      const choose = el('select', { 'aria-label': 'hidden layer' });
      history.layers.forEach((layer, i) => choose.append(el('option', { value: i }, `hidden layer ${i + 1} (${layer.units} units)`)));
      choose.addEventListener('change', () => { state.layer = Number(choose.value); planes = null; sequence = null; draw(); });
      box.insertBefore(choose, views);
    }
    let sequence = null;
    let longest = 0;
    const prepare = () => {
      const layer = history.layers[state.layer];
      const frames = history.frames.map((frame) => frame.layers[state.layer]);
      sequence = S.order(layer, frames);
      if (!twoFeatures || state.layer > 0) planes = S.weightPlane(layer, frames);
      longest = 0;
      frames.forEach((frame) => {
        const w = S.decodeLayer(frame).weights;
        const length = w.length / layer.shown.length;
        for (let i = 0; i < layer.shown.length; i++) {
          let norm = 0;
          for (let k = 0; k < length - 1; k++) norm += w[i * length + k] ** 2;
          longest = Math.max(longest, Math.sqrt(norm));
        }
      });
    };
    let iteration = 0;
    const draw = (to = iteration) => {
      iteration = to;
      const frame = history.frames[frameAt(run, to)];
      if (twoFeatures || !several || below.open) S.planeView(plane, history, frame, frame.layers[0]);
      plane.setAttribute('aria-label', `${run.initialization}, iteration ${frame.iteration}: training accuracy ${S.number(frame.trainAccuracy)}`);
      if (!history.layers.length) return;
      if (!sequence) prepare();
      const layer = history.layers[state.layer];
      const at = frame.layers[state.layer];
      count.textContent = at.distinct;
      of.textContent = ` of ${layer.units} distinct`;
      words.textContent = S.sentence(layer, at);
      near.textContent = `${at.near} to within the tolerance${data.figures.filter(({ key }) => at[key] !== undefined).map(({ key, title, share }) => `; ${title} ${share ? `${S.number(at[key] === null ? null : 100 * at[key])} %` : S.number(at[key])}`).join('')}${layer.shown.length < layer.units ? `; ${layer.shown.length} of ${layer.units} units shown` : ''}`;
      S.unitMap(map, layer, at, sequence, state.highlight);
      map.setAttribute('aria-label', `${run.initialization}, iteration ${frame.iteration}: ${at.distinct} of ${layer.units} distinct`);
      if (!twoFeatures && planes) {
        S.arrowView(arrows, layer, at, planes);
        arrows.setAttribute('aria-label', `weight vectors of ${layer.shown.length} units, iteration ${frame.iteration}`);
        arrows.parentNode.querySelector('figcaption')?.remove();
        arrows.parentNode.append(el('figcaption', {}, `Arrows from the origin, in a plane fitted once over all frames (${Math.round(100 * planes.explained)} % of their variance); equal units share one thick arrow.`));
      }
      if (below.open || (!several && twoFeatures)) S.unitStrip(strip, layer, at, sequence, longest);
    };
    map.addEventListener('keydown', (event) => {
      if (!sequence || !['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'Escape'].includes(event.key)) return;
      const at = sequence.indexOf(state.highlight);
      const step = event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 1;
      state.highlight = event.key === 'Escape' ? -1 : sequence[(at + step + sequence.length) % sequence.length];
      event.preventDefault();
      draw();
    });
    const stills = el('div', { class: 'stills' });
    box.append(stills);
    const print = () => {
      stills.replaceChildren();
      if (!history.layers.length) return;
      const picks = [...new Set([0, 0.1, 0.35, 0.65, 1].map((share) => Math.round(share * (history.frames.length - 1))))];
      picks.forEach((i) => {
        const still = el('canvas', { class: 'square' });
        const at = history.frames[i];
        stills.append(el('figure', {}, still, el('figcaption', {}, `iteration ${wide(at.iteration)}: ${at.layers[state.layer].distinct} distinct`)));
        S.unitMap(still, history.layers[state.layer], at.layers[state.layer], sequence);
      });
    };
    return { box, draw, print, history };
  };

  if (runs.length) {
    runs.forEach((run) => { const made = card(run); cards.push(made); $('film').append(made.box); });
    if (runs.length === 1) $('film').classList.remove('cards');
  }

  /* ---- the deck ---- */
  let at = 0;
  let timer = null;
  const slider = $('slider');
  const show = (to, spoken) => {
    at = Math.min(Math.max(to, 0), union.length - 1);
    const iteration = union[at];
    slider.value = at;
    slider.setAttribute('aria-valuetext', `iteration ${iteration}`);
    $('iteration').textContent = `iteration ${wide(iteration)}`;
    cards.forEach((made) => made.draw(iteration));
    S.moveCursor(iteration);
    if (spoken) $('spoken').textContent = cards.map((made) => made.box.querySelector('.counter').textContent).join('; ');
  };
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
    units: made.history.layers[0].units,
    distinct: union.map((iteration) => made.history.frames[frameAt(made, iteration)].layers[0].distinct),
  })));
  if (runs.length) {
    slider.max = union.length - 1;
    slider.addEventListener('input', () => { stop(); show(Number(slider.value)); });
    slider.addEventListener('change', () => show(Number(slider.value), true));
    $('play').addEventListener('click', play);
    $('step').addEventListener('click', () => { stop(); show(at + 1, true); });
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
    S.lineChart(canvas, spec);
  };
  const numbersTable = (series, x) => {
    const body = el('tbody');
    const xs = series[0].x;
    const step = Math.max(1, Math.floor(xs.length / 20));
    for (let i = 0; i < xs.length; i += step) body.append(el('tr', {}, el('td', {}, wide(xs[i])), ...series.map((s) => el('td', {}, S.number(s.y[i], 4)))));
    return el('details', {}, el('summary', {}, 'Numbers'), el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', {}, x), ...series.map((s) => el('th', {}, s.label)))), body)));
  };
  const colourOf = (run, k) => (several ? S.colours().series[S.family(run.initialization)] : S.colours().series[k % 6]);
  const named = (run, label) => (several ? `${run.initialization} ${label}`.trim() : label);
  /* A run's course: from metrics.csv, or from the film where that has more points. */
  const course = (run) => {
    const metrics = run.metrics || {};
    const rows = (metrics.iteration || []).length;
    const frames = run.history ? run.history.frames : [];
    if (rows >= frames.length) {
      const norms = Object.keys(metrics).filter((name) => name.endsWith('gradientNorm'));
      return { iteration: metrics.iteration || [], loss: metrics.loss || [], validationLoss: metrics.validationLoss || [], gradients: norms.map((name) => ({ name: name.replace('.gradientNorm', '').replace('layer', 'layer '), values: metrics[name] })) };
    }
    const layers = frames[frames.length - 1].gradientNorms.length;
    return {
      iteration: frames.map((f) => f.iteration), loss: frames.map((f) => f.loss), validationLoss: frames.map((f) => f.validationLoss),
      gradients: Array.from({ length: layers }, (_, l) => ({ name: l === layers - 1 ? 'output' : `layer ${l + 1}`, values: frames.map((f) => f.gradientNorms[l] ?? null) })),
    };
  };
  const drawCharts = () => {
    S.destroyCharts();
    $('charts').replaceChildren();
    const loss = data.runs.flatMap((run) => [
      { label: named(run, 'training'), x: course(run).iteration, y: course(run).loss, colour: colourOf(run, 0) },
      { label: named(run, 'validation'), x: course(run).iteration, y: course(run).validationLoss, colour: colourOf(run, 1), dash: dashes[1] },
    ]).filter((s) => s.y.some((v) => v !== null));
    if (loss.length) chart('Loss', 'Mean cross-entropy; training with the penalty, of the last batch.', { series: loss }, numbersTable(loss, 'iteration'));
    const accuracy = runs.flatMap((run) => [
      { label: named(run, 'training'), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.trainAccuracy), colour: colourOf(run, 0) },
      { label: named(run, 'validation'), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.validationAccuracy), colour: colourOf(run, 1), dash: dashes[1] },
    ]).filter((s) => s.y.some((v) => v !== null));
    if (accuracy.length) chart('Accuracy', 'Share called rightly at 0.5, on up to 300 rows of each part.', { series: accuracy, yMin: 0, yMax: 1 }, numbersTable(accuracy, 'iteration'));
    const withLayers = runs.filter((run) => run.history.layers.length);
    const units = withLayers.flatMap((run) => run.history.layers.flatMap((layer, l) => [
      { label: named(run, run.history.layers.length > 1 ? `layer ${l + 1} distinct` : 'distinct'), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.layers[l].distinct), colour: colourOf(run, l), stepped: 'before' },
      { label: named(run, run.history.layers.length > 1 ? `layer ${l + 1} rank` : 'effective rank'), x: run.history.frames.map((f) => f.iteration), y: run.history.frames.map((f) => f.layers[l].effectiveRank), colour: colourOf(run, l + 1), dash: dashes[1] },
    ]));
    if (units.length) chart('Distinct units and effective rank', 'Units that differ in at least one bit, and how many directions their outputs span.', { series: units, yMin: 0 }, numbersTable(units, 'iteration'));
    const gradients = data.runs.flatMap((run) => course(run).gradients.map((layer, k) => ({ label: named(run, layer.name), x: course(run).iteration, y: layer.values, colour: several ? colourOf(run, k) : S.colours().series[k % 6], dash: dashes[k % 4] })));
    if (gradients.length) chart('Gradient norm a layer', 'On a log axis; gaps where the gradient is exactly zero.', { series: gradients, logY: true }, numbersTable(gradients, 'iteration'));
    const rounding = withLayers.flatMap((run) => run.history.layers.map((layer, l) => ({ run, l, frames: run.history.frames.filter((f) => f.layers[l].spread !== null) }))).filter((r) => r.frames.length);
    if (rounding.length) {
      const series = rounding.map((r, k) => ({ label: named(r.run, `layer ${r.l + 1}`), x: r.frames.map((f) => f.iteration), y: r.frames.map((f) => f.layers[r.l].spread), colour: colourOf(r.run, k), points: 2 }));
      const lane = [...new Set(rounding.flatMap((r) => r.frames.filter((f) => f.layers[r.l].spread === 0).map((f) => f.iteration)))];
      chart('Rounding, not learning: how far equal units drift apart', 'Largest difference between units that began equal and that exact arithmetic would keep equal. Squares at the bottom: exactly zero.', { series, logY: true, lane, yMin: lane.length === series.flatMap((s) => s.x).length ? 1e-12 : undefined, yMax: lane.length === series.flatMap((s) => s.x).length ? 1 : undefined }, numbersTable(series, 'iteration'));
    }
    S.moveCursor(union[at] ?? null);
  };

  /* ---- activations at start and end ---- */
  const histograms = [];
  const activations = () => {
    const host = $('activations');
    if (!host) return;
    runs.forEach((run) => run.history.layers.forEach((layer, l) => {
      const frames = run.history.frames;
      const pair = el('div', { class: 'views' });
      [['start', frames[0]], ['end', frames[frames.length - 1]]].forEach(([word, frame]) => {
        const canvas = el('canvas', { role: 'img', height: '160', class: 'histogram', 'aria-label': `sums of inputs at the ${word}, layer ${l + 1}` });
        const share = frame.layers[l].saturated;
        pair.append(figure(`${several ? `${run.initialization}, ` : ''}layer ${l + 1}, ${word}`, canvas, share === null ? '' : `${S.number(100 * share)} % in the flat zones`));
        histograms.push(() => S.histogramView(canvas, layer, frame.layers[l], run.history.activations[l]));
      });
      host.append(pair);
    }));
  };

  /* ---- evaluation ---- */
  let chosen = 0;
  const evaluation = () => {
    const host = $('evaluation');
    if (!host) return;
    const judged = runs.filter((r) => r.history.test || r.history.validation);
    if (!judged.length) { host.closest('section').hidden = true; return; }
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
    const grid = el('div', { class: 'grid2' });
    const slot = (title, caption) => { const canvas = el('canvas', { role: 'img', 'aria-label': title }); grid.append(figure(title, canvas, caption, el('div', { class: 'chart' }, canvas))); return canvas; };
    const c = S.colours();
    const rocChart = S.lineChart(slot('ROC', 'True positive rate against false positive rate; the dot is the threshold.'), { linearX: true, x: 'false positive rate', y: 'true positive rate', yMin: 0, yMax: 1, series: [{ label: 'ROC', x: roc.x, y: roc.y }, { label: 'chance', x: [0, 1], y: [0, 1], dash: [3, 3], width: 1, colour: c.edge }, { label: 'threshold', x: [0], y: [0], line: false, points: 6, colour: c.class1 }] });
    const prChart = S.lineChart(slot('Precision and recall', ''), { linearX: true, x: 'recall', y: 'precision', yMin: 0, yMax: 1, series: [{ label: 'precision', x: pr.x, y: pr.y }, { label: 'threshold', x: [0], y: [0], line: false, points: 6, colour: c.class1 }] });
    const bins = Array.from({ length: 10 }, () => [0, 0, 0]);
    p.forEach((v, i) => { const b = bins[Math.min(9, Math.floor(v * 10))]; b[0]++; b[1] += v; b[2] += y[i]; });
    const full = bins.filter((b) => b[0]);
    S.lineChart(slot('Calibration', 'What was foretold against what came true, in ten bins.'), { linearX: true, x: 'mean probability', y: 'share that is positive', yMin: 0, yMax: 1, series: [{ label: 'model', x: full.map((b) => b[1] / b[0]), y: full.map((b) => b[2] / b[0]), points: 4 }, { label: 'perfect', x: [0, 1], y: [0, 1], dash: [3, 3], width: 1, colour: c.edge }] });
    const cells = {};
    const cell = (key) => { cells[key] = el('td'); return cells[key]; };
    const confusion = el('table', { class: 'confusion' }, el('thead', {}, el('tr', {}, el('th', {}, ''), el('th', { scope: 'col' }, `called ${data.positive}`), el('th', { scope: 'col' }, 'called other'))),
      el('tbody', {}, el('tr', {}, el('th', { scope: 'row' }, `is ${data.positive}`), cell('tp'), cell('fn')), el('tr', {}, el('th', { scope: 'row' }, 'is other'), cell('fp'), cell('tn'))));
    const range = el('input', { type: 'range', class: 'range', min: '0', max: '1', step: '0.01', 'aria-label': 'threshold' });
    range.value = run.threshold ?? 0.5;
    const value = el('output');
    const words = el('p', { class: 'muted' });
    grid.append(el('figure', {}, el('h3', {}, 'Confusion'), confusion, words));
    const controls = el('div', { class: 'controls' }, el('label', {}, 'Threshold'), range, value);
    if (judged.length > 1) {
      const which = el('select', { 'aria-label': 'which run' });
      judged.forEach((r, k) => which.append(el('option', { value: k }, `from ${r.initialization}`)));
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
      words.textContent = `accuracy ${S.number((a + e) / y.length)}, precision ${S.number(a + b ? a / (a + b) : null)}, recall ${S.number(a + d ? a / (a + d) : null)}, F1 ${S.number(2 * a + b + d ? 2 * a / (2 * a + b + d) : null)}`;
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
    histograms.forEach((draw) => draw());
    if (runs.length) { trackStory(); show(at); }
  };
  activations();
  if (runs.length) { at = union.length - 1; }
  drawAll();
  let waiting = 0;
  addEventListener('resize', () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => { histograms.forEach((draw) => draw()); if (runs.length) { trackStory(); show(at); } }); });
  S.themeButton($('theme'), drawAll);
  S.whilePrinting(() => { document.querySelectorAll('details').forEach((d) => { d.open = true; }); drawAll(); cards.forEach((made) => made.print()); }, drawAll);
  document.documentElement.dataset.ready = 'true';
})();

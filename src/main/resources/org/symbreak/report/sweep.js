'use strict';
/* The runs of a ledger: what came of their settings as a picture, linked to the table of all of them; and curves of the training loss where initializations are compared. */
(() => {
  const S = Symbreak;
  const data = JSON.parse(document.getElementById('data').textContent);
  const { el } = S;
  const MANY = 12; // a setting of more numbers is drawn as a scale
  const axes = data.axes.length ? data.axes : Object.keys(data.settings).slice(0, 1);
  const results = Object.keys(data.results).filter((name) => data.results[name].some((v) => v !== '' && Number.isFinite(Number(v))));
  const LOW_IS_BETTER = /loss|iteration|epochs|failed|dead|saturated/i;
  const at = (name, i) => data.settings[name][i];
  const median = (values) => {
    const sorted = values.slice().sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  };
  const isScale = (values) => values.length > MANY && values.every((v) => v !== '' && Number.isFinite(Number(v)));
  const finite = (v) => (Number.isFinite(v) ? v : null);

  /* ---- combinations of settings, in the order of the table ---- */
  const combinations = data.ranked.map((settings, k) => ({ settings, key: `s${k}`, place: k, rows: [] }));
  const byValues = new Map(combinations.map((one) => [one.settings.join('\u0000'), one]));
  (data.settings[axes[0]] || []).forEach((_, i) => byValues.get(axes.map((name) => at(name, i)).join('\u0000'))?.rows.push(i));
  document.querySelectorAll('#settings tbody tr').forEach((row, k) => { row.id = `setting-${k + 1}`; row.dataset.of = `s${k}`; row.classList.toggle('best', k === 0 && data.judge !== ''); });

  /* ---- what is looked at ---- */
  const value = [data.judge, 'test.auc', 'validation.logLoss'].find((name) => results.includes(name)) ?? results[0];
  /* Of more than two settings those two first whose values' medians lie farthest apart. */
  const spread = (name) => {
    const medians = S.inOrder(data.settings[name]).map((v) => median(data.settings[name].flatMap((own, i) => (own === v && data.results[value][i] !== '' ? [Number(data.results[value][i])] : []))));
    const known = medians.filter(Number.isFinite);
    return known.length ? Math.max(...known) - Math.min(...known) : 0;
  };
  const [firstAxis, secondAxis = firstAxis] = axes.length > 2 ? [...axes].sort((one, other) => spread(other) - spread(one)).slice(0, 2).sort((one, other) => axes.indexOf(one) - axes.indexOf(other)) : axes;
  const state = { rows: firstAxis, columns: secondAxis, value, where: new Map(axes.map((name, k) => [name, data.judge ? data.ranked[0][k] : ''])) };
  const host = document.getElementById('sweep');
  const picture = el('div');
  const wheres = el('span', { class: 'controls' });
  const select = (label, values, chosen, choose) => {
    const made = el('select', {});
    values.forEach(([v, text]) => made.append(el('option', { value: v }, text)));
    made.value = chosen;
    made.addEventListener('change', () => { choose(made.value); draw(); });
    return el('label', {}, label, made);
  };
  const plain = (names) => names.map((name) => [name, name]);
  const [down, along] = [['rows', 'columns'], ['columns', 'rows']].map(([key, other], k) => select(['Down', 'Along'][k], plain(axes), state[key], (v) => { if (state[other] === v) state[other] = state[key]; state[key] = v; }));
  const rest = () => axes.filter((name) => name !== state.rows && name !== state.columns);
  const drawWheres = () => {
    down.querySelector('select').value = state.rows;
    along.querySelector('select').value = state.columns;
    wheres.replaceChildren(...rest().map((name) => select(`where ${name} is`, [['*', 'any'], ...S.inOrder(data.settings[name]).map((v) => [v, S.named(v)])], state.where.get(name), (v) => state.where.set(name, v))));
  };

  /* What is foretold of most runs of a cell: that they leave the plateau or not; a thick border where that differs between neighbours. */
  const foretoldBorder = (cells, rows, columns) => {
    const foretold = data.foretold || [];
    const says = (row, column) => {
      const told = (cells.get(`${row}\u0000${column}`)?.places || []).map((i) => foretold[i]);
      const [leaves, stays] = [true, false].map((word) => told.filter((v) => v === word).length);
      return leaves === stays ? undefined : leaves > stays;
    };
    const differ = (a, b) => a !== undefined && b !== undefined && a !== b;
    const judged = rows.flatMap((row) => columns.map((column) => [says(row, column), cells.get(`${row}\u0000${column}`)])).filter(([word]) => word !== undefined);
    const right = judged.filter(([word, cell]) => word === cell.failed * 2 <= cell.runs).length;
    return {
      decorate: (td, r, c) => {
        const word = says(rows[r], columns[c]);
        if (c + 1 < columns.length && differ(word, says(rows[r], columns[c + 1]))) td.classList.add('border-right');
        if (r + 1 < rows.length && differ(word, says(rows[r + 1], columns[c]))) td.classList.add('border-below');
        if (word !== undefined) td.title += word ? '; foretold to leave the plateau' : '; foretold to stay on the plateau';
      },
      words: judged.length ? ` The thick line is the border that was foretold before anything was trained: on one side of it the training loss comes 5 % below a constant prediction\u2019s within the steps, on the other it does not. So came out, by the runs that failed, ${right} of ${judged.length} cells.` : '',
    };
  };

  /* What came of some runs: where small is good, a run without a number counts as worse than all. */
  const sum = (runs, isLowBetter) => {
    const values = runs.map((i) => data.results[state.value][i]).map((v) => (v !== '' && Number.isFinite(Number(v)) ? Number(v) : isLowBetter ? Infinity : NaN)).filter((v) => !Number.isNaN(v));
    const count = (name, word) => runs.filter((i) => (data.results[name] || [])[i] === word).length;
    const numbers = values.filter(Number.isFinite);
    return { value: values.length ? finite(median(values)) : null, values: numbers, low: Math.min(...numbers), high: Math.max(...numbers), runs: runs.length, failed: count('failed', '1'), diverged: count('stopped', 'diverged') };
  };
  const draw = () => {
    const isLowBetter = LOW_IS_BETTER.test(state.value);
    const isJudge = state.value === data.judge;
    const summed = combinations.map((one) => ({ ...one, ...sum(one.rows, isLowBetter), isBest: isJudge && one.place === 0 }));
    drawWheres();
    if (axes.length === 1) {
      const order = S.inOrder(data.settings[axes[0]]);
      const valued = summed.filter((one) => one.value !== null);
      picture.replaceChildren(isScale(order) && valued.length
        ? el('figure', {}, S.dotMap({ down: { name: state.value, values: S.inOrder(valued.map((one) => String(one.value))) }, along: { name: axes[0], values: order }, dots: valued.map((one) => ({ ...one, down: String(one.value), along: one.settings[0], isFailed: one.failed * 2 > one.runs })), shades: S.shades(valued.map((one) => one.value), isLowBetter) }), el('figcaption', {}, `A dot a value of ${axes[0]}; dashed where most runs failed${isJudge ? `; ringed: the lowest, ${data.best}` : ''}.`))
        : S.strip({ name: `${state.value}, by ${axes[0]}`, rows: order.map((name) => summed.find((one) => one.settings[0] === name)).map((one) => ({ ...one, name: one.settings[0], note: one.failed ? `${one.failed} of ${one.runs} failed` : '' })) }));
      return;
    }
    const parts = [];
    const known = summed.map((one) => one.value).filter((v) => v !== null);
    if (axes.length > 2 && known.length) {
      parts.push(el('figure', {}, el('h3', {}, 'All settings at once'), S.parallel({ axes: axes.map((name) => ({ name, values: S.inOrder(data.settings[name]) })), lines: summed, isLowBetter, value: state.value }), el('figcaption', {}, 'A line a combination of settings, ending at the median of its runs; the better tenth in blue, the lowest thick.')));
    }
    const isThere = (one) => rest().every((name) => state.where.get(name) === '*' || one.settings[axes.indexOf(name)] === state.where.get(name));
    const shown = summed.filter(isThere);
    const [r, c] = [axes.indexOf(state.rows), axes.indexOf(state.columns)];
    const [rows, columns] = [S.inOrder(shown.map((one) => one.settings[r])), S.inOrder(shown.map((one) => one.settings[c]))];
    const sides = { down: { name: state.rows, values: rows }, along: { name: state.columns, values: columns } };
    const isDots = [rows, columns].every(isScale);
    const cells = new Map();
    shown.forEach((one) => { const key = `${one.settings[r]}\u0000${one.settings[c]}`; cells.set(key, [...(cells.get(key) || []), one]); });
    const pooled = new Map([...cells].map(([key, some]) => [key, { ...sum(some.flatMap((one) => one.rows), isLowBetter), places: some.flatMap((one) => one.rows), isBest: some.length === 1 && some[0].isBest, ...(some.length === 1 ? { key: some[0].key, href: `#setting-${some[0].place + 1}` } : {}) }]));
    const border = foretoldBorder(pooled, rows, columns);
    const values = [...pooled.values()].map((cell) => cell.value).filter((v) => v !== null);
    const shades = S.shades(values.length ? values : [0], isLowBetter);
    const where = rest().map((name) => `${name} ${state.where.get(name) === '*' ? 'is any, and a cell takes all runs together' : S.named(state.where.get(name))}`).join(', ');
    const caption = `Medians of ${state.value} over the runs of a cell${where ? `; where ${where}` : ''}. Struck through where most failed, stuck no better than a constant prediction or diverged; hatched where most diverged.${isJudge && [...pooled.values()].some((cell) => cell.isBest) ? ` Framed: the lowest, ${data.best}.` : ''}`;
    parts.push(isDots
      ? el('figure', {}, S.dotMap({ ...sides, dots: shown.map((one) => ({ ...one, down: one.settings[r], along: one.settings[c], isFailed: one.failed * 2 > one.runs })), shades }), el('figcaption', {}, `A dot a combination, its median of ${state.value}${where ? `; where ${where}` : ''}; dashed where most runs failed${isJudge ? `; ringed: the lowest, ${data.best}` : ''}.`))
      : el('figure', {}, el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'map of two settings' }, S.cellMap({ ...sides, cell: (row, column) => pooled.get(`${row}\u0000${column}`) || null, shades, decorate: border.decorate })), el('figcaption', {}, `${caption}${border.words}`)));
    if (values.length) parts.push(S.legend(shades, state.value, isLowBetter));
    picture.replaceChildren(...parts);
  };

  /* ---- curves of the training loss ---- */
  const curves = data.curves;
  const names = new Set(curves.map((curve) => curve.name));
  let pinned = curves.length ? curves[0].name : null;
  let lit = null;
  let curveChart = null;
  const DASHES = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
  /* A start has one colour everywhere; of two of one family the dashes differ. */
  const styles = new Map(curves.map(({ name }) => {
    const before = [...names].filter((other) => S.family(other) === S.family(name));
    const order = before.sort((one, other) => one.startsWith('constant') - other.startsWith('constant'));
    return [name, { family: S.family(name), dash: DASHES[order.indexOf(name) % DASHES.length] }];
  }));
  const isBanded = curves.some((curve) => curve.lows.some((v) => v !== null));
  const paint = () => {
    if (!curveChart) return;
    const c = S.colours();
    curveChart.data.datasets.forEach((dataset) => {
      const { name, isBand } = dataset;
      const stands = lit === null || name === lit || name === pinned;
      const colour = stands ? c.series[styles.get(name).family] : c.grid;
      dataset.borderColor = colour;
      dataset.backgroundColor = `${colour}33`;
      dataset.borderWidth = isBand ? 0 : name === pinned ? 4 : 2;
      dataset.hidden = isBand && !stands;
    });
    curveChart.update('none');
  };
  const drawCurves = () => {
    const box = document.getElementById('curves');
    if (!box || !curves.length) return;
    S.destroyCharts();
    const series = curves.flatMap((curve) => {
      const line = { of: curve.name, label: curve.name, x: curve.steps, y: curve.medians, dash: styles.get(curve.name).dash };
      return isBanded ? [{ of: curve.name, label: '', x: curve.steps, y: curve.lows }, { of: curve.name, label: '', x: curve.steps, y: curve.highs, fill: '-1' }, line] : [line];
    });
    const canvas = el('canvas', { role: 'img', 'aria-label': `training loss over the steps of ${curves.map((curve) => curve.name).join(', ')}` });
    const choice = el('select', {}, el('option', { value: '' }, 'none'), ...curves.map((curve) => el('option', { value: curve.name }, curve.name)));
    choice.value = pinned ?? '';
    choice.addEventListener('change', () => { pinned = choice.value || null; light(null); });
    box.replaceChildren(el('figure', {}, el('h3', {}, 'Training loss over the steps'), el('div', { class: 'controls' }, el('label', {}, 'Baseline, kept in sight', choice)), el('div', { class: 'chart tall' }, canvas),
      el('figcaption', {}, `Mean cross-entropy of all training rows, penalty left out: the median of the seeds${isBanded ? ', and the 95 % interval of the median as a band' : '; too few seeds for a band'}. A line ends where a run has no finite loss.`), numbers()));
    curveChart = S.lineChart(canvas, { series, x: 'step', logY: true });
    curveChart.data.datasets.forEach((dataset, k) => { dataset.name = series[k].of; dataset.isBand = series[k].label === ''; });
    canvas.addEventListener('pointermove', (event) => {
      const near = curveChart.getElementsAtEventForMode(event, 'nearest', { axis: 'xy', intersect: false }, false)[0];
      light(near ? curveChart.data.datasets[near.datasetIndex].name : null);
    });
    canvas.addEventListener('pointerleave', () => light(null));
    paint();
  };
  const numbers = () => {
    const steps = [...new Set(curves.flatMap((curve) => curve.steps))].sort((a, b) => a - b);
    const of = (curve, step) => { const i = curve.steps.indexOf(step); return i < 0 ? '\u2013' : S.number(curve.medians[i], 4); };
    return el('details', {}, el('summary', {}, 'Numbers'), el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'numbers of the chart' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'step'), ...curves.map((curve) => el('th', { scope: 'col' }, curve.name)))),
      el('tbody', {}, ...steps.map((step) => el('tr', {}, el('td', {}, String(step)), ...curves.map((curve) => el('td', {}, of(curve, step)))))))));
  };

  /* ---- one thing lit up wherever it stands: an initialization, or a combination of settings ---- */
  document.querySelectorAll('.plot .row, section td:first-child').forEach((node) => {
    const name = (node.querySelector('.name')?.firstChild ?? node).textContent;
    if (names.has(name)) (node.tagName === 'TD' ? node.parentNode : node).dataset.of = name;
  });
  const light = (key) => {
    if (key === lit) return paint();
    lit = key;
    document.querySelectorAll('[data-of]').forEach((node) => node.classList.toggle('lit', lit !== null && node.dataset.of === lit));
    paint();
  };
  document.addEventListener('pointerover', (event) => {
    const over = event.target.closest?.('[data-of]');
    if (over || lit !== null && event.target.tagName !== 'CANVAS') light(over ? over.dataset.of : null);
  });

  const drawAll = () => { draw(); drawCurves(); };
  host.replaceChildren(el('div', { class: 'controls' }, ...(axes.length > 1 ? [down, along] : []), select('Value', plain(results), state.value, (v) => { state.value = v; }), wheres), picture);
  drawAll();
  S.themeButton(document.getElementById('theme'), drawAll);
  S.whilePrinting(() => { document.querySelectorAll('details').forEach((d) => { d.open = true; }); drawAll(); }, drawAll);
  document.documentElement.dataset.ready = 'true';
})();

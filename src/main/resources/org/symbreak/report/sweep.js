'use strict';
/* The runs of a ledger in a table of any two settings, coloured by any result. */
(() => {
  const S = Symbreak;
  const data = JSON.parse(document.getElementById('data').textContent);
  const { el } = S;
  const cividis = ['#002051', '#11366c', '#3c4d6e', '#62646f', '#7f7c75', '#9a9478', '#bbaf71', '#e2cb5c', '#fdea45'];
  const shade = (t) => cividis[Math.round(Math.min(Math.max(t, 0), 1) * (cividis.length - 1))];
  const luminance = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const varied = Object.keys(data.settings).filter((name) => new Set(data.settings[name]).size > 1);
  const settings = varied.length ? varied : Object.keys(data.settings);
  const results = Object.keys(data.results).filter((name) => data.results[name].some((v) => v !== '' && Number.isFinite(Number(v))));
  const first = (names, wanted, fallback) => wanted.find((name) => names.includes(name)) || names[fallback] || names[0];
  const state = { rows: first(settings, ['depth', 'initialization', 'hidden'], 0), columns: first(settings.filter((n) => n !== 'depth'), ['scale', 'learningRate', 'width', 'seed'], 1), value: first(results, ['test.auc', 'validation.logLoss'], 0) };
  const host = document.getElementById('sweep');
  const table = el('div', { class: 'scroll' });
  const choose = (label, key, names) => {
    const select = el('select', {});
    names.forEach((name) => select.append(el('option', { value: name }, name)));
    select.value = state[key];
    select.addEventListener('change', () => { state[key] = select.value; draw(); });
    return el('label', {}, label, select);
  };
  const median = (values) => {
    const sorted = values.slice().sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  };
  const sorted = (values) => {
    const all = [...new Set(values)];
    return all.every((v) => v === '' || Number.isFinite(Number(v))) ? all.sort((a, b) => Number(a) - Number(b)) : all;
  };
  const named = (v) => (v === '' ? '\u2013' : v.length > 5 && Number.isFinite(Number(v)) ? S.number(Number(v)) : v);
  const draw = () => {
    const down = data.settings[state.rows];
    const along = data.settings[state.columns];
    const value = data.results[state.value];
    const failed = data.results.failed || [];
    const cells = new Map();
    down.forEach((row, i) => {
      const key = `${row}\u0000${along[i]}`;
      if (!cells.has(key)) cells.set(key, { values: [], failed: 0, runs: 0, leaves: 0, stays: 0 });
      const cell = cells.get(key);
      cell.runs++;
      if (failed[i] === '1') cell.failed++;
      if (data.foretold[i] === true) cell.leaves++;
      if (data.foretold[i] === false) cell.stays++;
      if (value[i] !== '' && Number.isFinite(Number(value[i]))) cell.values.push(Number(value[i]));
    });
    const medians = [...cells.values()].filter((cell) => cell.values.length).map((cell) => median(cell.values));
    const low = Math.min(...medians);
    const high = Math.max(...medians);
    const columns = sorted(along);
    const lines = sorted(down);
    /* what is foretold of most settings of a cell; undefined where it is of none, or of as many either way */
    const leaves = (row, column) => {
      const cell = cells.get(`${row}\u0000${column}`);
      return !cell || cell.leaves === cell.stays ? undefined : cell.leaves > cell.stays;
    };
    const differ = (a, b) => a !== undefined && b !== undefined && a !== b;
    const judged = lines.flatMap((row) => columns.map((column) => [leaves(row, column), cells.get(`${row}\u0000${column}`)])).filter(([says]) => says !== undefined);
    const right = judged.filter(([says, cell]) => says === cell.failed * 2 <= cell.runs).length;
    const body = el('tbody');
    lines.forEach((row, r) => {
      const line = el('tr', {}, el('th', { scope: 'row' }, named(row)));
      columns.forEach((column, k) => {
        const cell = cells.get(`${row}\u0000${column}`);
        const td = el('td', {});
        const says = leaves(row, column);
        if (k + 1 < columns.length && differ(says, leaves(row, columns[k + 1]))) td.classList.add('border-right');
        if (r + 1 < lines.length && differ(says, leaves(lines[r + 1], column))) td.classList.add('border-below');
        if (cell && cell.values.length) {
          const m = median(cell.values);
          const t = high > low ? (m - low) / (high - low) : 0.5;
          td.textContent = S.number(m);
          td.style.backgroundColor = shade(t);
          td.style.color = luminance(shade(t)) > 0.179 ? '#000000' : '#ffffff'; // whichever stands out more
          if (cell.failed * 2 > cell.runs) td.classList.add('failed');
          td.title = `${cell.runs} runs, ${cell.failed} failed${says === undefined ? '' : says ? '; foretold to leave the plateau' : '; foretold to stay on the plateau'}`;
        } else if (cell) {
          td.textContent = 'none';
          td.classList.add('failed');
        }
        line.append(td);
      });
      body.append(line);
    });
    const border = judged.length ? `. The thick line is the border that was foretold before anything was trained: on one side of it the training loss comes 5 % below a constant prediction\u2019s within the steps, on the other it does not. So came out, by the runs that failed, ${right} of ${judged.length} cells` : '';
    table.replaceChildren(el('table', { class: 'heat' }, el('caption', {}, `${state.value}: ${state.rows} down, ${state.columns} along; from ${S.number(low)} (dark) to ${S.number(high)} (light)${border}`), el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, state.rows), ...columns.map((column) => el('th', { scope: 'col' }, named(column))))), body));
  };
  /* ---- curves of the training loss, and one initialization lit up wherever it stands ---- */
  let pinned = null;
  let lit = null;
  let curveChart = null;
  const drawCurves = () => {
    const box = document.getElementById('curves');
    if (!box || !data.curves.length) return;
    S.destroyCharts();
    const c = S.colours();
    const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
    const banded = data.curves.some((curve) => curve.lows.some((v) => v !== null));
    const series = data.curves.flatMap((curve, k) => {
      const colour = c.series[k % c.series.length];
      const stands = (lit ?? pinned) === null || curve.name === lit || curve.name === pinned;
      const faint = stands ? colour : c.grid;
      const line = { label: curve.name, x: curve.steps, y: curve.medians, colour: faint, dash: dashes[k % dashes.length], width: curve.name === pinned ? 4 : 2 };
      return banded && stands ? [
        { label: '', x: curve.steps, y: curve.lows, colour, width: 0 },
        { label: '', x: curve.steps, y: curve.highs, colour, width: 0, fill: '-1' }, line] : [line];
    });
    const canvas = el('canvas', { role: 'img', 'aria-label': `training loss over the steps of ${data.curves.map((curve) => curve.name).join(', ')}` });
    const choice = el('select', { 'aria-label': 'baseline' }, el('option', { value: '' }, 'none'), ...data.curves.map((curve) => el('option', { value: curve.name }, curve.name)));
    choice.value = pinned ?? '';
    choice.addEventListener('change', () => { pinned = choice.value || null; light(null); });
    box.replaceChildren(el('figure', {}, el('h3', {}, 'Training loss over the steps'), el('div', { class: 'controls' }, el('label', {}, 'Baseline, kept in sight', choice)), el('div', { class: 'chart tall' }, canvas),
      el('figcaption', {}, `Mean cross-entropy of all training rows, penalty left out: the median of the seeds${banded ? ', and the 95 % interval of the median as a band' : '; too few seeds for a band'}. A line ends where a run has no finite loss.`), numbers()));
    curveChart = S.lineChart(canvas, { series, x: 'step', logY: true });
  };
  const numbers = () => {
    const steps = [...new Set(data.curves.flatMap((curve) => curve.steps))].sort((a, b) => a - b);
    const at = (curve, step) => { const i = curve.steps.indexOf(step); return i < 0 ? '\u2013' : S.number(curve.medians[i], 4); };
    return el('details', {}, el('summary', {}, 'Numbers'), el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'numbers of the chart' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'step'), ...data.curves.map((curve) => el('th', { scope: 'col' }, curve.name)))),
      el('tbody', {}, ...steps.map((step) => el('tr', {}, el('td', {}, String(step)), ...data.curves.map((curve) => el('td', {}, at(curve, step)))))))));
  };
  const names = new Set(data.curves.map((curve) => curve.name));
  document.querySelectorAll('.plot .row, section td:first-child').forEach((node) => {
    const name = (node.querySelector('.name')?.firstChild ?? node).textContent;
    if (!names.has(name)) return;
    const row = node.tagName === 'TD' ? node.parentNode : node;
    row.dataset.of = name;
    row.addEventListener('pointerenter', () => light(name));
    row.addEventListener('pointerleave', () => light(null));
  });
  const light = (name) => {
    lit = name;
    document.querySelectorAll('[data-of]').forEach((row) => row.classList.toggle('lit', row.dataset.of === lit || row.dataset.of === pinned));
    drawCurves();
  };

  const drawAll = () => { draw(); drawCurves(); };
  host.replaceChildren(el('div', { class: 'controls' }, choose('Down', 'rows', settings), choose('Along', 'columns', settings), choose('Value', 'value', results)), table);
  drawAll();
  S.themeButton(document.getElementById('theme'), drawAll);
  S.whilePrinting(drawAll, drawAll);
  document.documentElement.dataset.ready = 'true';
})();

'use strict';
/* The runs of a ledger in a table of any two settings, coloured by any result. */
(() => {
  const S = Symbreak;
  const data = JSON.parse(document.getElementById('data').textContent);
  const { el } = S;
  const cividis = ['#002051', '#11366c', '#3c4d6e', '#62646f', '#7f7c75', '#9a9478', '#bbaf71', '#e2cb5c', '#fdea45'];
  const shade = (t) => cividis[Math.round(Math.min(Math.max(t, 0), 1) * (cividis.length - 1))];
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
      if (!cells.has(key)) cells.set(key, { values: [], failed: 0, runs: 0 });
      const cell = cells.get(key);
      cell.runs++;
      if (failed[i] === '1') cell.failed++;
      if (value[i] !== '' && Number.isFinite(Number(value[i]))) cell.values.push(Number(value[i]));
    });
    const medians = [...cells.values()].filter((cell) => cell.values.length).map((cell) => median(cell.values));
    const low = Math.min(...medians);
    const high = Math.max(...medians);
    const columns = sorted(along);
    const body = el('tbody');
    sorted(down).forEach((row) => {
      const line = el('tr', {}, el('th', { scope: 'row' }, named(row)));
      columns.forEach((column) => {
        const cell = cells.get(`${row}\u0000${column}`);
        const td = el('td', {});
        if (cell && cell.values.length) {
          const m = median(cell.values);
          const t = high > low ? (m - low) / (high - low) : 0.5;
          td.textContent = S.number(m);
          td.style.backgroundColor = shade(t);
          td.style.color = t > 0.55 ? '#14171b' : '#ffffff';
          if (cell.failed * 2 > cell.runs) td.classList.add('failed');
          td.title = `${cell.runs} runs, ${cell.failed} failed`;
        } else if (cell) {
          td.textContent = 'none';
          td.classList.add('failed');
        }
        line.append(td);
      });
      body.append(line);
    });
    table.replaceChildren(el('table', { class: 'heat' }, el('caption', {}, `${state.value}: ${state.rows} down, ${state.columns} along; from ${S.number(low)} (dark) to ${S.number(high)} (light)`), el('thead', {}, el('tr', {}, el('th', {}, ''), ...columns.map((column) => el('th', { scope: 'col' }, named(column))))), body));
  };
  host.replaceChildren(el('div', { class: 'controls' }, choose('Down', 'rows', settings), choose('Along', 'columns', settings), choose('Value', 'value', results)), table);
  draw();
  S.themeButton(document.getElementById('theme'), draw);
  document.documentElement.dataset.ready = 'true';
})();

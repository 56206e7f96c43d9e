'use strict';
/* What came of two settings: a map of cells, or of dots where a setting has many numbers; of one setting a strip; of more, a line a combination across all of them. */
(() => {
  const S = Symbreak;
  const { el } = S;
  const CIVIDIS = ['#002051', '#11366c', '#3c4d6e', '#62646f', '#7f7c75', '#9a9478', '#bbaf71', '#e2cb5c', '#fdea45'];
  const FAR = 50; // from this ratio of the largest to the smallest on, a scale is logarithmic
  const luminance = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const on = (colour) => (luminance(colour) > 0.179 ? '#000000' : '#ffffff'); // whichever stands out more
  const svg = (name, attributes = {}, ...children) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  };

  /** A setting's value as it is read; of a setting that a run does not have, a dash. */
  S.named = (v) => (v === '' ? '\u2013' : v.length > 5 && Number.isFinite(Number(v)) ? S.number(Number(v)) : v);

  /** Numbers by size, words as they come. */
  S.inOrder = (values) => {
    const all = [...new Set(values)];
    return all.every((v) => v === '' || Number.isFinite(Number(v))) ? all.sort((a, b) => Number(a) - Number(b)) : all;
  };

  /**
   * Colours for values: the better, the lighter.
   *
   * @returns {{ of: (value: number) => string, low: number, high: number, isLog: boolean }}
   */
  S.shades = (values, isLowBetter) => {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const isLog = low > 0 && high > FAR * low;
    const share = (v) => (high > low ? (isLog ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low)) : 0.5);
    return { low, high, isLog, of: (v) => CIVIDIS[Math.round((isLowBetter ? 1 - share(v) : share(v)) * (CIVIDIS.length - 1))] };
  };

  /** What the colours mean, as a bar from one end of the values to the other. */
  S.legend = (shades, name, isLowBetter) => el('p', { class: 'legend muted' }, `${name}: ${S.number(isLowBetter ? shades.high : shades.low)} `, bar(), ` ${S.number(isLowBetter ? shades.low : shades.high)}${shades.isLog ? ', on a logarithmic scale' : ''}`);
  const bar = () => {
    const drawn = svg('svg', { class: 'bar', 'aria-hidden': 'true' });
    CIVIDIS.forEach((colour, k) => drawn.append(svg('rect', { x: `${k / CIVIDIS.length * 100}%`, width: `${100 / CIVIDIS.length + 0.5}%`, height: '100%', fill: colour })));
    return drawn;
  };

  /**
   * A map of cells. An overlay, such as a border between cells, is what `decorate` does to a cell: it is called with the cell's element and its place in both orders.
   *
   * @param down, along {{ name: string, values: string[] }}
   * @param cell (row, column) => { value, runs, failed, diverged, href, isBest, key } or null where there is no run; value null where no run has one
   */
  S.cellMap = ({ down, along, cell, shades, decorate = () => {} }) => {
    const body = el('tbody');
    down.values.forEach((row, r) => {
      const line = el('tr', {}, el('th', { scope: 'row' }, S.named(row)));
      along.values.forEach((column, c) => {
        const at = cell(row, column);
        const td = el('td', {});
        if (at) {
          const text = at.value === null ? 'none' : S.number(at.value);
          td.append(at.href ? el('a', { href: at.href }, text) : text);
          if (at.value !== null) {
            td.style.backgroundColor = shades.of(at.value);
            td.style.color = on(shades.of(at.value));
          }
          if (at.failed * 2 > at.runs) td.classList.add('failed');
          if (at.diverged * 2 > at.runs) td.classList.add('diverged');
          if (at.isBest) { td.classList.add('best'); td.append(el('small', {}, 'lowest')); }
          td.title = `${at.runs} ${at.runs === 1 ? 'run' : 'runs'}, ${at.failed} failed`;
          if (at.key) td.dataset.of = at.key;
        }
        decorate(td, r, c);
        line.append(td);
      });
      body.append(line);
    });
    return el('table', { class: 'heat' }, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, `${down.name} \u2193, ${along.name} \u2192`), ...along.values.map((column) => el('th', { scope: 'col' }, S.named(column))))), body);
  };

  /* Where a value stands between the ends of a setting's values, in per cent: numbers by size, words one after the other. */
  const place = (values) => {
    const numbers = values.map(Number);
    const isNumeric = values.every((v) => v !== '') && numbers.every(Number.isFinite);
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const isLog = isNumeric && low > 0 && high >= 10 * low;
    const share = (v) => (isNumeric ? (high > low ? (isLog ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low)) : 0.5) : values.length > 1 ? values.indexOf(v) / (values.length - 1) : 0.5);
    const many = isNumeric && values.length > 8;
    return { share, ticks: many ? [values[0], values[values.length >> 1], values[values.length - 1]] : values };
  };

  /** A dot a combination, by two settings. */
  S.dotMap = ({ down, along, dots, shades, height = 320 }) => {
    const [x, y] = [place(along.values), place(down.values)];
    const left = (v) => 4 + 92 * x.share(v);
    const top = (v) => height - 16 - (height - 32) * y.share(v);
    const drawn = svg('svg', { class: 'dots', height, role: 'img', 'aria-label': `${dots.length} combinations of ${along.name} and ${down.name}; the table below has them all` });
    x.ticks.forEach((v) => drawn.append(svg('line', { class: 'grid', x1: `${left(v)}%`, x2: `${left(v)}%`, y1: 0, y2: height })));
    y.ticks.forEach((v) => drawn.append(svg('line', { class: 'grid', x1: '0%', x2: '100%', y1: top(v), y2: top(v) })));
    dots.forEach((dot) => {
      const circle = svg('circle', { class: `dot${dot.isBest ? ' best' : ''}${dot.isFailed ? ' failed' : ''}`, cx: `${left(dot.along)}%`, cy: top(dot.down), r: dot.isBest ? 9 : 7, fill: dot.value === null ? 'none' : shades.of(dot.value) }, svg('title', {}, `${along.name} ${S.named(dot.along)}, ${down.name} ${S.named(dot.down)}: ${S.number(dot.value)}`));
      if (dot.key) circle.dataset.of = dot.key;
      drawn.append(circle);
    });
    const scale = el('div', { class: 'scale', 'aria-hidden': 'true' });
    const words = svg('svg', { class: 'dots ticks', height: 18 });
    x.ticks.forEach((v) => words.append(svg('text', { x: `${left(v)}%`, y: 13, 'text-anchor': 'middle' }, S.named(v))));
    scale.append(words);
    const side = svg('svg', { class: 'dots side', height, 'aria-hidden': 'true' });
    y.ticks.forEach((v) => side.append(svg('text', { x: '96%', y: top(v) + 4, 'text-anchor': 'end' }, S.named(v))));
    return el('div', { class: 'dotmap' }, el('p', { class: 'muted' }, `${down.name} \u2191, ${along.name} \u2192`), side, drawn, el('span'), scale);
  };

  /** A line a combination across its settings and its value: the better tenth stands out, the best one lies on top. */
  S.parallel = ({ axes, lines, isLowBetter, value, height = 260 }) => {
    const ends = [...axes, { name: value, values: S.inOrder(lines.filter((line) => line.value !== null).map((line) => String(line.value))) }];
    const places = ends.map((axis) => place(axis.values));
    const left = (k) => 7 + 86 * k / (ends.length - 1);
    const top = (k, v) => height - 30 - (height - 60) * places[k].share(v);
    const drawn = svg('svg', { class: 'dots parallel', height, role: 'img', 'aria-label': `${lines.length} combinations of ${axes.map((axis) => axis.name).join(', ')}, and their ${value}; the table below has them all` });
    const worstFirst = lines.filter((line) => line.value !== null).sort((one, other) => (isLowBetter ? other.value - one.value : one.value - other.value));
    worstFirst.forEach((line, k) => {
      const isGood = k >= worstFirst.length - Math.max(1, Math.round(worstFirst.length / 10));
      const group = svg('g', { class: `line${line.isBest ? ' best' : isGood ? ' good' : ''}` });
      const at = [...line.settings, String(line.value)];
      for (let i = 0; i + 1 < ends.length; i++) group.append(svg('line', { x1: `${left(i)}%`, x2: `${left(i + 1)}%`, y1: top(i, at[i]), y2: top(i + 1, at[i + 1]) }));
      if (line.key) group.dataset.of = line.key;
      drawn.append(group);
    });
    ends.forEach((axis, k) => {
      const anchor = k === 0 ? 'start' : k === ends.length - 1 ? 'end' : 'middle';
      const x = k === 0 ? '0%' : k === ends.length - 1 ? '100%' : `${left(k)}%`;
      drawn.append(svg('line', { class: 'axis', x1: `${left(k)}%`, x2: `${left(k)}%`, y1: 30, y2: height - 30 }), svg('text', { class: 'title', x, y: 14, 'text-anchor': anchor }, axis.name));
      const ticks = k === ends.length - 1 ? [axis.values[0], axis.values[axis.values.length - 1]] : places[k].ticks;
      ticks.forEach((v) => drawn.append(svg('text', { class: 'value', x: `${left(k)}%`, dx: k === ends.length - 1 ? 6 : -6, y: top(k, v) + 4, 'text-anchor': k === ends.length - 1 ? 'start' : 'end' }, S.named(v))));
    });
    return drawn;
  };

  /** A row a value of one setting: a point a run, the median and what it lies between. */
  S.strip = ({ rows, name }) => {
    const all = rows.flatMap((row) => row.values);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const isLog = low > 0 && high > FAR * low;
    const x = (v) => 2 + 96 * (high > low ? (isLog ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low)) : 0.5);
    const made = rows.map((row) => {
      const drawn = svg('svg', { class: 'track', height: 26, 'aria-hidden': 'true' });
      row.values.forEach((v, k) => drawn.append(svg('circle', { class: 'point', cx: `${x(v)}%`, cy: 13 + (k % 5 - 2) * 2.6, r: 2.4 })));
      if (row.values.length > 1) drawn.append(svg('line', { class: 'interval', x1: `${x(row.low)}%`, x2: `${x(row.high)}%`, y1: 13, y2: 13 }));
      if (row.value !== null) drawn.append(svg('circle', { class: 'whole', cx: `${x(row.value)}%`, cy: 13, r: 5 }));
      const line = el('div', { class: `row${row.isBest ? ' strong' : ''}`, role: 'listitem' }, el('span', { class: 'name' }, S.named(row.name), row.note ? el('small', {}, row.note) : ''), drawn, el('span', { class: 'value' }, row.value === null ? 'none' : S.number(row.value)));
      if (row.key) line.dataset.of = row.key;
      return line;
    });
    const axis = svg('svg', { class: 'track', height: 18 });
    [[low, 'start', '2%'], [high, 'end', '98%']].forEach(([v, anchor, at]) => { if (Number.isFinite(v)) axis.append(svg('text', { class: 'tick', x: at, y: 13, 'text-anchor': anchor }, S.number(v))); });
    return el('figure', { class: 'plot' }, el('h3', {}, name), el('div', { class: 'rows', role: 'list' }, ...made), el('div', { class: 'row axis', 'aria-hidden': 'true' }, el('span'), axis, el('span')));
  };
})();

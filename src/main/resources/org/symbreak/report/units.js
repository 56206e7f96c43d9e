'use strict';
/* How a report draws layers of many units and of many inputs: the units in an order, their weights as a map. */
(() => {
  const S = Symbreak;
  const MOST_INPUTS = 40;

  /** A run's card: its name, how many of its units differ, and that in words. */
  S.card = (name) => {
    const { el } = S;
    const count = el('b');
    const of = el('span');
    const counter = el('p', { class: 'counter' }, el('code', {}, name), count, of);
    const words = el('p');
    const detail = el('p', { class: 'muted' });
    const box = el('article', { class: 'card', 'aria-label': `units from ${name}` }, counter, words, detail);
    /* Of a layer at a moment; without a hidden layer there is nothing that could be symmetric. */
    const tell = (layer, frame, first, tolerance, distinct, where = '') => {
      count.textContent = layer ? distinct : '';
      of.textContent = layer ? ` of ${layer.units} distinct${where}` : 'No hidden layer';
      words.textContent = layer ? S.alike(layer, frame, first, tolerance) : 'Logistic regression: nothing that could be symmetric.';
    };
    return { box, counter, words, detail, tell };
  };

  /** From the first to the last length of a layer's weights over a film: where they are more than 100 times apart, a logarithmic scale from the shortest that counts. */
  S.lengths = (layer, frames, counts) => {
    const all = frames.map((frame) => {
      const w = S.decodeLayer(frame).weights;
      const length = w.length / layer.shown.length;
      return layer.shown.map((_, i) => Math.hypot(...w.subarray(i * length, (i + 1) * length - 1)));
    });
    const longest = Math.max(...all.flat());
    const shortest = Math.min(...all[counts].filter((v) => v > 0));
    return { longest, from: longest > 100 * shortest && Number.isFinite(shortest) ? shortest / 2 : 0 };
  };

  /** A share of [0, 1] in per cent, as the page's text has it. */
  S.share = (value) => (value === null || value === undefined ? '\u2013' : `${(100 * value).toFixed(1)} %`);

  /**
   * What the units are by now, in words, by the first frame: units that began as one and are apart by their last digits are another thing than units that learned
   * the same.
   */
  S.alike = (layer, frame, first, tolerance) => {
    const n = layer.units;
    const within = `${S.number(tolerance)} of the layer\u2019s largest weight`;
    if (n === 1) return 'One hidden unit: nothing to be equal to.';
    if (frame.distinct === 1) return `Identical bit for bit: ${n} units do the work of one.`;
    const pairs = (now, then) => {
      const count = [0, 0];
      const d = S.decodeLayer(frame);
      const before = S.decodeLayer(first);
      for (let i = 0; i < layer.shown.length; i++) for (let j = 0; j < i; j++) if (now(d, i, j)) count[then(before, i, j) ? 0 : 1]++;
      return count;
    };
    const [begun, grown] = pairs((d, i, j) => d.near[i] === d.near[j] && d.groups[i] !== d.groups[j], (d, i, j) => d.groups[i] === d.groups[j]);
    const how = grown === 0 ? 'they began equal, and their last digits have parted' : begun === 0 ? 'they began different, and have grown alike' : 'some began equal, others have grown alike';
    if (frame.near === 1) return `To within ${within} all ${n} units are one: ${how}.`;
    const repeated = frame.distinct < n ? `${n - frame.distinct} of ${n} units repeat another one bit for bit` : 'No two units are equal bit for bit';
    if (frame.near < frame.distinct) return `${repeated}; to within ${within} they are ${frame.near} different ones: ${begun + grown ? how : 'the pairs are not among the units shown'}.`;
    return `${repeated}.`;
  };

  /**
   * Units in the order in which they are drawn, fixed for a film: a tree of the most similar ones (average linkage of their cosines on the frame that counts; units that are
   * ever equal first), its leaves from left to right with the more similar ends together.
   */
  S.unitOrder = (layer, frames, counts) => {
    const n = layer.shown.length;
    const all = frames.map(S.decodeLayer);
    const cos = S.cosines(layer, frames[counts]);
    const similar = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let together = 0;
        for (const d of all) together += d.groups[i] === d.groups[j] ? 2 : d.near[i] === d.near[j] ? 1 : 0;
        similar[i * n + j] = 10 * together + cos[i * n + j];
      }
    }
    const clusters = Array.from({ length: n }, (_, i) => [i]);
    const between = similar.slice();
    const live = new Set(clusters.keys());
    while (live.size > 1) {
      let best = [-1, -1];
      let value = -Infinity;
      for (const a of live) for (const b of live) if (a < b && between[a * n + b] > value) { value = between[a * n + b]; best = [a, b]; }
      const [a, b] = best;
      const left = clusters[a];
      const right = clusters[b];
      const ends = (l, r) => similar[l[l.length - 1] * n + r[0]];
      const choices = [[left, right], [left, right.slice().reverse()], [left.slice().reverse(), right], [left.slice().reverse(), right.slice().reverse()]];
      choices.sort((one, other) => ends(...other) - ends(...one));
      for (const c of live) {
        const mean = (left.length * between[a * n + c] + right.length * between[b * n + c]) / (left.length + right.length);
        between[a * n + c] = mean;
        between[c * n + a] = mean;
      }
      clusters[a] = choices[0].flat();
      live.delete(b);
    }
    return clusters[live.values().next().value];
  };

  /**
   * Which inputs a map of weights has, and the weight at which colours are full: the largest of the frame that counts, of the film where that has none but zeros.
   *
   * @returns {{ inputs: number[], of: number, largest: number, isOfFilm: boolean }} inputs in their own order
   */
  S.weightScale = (layer, frames, counts) => {
    const length = S.decodeLayer(frames[0]).weights.length / layer.shown.length;
    const largestOf = (some) => {
      let largest = 0;
      some.forEach((frame) => S.decodeLayer(frame).weights.forEach((v, k) => { if (k % length < length - 1) largest = Math.max(largest, Math.abs(v)); }));
      return largest;
    };
    const kept = largestOf([frames[counts]]);
    const largest = kept || largestOf(frames);
    const squares = new Float64Array(length - 1);
    const w = S.decodeLayer(frames[counts]).weights;
    for (let k = 0; k < w.length; k++) if (k % length < length - 1) squares[k % length] += w[k] ** 2;
    const inputs = Array.from(squares.keys()).sort((a, b) => squares[b] - squares[a] || a - b).slice(0, MOST_INPUTS).sort((a, b) => a - b);
    return { inputs, of: length - 1, largest, isOfFilm: kept === 0, length };
  };

  const LINE = 18;
  const MOST_LINE = 48;
  const TOP = 20;
  S.weightMapHeight = (scale) => TOP + scale.inputs.length * Math.min(MOST_LINE, Math.max(LINE, 300 / scale.inputs.length)) + 4;

  const mixed = (from, to, share) => `rgb(${from.map((v, k) => Math.round(v + (to[k] - v) * share)).join(',')})`;
  const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const shortened = (g, text, width) => {
    if (g.measureText(text).width <= width) return text;
    let cut = text;
    while (cut.length > 1 && g.measureText(`${cut}\u2026`).width > width) cut = cut.slice(0, -1);
    return `${cut}\u2026`;
  };

  /**
   * Weights of all units: a line an input, a column a unit; equal units under one bracket.
   *
   * @returns what lies under a point of the canvas: { unit, input } as indices, or null
   */
  S.weightMap = (canvas, layer, frame, sequence, scale, names, highlight) => {
    const { g, width, height } = S.fit(canvas);
    const c = S.colours();
    const d = S.decodeLayer(frame);
    const n = sequence.length;
    g.font = '12px system-ui, sans-serif';
    const named = Math.min(width * 0.42, 6 + Math.max(...scale.inputs.map((i) => g.measureText(names(i)).width)));
    const line = Math.min((height - TOP - 4) / scale.inputs.length, MOST_LINE);
    const cell = (width - named - 1) / n;
    const [cold, warm, none] = [rgb(c.class0), rgb(c.class1), rgb(c.panel)];
    scale.inputs.forEach((input, row) => {
      const y = TOP + row * line;
      g.fillStyle = c.ink;
      g.textAlign = 'right';
      g.textBaseline = 'middle';
      g.fillText(shortened(g, names(input), named - 6), named - 6, y + line / 2);
      sequence.forEach((unit, column) => {
        const w = d.weights[unit * scale.length + input];
        g.fillStyle = mixed(none, w < 0 ? cold : warm, scale.largest > 0 ? Math.min(1, Math.abs(w) / scale.largest) : 0);
        g.fillRect(named + column * cell, y, Math.max(cell - (cell > 6 ? 1 : 0), 0.5), line - (line > 8 ? 1 : 0));
      });
    });
    for (let from = 0; from < n;) {
      let to = from + 1;
      while (to < n && d.groups[sequence[to]] === d.groups[sequence[from]]) to++;
      if (to - from > 1) {
        const [left, right] = [named + from * cell, named + to * cell - 1];
        g.fillStyle = c.same;
        g.fillRect(left, TOP - 5, right - left, 3);
        g.textAlign = 'center';
        g.textBaseline = 'alphabetic';
        g.font = '700 12px system-ui, sans-serif';
        if (right - left > 24) g.fillText(`same \u00d7${d.sizes[sequence[from]]}`.slice(right - left > 60 ? 0 : 5), (left + right) / 2, TOP - 8);
        g.font = '12px system-ui, sans-serif';
      }
      from = to;
    }
    const at = sequence.indexOf(highlight);
    if (at >= 0) {
      g.strokeStyle = c.ink;
      g.lineWidth = 2;
      g.strokeRect(named + at * cell, TOP - 1, cell - 1, line * scale.inputs.length);
    }
    return (x, y) => {
      const column = Math.floor((x - named) / cell);
      const row = Math.floor((y - TOP) / line);
      return column >= 0 && column < n && row >= 0 && row < scale.inputs.length ? { unit: sequence[column], input: scale.inputs[row] } : null;
    };
  };
})();

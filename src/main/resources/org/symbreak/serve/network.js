/* The network as the control: inputs, every unit as the map of what it computes over the plane, every weight as a line, the output. Units that are equal are one
   tile; a click on a tile opens what can be changed by hand, a weight's line is dragged up and down. */
import { S, el, number } from './state.js';

const SVG = 'http://www.w3.org/2000/svg';
const PIXELS = 100; // by which a line is dragged for the largest weight's size, or for 1 where all are small

/* The largest weight of each layer, of one run's frame. */
export const sizes = (frame, output) => [...frame.layers.map((layer) => S.decodeLayer(layer).weights), output || []].map((weights) => { let most = 0; for (const w of weights) most = Math.max(most, Math.abs(w)); return most; });

/* choose opens a unit, set changes a weight; both null where nothing can be changed. */
export const network = (host, history, output, { choose, set }) => {
  const FUNCTIONS = {
    sigmoid: (z) => 1 / (1 + Math.exp(-z)), tanh: Math.tanh, relu: (z) => Math.max(0, z), leakyrelu: (z) => (z > 0 ? z : 0.01 * z),
    elu: (z) => (z > 0 ? z : Math.expm1(z)), softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), identity: (z) => z,
  };
  const SIDE = 24; // cells of a tile's map
  const MOST_TILES = 8; // of a column; wider layers show their largest groups
  const MOST_WORK = 400000; // products of a frame's maps
  const GAP = 6;

  const layers = history.layers;
  const whole = layers.every((layer) => layer.shown.length === layer.units);
  const functions = layers.map((_, i) => FUNCTIONS[history.activations[i].toLowerCase()]);
  const products = history.sizes.reduce((sum, size, i) => sum + (i ? size * history.sizes[i - 1] : 0), 0);
  const maps = history.points.side > 0 && whole && functions.every(Boolean) && products * SIDE * SIDE <= MOST_WORK;

  const lines = document.createElementNS(SVG, 'svg');
  lines.setAttribute('class', set ? 'weights movable' : 'weights');
  lines.setAttribute('aria-hidden', 'true');
  const inputs = el('div', { class: 'column inputs' });
  const most = 6;
  history.inputs.slice(0, most).forEach((name) => inputs.append(el('span', { class: 'input', title: name }, name)));
  if (history.inputs.length > most) inputs.append(el('span', { class: 'muted' }, `+${history.inputs.length - most}`));
  const columns = layers.map(() => el('div', { class: 'column' }));
  const last = el('div', { class: 'column output' }, output);
  const stage = el('div', { class: layers.length > 2 ? 'network deep' : 'network' }, lines, inputs, ...columns, last);
  const legend = el('p', { class: 'muted legend' });
  const hint = el('output', { class: 'weight-hint', hidden: '' });
  stage.append(hint);
  host.replaceChildren(stage, legend);

  /* What each unit gives at each cell: units of a layer by cells. */
  const compute = (decoded) => {
    const [x0, x1, y0, y1] = history.points.bounds;
    let before = [new Float32Array(SIDE * SIDE), new Float32Array(SIDE * SIDE)];
    for (let i = 0; i < SIDE; i++) for (let j = 0; j < SIDE; j++) {
      before[0][i * SIDE + j] = x0 + (j + 0.5) / SIDE * (x1 - x0);
      before[1][i * SIDE + j] = y1 - (i + 0.5) / SIDE * (y1 - y0);
    }
    return decoded.map((layer, l) => {
      const units = layers[l].units;
      const fanIn = before.length;
      const out = Array.from({ length: units }, (_, u) => {
        const at = u * (fanIn + 1);
        const values = new Float32Array(SIDE * SIDE).fill(layer.weights[at + fanIn]);
        for (let k = 0; k < fanIn; k++) { const w = layer.weights[at + k]; if (w) for (let c = 0; c < values.length; c++) values[c] += w * before[k][c]; }
        for (let c = 0; c < values.length; c++) values[c] = functions[l](values[c]);
        return values;
      });
      before = out;
      return out;
    });
  };

  /* A layer's groups of equal units, the largest first where there are too many to show. */
  const groupsOf = (decoded) => {
    const seen = new Map();
    decoded.groups.forEach((group, i) => { if (!seen.has(group)) seen.set(group, []); seen.get(group).push(i); });
    const all = [...seen.values()];
    const shown = all.length > MOST_TILES ? [...all].sort((a, b) => b.length - a.length).slice(0, MOST_TILES) : all;
    return { shown, hidden: all.length - shown.length };
  };

  const paint = (canvas, values, c) => {
    canvas.width = SIDE;
    canvas.height = SIDE;
    const g = canvas.getContext('2d');
    const data = g.createImageData(SIDE, SIDE);
    let size = 0;
    for (const v of values) size = Math.max(size, Math.abs(v));
    for (let i = 0; i < values.length; i++) {
      const [r, gr, b] = c.fieldTable[Math.round(127.5 * (1 + (size > 0 ? values[i] / Math.max(size, 1e-30) : 0)))];
      data.data.set([r, gr, b, 255], 4 * i);
    }
    g.putImageData(data, 0, 0);
  };
  /* More inputs than two: the weights as bars, in the inputs' order. */
  const bars = (canvas, weights, c) => {
    const n = weights.length;
    canvas.width = 48;
    canvas.height = 48;
    const g = canvas.getContext('2d');
    g.fillStyle = c.panel;
    g.fillRect(0, 0, 48, 48);
    let size = 0;
    for (const w of weights) size = Math.max(size, Math.abs(w));
    for (let k = 0; k < n && size > 0; k++) {
      const h = 22 * weights[k] / size;
      g.fillStyle = weights[k] > 0 ? c.class1 : c.class0;
      g.fillRect(k * 48 / n, h > 0 ? 24 - h : 24, Math.max(1, 48 / n - 0.5), Math.abs(h));
    }
  };

  let tiles = [];
  const rebuild = (groups) => {
    tiles = groups.map(({ shown, hidden }, l) => {
      columns[l].replaceChildren();
      columns[l].style.setProperty('--tile', `${Math.min(layers.length <= 2 ? 48 : layers.length <= 4 ? 30 : 20, shown.length <= 4 ? 48 : shown.length <= 6 ? 40 : 32)}px`);
      const made = shown.map((members) => {
        const canvas = el('canvas', { 'aria-hidden': 'true' });
        const badge = el('b', { class: 'times' }, members.length > 1 ? `\u00d7${members.length}` : '');
        const tile = el('button', { type: 'button', class: members.length > 1 ? 'tile stacked' : 'tile' }, canvas, badge);
        tile.addEventListener('click', () => { if (choose) choose({ layer: l, members }); });
        columns[l].append(tile);
        return { tile, canvas, members };
      });
      if (hidden) columns[l].append(el('span', { class: 'muted' }, `+${hidden} more`));
      return made;
    });
  };

  let drawnGroups = '';
  const draw = (frame, ofOutput, scale) => {
    const c = S.colours();
    const decoded = frame.layers.map(S.decodeLayer);
    const groups = decoded.map(groupsOf);
    const key = JSON.stringify(groups.map((g) => g.shown));
    if (key !== drawnGroups) { rebuild(groups); drawnGroups = key; }
    const values = maps ? compute(decoded) : null;
    tiles.forEach((column, l) => column.forEach(({ tile, canvas, members }) => {
      const unit = members[0];
      const fanIn = decoded[l].weights.length / layers[l].shown.length - 1;
      if (values) paint(canvas, values[l][unit], c); else bars(canvas, decoded[l].weights.subarray(unit * (fanIn + 1), unit * (fanIn + 1) + fanIn), c);
      const words = decoded[l].dead[unit] ? 'dead' : decoded[l].saturated[unit] > 127 ? 'saturated' : '';
      tile.classList.toggle('dead', words === 'dead');
      tile.classList.toggle('saturated', words === 'saturated');
      const name = members.length > 1 ? `${members.length} equal units` : `unit ${layers[l].shown[unit] + 1}`;
      tile.setAttribute('aria-label', `layer ${l + 1}, ${name}${words ? `, ${words}` : ''}`);
      tile.title = `layer ${l + 1}, ${name}: ${[...decoded[l].weights.subarray(unit * (fanIn + 1), (unit + 1) * (fanIn + 1))].slice(0, 6).map((w) => number(w)).join(', ')}`;
    }));
    const dead = tiles.flat().filter(({ tile }) => tile.classList.contains('dead')).length;
    const saturated = tiles.flat().filter(({ tile }) => tile.classList.contains('saturated')).length;
    legend.textContent = [saturated ? 'Hatched: saturated, flat for most rows.' : '', dead ? 'Grey: dead, never active on these rows.' : ''].filter(Boolean).join(' ');
    connect(decoded, ofOutput, c, scale);
  };

  /* The weight under the pointer, in words; and, while its line is dragged, what it would become. */
  let dragged = null;
  const place = (event, text) => {
    const box = stage.getBoundingClientRect();
    hint.textContent = text;
    hint.hidden = false;
    hint.style.left = `${Math.min(event.clientX - box.left, box.width - 120)}px`;
    hint.style.top = `${event.clientY - box.top - 26}px`;
  };
  const dragTo = (event) => dragged.weight.value + (dragged.y - event.clientY) * Math.max(dragged.weight.largest, 1) / PIXELS;
  lines.addEventListener('pointermove', (event) => {
    if (dragged) { place(event, `${dragged.weight.words}: ${number(dragTo(event))}`); return; }
    const weight = event.target.weight;
    if (weight) place(event, `${weight.words}: ${number(weight.value)}`); else hint.hidden = true;
  });
  lines.addEventListener('pointerleave', () => { if (!dragged) hint.hidden = true; });
  lines.addEventListener('pointerdown', (event) => {
    if (!set || !event.target.weight) return;
    dragged = { weight: { ...event.target.weight }, y: event.clientY };
    lines.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  lines.addEventListener('pointerup', (event) => {
    if (!dragged) return;
    const { weight } = dragged;
    const value = dragTo(event);
    dragged = null;
    hint.hidden = true;
    if (value !== weight.value) set({ layer: weight.layer, unit: weight.unit, input: weight.input, value: String(Number(value.toPrecision(4))) });
  });
  lines.addEventListener('pointercancel', () => { dragged = null; hint.hidden = true; });

  const middle = (node, side) => {
    const box = node.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    return [(side > 0 ? box.right : box.left) - frame.left, (box.top + box.bottom) / 2 - frame.top];
  };
  /* Width by size, on one scale a layer that both runs share; orange adds to class 1, blue to class 0. */
  const connect = (decoded, ofOutput, c, scale) => {
    const box = stage.getBoundingClientRect();
    lines.setAttribute('viewBox', `0 0 ${Math.round(box.width)} ${Math.round(box.height)}`);
    const named = [...inputs.querySelectorAll('.input')];
    const parts = [];
    const add = (from, to, weight) => parts.push({ from, to, weight });
    tiles.forEach((column, l) => {
      const length = decoded[l].weights.length / layers[l].shown.length;
      const sources = l ? tiles[l - 1].map(({ tile, members }) => ({ at: middle(tile, 1), index: members[0], name: `unit ${layers[l - 1].shown[members[0]] + 1}` })) : named.map((node, k) => ({ at: middle(node, 1), index: k, name: history.inputs[k] }));
      column.forEach(({ tile, members }) => sources.forEach(({ at, index, name }) => {
        const unit = layers[l].shown[members[0]];
        add(at, middle(tile, -1), { value: decoded[l].weights[members[0] * length + index], largest: scale[l], layer: l, unit, input: index, words: `${name} to unit ${unit + 1}` });
      }));
    });
    if (tiles.length && ofOutput) {
      tiles[tiles.length - 1].forEach(({ tile, members }) => {
        const unit = layers[layers.length - 1].shown[members[0]];
        add(middle(tile, 1), middle(output, -1), { value: ofOutput[unit], largest: scale[layers.length], layer: layers.length, unit: 0, input: unit, words: `unit ${unit + 1} to the output` });
      });
    }
    while (lines.childNodes.length < parts.length) lines.append(document.createElementNS(SVG, 'path'));
    while (lines.childNodes.length > parts.length) lines.lastChild.remove();
    parts.forEach(({ from, to, weight }, i) => {
      const path = lines.childNodes[i];
      const bend = (to[0] - from[0]) / 2;
      path.setAttribute('d', `M${from[0]},${from[1]} C${from[0] + bend},${from[1]} ${to[0] - bend},${to[1]} ${to[0]},${to[1]}`);
      path.setAttribute('stroke', weight.value === 0 ? c.edge : weight.value > 0 ? c.class1 : c.class0);
      path.setAttribute('stroke-width', weight.value === 0 ? '1' : (0.6 + 5 * Math.abs(weight.value) / Math.max(weight.largest, 1e-30)).toFixed(2));
      path.setAttribute('stroke-dasharray', weight.value === 0 ? '3 4' : '');
      path.weight = weight;
    });
  };
  return { draw };
};

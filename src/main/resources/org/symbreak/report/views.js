'use strict';
/* What the report and the live page draw: unit map, plane, histogram, deck, charts. A frame here is a frame of a run's history. */
const Symbreak = (() => {
  const bytes = (text) => {
    const raw = atob(text || '');
    const out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  };
  const uint16 = (text) => new Uint16Array(bytes(text).buffer);
  const float32 = (text) => new Float32Array(bytes(text).buffer);

  /* ---- elements, with text as text ---- */
  const el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => { if (key === 'class') node.className = value; else node.setAttribute(key, value); });
    children.forEach((child) => node.append(child));
    return node;
  };

  /* ---- colours: whatever the style sheet says now ---- */
  const probe = document.createElement('i');
  const css = (name) => {
    document.documentElement.append(probe);
    probe.style.color = `var(${name})`;
    const parts = getComputedStyle(probe).color.match(/\d+/g).map(Number);
    probe.remove();
    return `#${parts.slice(0, 3).map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  const list = (name, count) => Array.from({ length: count }, (_, i) => css(`${name}${i}`));
  const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const ramp = (stops, t) => {
    const x = Math.min(Math.max(t, 0), 1) * (stops.length - 1);
    const i = Math.min(Math.floor(x), stops.length - 2);
    return stops[i].map((c, k) => Math.round(c + (stops[i + 1][k] - c) * (x - i)));
  };
  let theme = null;
  const colours = () => {
    if (!theme) {
      theme = {
        paper: css('--paper'), panel: css('--panel'), grid: css('--grid'), ink: css('--ink'), muted: css('--muted'),
        same: css('--same'), onSame: css('--on-same'), class0: css('--class0'), class1: css('--class1'), edge: css('--edge'), fails: css('--fails'),
        focus: css('--focus'), cos: list('--cos', 9).map(rgb), field: list('--field', 3).map(rgb), series: list('--series', 6),
      };
      theme.cosTable = Array.from({ length: 256 }, (_, i) => ramp(theme.cos, i / 255));
      theme.fieldTable = Array.from({ length: 256 }, (_, i) => ramp(theme.field, i / 255));
    }
    return theme;
  };
  const forgetColours = () => { theme = null; };
  const family = (name) => {
    const order = { zeros: 0, constant: 0, gaussian: 1, uniform: 2, glorot: 3, xavier: 3, lecun: 3, he: 4 };
    const key = String(name).split(/[:/-]/)[0];
    return key in order ? order[key] : 5;
  };

  /* ---- words ---- */
  const minus = (text) => text.replace(/-/g, '\u2212');
  const english = new Intl.NumberFormat('en');
  const wide = (value) => english.format(value);
  const superscript = (n) => String(n).replace(/-/g, '\u207b').replace(/\d/g, (d) => '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079'[d]);
  const number = (value, digits = 3) => {
    if (value === null || value === undefined || Number.isNaN(value)) return '\u2013';
    if (value === 0) return '0';
    const size = Math.abs(value);
    if (size < 1e-3 || size >= 1e6) {
      const [m, e] = value.toExponential(digits - 1).split('e');
      return `${minus(m)} \u00d7 10${superscript(Number(e))}`;
    }
    return minus(Number.isInteger(value) ? String(value) : value.toPrecision(digits));
  };

  /* ---- canvas ---- */
  const fit = (canvas) => {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const width = canvas.clientWidth || 200;
    const height = canvas.clientHeight || width;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const g = canvas.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    return { g, width, height };
  };
  const scratch = document.createElement('canvas');
  const image = (g, side, paint, width, height) => {
    scratch.width = side;
    scratch.height = side;
    const s = scratch.getContext('2d');
    const data = s.createImageData(side, side);
    paint(data.data);
    s.putImageData(data, 0, 0);
    g.drawImage(scratch, 0, 0, side, side, 0, 0, width, height);
  };

  /* ---- a layer's frames, decoded once ---- */
  const decodeLayer = (frame) => {
    if (!frame.decoded) {
      frame.decoded = {
        groups: uint16(frame.groups), near: uint16(frame.nearGroups), sizes: uint16(frame.sizes),
        weights: float32(frame.weights), histogram: bytes(frame.histogram),
        saturated: bytes(frame.unitSaturated), dead: bytes(frame.unitDead),
      };
    }
    return frame.decoded;
  };
  const fanIn = (layer, decoded) => decoded.weights.length / layer.shown.length - 1;
  const cosines = (layer, frame) => {
    const d = decodeLayer(frame);
    if (d.cosines) return d.cosines;
    const n = layer.shown.length;
    const length = fanIn(layer, d) + 1;
    const out = new Float32Array(n * n).fill(NaN);
    const norms = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let k = 0; k < length - 1; k++) norms[i] += d.weights[i * length + k] ** 2;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let dot = 0;
        for (let k = 0; k < length - 1; k++) dot += d.weights[i * length + k] * d.weights[j * length + k];
        const both = Math.sqrt(norms[i] * norms[j]);
        out[i * n + j] = out[j * n + i] = d.groups[i] === d.groups[j] ? 1 : both > 0 ? Math.max(-1, Math.min(1, dot / both)) : 0;
      }
    }
    d.cosines = out;
    return out;
  };
  /* ---- unit map: equality is a block, similarity a colour ---- */
  const unitMap = (canvas, layer, frame, sequence, highlight = -1) => {
    const { g, width, height } = fit(canvas);
    const c = colours();
    const d = decodeLayer(frame);
    const cos = cosines(layer, frame);
    const n = sequence.length;
    const cell = Math.min(width, height) / n;
    const gap = cell >= 8 ? 1 : 0;
    if (n >= 32) {
      g.imageSmoothingEnabled = false;
      image(g, n, (pixels) => {
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
          const [r, gr, b] = c.cosTable[Math.round((cos[sequence[i] * n + sequence[j]] + 1) * 127.5)];
          pixels.set([r, gr, b, 255], 4 * (i * n + j));
        }
      }, cell * n, cell * n);
    } else {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
        const value = cos[sequence[i] * n + sequence[j]];
        const [r, gr, b] = c.cosTable[Math.round((value + 1) * 127.5)];
        g.fillStyle = `rgb(${r},${gr},${b})`;
        g.fillRect(j * cell + gap / 2, i * cell + gap / 2, cell - gap, cell - gap);
        if (cell >= 40 && i !== j) {
          g.fillStyle = Math.abs(value) > 0.6 ? (c.paper === '#ffffff' ? '#ffffff' : '#14171b') : c.ink;
          g.font = `600 ${cell >= 52 ? 14 : 12}px system-ui, sans-serif`;
          g.textAlign = 'center';
          g.textBaseline = 'middle';
          g.fillText(minus(value.toFixed(2)).replace(/^\u2212(0\.00)$/, '$1'), (j + 0.5) * cell, (i + 0.5) * cell);
        }
      }
    }
    runs(sequence, d.near).forEach(([from, to]) => { if (to - from > 1) hatch(g, from * cell, from * cell, (to - from) * cell, c); });
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      if (i !== j && d.groups[sequence[i]] === d.groups[sequence[j]]) { g.fillStyle = c.same; g.fillRect(j * cell, i * cell, cell + 0.5, cell + 0.5); }
    }
    runs(sequence, d.groups).forEach(([from, to]) => {
      const size = (to - from) * cell;
      const inset = to - from === 1 ? gap / 2 : 0;
      g.fillStyle = c.same;
      g.fillRect(from * cell + inset, from * cell + inset, size - 2 * inset, size - 2 * inset);
      if (to - from > 1 && size >= 24) {
        const text = size >= 90 ? `same \u00d7${d.sizes[sequence[from]]}` : `\u00d7${d.sizes[sequence[from]]}`;
        g.fillStyle = c.onSame;
        g.font = `700 ${Math.max(12, Math.min(30, size / 6))}px system-ui, sans-serif`;
        g.textAlign = 'center';
        g.textBaseline = 'middle';
        g.fillText(text, (from + to) / 2 * cell, (from + to) / 2 * cell);
      }
    });
    if (highlight >= 0) {
      const at = sequence.indexOf(highlight);
      g.strokeStyle = c.focus;
      g.lineWidth = 2;
      g.strokeRect(1, at * cell + 1, n * cell - 2, cell - 2);
      g.strokeRect(at * cell + 1, 1, cell - 2, n * cell - 2);
    }
  };
  const runs = (sequence, groups) => {
    const out = [];
    for (let from = 0; from < sequence.length;) {
      let to = from + 1;
      while (to < sequence.length && groups[sequence[to]] === groups[sequence[from]]) to++;
      out.push([from, to]);
      from = to;
    }
    return out;
  };
  const hatch = (g, x, y, size, c) => {
    g.save();
    g.beginPath();
    g.rect(x, y, size, size);
    g.clip();
    g.fillStyle = c.same;
    g.fillRect(x, y, size, size);
    g.strokeStyle = c.paper;
    g.lineWidth = 1;
    g.beginPath();
    for (let k = -size; k < size; k += 6) { g.moveTo(x + k, y + size); g.lineTo(x + k + size, y); }
    g.stroke();
    g.restore();
  };

  /* ---- unit strip: one row a unit: length of its weights, share saturated, dead ---- */
  /* lengths: { longest, from }, from 0 on a plain scale, else on a logarithmic one from there. */
  const unitStrip = (canvas, layer, frame, sequence, { longest, from }) => {
    const { g, width, height } = fit(canvas);
    const c = colours();
    const d = decodeLayer(frame);
    const length = fanIn(layer, d) + 1;
    const cell = height / sequence.length;
    sequence.forEach((unit, i) => {
      let norm = 0;
      for (let k = 0; k < length - 1; k++) norm += d.weights[unit * length + k] ** 2;
      norm = Math.sqrt(norm);
      const share = from > 0 ? Math.log(norm / from) / Math.log(longest / from) : norm / longest;
      const bar = longest > 0 ? Math.max(norm > 0 ? 1.5 : 0, width * Math.min(1, share)) : 0;
      const thick = Math.max(1, Math.min(cell - 1, 12));
      const y = (i + 0.5) * cell - thick / 2;
      g.fillStyle = c.edge;
      g.fillRect(0, y, bar, thick);
      if (d.saturated[unit] > 0) {
        g.fillStyle = c.fails;
        g.fillRect(0, y, bar * d.saturated[unit] / 255, thick);
      }
      if (d.dead[unit]) {
        g.strokeStyle = c.ink;
        g.lineWidth = 1.5;
        g.beginPath();
        g.moveTo(width - 9, y); g.lineTo(width - 1, y + thick);
        g.moveTo(width - 1, y); g.lineTo(width - 9, y + thick);
        g.stroke();
      }
    });
  };

  /* ---- the plane: probability field, rows, the units' lines and arrows ---- */
  /* others: further points and what is said of them, drawn hollow. */
  const planeView = (canvas, history, frame, layerFrame, others = null) => {
    const { g, width, height } = fit(canvas);
    const c = colours();
    const [x0, x1, y0, y1] = history.points.bounds;
    const px = (x) => (x - x0) / (x1 - x0) * width;
    const py = (y) => height - (y - y0) / (y1 - y0) * height;
    const side = history.points.side;
    if (side) {
      if (!frame.cells) frame.cells = bytes(frame.field);
      g.imageSmoothingEnabled = true;
      image(g, side, (pixels) => {
        for (let i = 0; i < side; i++) for (let j = 0; j < side; j++) {
          const [r, gr, b] = c.fieldTable[frame.cells[(side - 1 - i) * side + j]];
          pixels.set([r, gr, b, 255], 4 * (i * side + j));
        }
      }, width, height);
    }
    if (!frame.calls) frame.calls = bytes(frame.probabilities);
    points(g, history.points, frame.calls, px, py, c, side > 0 ? 'plain' : 'wrong');
    if (others) points(g, others.points, bytes(others.calls), px, py, c, 'hollow');
    if (side && layerFrame && history.layers.length) lines(g, history.layers[0], layerFrame, px, py, width, height, c);
  };
  /* plain, hollow, or hollow where they are called wrongly. */
  const points = (g, some, calls, px, py, c, how) => {
    if (!some.decoded) some.decoded = { at: float32(some.coordinates), labels: bytes(some.labels) };
    const { at, labels } = some.decoded;
    const r = 3;
    for (let i = 0; i < labels.length; i++) {
      const x = px(at[2 * i]);
      const y = py(at[2 * i + 1]);
      const wrong = (calls[i] >= 128 ? 1 : 0) !== labels[i];
      g.beginPath();
      if (labels[i]) g.rect(x - r, y - r, 2 * r, 2 * r); else g.arc(x, y, r, 0, 7);
      g.fillStyle = labels[i] ? c.class1 : c.class0;
      g.strokeStyle = c.paper;
      g.lineWidth = 1;
      if (how === 'hollow' || (how === 'wrong' && wrong)) { g.fillStyle = c.paper; g.strokeStyle = labels[i] ? c.class1 : c.class0; g.lineWidth = 2; }
      g.fill();
      g.stroke();
    }
  };
  const lines = (g, layer, frame, px, py, width, height, c) => {
    const d = decodeLayer(frame);
    const seen = new Map();
    for (let i = 0; i < layer.shown.length; i++) if (!seen.has(d.groups[i])) seen.set(d.groups[i], i);
    const few = seen.size <= 8;
    let longest = 0;
    seen.forEach((i) => { longest = Math.max(longest, Math.hypot(d.weights[3 * i], d.weights[3 * i + 1])); });
    seen.forEach((i) => {
      const [w1, w2, b] = [d.weights[3 * i], d.weights[3 * i + 1], d.weights[3 * i + 2]];
      const count = d.sizes[i];
      const norm = Math.hypot(w1, w2);
      if (norm === 0) {
        ring(g, px(0), py(0), `w = 0, \u00d7${count}`, c);
        return;
      }
      const foot = [-b * w1 / norm ** 2, -b * w2 / norm ** 2];
      const far = 1e3;
      const p = [px(foot[0] - far * w2 / norm), py(foot[1] + far * w1 / norm)];
      const q = [px(foot[0] + far * w2 / norm), py(foot[1] - far * w1 / norm)];
      const thick = count > 1 ? Math.min(9, 2.5 + 1.4 * Math.log2(count)) : 1.8;
      stroke(g, p, q, thick + 2.5, c.paper);
      stroke(g, p, q, thick, c.ink);
      const at = [Math.min(Math.max(px(foot[0]), 14), width - 14), Math.min(Math.max(py(foot[1]), 14), height - 14)];
      const length = few ? 12 + 40 * norm / longest : 6;
      const scale = Math.hypot(width, height) / Math.SQRT2;
      const tip = [at[0] + length * w1 / norm * width / scale, at[1] - length * w2 / norm * height / scale];
      stroke(g, at, tip, 4, c.paper);
      stroke(g, at, tip, 1.8, c.ink);
      if (few) arrowHead(g, at, tip, c.ink);
      if (count > 1) badge(g, at[0], at[1], `\u00d7${count}`, c);
    });
  };
  const stroke = (g, p, q, width, colour) => {
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.beginPath();
    g.moveTo(p[0], p[1]);
    g.lineTo(q[0], q[1]);
    g.stroke();
  };
  const arrowHead = (g, from, to, colour) => {
    const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    g.fillStyle = colour;
    g.beginPath();
    g.moveTo(to[0] + 6 * Math.cos(angle), to[1] + 6 * Math.sin(angle));
    g.lineTo(to[0] + 5 * Math.cos(angle + 2.2), to[1] + 5 * Math.sin(angle + 2.2));
    g.lineTo(to[0] + 5 * Math.cos(angle - 2.2), to[1] + 5 * Math.sin(angle - 2.2));
    g.fill();
  };
  const badge = (g, x, y, text, c) => {
    g.font = '700 13px system-ui, sans-serif';
    const w = g.measureText(text).width + 12;
    g.fillStyle = c.same;
    g.beginPath();
    g.roundRect(x - w / 2, y - 10, w, 20, 10);
    g.fill();
    g.fillStyle = c.onSame;
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    g.fillText(text, x, y + 0.5);
  };
  const ring = (g, x, y, text, c) => {
    g.strokeStyle = c.paper;
    g.lineWidth = 5;
    g.beginPath();
    g.arc(x, y, 9, 0, 7);
    g.stroke();
    g.strokeStyle = c.ink;
    g.lineWidth = 2.5;
    g.beginPath();
    g.arc(x, y, 9, 0, 7);
    g.stroke();
    badge(g, x, y + 24, text, c);
  };

  /* ---- weight vectors of more than two inputs: a plane fitted once over all frames ---- */
  const weightPlane = (layer, frames) => {
    const all = frames.map(decodeLayer);
    const length = fanIn(layer, all[0]);
    const n = layer.shown.length;
    const vectors = [];
    all.forEach((d) => { for (let i = 0; i < n; i++) vectors.push(d.weights.subarray(i * (length + 1), i * (length + 1) + length)); });
    const times = (v) => {
      const out = new Float64Array(length);
      for (const row of vectors) { let dot = 0; for (let k = 0; k < length; k++) dot += row[k] * v[k]; for (let k = 0; k < length; k++) out[k] += dot * row[k]; }
      return out;
    };
    const unit = (v, fallback) => {
      const norm = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
      return [norm > 0 ? v.map((x) => x / norm) : Float64Array.from(v, (_, k) => (k === fallback ? 1 : 0)), norm];
    };
    let a = Float64Array.from({ length }, (_, k) => 1 + 0.5 * Math.sin(k));
    let b = Float64Array.from({ length }, (_, k) => Math.cos(1.7 * k));
    let shown = 0;
    for (let sweep = 0; sweep < 25; sweep++) {
      const [na, la] = unit(times(a), 0);
      a = na;
      const tb = times(b);
      const dot = tb.reduce((s, x, k) => s + x * a[k], 0);
      const [nb, lb] = unit(tb.map((x, k) => x - dot * a[k]), Math.min(1, length - 1));
      b = nb;
      shown = la + lb;
    }
    const total = vectors.reduce((s, v) => s + v.reduce((t, x) => t + x * x, 0), 0);
    let reach = 0;
    const project = (v) => { let x = 0; let y = 0; for (let k = 0; k < length; k++) { x += v[k] * a[k]; y += v[k] * b[k]; } return [x, length > 1 ? y : 0]; };
    vectors.forEach((v) => { const [x, y] = project(v); reach = Math.max(reach, Math.abs(x), Math.abs(y)); });
    return { project, reach: reach || 1, explained: total > 0 ? Math.min(1, shown / total) : 1, length };
  };
  const arrowView = (canvas, layer, frame, plane) => {
    const { g, width, height } = fit(canvas);
    const c = colours();
    const d = decodeLayer(frame);
    const half = Math.min(width, height) / 2;
    const scale = (half - 16) / plane.reach;
    g.strokeStyle = c.grid;
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(0, half); g.lineTo(width, half);
    g.moveTo(half, 0); g.lineTo(half, height);
    g.stroke();
    const seen = new Map();
    for (let i = 0; i < layer.shown.length; i++) if (!seen.has(d.groups[i])) seen.set(d.groups[i], i);
    seen.forEach((i) => {
      const v = d.weights.subarray(i * (plane.length + 1), i * (plane.length + 1) + plane.length);
      const [x, y] = plane.project(v);
      const count = d.sizes[i];
      if (v.every((w) => w === 0)) { ring(g, half, half, `w = 0, \u00d7${count}`, c); return; }
      const tip = [half + x * scale, half - y * scale];
      stroke(g, [half, half], tip, count > 1 ? Math.min(9, 2.5 + 1.4 * Math.log2(count)) : 1.6, c.ink);
      arrowHead(g, [half, half], tip, c.ink);
      if (count > 1) badge(g, (half + tip[0]) / 2, (half + tip[1]) / 2, `\u00d7${count}`, c);
    });
  };

  /* ---- sums of inputs z, with the flat zones hatched ---- */
  const histogramView = (canvas, layer, frame, activation) => {
    const { g, width, height } = fit(canvas);
    const c = colours();
    const d = decodeLayer(frame);
    const bins = d.histogram.length;
    const base = height - 20;
    const end = Math.asinh(layer.histogram[bins]);
    const px = (z) => (Math.asinh(z) + end) / (2 * end) * width;
    const [low, high] = layer.flat;
    const zone = (from, to) => {
      g.save();
      g.beginPath();
      g.rect(from, 0, to - from, base);
      g.clip();
      g.strokeStyle = c.grid;
      g.lineWidth = 1;
      g.beginPath();
      for (let k = from - base; k < to; k += 7) { g.moveTo(k, base); g.lineTo(k + base, 0); }
      g.stroke();
      g.restore();
    };
    if (low !== null) zone(0, px(low));
    if (high !== null) zone(px(high), width);
    for (let i = 0; i < bins; i++) {
      const middle = (layer.histogram[i] + layer.histogram[i + 1]) / 2;
      const flat = (low !== null && middle <= low) || (high !== null && middle >= high);
      const h = d.histogram[i] / 255 * (base - 6);
      g.fillStyle = flat ? c.ink : c.edge;
      g.fillRect(i / bins * width, base - h, width / bins - 1, h);
    }
    g.fillStyle = c.muted;
    g.font = '12px system-ui, sans-serif';
    g.textAlign = 'center';
    g.textBaseline = 'alphabetic';
    [-100, -10, -1, 0, 1, 10, 100].forEach((z) => g.fillText(minus(String(z)), px(z), height - 5));
    const curve = { tanh: Math.tanh, sigmoid: (z) => 1 / (1 + Math.exp(-z)), relu: (z) => Math.max(0, z) / 10, leakyrelu: (z) => (z > 0 ? z : 0.01 * z) / 10, elu: (z) => (z > 0 ? z : Math.expm1(z)) / 10, softplus: (z) => Math.log1p(Math.exp(Math.min(z, 50))) / 10, identity: (z) => z / 10 }[activation];
    if (curve) {
      g.setLineDash([4, 3]);
      g.strokeStyle = c.muted;
      g.beginPath();
      for (let x = 0; x <= width; x += 2) {
        const y = base / 2 - Math.max(-1, Math.min(1, curve(Math.sinh(x / width * 2 * end - end)))) * (base / 2 - 4);
        if (x) g.lineTo(x, y); else g.moveTo(x, y);
      }
      g.stroke();
      g.setLineDash([]);
    }
  };

  /* ---- charts, drawn by Chart.js; x is log(1 + iteration) throughout ---- */
  Chart.defaults.font.family = 'system-ui, sans-serif';
  const charts = new Set();
  let cursor = null;
  const cursorLine = {
    id: 'cursor',
    afterDraw(chart) {
      if (cursor === null || !chart.options.plugins.cursorOn) return;
      const x = chart.scales.x.getPixelForValue(Math.log1p(cursor));
      const { top, bottom, left, right } = chart.chartArea;
      if (x < left - 1 || x > right + 1) return;
      const g = chart.ctx;
      g.save();
      g.strokeStyle = colours().muted;
      g.setLineDash([3, 3]);
      g.beginPath();
      g.moveTo(x, top);
      g.lineTo(x, bottom);
      g.stroke();
      g.restore();
    },
  };
  const marked = {
    id: 'marked',
    afterDraw(chart) {
      const g = chart.ctx;
      const { top, right } = chart.chartArea;
      const c = colours();
      const taken = [];
      [...(chart.options.plugins.markedAt || [])].sort((one, other) => one.at - other.at).forEach(({ at, text }) => {
        const x = chart.scales.x.getPixelForValue(Math.log1p(at));
        g.save();
        g.fillStyle = c.ink;
        g.beginPath();
        g.moveTo(x - 5, top);
        g.lineTo(x + 5, top);
        g.lineTo(x, top + 8);
        g.fill();
        g.font = '12px system-ui, sans-serif';
        g.fillStyle = c.muted;
        const long = g.measureText(text).width;
        const from = x + 8 + long > right ? x - 8 - long : x + 8;
        let line = 0;
        while (taken.some((other) => other.line === line && from < other.to && other.from < from + long)) line++;
        taken.push({ line, from, to: from + long });
        g.textAlign = 'left';
        g.fillText(text, from, top + 10 + 14 * line);
        g.restore();
      });
    },
  };
  const zeroLane = {
    id: 'zeroLane',
    afterDraw(chart) {
      const lane = chart.options.plugins.zeroLaneAt;
      if (!lane || !lane.length) return;
      const g = chart.ctx;
      const { bottom, left } = chart.chartArea;
      const c = colours();
      g.save();
      g.fillStyle = c.ink;
      lane.forEach((it) => g.fillRect(chart.scales.x.getPixelForValue(Math.log1p(it)) - 2.5, bottom - 8, 5, 5));
      g.fillStyle = c.muted;
      g.font = '12px system-ui, sans-serif';
      g.fillText('exactly 0', left + 6, bottom - 12);
      g.restore();
    },
  };
  /* A number on an axis: as many decimals as its ticks are apart; of a logarithmic one round numbers alone. */
  const ofAxis = (v, index, ticks) => {
    const step = ticks.length > 1 ? Math.abs(ticks[1].value - ticks[0].value) : Math.abs(v);
    if (v === 0) return '0';
    if (Math.abs(v) >= 1e6 || step < 1e-6) return round(number(v, 3));
    return minus(v.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9))));
  };
  const ofLogAxis = (v) => (/^[125]e/.test(v.toExponential(6).replace(/\.?0+e/, 'e')) ? round(number(v, 3)) : '');
  /* Without digits that say nothing. */
  const round = (text) => (text.includes('.') ? text.replace(/\.?0+(?= |$)/, '') : text).replace(/^1 \u00d7 /, '');
  const decades = (max) => {
    const ticks = [0];
    for (let t = 1; t <= max; t *= 10) ticks.push(t);
    return ticks;
  };
  const lineChart = (canvas, { series, x = 'Iteration', y, logY = false, linearX = false, xMin = 0, xMax = 1, lane = null, marks = null, yMin, yMax, yTicks, plugins = [] }) => {
    const c = colours();
    const at = (v) => (linearX ? v : Math.log1p(v));
    const last = Math.max(1, ...series.map((s) => (s.x.length ? s.x[s.x.length - 1] : 1)));
    const chart = new Chart(canvas, {
      type: 'line',
      plugins: linearX ? plugins : [cursorLine, zeroLane, marked, ...plugins],
      data: {
        datasets: series.map((s, i) => ({
          label: s.label,
          data: s.x.map((v, k) => ({ x: at(v), y: logY && !(s.y[k] > 0) ? null : s.y[k] })),
          borderColor: s.colour || c.series[i % c.series.length],
          backgroundColor: s.fill === undefined ? s.colour || c.series[i % c.series.length] : `${s.colour || c.series[i % c.series.length]}33`,
          borderWidth: s.width ?? 2, borderDash: s.dash || [], pointRadius: s.points || 0, clip: s.points ? 8 : undefined, pointStyle: s.pointStyle || 'circle', tension: 0, spanGaps: s.spanGaps || false, stepped: s.stepped || false, showLine: s.line !== false, fill: s.fill === undefined ? false : s.fill,
        })),
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, normalized: true, parsing: false,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        plugins: {
          cursorOn: !linearX,
          zeroLaneAt: lane,
          markedAt: marks,
          legend: { display: series.length > 1, labels: { filter: (item) => item.text !== '', color: c.muted, boxWidth: 18, boxHeight: 2, font: { size: 12 } } },
          tooltip: { animation: false, filter: (item) => item.dataset.label !== '', callbacks: { title: (items) => (items.length ? `${x} ${number(linearX ? items[0].parsed.x : Math.round(Math.expm1(items[0].parsed.x)))}` : ''), label: (item) => `${item.dataset.label}: ${number(item.parsed.y, 4)}` } },
        },
        scales: {
          x: {
            type: 'linear', min: linearX ? xMin : 0, max: linearX ? xMax : at(last), title: { display: true, text: x, color: c.muted, font: { size: 12 } }, grid: { color: c.grid }, border: { color: c.edge },
            afterBuildTicks: linearX ? undefined : (axis) => { axis.ticks = decades(last).map((v) => ({ value: Math.log1p(v) })); },
            ticks: { color: c.muted, font: { size: 12 }, maxRotation: 0, precision: xMax > 1 ? 0 : undefined, callback: linearX ? undefined : (v) => Math.round(Math.expm1(v)).toLocaleString('en') },
          },
          y: {
            type: logY ? 'logarithmic' : 'linear', min: yMin, max: yMax, title: { display: !!y, text: y, color: c.muted, font: { size: 12 } }, grid: { color: c.grid }, border: { color: c.edge },
            ticks: { color: c.muted, font: { size: 12 }, maxTicksLimit: 6, callback: yTicks || (logY ? ofLogAxis : ofAxis) },
          },
        },
      },
    });
    charts.add(chart);
    return chart;
  };
  const moveCursor = (iteration) => {
    if (iteration === cursor) return;
    cursor = iteration;
    charts.forEach((chart) => { if (chart.options.plugins.cursorOn) chart.draw(); });
  };
  const destroyCharts = () => { charts.forEach((chart) => chart.destroy()); charts.clear(); };

  /* ---- the slider's track: distinct units over the film, a line a run; from one unit at the bottom to all at the top ---- */
  const story = (canvas, lines, marks = []) => {
    const { g, width, height } = fit(canvas);
    const c = colours();
    lines.forEach(({ units, distinct }, k) => {
      g.strokeStyle = c.series[k % c.series.length];
      g.setLineDash(k ? [4, 3] : []);
      g.lineWidth = 2;
      g.beginPath();
      distinct.forEach((count, i) => {
        const y = height - 2 - (height - 4) * (units > 1 ? (count - 1) / (units - 1) : 0);
        const x = 8 + (width - 16) * (distinct.length > 1 ? i / (distinct.length - 1) : 0);
        if (i) g.lineTo(x, y); else g.moveTo(x, y);
      });
      g.stroke();
    });
    g.setLineDash([]);
    marks.forEach((share) => {
      const x = 8 + (width - 16) * share;
      g.fillStyle = c.ink;
      g.beginPath();
      g.moveTo(x - 5, 0);
      g.lineTo(x + 5, 0);
      g.lineTo(x, 8);
      g.fill();
    });
  };

  /* ---- theme ---- */
  const themeButton = (button, redraw) => {
    const names = ['auto', 'light', 'dark'];
    let at = 0;
    const say = () => { button.textContent = `Theme: ${names[at]}`; };
    const changed = () => { forgetColours(); redraw(); };
    button.addEventListener('click', () => {
      at = (at + 1) % 3;
      if (at) document.documentElement.dataset.theme = names[at]; else delete document.documentElement.dataset.theme;
      say();
      changed();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
    say();
  };

  /** Paper is light, whatever the theme: draws for it, and again for the screen afterwards. */
  const whilePrinting = (draw, redraw) => {
    const root = document.documentElement;
    let chosen;
    addEventListener('beforeprint', () => { chosen = root.dataset.theme; root.dataset.theme = 'light'; forgetColours(); draw(); });
    addEventListener('afterprint', () => { if (chosen) root.dataset.theme = chosen; else delete root.dataset.theme; forgetColours(); redraw(); });
  };

  return { el, wide, story, bytes, uint16, float32, colours, forgetColours, family, number, fit, decodeLayer, cosines, unitMap, unitStrip, planeView, weightPlane, arrowView, histogramView, lineChart, moveCursor, destroyCharts, themeButton, whilePrinting };
})();

/* The curves at the foot: what is measured over iterations, a row of the table a curve. The plateau that is foretold stands on the loss, with its words. */
import { $, S, el, number, wide } from './state.js';
import { isFollowing, moments, newest, shown } from './deck.js';

/* Two curves are seen at once; the others are behind the switch. */
const CURVES = [
  { title: 'Loss', words: 'Mean cross-entropy, without the penalty.', spec: { yMin: 0 }, train: (run) => run.frame.loss, test: (run) => run.test && run.test.loss, foretold: true },
  { title: 'Accuracy', words: 'Share of the rows shown that are called rightly.', spec: { yMin: 0, yMax: 1 }, train: (run) => run.frame.trainAccuracy, test: (run) => run.test && run.test.accuracy },
  { title: 'Gradient', words: 'Norm of the first layer\u2019s gradient, on a log axis; gaps where it is exactly zero.', spec: { logY: true }, train: (run) => run.frame.gradientNorms[0] || null },
  { title: 'Rounding', words: 'Largest difference between units that began equal; squares at the bottom: exactly zero.', spec: { logY: true, lane: [], yMin: 1e-12, yMax: 10 }, train: (run) => (run.frame.layers[0] ? run.frame.layers[0].spread : null) },
];
const MOST_POINTS = 400;

let charts = [];
let names = [];
let pair = 0;

const plateau = {
  id: 'plateau',
  beforeDatasetsDraw(chart) {
    const { ctx: g, chartArea: { left, right, bottom, top }, scales: { x, y } } = chart;
    (chart.options.plugins.plateaus || []).forEach(({ level, until, colour, index }) => {
      const end = until === null ? right : Math.min(right, x.getPixelForValue(Math.log1p(until)));
      const high = y.getPixelForValue(level);
      const low = y.getPixelForValue(0.95 * level);
      g.save();
      g.fillStyle = `${colour}2e`;
      g.fillRect(left, Math.max(top, high - 4), Math.max(0, end - left), low - high + 8);
      if (until !== null && end < right) {
        g.strokeStyle = colour;
        g.lineWidth = 1.5;
        g.setLineDash([2, 2]);
        g.beginPath();
        g.moveTo(end, top);
        g.lineTo(end, bottom);
        g.stroke();
        g.fillStyle = S.colours().muted;
        g.font = '12px system-ui, sans-serif';
        const text = `${index ? 'B' : 'A'} foretold: ${wide(until)}`;
        g.textAlign = end > right - 110 ? 'right' : 'left';
        g.fillText(text, end + (end > right - 110 ? -5 : 5), bottom - 5 - 13 * index);
      }
      g.restore();
    });
  },
};

export const make = (called) => {
  names = called;
  S.destroyCharts();
  const c = S.colours();
  const colour = (k) => (k ? c.series[1] : c.series[0]);
  $('curves').replaceChildren();
  charts = CURVES.slice(2 * pair, 2 * pair + 2).map((curve) => {
    const canvas = el('canvas', { role: 'img', 'aria-label': `${curve.title} over iterations. ${curve.words}` });
    const legend = el('p', { class: 'legend' }, ...names.flatMap((name, k) => [el('span', { class: k ? 'key right' : 'key left' }), ` ${name} `]), ...(curve.test ? [el('span', { class: 'key dotted' }), ' test '] : []), ...(curve.foretold ? [el('span', { class: 'key band' }), ' foretold plateau'] : []));
    const head = el('figcaption', {}, el('h2', { title: curve.words }, curve.title), legend);
    $('curves').append(el('figure', {}, head, el('div', { class: 'chart' }, canvas)));
    const line = (k, dash, width) => ({ label: '', x: [0, 1], y: [null, null], colour: colour(k), dash, width });
    const series = names.flatMap((name, k) => [{ ...line(k, [], 2), label: `${name}, train` }, ...(curve.test ? [{ ...line(k, [2, 3], 1.8), label: `${name}, test` }] : [])]);
    const chart = S.lineChart(canvas, { series, plugins: curve.foretold ? [plateau] : [], ...curve.spec });
    chart.options.plugins.legend.display = false;
    chart.options.scales.x.title.display = false;
    if (curve.spec.yMax === 1) chart.options.scales.y.ticks.stepSize = 0.5;
    chart.update('none');
    return { chart, curve, colour };
  });
  const other = el('button', { type: 'button', id: 'other-curves' }, pair ? 'Loss, accuracy' : 'Gradient, rounding');
  other.addEventListener('click', () => { pair = 1 - pair; make(names); update(); $('other-curves').focus(); });
  $('curves').append(other);
};

/* What is foretold of the start, in words; a run that was changed by hand has another one. */
const markOf = (run) => (run.foretold && !run.touched.length ? run.foretold : null);
export const foretold = (run) => {
  const mark = markOf(run);
  if (!mark) return { summary: '', words: '' };
  const summary = mark.never ? 'Foretold: stays on its plateau' : mark.until === null ? 'Foretold: on its plateau at every step' : `Foretold: leaves its plateau at about step ${wide(mark.until)}`;
  return { summary, words: `The plateau is the loss of a constant prediction, ${number(mark.plateau)}. ${mark.sentence}` };
};
/* A run that begins above or below a constant prediction's loss has no plateau there to be drawn. */
const plateaus = (colour) => shown().runs.flatMap((run, index) => {
  const mark = markOf(run);
  const begins = moments()[0].runs[index].frame.loss;
  return mark && begins !== null && Math.abs(begins / mark.plateau - 1) < 0.05 ? [{ level: mark.plateau, until: mark.until, colour: colour(index), index }] : [];
});

export const update = (some = charts) => {
  const film = moments();
  if (!film.length) return;
  S.moveCursor(isFollowing() ? null : shown().iteration);
  const apart = Math.max(1, Math.floor(film.length / MOST_POINTS));
  const drawn = film.filter((_, i) => i % apart === 0 || i === film.length - 1);
  const last = Math.max(1, newest().iteration);
  some.forEach((one) => {
    const { chart, curve, colour } = one;
    const log = chart.options.scales.y.type === 'logarithmic';
    const measures = curve.test ? [curve.train, curve.test] : [curve.train];
    chart.data.datasets.forEach((dataset, i) => {
      const value = measures[i % measures.length];
      const k = Math.floor(i / measures.length);
      dataset.data = drawn.map((moment) => { const y = value(moment.runs[k]); return { x: Math.log1p(moment.iteration), y: y === null || y === undefined || (log && !(y > 0)) ? null : y }; });
    });
    chart.options.scales.x.max = Math.log1p(last);
    chart.options.scales.x.afterBuildTicks = (axis) => { const ticks = [{ value: 0 }]; for (let t = 1; t <= last; t *= 10) ticks.push({ value: Math.log1p(t) }); axis.ticks = ticks; };
    if (curve.spec.lane) chart.options.plugins.zeroLaneAt = drawn.filter((moment) => moment.runs.some((run) => curve.train(run) === 0)).map((moment) => moment.iteration);
    chart.options.plugins.markedAt = newest().runs.flatMap((run) => run.touched).map((words) => ({ at: Number(words.replace(/^iteration (\d+):.*$/s, '$1')), text: words.replace(/^iteration \d+: /, '') })).slice(-3);
    if (curve.foretold) chart.options.plugins.plateaus = plateaus(colour);
    chart.update('none');
  });
};
/* One of them, in turn: so that no frame waits for all. */
let turn = 0;
export const updateNext = () => { if (charts.length) update([charts[turn++ % charts.length]]); };

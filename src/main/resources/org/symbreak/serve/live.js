/* The live page: one state, two runs in lockstep, one deck. Puts the modules together; every state is in the address behind the #. */
import { $, S, address, el, first, nameOf, number, page, same, whole, wide } from './state.js';
import { call, enter, isKnown, isStreaming, lose, order, problem, startStream, stopStream, whoAsks } from './server.js';
import * as data from './data.js';
import { beginnings, beside } from './begin.js';
import { network, sizes } from './network.js';
import { hand } from './hand.js';
import * as deck from './deck.js';
import * as curves from './curves.js';
import * as keep from './keep.js';
import * as tour from './tour.js';

/* An address with a step of the tour and nothing else is that step's. */
const meant = (words) => {
  const said = Object.keys(words).filter((key) => key !== 'v');
  return said.length === 1 && said[0] === 'tour' && tour.stateOf(words.tour) ? tour.stateOf(words.tour) : said.length ? whole(words) : first();
};
const entered = enter();
let state = meant(entered.words);
let tab = null;
let runs = [];
let commands = [];
let watched = false;
let goal = 0;
let panel = null;
const show = () => history.replaceState(null, '', `#${address(state)}`);
show();

/* ---- a run's card ---- */
const TERMS = { rank: 'How many directions the units\u2019 activations have: the exponential of the entropy of their singular values.' };
const card = (opening, index, count) => {
  const history = opening.history;
  const name = nameOf(state, index);
  const head = S.card(name);
  const { box, words, detail } = head;
  const ended = el('p', { class: 'ended' });
  const plane = el('canvas', { class: 'square', role: 'img' });
  const map = el('canvas', { class: 'square', role: 'img' });
  const net = el('div', { class: 'net' });
  const byHand = el('ol', { class: 'by-hand muted' });
  const touch = (change) => { deck.goLive(); return order(() => call('touch', { tab, run: String(index), ...Object.fromEntries(Object.entries(change).map(([key, value]) => [key, String(value)])) })); };
  const choose = (chosen) => {
    $('unit').hidden = false;
    panel = { index, form: hand($('unit'), history, chosen, touch, () => { $('unit').hidden = true; panel = null; }) };
    drawPanel(deck.shown());
  };
  const drawing = network(net, history, plane, watched ? {} : { choose, set: (weight) => touch({ what: 'set', ...weight }) });
  if (!watched) {
    const begun = beginnings(index, state, put);
    head.counter.querySelector('code').className = 'sr';
    head.counter.prepend(...begun.called);
    box.prepend(head.counter, begun.box);
  }
  box.append(ended, net, byHand);
  const layer = history.layers[0];
  if (layer) {
    const similar = el('details', {}, el('summary', {}, 'Units compared'), map, el('figcaption', {}, 'Count the solid blocks on the diagonal: that is how many different units there are.'));
    similar.addEventListener('toggle', () => { dirty = true; });
    box.append(similar);
  }
  const sentence = el('p');
  const foretold = el('details', { class: 'foretold' }, el('summary'), sentence);
  box.append(foretold);
  if (!watched && count === 1) box.append(beside(put));
  const sequence = layer ? layer.shown.map((_, i) => i) : [];
  const rows = S.bytes(history.points.labels).length;
  const rank = el('abbr', { title: TERMS.rank }, 'effective rank');
  const draw = (moment, scale) => {
    const run = moment.runs[index];
    const { frame } = run;
    const test = state.test === 'shown' && run.test ? { points: opening.test, calls: run.test.probabilities } : null;
    S.planeView(plane, history, frame, frame.layers[0], test);
    drawing.draw(frame, run.output, scale);
    if (byHand.childElementCount !== run.touched.length) byHand.replaceChildren(...run.touched.map((text) => el('li', {}, text)));
    plane.setAttribute('aria-label', `${name}, iteration ${frame.iteration}: training accuracy ${number(frame.trainAccuracy)}`);
    ended.textContent = run.ended || '';
    const right = (share) => `${number(100 * share)} %`;
    detail.replaceChildren(`loss ${number(frame.loss)}; ${right(frame.trainAccuracy)} of the ${rows} training rows${rows < opening.rows.train ? ' shown' : ''} right${run.test ? `, test ${right(run.test.accuracy)}` : ''}`, ...(layer ? ['; ', rank, ` ${number(frame.layers[0].effectiveRank)}`] : []));
    const { summary, words: from } = curves.foretold(run);
    foretold.hidden = !summary;
    if (sentence.textContent !== from) { foretold.querySelector('summary').textContent = summary; sentence.textContent = from; }
    head.tell(layer, frame.layers[0], history.frames[0].layers[0], page.tolerance, layer && frame.layers[0].distinct);
    if (layer && map.offsetParent) S.unitMap(map, layer, frame.layers[0], sequence);
    if (layer) map.setAttribute('aria-label', `${name}, iteration ${frame.iteration}: ${frame.layers[0].distinct} of ${layer.units} distinct`);
  };
  return { box, draw, layer, name };
};
const drawPanel = (moment) => { if (panel) panel.form.build(moment.runs[panel.index].frame, moment.runs[panel.index].output); };

/* ---- another state: one change at a time, and what plays waits for it ---- */
const put = (words) => {
  const next = { ...state, ...words };
  if (Object.keys(words).every((key) => key === 'test')) { state = next; show(); data.fill(state, openings); dirty = true; return Promise.resolve(true); }
  delete next.it;
  return go(next, true);
};
const go = (next, push) => {
  let done = false;
  return order(async () => { await open(next, push); done = true; }).then(() => done);
};
let openings = [];
const open = async (next, push) => {
  problem('');
  stopStream();
  let answer;
  try {
    const { it, tour: step, test, v, ...words } = next;
    answer = await call('open', { ...words, ...(tab ? { tab } : {}) });
  } catch (e) { // what was there stays
    data.fill(state, openings);
    if (tab) stream();
    throw e;
  }
  state = next;
  history[push ? 'pushState' : 'replaceState'](null, '', `#${address(state)}`);
  tab = answer.tab;
  watched = Boolean(answer.watched);
  document.body.classList.toggle('watched', watched);
  ['recipe', 'tour', 'tour-close', 'play', 'step', 'reset', 'speed', 'save-left', 'save-right', 'copy-link'].forEach((id) => { if (watched) $(id).hidden = true; });
  openings = answer.runs.map(({ rows }) => rows);
  deck.clear();
  panel = null;
  $('unit').hidden = true;
  commands = answer.runs.map((run) => run.command);
  if (watched) state = { ...whole({ cmp: '' }), init: answer.runs[0].recipe.init };
  runs = answer.runs.map((run, index) => card(run, index, answer.runs.length));
  $('film').replaceChildren(...runs.map((run) => run.box));
  $('film').classList.toggle('one', runs.length === 1);
  $('save-right').hidden = watched || runs.length < 2;
  sides();
  data.fill(state, openings);
  curves.make(runs.map((run) => run.name));
  keep.say([...new Set(answer.runs.flatMap((run) => run.notices))].join(' '));
  stream();
  const asked = watched ? 0 : Number(next.it) || 0;
  goal = Math.min(asked, page.mostIterations);
  if (asked > goal) problem(`it: a run here has at most ${wide(page.mostIterations)} iterations, and stops there instead of at ${wide(asked)}.`);
  for (let left = goal; left > 0; left -= 10000) await call('step', { tab, steps: String(Math.min(left, 10000)) });
};
const stream = () => startStream(tab, {
  arrive: (event) => { const moment = deck.arrive(event); if (!deck.isPlaying()) { speak(); remember(moment); } },
  gone: () => go(state, false),
  over: () => { if (!watched) lose('The server has ended this run; the film still works.'); },
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    if (!watched && tab) { stopStream(); if (deck.isPlaying()) deck.play(); }
  } else if (tab && !isStreaming()) stream();
});
/* A rested run's iteration is part of the address, so that a shared link opens at the same state: the same seed gives the same steps. What was done by hand is not. */
const remember = (moment) => {
  if (watched || goal > moment.iteration) return;
  if (moment.iteration && !moment.byHand) state.it = String(moment.iteration); else delete state.it;
  show();
};
const speak = () => { $('spoken').textContent = runs.map((run) => run.box.querySelector('.counter').textContent).join('; '); };

/* On a phone one run is seen at a time. */
const sides = () => {
  $('sides').hidden = runs.length < 2;
  $('film').dataset.side = '0';
  $('sides').replaceChildren(...runs.map((run, k) => {
    const button = el('button', { type: 'button', 'aria-pressed': String(k === 0) }, `${k ? 'B' : 'A'}: ${run.name}`);
    button.addEventListener('click', () => {
      $('film').dataset.side = String(k);
      [...$('sides').children].forEach((other, i) => other.setAttribute('aria-pressed', String(i === k)));
      dirty = true;
    });
    return button;
  }));
};

/* ---- drawing: one loop, the newest state only ---- */
let dirty = false;
let chartsDue = 0;
let drawn = 0;
const loop = (now) => {
  requestAnimationFrame(loop);
  const moment = deck.shown();
  if (!dirty || !moment) return;
  dirty = false;
  drawn++;
  document.documentElement.dataset.frames = drawn;
  const all = moment.runs.map((run) => sizes(run.frame, run.output));
  const scale = all[0].map((size, layer) => Math.max(...all.map((one) => one[layer] || 0)));
  runs.forEach((run, k) => run.draw(moment, all.every((one) => one.length === all[0].length) ? scale : all[k]));
  deck.draw();
  headline(moment);
  if (panel && !deck.isPlaying() && !$('unit').contains(document.activeElement)) drawPanel(moment);
  if (now > chartsDue) { curves.updateNext(); chartsDue = now + 100; }
  later();
};
/* While frames come, a chart at a time; all when the last one has come. */
let waiting = null;
const later = () => { clearTimeout(waiting); waiting = setTimeout(() => { curves.update(); deck.story(runs.map((run) => (run.layer ? run.layer.units : 0))); }, 200); };
const headline = (moment) => {
  if (moment.iteration === 0) { $('headline').textContent = runs.length > 1 ? 'Will the units on the left ever differ?' : 'What will these units do?'; return; }
  $('headline').textContent = moment.runs.map((run, i) => {
    const { layer, name } = runs[i];
    const right = `${Math.round(100 * run.frame.trainAccuracy)} % right`;
    return layer ? `${name}: ${run.frame.layers[0].distinct} of ${layer.units} units distinct, ${right}` : `${name}: no hidden layer, ${right}`;
  }).join('. ') + '.';
};

/* ---- the beginning ---- */
const redraw = () => { if (runs.length && deck.shown()) { curves.make(runs.map((run) => run.name)); curves.update(); dirty = true; } };
data.build(put);
deck.start(() => tab, () => { dirty = true; }, () => { const { it, ...again } = state; go(again, false); });
keep.start({ state: () => state, tab: () => tab, commands: () => commands });
tour.start({ state: () => state, go, play: deck.play, units: () => runs.map((run) => (run.layer ? run.layer.units : 0)), changed: () => { dirty = true; } });
whoAsks(() => state, () => go(state, false));
S.themeButton($('theme'), redraw);
addEventListener('resize', () => { dirty = true; });
addEventListener('popstate', () => {
  const { words, given } = enter();
  const next = Object.keys(words).length ? meant(words) : state;
  if (!given && same(next, state)) return;
  go(next, false).then(() => tour.show(state.tour));
});
requestAnimationFrame(loop);
data.fill(state, []);
if (await isKnown()) await go(state, false); else lose('This page has no token.');
$('play').focus();
document.documentElement.dataset.ready = 'true';

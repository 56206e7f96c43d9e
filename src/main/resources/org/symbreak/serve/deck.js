/* The deck: playing, one step, and the film of the states that have come. */
import { $, S, wide } from './state.js';
import { call, isOrdering, order } from './server.js';

const MOST_FRAMES = 1500;
const MOST_STEPS = 10000; // of one order

let film = [];
let at = 0;
let follow = true;
let playing = false;
let tab = () => null;
let changed = () => {};
let again = () => {};

export const moments = () => film;
export const newest = () => film[film.length - 1];
export const shown = () => film[Math.min(at, film.length - 1)];
export const isFollowing = () => follow;
export const isPlaying = () => playing;
export const goLive = () => { follow = true; at = film.length - 1; };

export const clear = () => {
  film = [];
  at = 0;
  follow = true;
  play.label(false);
  $('iteration').textContent = 'iteration 0';
};

/* A state of the runs; the same iteration takes the place of the earlier one. */
export const arrive = (event) => {
  if (!isOrdering()) play.label(event.playing);
  const moment = {
    iteration: Math.max(...event.runs.map((run) => run.frame.iteration)),
    runs: event.runs,
    byHand: Math.max(...event.runs.map((run) => run.touched.length)),
  };
  if (!film.length || newest().iteration < moment.iteration) film.push(moment); else film[film.length - 1] = moment;
  if (film.length > MOST_FRAMES) film = film.filter((_, i) => i === 0 || i % 2 === 1 || i === film.length - 1);
  $('slider').max = film.length - 1;
  if (follow) at = film.length - 1;
  changed();
  return moment;
};

/* What is clicked holds at once, and is ordered after what was ordered before it. */
export const play = () => {
  const wanted = !playing;
  play.label(wanted);
  goLive();
  return order(() => call(wanted ? 'play' : 'pause', { tab: tab(), steps: $('speed').value }));
};
play.label = (plays) => {
  playing = plays;
  $('play').textContent = playing ? 'Pause' : 'Play';
};
export const step = (steps = 1) => {
  goLive();
  return order(async () => {
    for (let left = steps; left > 0; left -= MOST_STEPS) await call('step', { tab: tab(), steps: String(Math.min(left, MOST_STEPS)) });
  });
};

export const draw = (lines) => {
  const moment = shown();
  $('slider').value = at;
  $('slider').setAttribute('aria-valuetext', `iteration ${moment.iteration}`);
  $('iteration').textContent = `iteration ${wide(moment.iteration)}`;
  $('live').hidden = follow;
  S.moveCursor(follow ? null : moment.iteration);
};
/* The slider's track: how many units differ, over the film. */
export const story = (units) => {
  const apart = Math.max(1, Math.floor(film.length / 300));
  const some = film.filter((_, i) => i % apart === 0);
  S.story($('story'), units.flatMap((of, k) => (of ? [{ units: of, distinct: some.map((moment) => moment.runs[k].frame.layers[0].distinct) }] : [])));
};

export const start = (tabOf, onChange, onReset) => {
  tab = tabOf;
  changed = onChange;
  again = onReset;
  $('play').addEventListener('click', play);
  $('step').addEventListener('click', () => step());
  $('reset').addEventListener('click', () => again());
  $('speed').addEventListener('change', () => { if (playing) order(() => call('play', { tab: tab(), steps: $('speed').value })); });
  $('live').addEventListener('click', () => { goLive(); changed(); });
  $('slider').addEventListener('input', () => { at = Number($('slider').value); follow = at === film.length - 1; changed(); });
  $('deck').addEventListener('keydown', (event) => {
    if ($('play').hidden) return;
    if (event.key === ' ' && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'SELECT') { event.preventDefault(); play(); }
    if (event.key === '.') { event.preventDefault(); step(); }
    if (event.key === ',') { event.preventDefault(); at = Math.max(0, at - 1); follow = false; changed(); }
  });
};

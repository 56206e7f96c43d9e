/* The tour: steps as data, each with a question that is judged by what was measured. Every step has an address. */
import { $, S, el, nameOf, parse, same, wide, whole } from './state.js';
import { isOrdering } from './server.js';
import { moments, newest, shown } from './deck.js';

export const steps = await (await fetch('/tour.json')).json();
const byId = (id) => steps.find((step) => step.id === id);
/* The state of a step. */
export const stateOf = (id) => (byId(id) ? whole({ ...parse(byId(id).recipe), tour: id }) : null);

let page = null;
let own = null; // what was there before the tour

/* What a step asks about, as a number and in words, of one run. */
const MEASURES = {
  distinct: { of: (run) => (run.frame.layers.length ? run.frame.layers[0].distinct : NaN), say: (value, units) => (units ? `${value} of ${units} units distinct` : 'no hidden layer') },
  loss: { of: (run) => run.frame.loss, say: (value) => `loss ${S.number(value)}` },
  first: { of: (run, k) => moments()[0].runs[k].frame.loss, say: (value) => `first loss ${S.number(value)}` },
  gradient: { of: (run) => run.frame.gradientNorms[0], say: (value) => `gradient of the first layer ${S.number(value)}` },
  accuracy: { of: (run) => run.frame.trainAccuracy, say: (value) => `${S.number(100 * value)} % of the rows shown right` },
};
/* Whether the numbers, the left run's first, bear a step's claim out. A step without a judge is about what this page does not measure. */
const JUDGES = {
  one: ([left]) => left === 1,
  several: ([left]) => left > 1,
  all: ([left], [units]) => left === units,
  bothAll: (values, units) => values.every((value, k) => value === units[k]),
  leftStill: ([left, right]) => left === 0 && right > 0,
  leftLess: ([left, right]) => left < right,
  leftMore: ([left, right]) => left > right,
  alike: ([left, right]) => Math.abs(left - right) < 0.01,
};
const isStaged = (step) => moments().length > 0 && !isOrdering() && newest().iteration > 0 && !newest().byHand && same(stateOf(step.id), page.state());
const judgement = (step, answer) => {
  if (!isStaged(step)) return 'The page does not show this step\u2019s run: play it first.';
  const moment = shown();
  const measure = MEASURES[step.measure];
  const values = moment.runs.map((run, k) => measure.of(run, k));
  const units = page.units();
  const measured = `Measured at iteration ${wide(moment.iteration)}: ${values.map((value, k) => `${nameOf(page.state(), k)}: ${measure.say(value, units[k])}`).join('; ')}.`;
  if (!step.judge) return `This page does not measure that. ${measured}`;
  if (!JUDGES[step.judge](values, units)) return `The numbers do not show it so far. ${measured}`;
  return `${answer === step.right ? 'Yes.' : 'No.'} ${measured}`;
};

/* Sets the stage and plays. */
const stage = (state) => {
  own = own || { ...page.state(), tour: undefined };
  return page.go(state, true).then((opened) => { if (opened) page.play(); });
};

export const show = (id) => {
  const index = Math.max(0, steps.findIndex((step) => step.id === id));
  const step = steps[index];
  const list = el('select', { id: 'tour-list', 'aria-label': 'claim' }, ...steps.map(({ id: value, title }) => el('option', { value }, `${value} ${title}`)));
  list.value = step.id;
  list.addEventListener('change', () => enter(list.value));
  const answers = el('div', { class: 'controls' });
  const judged = el('p', { class: 'judged', 'aria-live': 'polite' });
  const look = el('p', {}, step.look);
  look.hidden = step.answers.length > 0;
  step.answers.forEach((text, k) => {
    const button = el('button', { type: 'button', class: 'answer' }, text);
    button.addEventListener('click', () => {
      look.hidden = false;
      judged.textContent = judgement(step, k);
      answers.querySelectorAll('button').forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
    });
    answers.append(button);
  });
  const button = (text, attributes, click) => { const made = el('button', { type: 'button', ...attributes }, text); made.addEventListener('click', click); return made; };
  const back = button('Back', { id: 'tour-back' }, () => enter(steps[index - 1].id));
  const next = button('Next', { id: 'tour-next', class: 'primary' }, () => enter(steps[index + 1].id));
  back.disabled = index === 0;
  next.disabled = index === steps.length - 1;
  const begun = page.state().tour === step.id;
  const again = [button(begun ? 'Play it again' : 'Show me', {}, () => enter(step.id))];
  if (step.counter) again.push(button('Try to break it', { title: step.counter.look }, () => { judged.textContent = step.counter.look; stage(whole({ ...parse(step.counter.recipe), tour: step.id })); }));
  if (own) again.push(button('Back to my own run', {}, () => { const mine = own; own = null; page.go(mine, true).then(() => show(step.id)); }));
  $('tour').replaceChildren(
    el('div', { class: 'topline' }, el('h2', {}, `Tour ${index + 1}/${steps.length}`), el('div', { class: 'controls' }, back, next)), list,
    el('div', { id: 'tour-step' }, el('h3', {}, step.claim), el('p', {}, step.question), answers, judged, look, ...(step.note ? [el('p', { class: 'muted' }, step.note)] : []), el('div', { class: 'controls' }, ...again)));
};
/* Shows a step, its run with it; keyboard focus stays where it was. */
const enter = (id) => {
  const focused = document.activeElement && document.activeElement.id;
  const staged = stage(stateOf(id));
  show(id);
  if (focused && $(focused)) $(focused).focus();
  return staged;
};

export const start = (with_) => {
  page = with_;
  show(page.state().tour);
  const button = $('tour-close');
  const set = (open) => {
    $('tour').hidden = !open;
    document.body.classList.toggle('no-tour', !open);
    button.setAttribute('aria-expanded', String(open));
    page.changed();
  };
  set(!matchMedia('(max-width: 1100px)').matches || Boolean(page.state().tour));
  button.addEventListener('click', () => set($('tour').hidden));
};

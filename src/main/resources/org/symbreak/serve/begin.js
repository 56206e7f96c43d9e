/* Where a run begins: its name to type, three beginnings to click, and the scale of a random one as a slider. All of them write the name. */
import { ROWS, changes, el, nameOf, names } from './state.js';

const BEGINNINGS = { zeros: 'zeros', small: 'gaussian:0.01', large: 'gaussian:10' };
const LOWEST = -4;
const HIGHEST = 2;

document.body.append(el('datalist', { id: 'inits' }, ...['zeros', 'constant:0.5', 'gaussian:0.01', 'gaussian:0.5', 'gaussian:100', 'uniform:0.12', 'glorot', 'he', 'lecun', 'orthogonal'].map((name) => el('option', { value: name }))));

/* Of a run, left (0) or right (1): its name as a field, and the switch with the slider; put is given what changes. */
export const beginnings = (index, state, put) => {
  const differs = changes(state.cmp);
  const onlyInit = Object.keys(differs).every((key) => key === 'init');
  const init = index && 'init' in differs ? differs.init : state.init;
  const side = index ? 'right' : 'left';
  const start = (name) => put(index ? { cmp: !name ? '' : names(name) ? name : `init:${name}` } : { init: name });
  const box = el('div', { class: 'beginnings', role: 'group', 'aria-label': `where the ${side} run begins` });
  const name = el('input', { type: 'text', name: index ? 'other' : 'init', list: 'inits', value: index && !onlyInit ? state.cmp : init, 'aria-label': `name of the ${side} beginning`, title: index ? `${ROWS.get('cmp').description} ${nameOf(state, 1)}` : ROWS.get('init').description, spellcheck: 'false', autocomplete: 'off' });
  name.addEventListener('change', () => start(name.value.trim()));
  const called = [el('b', { class: index ? 'mark right' : 'mark left', 'aria-hidden': 'true' }, index ? 'B' : 'A'), name];
  if (!index || onlyInit) {
    const three = el('span', { class: 'three' });
    Object.entries(BEGINNINGS).forEach(([word, beginning]) => {
      const button = el('button', { type: 'button', 'aria-pressed': String(init === beginning), title: beginning }, word);
      button.addEventListener('click', () => start(beginning));
      three.append(button);
    });
    const [kind, size] = init.split(':');
    const slider = el('input', { type: 'range', min: LOWEST, max: HIGHEST, step: '0.25', value: String(Math.log10(Number(size) || 0.01)), 'aria-label': `scale of the ${side} run\u2019s random weights`, title: `Scale of random weights, from 10^${LOWEST} to 10^${HIGHEST}` });
    const named = () => `${kind === 'uniform' ? kind : 'gaussian'}:${Number((10 ** Number(slider.value)).toPrecision(2))}`;
    slider.addEventListener('input', () => { name.value = named(); });
    slider.addEventListener('change', () => start(named()));
    const scale = el('output', { class: 'muted' });
    const tell = (text) => { scale.textContent = `scale ${scaleOf(text)}`; };
    tell(init);
    slider.addEventListener('input', () => tell(named()));
    box.append(three, slider, scale);
  }
  if (index) {
    const close = el('button', { type: 'button', class: 'plain', 'aria-label': 'the left run alone', title: 'The left run alone' }, '\u00d7');
    close.addEventListener('click', () => put({ cmp: '' }));
    called.push(close);
  }
  return { called, box };
};
const scaleOf = (name) => name.split(':')[1] || '0';
/* Where there is one run alone: another one beside it. */
export const beside = (put) => {
  const button = el('button', { type: 'button', class: 'beside' }, '+ another beginning beside it');
  button.addEventListener('click', () => put({ cmp: `init:${BEGINNINGS.small}` }));
  return button;
};

/* What the page shows, as one table: the rows that the server sends are its form and its address. */
export const S = Symbreak;
export const { el, wide, number } = S;
export const $ = (id) => document.getElementById(id);
export const page = await (await fetch('/settings.json')).json();

export const ROWS = new Map(page.rows.map((row) => [row.name, row]));
const USUAL = Object.fromEntries(page.rows.map((row) => [row.name, row.usual]));
/* What an address may say beside the table: the version of addresses, the iteration that was shown, the step of the tour, whether test rows are drawn. */
const BESIDE = ['v', 'it', 'tour', 'test'];
/* What is shown to those who come without an address: half of the rows against all of them, within seconds. */
const FIRST = { data: 'circles:200', noise: '0.05', mix: '50', hidden: '4', activation: 'tanh', optimizer: 'adam', 'learning-rate': '0.02', cmp: 'init:gaussian:0.01' };

/* Words by the names of the table; act, bias and opt are short for some. */
const long = (words) => {
  const out = {};
  Object.entries(words).forEach(([key, value]) => {
    if (key === 'opt') {
      const [optimizer, rate] = value.split(':');
      out.optimizer = optimizer;
      if (rate) out['learning-rate'] = rate;
    } else {
      const row = page.rows.find(({ name, short }) => key === name || key === short);
      out[row ? row.name : key] = value;
    }
  });
  return out;
};
/* What differs in the other run, as keys and values. */
export const changes = (cmp) => Object.fromEntries((cmp || '').split(';').filter(Boolean).map((change) => [change.slice(0, change.indexOf(':')), change.slice(change.indexOf(':') + 1)]));
const joined = (words) => Object.entries(words).map(([key, value]) => `${key}:${value}`).join(';');
export const names = (text) => text.includes(':') && (ROWS.has(text.split(':')[0]) || ['act', 'bias', 'opt'].includes(text.split(':')[0]));

/* A whole state from some words; those that nobody knows are kept out. */
export const whole = (words) => {
  const state = { ...USUAL };
  Object.entries(long(words)).forEach(([key, value]) => { if (ROWS.has(key) || BESIDE.includes(key)) state[key] = value; });
  state.cmp = joined(long(changes(state.cmp)));
  return state;
};
export const first = () => whole(FIRST);
export const drawn = () => FIRST.data;
export const parse = (text) => Object.fromEntries(new URLSearchParams(text));
/* Where a state is, without a word that goes without saying. */
export const address = (state) => {
  const said = Object.entries(state).filter(([key, value]) => value !== undefined && value !== USUAL[key] && key !== 'v');
  return [...said, ['v', '1']].map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%3B/g, ';')}`).join('&');
};
export const same = (a, b) => address({ ...a, it: undefined, test: undefined }) === address({ ...b, it: undefined, test: undefined });

const title = (name) => name.replace(/-/g, ' ');
/* What a run is called beside another one: by what differs. */
export const nameOf = (state, index) => {
  const differs = changes(state.cmp);
  const keys = Object.keys(differs);
  const value = (key) => (index && key in differs ? differs[key] : state[key]);
  return !keys.length || (keys.length === 1 && keys[0] === 'init') ? value('init') : keys.map((key) => (key === 'init' ? value(key) : `${title(key)} ${value(key)}`)).join(', ');
};
export const label = (name) => title(name).replace(/^./, (letter) => letter.toUpperCase());

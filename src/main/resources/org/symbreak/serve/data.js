/* What is trained on what: the form, a field a row of the table, and files that are dropped. */
import { $, ROWS, drawn, el, label, page, wide } from './state.js';
import { call, problem } from './server.js';

/* Which rows stand where; the others follow under "More". Beginnings have their place above the networks. */
const GROUPS = [
  ['Data', ['data', 'noise', 'mix', 'test-fraction']],
  ['Network', ['hidden', 'activation', 'bias-init']],
  ['Training', ['optimizer', 'learning-rate', 'batch', 'l2', 'seed']],
];
const ELSEWHERE = ['init', 'cmp'];
const NAMES = { mix: 'Class 0, %', 'test-fraction': 'Test share', hidden: 'Hidden units', 'bias-init': 'Biases', batch: 'Batch', l2: 'L2', noise: 'Noise', 'learning-rate': 'Rate' };
const name = (row) => NAMES[row] || label(row);

/* Sliders: places of equal distance, from a number and back. The last place of the batch is all rows. */
const linear = (low, high, step) => ({ min: low, max: high, step, place: Number, value: (place) => String(Number(Number(place).toFixed(4))) });
const logarithmic = (low, high, step, words = {}) => ({
  min: low, max: high, step,
  place: (text) => (String(Number(text)) in words ? words[Number(text)] : Math.log10(Number(text))),
  value: (place) => Object.keys(words).find((word) => words[word] === Number(place)) || String(Number((10 ** place).toPrecision(2))),
});
const SLIDERS = {
  noise: linear(0, 0.5, 0.05),
  mix: linear(5, 95, 5),
  'test-fraction': linear(0, 0.8, 0.05),
  'learning-rate': logarithmic(-4, 1, 0.25),
  l2: logarithmic(-5, 1, 0.5, { 0: -5 }),
  batch: { ...linear(0, 9, 1), place: (text) => (text === 'full' ? 9 : Math.min(8, Math.log2(Number(text)))), value: (place) => (Number(place) === 9 ? 'full' : String(2 ** place)) },
};

const fields = new Map();
let change = () => {};
const put = (words) => change(words);

const slider = (row, field) => {
  const scale = SLIDERS[row];
  const range = el('input', { type: 'range', min: scale.min, max: scale.max, step: scale.step, 'aria-label': `${name(row)}, slider`, title: ROWS.get(row).description });
  range.addEventListener('input', () => { field.value = scale.value(range.value); });
  range.addEventListener('change', () => put({ [row]: scale.value(range.value) }));
  return range;
};
const fieldOf = (row) => {
  const { words, range, description } = ROWS.get(row);
  const choice = words.length > 1 && !range;
  const field = choice ? el('select', { name: row, title: description }, ...words.map((word) => el('option', { value: word }, word))) : el('input', { name: row, type: 'text', title: description, spellcheck: 'false', autocomplete: 'off' });
  field.addEventListener('change', () => put({ [row]: field.value.trim() }));
  const range0 = row in SLIDERS ? slider(row, field) : null;
  fields.set(row, (state) => {
    if (choice && ![...field.options].some((option) => option.value === state[row])) field.append(el('option', { value: state[row] }, state[row]));
    field.value = range && Number.isFinite(Number(state[row])) ? String(Number(state[row])) : state[row]; // 0, where Java says 0.0
    if (range0) { range0.value = SLIDERS[row].place(state[row]); range0.setAttribute('aria-valuetext', state[row]); }
  });
  field.id = `set-${row}`;
  return el('div', { class: range0 ? 'field slide' : 'field' }, el('label', { for: field.id, title: description }, name(row)), ...(range0 ? [range0] : []), field);
};

/* The sets that are drawn, each as a picture of itself. */
const sets = () => {
  const group = el('div', { class: 'sets', role: 'group', 'aria-label': 'data set' });
  const buttons = page.sets.map(({ name: set, points }) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '-2 -2 36 36');
    svg.setAttribute('aria-hidden', 'true');
    points.forEach(([x, y, one]) => {
      const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      dot.setAttribute('cx', x);
      dot.setAttribute('cy', y);
      dot.setAttribute('r', 1.9);
      dot.setAttribute('class', one ? 'one' : 'zero');
      svg.append(dot);
    });
    const button = el('button', { type: 'button', title: set, 'aria-label': set, 'data-set': set }, svg);
    button.addEventListener('click', () => put({ data: `${set}:${rows.value || 200}` }));
    group.append(button);
    return button;
  });
  const rows = el('input', { name: 'rows', type: 'number', min: '20', max: page.mostRows, step: '10', title: `From 20 to ${wide(page.mostRows)}` });
  const set = el('input', { name: 'kind', type: 'hidden' });
  rows.addEventListener('change', () => put({ data: `${set.value}:${rows.value}` }));
  const file = el('input', { id: 'file', type: 'file', accept: '.csv,text/csv', hidden: '' });
  file.addEventListener('change', () => { if (file.files[0]) drop(file.files[0]); });
  const pick = el('button', { type: 'button', class: 'file' }, 'CSV\u2026');
  pick.addEventListener('click', () => file.click());
  fields.set('data', (state) => {
    const [kind, count] = state.data.split(':');
    const upload = kind === 'upload';
    if (!upload) { set.value = kind; rows.value = count || 200; }
    buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.set === kind)));
    pick.setAttribute('aria-pressed', String(upload));
    ['noise', 'mix'].forEach((row) => { document.querySelectorAll(`.field:has([name="${row}"]) input`).forEach((input) => { input.disabled = upload; }); });
    rows.disabled = upload;
  });
  rows.id = 'set-rows';
  return el('div', {}, group, set, el('div', { class: 'field rows' }, el('label', { for: rows.id }, 'Rows'), rows, pick, file));
};

/* What the sliders come to, a sentence a group. */
const counts = (state, runs) => {
  if (!runs.length) return ['', '', ''];
  const { train, test } = runs[0];
  const batch = state.batch === 'full' ? train : Math.min(train, Number(state.batch));
  const pull = Number(state.l2);
  return [
    test ? `${wide(train)} to learn from, ${wide(test)} for the test.` : `${wide(train)} to learn from, none for the test.`,
    '',
    `${batch === train ? `All ${wide(train)} rows a step` : `${wide(batch)} of ${wide(train)} rows a step, drawn anew each pass`}, ${pull === 0 ? 'no penalty.' : `weights pulled to zero${pull >= 0.1 ? ' strongly' : ''}.`}`,
  ];
};
let sentences = [];

export const build = (changed) => {
  change = changed;
  const boxes = GROUPS.map(([title, rows]) => {
    const said = el('small', { class: 'says' });
    sentences.push(said);
    const newSeed = el('button', { id: 'new-seed', type: 'button', title: 'Another seed: other rows, other random weights' }, 'New');
    newSeed.addEventListener('click', () => put({ seed: String(crypto.getRandomValues(new Uint32Array(1))[0] % 100000) }));
    const made = rows.map((row) => (row === 'data' ? sets() : fieldOf(row)));
    if (title === 'Data') made.push(testRows());
    if (title === 'Training') { made[made.length - 1].classList.add('rows'); made[made.length - 1].append(newSeed); }
    return el('fieldset', {}, el('legend', {}, title), ...made, said);
  });
  const placed = [...ELSEWHERE, ...GROUPS.flatMap(([, rows]) => rows)];
  const others = page.rows.filter((row) => !placed.includes(row.name)).map((row) => fieldOf(row.name));
  $('settings').replaceChildren(...boxes, el('details', { class: 'more' }, el('summary', {}, 'More settings'), ...others));
  $('recipe').addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => { event.preventDefault(); if (event.dataTransfer.files[0]) drop(event.dataTransfer.files[0]); });
};
const testRows = () => {
  const box = el('input', { type: 'checkbox', name: 'test' });
  box.addEventListener('change', () => put({ test: box.checked ? 'shown' : undefined }));
  fields.set('test', (state) => { box.checked = state.test === 'shown'; });
  return el('label', { class: 'check' }, box, 'Show test rows, hollow');
};
export const fill = (state, runs) => {
  fields.forEach((set) => set(state));
  counts(state, runs).forEach((text, k) => { sentences[k].textContent = text; });
};

/* ---- files ---- */
const drop = async (file) => {
  problem('');
  if (file.size > page.mostBytes) { problem(`${file.name}: expected at most ${wide(page.mostBytes)} bytes, found ${wide(file.size)}`); return; }
  describe(file.name, await call('upload', null, file));
};
/* Says what is in a dropped file, and asks for what is to be chosen: separator, label, positive class. Every choice is asked of the server, which checks it. */
const describe = (file, answer) => {
  const box = $('dropped');
  const choose = async (words) => {
    problem('');
    describe(file, await call('choose', { data: answer.data, separator: answer.separator, ...words }));
  };
  const pick = (legend, choices, chosen, onPick) => {
    const group = el('span', { class: 'choices', role: 'group', 'aria-label': legend }, `${legend} `);
    choices.forEach(([value, text]) => {
      const button = el('button', { type: 'button', 'aria-pressed': String(value === chosen) }, text || value);
      button.addEventListener('click', () => onPick(value));
      group.append(button);
    });
    return group;
  };
  const ready = Boolean(answer.label);
  const heard = answer.notices ? answer.notices.map((notice) => notice.replace(/\S*dropped-[0-9a-f]+\.csv/g, file)) : [];
  box.hidden = false;
  box.replaceChildren(
    el('strong', {}, file), ready ? `: ${wide(answer.rows)} rows, ${answer.features.length} features. ` : ': which column is to be foretold? ',
    pick('Label', answer.candidates.slice(0, 12).map((candidate) => [candidate.column, ready ? candidate.column : `${candidate.column} (${candidate.values.join(', ')})`]), answer.label, (chosen) => choose({ label: chosen })), ' ',
    ready ? pick('Positive', [answer.positive, answer.negative].sort().map((value) => [value]), answer.positive, (positive) => choose({ label: answer.label, positive })) : '', ' ',
    pick('Separator', [[',', ','], [';', ';'], ['tab', 'tab'], ['|', '|']], answer.separator, (separator) => choose({ separator })), ' ',
    back(), heard.length ? el('details', {}, el('summary', {}, `${heard.length} ${heard.length === 1 ? 'note' : 'notes'}`), ...heard.map((notice) => el('p', {}, notice))) : '', ' The file stays on this machine.');
  if (!ready) { box.querySelector('button').focus(); return; }
  put({ data: answer.data, optimizer: 'adam', 'learning-rate': '0.01' });
};
const back = () => {
  const button = el('button', { type: 'button' }, 'Back to drawn rows');
  button.addEventListener('click', () => {
    $('dropped').hidden = true;
    $('file').value = '';
    problem('');
    put({ data: drawn() });
  });
  return button;
};

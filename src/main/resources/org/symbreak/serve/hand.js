/* What of a unit can be changed by hand: its weights, typed or nudged; a copy of another unit; nothing at all; and back. */
import { S, el, number } from './state.js';

const MOST = 12;

export const hand = (host, history, shown, touch, close) => {
  const { layer, members } = shown;
  const units = history.layers[layer].shown;
  let unit = members[0];
  const build = (frame, output) => {
    const d = S.decodeLayer(frame.layers[layer]);
    const length = d.weights.length / units.length;
    const names = [...(layer ? Array.from({ length: length - 1 }, (_, k) => `from unit ${k + 1}`) : history.inputs), 'bias'];
    const which = el('select', { 'aria-label': 'unit' });
    members.forEach((member) => which.append(el('option', { value: member }, `unit ${units[member] + 1}`)));
    which.value = unit;
    which.addEventListener('change', () => { unit = Number(which.value); build(frame, output); });
    const rows = el('div', { class: 'typed' });
    const order = names.map((_, k) => k);
    (order.length > MOST ? [...order.slice(0, MOST - 1), order.length - 1] : order).forEach((k) => {
      const field = el('input', { type: 'number', step: '0.01', value: String(Number(d.weights[unit * length + k].toPrecision(6))), 'data-input': k });
      field.addEventListener('change', () => touch({ what: 'set', layer, unit: units[unit], input: k, value: field.value }));
      rows.append(el('label', {}, names[k], field));
    });
    const nudge = el('button', { type: 'button', id: 'nudge' }, 'Nudge by 0.01');
    nudge.addEventListener('click', () => touch({ what: 'set', layer, unit: units[unit], input: 0, value: String(d.weights[unit * length] + 0.01) }));
    const zero = el('button', { type: 'button' }, 'Set to zero');
    zero.addEventListener('click', () => touch({ what: 'zero', layer, unit: units[unit] }));
    const onto = el('select', { 'aria-label': 'copy onto' }, el('option', { value: '' }, 'Copy onto\u2026'));
    units.forEach((other, i) => { if (i !== unit) onto.append(el('option', { value: other }, `unit ${other + 1}`)); });
    onto.addEventListener('change', () => { if (onto.value) touch({ what: 'copy', layer, unit: units[unit], to: onto.value }); });
    const undo = el('button', { type: 'button' }, 'Undo');
    undo.addEventListener('click', () => touch({ what: 'undo' }));
    const equal = members.filter((member) => d.groups[member] === d.groups[unit]).length;
    const title = equal > 1 ? `By hand: ${equal} equal units of layer ${layer + 1}` : `By hand: layer ${layer + 1}, unit ${units[unit] + 1}`;
    const words = [d.dead[unit] ? 'Never active on the rows shown.' : '', d.saturated[unit] ? `In the flat zones for ${number(100 * d.saturated[unit] / 255)} % of the rows shown.` : '',
      layer === history.layers.length - 1 && output ? `Its weight to the output: ${number(output[unit])}.` : ''].filter(Boolean).join(' ');
    const done = el('button', { type: 'button', class: 'plain', 'aria-label': 'close' }, '\u00d7');
    done.addEventListener('click', close);
    host.replaceChildren(el('div', { class: 'topline' }, el('h2', {}, title), done), ...(members.length > 1 ? [which] : []), rows, el('p', { class: 'muted' }, words), el('div', { class: 'controls' }, nudge, zero, onto, undo));
  };
  return { build };
};

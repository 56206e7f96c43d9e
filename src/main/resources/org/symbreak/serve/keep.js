/* What is taken away from the page: a link, the command, a run with its report. */
import { $, address, wide } from './state.js';
import { call } from './server.js';
import { shown } from './deck.js';

const say = (...parts) => $('said').replaceChildren(...parts);
const copy = async (text, what) => { try { await navigator.clipboard.writeText(text); say(`Copied ${what}`); } catch (e) { say(text); } };
const byHand = () => shown().byHand > 0;

export const start = ({ state, tab, commands }) => {
  $('copy-link').addEventListener('click', () => copy(`${location.origin}/#${address(state())}`, `the link.${byHand() ? ' It has nothing of what was changed by hand.' : ''} It opens in any tab of this browser while this page is open.`));
  $('copy-command').addEventListener('click', () => copy(commands().join('\n'), `the command.${byHand() ? ' It has nothing of what was changed by hand.' : ''}`));
  const save = async (run) => {
    say('Saving\u2026');
    try {
      const asked = shown().iteration;
      const saved = await call('save', { tab: tab(), run: String(run), it: String(asked) });
      say(`Saved ${saved.model} and ${saved.report}, ${saved.iteration === asked ? `iteration ${wide(asked)}` : `iteration ${wide(saved.iteration)}: the end of the pass that iteration ${wide(asked)} is in, as a run ends with a whole pass`}.${saved.changes ? ` No command repeats it, as ${saved.changes === 1 ? 'one change was' : `${saved.changes} changes were`} made by hand; the report lists what.` : ''}`);
    } catch (e) {
      say('');
    }
  };
  $('save-left').addEventListener('click', () => save(0));
  $('save-right').addEventListener('click', () => save(1));
};
export { say };

/* The server: the token of this start, orders, and the stream of states. */
import { $, address, el, parse } from './state.js';

let current = () => ({});
let opened = () => {};
/* The state that survives while there is no server, and what is done once there is one again. */
export const whoAsks = (state, open) => { current = state; opened = open; };

/* Other tabs of this origin may have the token, of this start alone: it is in no storage that outlives it. */
const channel = new BroadcastChannel('symbreak');
const token = () => sessionStorage.getItem('token');
channel.onmessage = ({ data }) => {
  if (data.wants && token()) channel.postMessage({ token: token() });
};
const askOtherTabs = () => new Promise((resolve) => {
  const listener = new BroadcastChannel('symbreak');
  const done = (found) => { listener.close(); resolve(found); };
  listener.onmessage = ({ data }) => { if (data.token) { sessionStorage.setItem('token', data.token); done(true); } };
  listener.postMessage({ wants: true });
  setTimeout(() => done(false), 500);
});

/* The token comes behind the # once, and leaves the address at once. */
export const enter = () => {
  const { token: given, ...words } = parse(location.hash.slice(1));
  if (given) sessionStorage.setItem('token', given);
  return { words, given: Boolean(given) };
};
/* Whether there is a token, here or in another tab. */
export const isKnown = async () => Boolean(token()) || askOtherTabs();

export const problem = (text) => { $('banner').replaceChildren(text); $('banner').hidden = !text; };

/* Once the connection is lost, somebody else may answer at this address: the token is forgotten, and nothing is asked for until there is a new one. */
export const lose = (text) => {
  sessionStorage.removeItem('token');
  problem(`${text} What you set up is kept in this page\u2019s address. Start symbreak serve again if it has ended, and open the address that it prints, token included; or paste it here: `);
  const field = el('input', { type: 'text', 'aria-label': 'address that symbreak serve printed', placeholder: 'http://127.0.0.1:8642/#token=\u2026', size: '34' });
  const go = el('button', { type: 'button' }, 'Go on');
  const wrong = el('span');
  const enterIt = () => {
    const printed = /^(http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)\/#token=([0-9a-f]{32})$/.exec(field.value.trim());
    if (!printed) { wrong.textContent = ' Expected an address of this machine with #token= and 32 digits in it.'; return; }
    if (printed[1] !== location.origin) { location.assign(`${printed[1]}/#token=${printed[2]}&${address(current())}`); return; }
    sessionStorage.setItem('token', printed[2]);
    opened();
  };
  go.addEventListener('click', enterIt);
  field.addEventListener('keydown', (event) => { if (event.key === 'Enter') enterIt(); });
  $('banner').append(field, ' ', go, wrong);
};

const ask = async (what, body, signal) => {
  if (!token()) { lose('This page has no token.'); throw new Error('no token'); }
  const response = await fetch(`/api/${what}`, { method: 'POST', headers: { 'X-Symbreak-Token': token() }, body, signal });
  if (response.status === 403) { lose('The server does not know this page: it was started anew.'); throw new Error('refused'); }
  return response;
};
export const call = async (what, body, raw) => {
  let response;
  try {
    response = await ask(what, raw || JSON.stringify(body));
  } catch (e) {
    if (e instanceof TypeError) lose('The server does not answer; the film below still works.');
    throw e;
  }
  if (response.status === 400) { const said = await response.json(); problem(said.problems.join('\n')); throw new Error(said.problems[0]); }
  if (!response.ok) { problem(`The server failed: ${response.status}`); throw new Error(String(response.status)); }
  return response.json();
};

/* Orders one after the other; a failed one keeps no other from being given. */
let queue = Promise.resolve();
let waiting = 0;
export const order = (work) => {
  waiting++;
  queue = queue.then(work).catch(() => {}).finally(() => { waiting--; });
  return queue;
};
export const isOrdering = () => waiting > 0;

/* The stream: one a tab, closed while the tab is hidden. */
let stream = null;
export const stopStream = () => { if (stream) { stream.abort(); stream = null; } };
export const isStreaming = () => stream !== null;
/* arrive is given each state; gone is called where the server has forgotten the tab, over where it ends it. */
export const startStream = async (tab, { arrive, gone, over }) => {
  stopStream();
  const mine = new AbortController();
  stream = mine;
  try {
    const response = await ask('events', JSON.stringify({ tab }), mine.signal);
    if (response.status === 400) { gone(); return; }
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) { if (!mine.signal.aborted) over(); break; }
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop();
      lines.filter((line) => line).forEach((line) => arrive(JSON.parse(line)));
    }
  } catch (e) {
    if (!mine.signal.aborted && token()) lose('The connection is lost; the film still works.');
  }
};

'use strict';
/* What every page has: buttons that copy a command, and the theme where no picture is to be drawn anew for it. */
(() => {
  document.querySelectorAll('button.copy').forEach((button) => {
    const pre = button.parentNode.querySelector('pre');
    const said = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
      } catch (e) { // not every browser lets a page from disk write there
        const range = document.createRange();
        range.selectNodeContents(pre);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        document.execCommand('copy');
      }
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = said; }, 1500);
    });
  });
  const theme = document.getElementById('theme');
  if (!theme) return;
  theme.hidden = false;
  if (document.getElementById('data')) return;
  const names = ['auto', 'light', 'dark'];
  let at = 0;
  const say = () => { theme.textContent = `Theme: ${names[at]}`; };
  theme.addEventListener('click', () => {
    at = (at + 1) % names.length;
    if (at) document.documentElement.dataset.theme = names[at]; else delete document.documentElement.dataset.theme;
    say();
  });
  say();
  document.documentElement.dataset.ready = 'true';
})();

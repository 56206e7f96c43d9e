'use strict';
/* A forecast's curves, and what was measured as dots on them. */
(() => {
  const S = Symbreak;
  const { el } = S;
  const data = JSON.parse(document.getElementById('data').textContent);
  const figure = (title, label, caption) => {
    const canvas = el('canvas', { role: 'img', 'aria-label': label });
    return { canvas, node: el('figure', {}, el('h3', {}, title), el('div', { class: 'chart' }, canvas), el('figcaption', {}, caption)) };
  };
  const levels = (last, c) => [['plateau ends', 0.95, [6, 4]], ['half', 0.5, [2, 3]]].map(([label, y, dash]) => ({ label, x: [0, last], y: [y, y], colour: c.muted, dash, width: 1 }));
  const drawLoss = () => {
    const c = S.colours();
    const styles = ['circle', 'rect', 'triangle'];
    const { node, canvas } = figure('Training loss over a constant prediction\u2019s', 'training loss over the steps: the forecast as a line, trained runs as dots', 'Line: the forecast, where it was integrated. Dots: runs that were trained. Penalty left out.');
    document.getElementById('loss').replaceChildren(node);
    const all = [data.curve, ...data.runs.map((run) => run.curve)];
    const last = Math.max(1, ...all.flatMap((curve) => curve.steps));
    const highest = Math.max(...all.flatMap((curve) => curve.losses));
    S.lineChart(canvas, {
      x: 'step', logY: highest > 4, yMin: highest > 4 ? undefined : 0,
      series: [
        { label: 'forecast', x: data.curve.steps, y: data.curve.losses, colour: c.ink, width: 2.5 },
        ...data.runs.map((run, k) => ({ label: run.name, x: run.curve.steps, y: run.curve.losses, colour: c.series[k + 1], line: false, points: 2.5, pointStyle: styles[k % styles.length] })),
        ...levels(last, c),
      ],
    });
  };
  const quantities = [
    ['Mean square of the sums of inputs', 'sums', 'sumsTheory', true],
    ['Mean square of the gradient', 'gradient', 'gradientTheory', true],
    ['Correlation of two rows', 'correlation', 'correlationTheory', false],
  ];
  const drawSignal = () => {
    const c = S.colours();
    const host = document.getElementById('signal');
    host.replaceChildren();
    const x = data.layers.map((layer) => layer.layer);
    quantities.forEach(([title, measured, theory, logY]) => {
      const { node, canvas } = figure(title, `${title}, layer by layer: theory as a line, passes over rows as dots`, 'Line: mean-field theory, where it has something to say. Dots: passes over rows.');
      host.append(node);
      S.lineChart(canvas, {
        x: 'layer', linearX: true, xMin: 1, xMax: Math.max(2, x[x.length - 1]), logY,
        series: [
          { label: 'theory', x, y: data.layers.map((layer) => layer[theory]), colour: c.ink },
          { label: 'measured', x, y: data.layers.map((layer) => layer[measured]), colour: c.series[1], line: false, points: 4 },
        ],
      });
    });
  };
  const drawAll = () => { S.destroyCharts(); drawLoss(); drawSignal(); };
  drawAll();
  S.themeButton(document.getElementById('theme'), drawAll);
  S.whilePrinting(drawAll, drawAll);
  document.documentElement.dataset.ready = 'true';
})();

"use strict";
/**
 * A chart of curves over steps. Wheel and touch scroll the page; a drag enlarges a part, Reset and a
 * double click show all; arrow keys move the cursor, whose values stand below.
 *
 * options: {title, unit (value -> words), smooth (share of the past, or undefined), log (whether to offer it)}
 * curves: [{name, x: [step], y: [value], dash, points}]
 */
convoy.chart = (options, given) => {
  const words = options.unit || convoy.words.figure;
  let curves = given;
  let data = uPlot.join(curves.map((curve) => [curve.x, curve.y]));
  const legend = convoy.el("div", {class: "legend", "aria-live": "off"});
  const room = convoy.el("div", {tabindex: "0", role: "img", "aria-label": convoy.chart.summary(options, curves, words)});
  const log = convoy.el("input", {type: "checkbox", onchange: () => draw()});
  const smooth = convoy.el("input", {type: "range", min: "0", max: "0.99", step: "0.01", value: options.smooth || 0, oninput: () => draw()});
  const csv = convoy.el("button", {type: "button", onclick: () => convoy.chart.save(options.title, curves, data)}, "CSV");
  const reset = convoy.el("button", {type: "button", onclick: () => draw()}, "Reset");
  const positive = options.log && curves.every((curve) => curve.y.every((value) => value > 0));
  const figure = convoy.el(
    "figure",
    {class: "chart"},
    convoy.el(
      "figcaption",
      {},
      convoy.el("strong", {}, options.title),
      options.smooth === undefined ? null : convoy.el("label", {}, "smooth ", smooth),
      positive ? convoy.el("label", {}, log, " log") : null,
      reset,
      csv),
    room,
    legend);
  let plot = null;

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const tell = (at) => {
    legend.replaceChildren(
      ...curves.map((curve, i) => {
        const value = at === null || at === undefined ? curve.y[curve.y.length - 1] : data[i + 1][at];
        const mark = convoy.el("span", {class: "mark"});
        mark.style.borderTopColor = style("--series-" + (1 + (i % 8)));
        mark.style.borderTopStyle = curve.dash ? "dashed" : "solid";
        return convoy.el("span", {}, mark, curve.name + " " + (value === null || value === undefined ? "–" : words(value)));
      }),
      convoy.el("span", {class: "faint"}, at === null || at === undefined ? "last" : "step " + convoy.words.count(data[0][at])));
  };

  const shown = () => [
    data[0],
    ...data.slice(1).map((values, i) => (curves[i].points ? values : convoy.chart.smoothed(values, Number(smooth.value)))),
  ];

  const draw = () => {
    const line = style("--line");
    const faint = style("--faint");
    const axis = (values) => ({stroke: faint, grid: {stroke: line, width: 1}, ticks: {stroke: line, width: 1}, values});
    if (plot) {
      plot.destroy();
    }
    plot = new uPlot(
      {
        width: Math.max(240, room.clientWidth || 480),
        height: 260,
        legend: {show: false},
        cursor: {drag: {x: true, y: false}},
        scales: {x: {time: false}, y: {distr: log.checked ? 3 : 1}},
        axes: [axis((u, ticks) => ticks.map(convoy.words.count)), {...axis((u, ticks) => ticks.map((t) => (t === null ? "" : words(t)))), size: 64}],
        series: [
          {label: "step"},
          ...curves.map((curve, i) => ({
            label: curve.name,
            stroke: style("--series-" + (1 + (i % 8))),
            width: 1.5,
            dash: curve.dash ? [6, 4] : [],
            spanGaps: true,
            points: {show: Boolean(curve.points) || curve.x.length < 3},
          })),
        ],
        hooks: {setCursor: [(u) => tell(u.cursor.idx)]},
      },
      shown(),
      room);
    plot.over.addEventListener("mouseleave", () => tell(null));
    figure.plot = plot;
    tell(null);
  };

  /** The same curves, grown; a part that is enlarged stays so. */
  figure.update = (grown) => {
    const same = grown.length === curves.length && grown.every((curve, i) => curve.name === curves[i].name);
    const whole = !plot || plot.scales.x.max === data[0][data[0].length - 1];
    curves = grown;
    data = uPlot.join(curves.map((curve) => [curve.x, curve.y]));
    room.setAttribute("aria-label", convoy.chart.summary(options, curves, words));
    if (!plot || !same) {
      draw();
    } else {
      plot.setData(shown(), whole);
      tell(plot.cursor.idx);
    }
  };

  room.addEventListener("keydown", (event) => {
    const move = {ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20}[event.key];
    if (!plot || (move === undefined && event.key !== "Home" && event.key !== "End")) {
      return;
    }
    event.preventDefault();
    const last = data[0].length - 1;
    const now = plot.cursor.idx === null || plot.cursor.idx === undefined ? last : plot.cursor.idx;
    const next = event.key === "Home" ? 0 : event.key === "End" ? last : Math.min(last, Math.max(0, now + move));
    plot.setCursor({left: plot.valToPos(data[0][next], "x"), top: 20});
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  new ResizeObserver(() =>
    requestAnimationFrame(() => {
      if (!plot || Math.abs(plot.width - room.clientWidth) > 1) {
        draw();
      }
    })).observe(room);
  return figure;
};

/** What a chart shows, for those who do not see it. */
convoy.chart.summary = (options, curves, words) =>
  options.title + ". " + curves.map((curve) => {
    const least = curve.y.reduce((a, b) => Math.min(a, b), Infinity);
    const largest = curve.y.reduce((a, b) => Math.max(a, b), -Infinity);
    return curve.name + ": " + curve.y.length + " points from step " + curve.x[0] + " to " + curve.x[curve.x.length - 1] + ", last " + words(curve.y[curve.y.length - 1]) + ", least " + words(least) + ", largest " + words(largest);
  }).join("; ") + ". Arrow keys move the cursor.";

/** An exponential moving average; 0 leaves the values as they are. */
convoy.chart.smoothed = (values, weight) => {
  if (weight === 0) {
    return values;
  }
  let sum = 0;
  let norm = 0;
  return values.map((value) => {
    if (value === null || value === undefined) {
      return value;
    }
    sum = weight * sum + (1 - weight) * value;
    norm = weight * norm + (1 - weight);
    return sum / norm;
  });
};

convoy.chart.save = (title, curves, data) => {
  const quote = (text) => '"' + String(text).replaceAll('"', '""') + '"';
  const head = ["step", ...curves.map((curve) => curve.name)].map(quote).join(",");
  const lines = data[0].map((step, at) => [step, ...data.slice(1).map((values) => values[at] ?? "")].join(","));
  convoy.download(title.replaceAll(/[^A-Za-z0-9]+/g, "-").toLowerCase() + ".csv", "text/csv", [head, ...lines].join("\n") + "\n");
};

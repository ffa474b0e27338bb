"use strict";
// A network's layers: how they hang together, what they cost, and where a step's time goes.

/** Layers from top to bottom, with lines from what each reads; network: {input, layers: [{name, type, inputs, output, parameters}]}, share: layer's name -> share of the time. */
convoy.graph = (network, share) => {
  const {svg, words} = convoy;
  const most = 16; // lines side by side
  const step = 24;
  const apart = 9;
  const place = new Map([["input", 0]]);
  network.layers.forEach((layer, i) => place.set(layer.name, i + 1));
  const jumps = network.layers
    .flatMap((layer, i) => layer.inputs.map((input) => ({from: place.get(input), to: i + 1})))
    .filter(({from, to}) => from !== to - 1)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const ends = [];
  jumps.forEach((jump) => {
    const free = ends.findIndex((end) => end <= jump.from);
    jump.lane = free >= 0 ? free : ends.length;
    ends[jump.lane] = jump.to;
  });
  const x = 14 + apart * Math.min(ends.length, most);
  const y = (row) => 14 + step * row;
  const longest = Math.max(...network.layers.map((layer) => layer.name.length));
  const columns = [12, 24 + 7.5 * longest, 140, 120, 100].reduce((all, width) => [...all, all[all.length - 1] + width], [x]).slice(1);
  const kinds = {conv2d: 1, depthwise: 1, transposedConv2d: 1, linear: 4, add: 2, multiply: 2, concat: 2};
  const kind = (type) => kinds[type] || (/pool/i.test(type) ? 3 : /norm/i.test(type) ? 6 : 8);
  const row = (at, mark, texts, part) => [
    svg("circle", {cx: x, cy: y(at), r: 5, class: "mark-" + mark}),
    texts.map((text, i) => svg("text", {x: columns[i], y: y(at) + 4}, text)),
    part > 0 ? svg("rect", {class: "bar", x: columns[4], y: y(at) - 6, width: Math.max(1, 160 * part), height: 12}) : null,
    part > 0 ? svg("text", {x: columns[4] + 6 + 160 * part, y: y(at) + 4}, words.percent(part, 1)) : null,
  ].flat();
  const width = columns[4] + 230;
  const height = y(network.layers.length) + 14;
  return svg(
    "svg",
    {viewBox: "0 0 " + width + " " + height, width, height, role: "img", class: "graph", "aria-label": "The network's layers from top to bottom, and what each reads; the table below has the same"},
    network.layers.map((layer, i) => (layer.inputs.some((input) => place.get(input) === i) ? svg("path", {class: "edge", d: "M" + x + " " + y(i) + "V" + y(i + 1)}) : null)),
    jumps.map(({from, to, lane}) => {
      const left = x - 8 - apart * (lane % most);
      return svg("path", {class: "edge", d: "M" + x + " " + y(from) + "H" + left + "V" + y(to) + "H" + x});
    }),
    row(0, 8, ["input", "", network.input]),
    network.layers.map((layer, i) =>
      row(i + 1, kind(layer.type), [layer.name, layer.type, layer.output, layer.parameters === 0 ? "" : words.count(layer.parameters)], share(layer.name))));
};

/** What layers come to, below what the machine can do; times: of layers.json. */
convoy.roofline = (times) => {
  const {svg, words} = convoy;
  const peak = times.limits.operations;
  const slope = times.limits.bytes;
  const points = times.step.layers.flatMap((layer) =>
    ["forward", "backward"]
      .map((way) => ({way, names: layer.layers.join(" + "), ...layer[way]}))
      .filter(({operations, seconds}) => operations > 0 && seconds > 0)
      .map((part) => ({...part, x: part.operations / part.bytes, y: part.operations / part.seconds})));
  const decade = (values, round) => Math.pow(10, round(Math.log10(round === Math.floor ? Math.min(...values) : Math.max(...values))));
  const ridge = peak / slope;
  const xs = [decade([ridge / 3, ...points.map((p) => p.x)], Math.floor), decade([ridge * 3, ...points.map((p) => p.x)], Math.ceil)];
  const ys = [decade([peak / 30, ...points.map((p) => p.y)], Math.floor), decade([peak, ...points.map((p) => p.y)], Math.ceil)];
  const [width, height, left, bottom] = [520, 300, 64, 44];
  const log = (value, [from, to]) => (Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from));
  const x = (value) => left + log(value, xs) * width;
  const y = (value) => 12 + (1 - log(value, ys)) * height;
  const decades = ([from, to]) => Array.from({length: Math.round(Math.log10(to / from)) + 1}, (_, i) => from * Math.pow(10, i));
  const low = Math.max(xs[0], ys[0] / slope);
  const said = (part) => part.names + ", " + part.way + ": " + words.figure(part.y / 1e9) + " GFLOP/s at " + words.figure(part.x) + " operations a byte";
  return svg(
    "svg",
    {viewBox: "0 0 " + (left + width + 30) + " " + (height + 12 + bottom), width: left + width + 30, role: "img", class: "roofline", "aria-label": "Roofline: operations a second of each layer by operations a byte; the table below has the values"},
    decades(xs).map((v) => [svg("path", {class: "grid", d: "M" + x(v) + " 12v" + height}), svg("text", {x: x(v), y: height + 28, "text-anchor": "middle"}, words.figure(v))]).flat(),
    decades(ys).map((v) => [svg("path", {class: "grid", d: "M" + left + " " + y(v) + "h" + width}), svg("text", {x: left - 6, y: y(v) + 4, "text-anchor": "end"}, words.figure(v / 1e9))]).flat(),
    svg("path", {class: "roof", d: "M" + x(low) + " " + y(low * slope) + "L" + x(ridge) + " " + y(peak) + "H" + x(xs[1])}),
    points.map((part) => {
      const mark = part.way === "forward" ? svg("circle", {class: "mark-1", cx: x(part.x), cy: y(part.y), r: 5}) : svg("rect", {class: "mark-2", x: x(part.x) - 4.5, y: y(part.y) - 4.5, width: 9, height: 9});
      mark.append(svg("title", {}, said(part)));
      return mark;
    }),
    svg("text", {x: left + width / 2, y: height + 48, "text-anchor": "middle"}, "operations a byte"),
    svg("text", {x: left + 6, y: 26}, "GFLOP/s; ● forward, ■ backward"));
};

/** The section on a network: report as RunReport makes it. */
convoy.network = (report) => {
  const {el, words} = convoy;
  const network = report.network;
  const times = report.layerTimes;
  const groups = times ? times.step.layers : [];
  const seconds = (group) => group.forward.seconds + group.backward.seconds;
  const all = groups.reduce((sum, group) => sum + seconds(group), 0) || 1;
  const of = new Map(groups.flatMap((group) => group.layers.map((name) => [name, group])));
  // what is computed together counts once: at the first of these layers
  const firsts = new Map(groups.map((group) => [network.layers.find((layer) => group.layers.includes(layer.name)), group]).filter(([layer]) => layer).map(([layer, group]) => [layer.name, group]));
  const share = (name) => (firsts.has(name) ? seconds(firsts.get(name)) / all : 0);
  const timed = (layer) => (firsts.has(layer.name) ? share(layer.name) : null);
  const together = (layer) => (of.has(layer.name) && !firsts.has(layer.name) ? "with " + [...firsts].find(([, group]) => group === of.get(layer.name))[0] : "");
  const percent = (v) => words.percent(v, 1);
  const milliseconds = (v) => words.figure(1e3 * v);
  const graph = convoy.scroll("Layers and what they read", convoy.graph(network, share));
  graph.classList.add("tall");
  return [
    el("p", {}, "Input " + network.input + "." + (times ? " Bars: each layer's share of a step's computation." : "")),
    network.warnings.map((warning) => el("p", {}, "Warning: " + warning)),
    graph,
    el("details", {}, el("summary", {}, "As a table"), convoy.table("Layers", [
      {name: "layer"},
      {name: "type"},
      {name: "reads"},
      {name: "output"},
      {name: "parameters", number: true, text: words.count},
      {name: "multiply-adds", number: true, text: words.count},
      ...(times ? [{name: "of the time", number: true, text: percent}, {name: "computed"}] : []),
    ], network.layers.map((l) => [l.name, l.type, l.inputs.join(", "), l.output, l.parameters, l.multiplyAdds, ...(times ? [timed(l), together(l)] : [])]))),
    times
      ? [
          el("h3", {}, "Layers and the machine"),
          el("p", {}, "A step of " + words.number(times.step.samples, "image") + " on " + words.number(times.threads, "thread") + ": " + milliseconds(all) + " ms, the median of ten. The line is what the machine could do, measured just before: " + words.figure(times.limits.operations / 1e9) + " GFLOP/s, and " + words.figure(times.limits.bytes / 1e9) + " GB/s from memory. Where it slopes, layers wait for memory. Operations are those of the formula; Winograd's algorithm needs fewer, so it may lie above the line."),
          convoy.scroll("Roofline", convoy.roofline(times)),
          el("details", {}, el("summary", {}, "As a table"), convoy.table("Times of layers", [
            {name: "layers"},
            {name: "forward ms", number: true, text: milliseconds},
            {name: "backward ms", number: true, text: milliseconds},
            {name: "of the time", number: true, text: percent},
            {name: "GFLOP/s", number: true, text: words.figure},
            {name: "MB", number: true, text: words.figure},
            {name: "operations a byte", number: true, text: words.figure},
            {name: "of the limit", number: true, text: percent},
          ], groups.map((group) => {
            const operations = group.forward.operations + group.backward.operations;
            const bytes = group.forward.bytes + group.backward.bytes;
            const least = Math.max(operations / times.limits.operations, bytes / times.limits.bytes);
            return [group.layers.join(" + "), group.forward.seconds, group.backward.seconds, seconds(group) / all, operations === 0 ? null : operations / seconds(group) / 1e9, bytes / 1e6, operations / bytes, least / seconds(group)];
          }))),
        ]
      : null,
  ];
};

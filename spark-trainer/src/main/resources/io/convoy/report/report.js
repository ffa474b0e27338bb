"use strict";
/**
 * A report as elements, made of its JSON: a head, a list of its sections, and these. Their grow
 * takes the curves of a run that has come further.
 */
convoy.report = (report) => {
  const {el, svg, words} = convoy;
  const curves = report.training.curves;
  const result = report.result;
  const evaluation = report.evaluation || report.validation;
  const figures = evaluation && evaluation.figures;
  const images = report.evaluation ? "Test images" : "Images held back for validation";
  const tested = evaluation && el("p", {class: "faint"}, images + ", after step " + words.count(evaluation.step) + ": " + evaluation.data);

  const sections = [];
  const section = (id, title, ...content) => {
    sections.push([id, title, el("section", {id, "aria-labelledby": id + "-title"}, el("h2", {id: id + "-title", tabindex: "-1"}, title), ...content)]);
  };

  const charts = [];
  const chart = (title, options, ...named) => {
    const of = (all) => named.filter(([, curve]) => all[curve]).map(([name, curve, points]) => ({name, ...all[curve], points, dash: points}));
    if (of(curves).length === 0) {
      return null;
    }
    const figure = convoy.chart({title, ...options}, of(curves));
    charts.push((grown) => figure.update(of(grown)));
    return figure;
  };

  const head = () => {
    const tiles = [];
    const tile = (name, value, say) => {
      if (value !== null && value !== undefined) {
        tiles.push([name, say(value)]);
      }
    };
    tile("steps", report.training.lastStep, words.count);
    if (result) {
      tile("test accuracy", result.testAccuracy, words.percent);
      tile("test loss", result.testLoss, words.figure);
      tile("best validation", result.bestValidationAccuracy, words.percent);
      tile("training loss", result.trainLoss, words.figure);
      tile("images/s", result.imagesPerSecond, words.count);
      tile("time", result.seconds, words.duration);
      tile("executors", result.executors, words.count);
      tile("waiting for data", result.dataWaitShare, (share) => words.percent(share, 1));
    }
    const parameters = report.network && report.network.layers.reduce((sum, layer) => sum + layer.parameters, 0);
    tile("parameters", parameters, words.count);
    const state = result ? "finished" : "not finished: as it stood when this page was written";
    return el("header", {}, el("h1", {}, report.name), el("p", {class: "faint"}, report.location), el("p", {}, state), convoy.tiles(tiles));
  };

  const findings = () => {
    if (!report.findings) {
      return;
    }
    const {faults, notLookedFor} = report.findings;
    section(
      "findings",
      "Findings",
      faults.length === 0 ? el("p", {}, "No fault was found.") : null,
      faults.map((fault) => [
        el("h3", {}, fault.fault),
        el("p", {}, fault.evidence + ": " + fault.meaning + "."),
        el("p", {}, "Try: " + fault.advice + "."),
      ]).flat(),
      el("p", {class: "faint"}, "convoy lint looks at the images as well."),
      Object.keys(notLookedFor).length === 0
        ? null
        : el("details", {}, el("summary", {}, "What could not be looked for"), convoy.pairs(Object.entries(notLookedFor))));
  };

  const trainingCurves = () => {
    const charts = [
      chart("Loss", {smooth: 0.6, log: true}, ["training", "loss"], ["validation", "validationLoss", true]),
      chart("Accuracy", {unit: (v) => words.percent(v, 1), smooth: 0.6}, ["training", "accuracy"], ["validation", "validationAccuracy", true]),
      chart("Learning rate", {log: true}, ["rate", "rate"]),
      chart("Norm of the gradient", {smooth: 0.6, log: true}, ["norm", "gradientNorm"]),
    ].filter(Boolean);
    section("curves", "Curves", charts.length === 0 ? el("p", {}, "No step is written down yet.") : el("div", {class: "charts"}, charts));
  };

  const time = () => {
    const charts = [chart("Seconds of a step", {smooth: 0.6}, ["step", "seconds"], ["waiting for data", "dataWait"])].filter(Boolean);
    const ranks = report.training.ranks || [];
    const seconds = {number: true, text: words.duration};
    const share = {number: true, text: (v) => words.percent(v, 1)};
    const rows = ranks.map((r, i) => {
      const all = r.compute + r.dataWait + r.exchange || 1;
      return [i, r.executor, r.host, r.compute, r.dataWait, r.exchange, r.compute / all, r.dataWait / all, r.exchange / all];
    });
    if (charts.length > 0) {
      section(
        "time",
        "Where the time went",
        el("div", {class: "charts"}, charts),
        ranks.length === 0
          ? null
          : el("p", {}, "Each executor's seconds. Exchange is sending, waiting for slower ones, and the update."),
        ranks.length === 0
          ? null
          : convoy.table(
              "Seconds of each executor",
              [{name: "rank", number: true}, {name: "executor"}, {name: "host"}, {name: "compute", ...seconds}, {name: "data", ...seconds}, {name: "exchange", ...seconds}, {name: "compute %", ...share}, {name: "data %", ...share}, {name: "exchange %", ...share}],
              rows));
    }
  };

  const health = () => {
    const {step, layers} = report.training.health || {layers: []};
    if (layers.length > 0) {
      section(
        "health",
        "How layers fare",
        el("p", {}, "At step " + words.count(step) + ". Updates of about a thousandth of the weights are usual; a dead channel gives zero for all images."),
        convoy.table("Layers", [{name: "layer"}, {name: "update ratio", number: true, text: words.figure}, {name: "dead", number: true, text: (v) => words.percent(v, 1)}], layers.map((l) => [l.name, l.updateRatio, l.deadShare])));
    }
  };

  const confusion = () => {
    if (!figures) {
      section("confusion", "Confusion", el("p", {}, "Not there yet: the end of the training, a validation or convoy evaluate brings it."));
      return;
    }
    const names = figures.classes.map((c) => c.name);
    const cells = figures.confusion;
    const wrong = cells.filter(([label, predicted]) => label !== predicted).sort((a, b) => b[2] - a[2]);
    const pairs = convoy.table(
      "Classes that are taken for another",
      [{name: "label"}, {name: "taken for"}, {name: "images", number: true, text: words.count}, {name: "of the class", number: true, text: (v) => words.percent(v, 1)}],
      wrong.slice(0, 50).map(([label, predicted, images]) => [names[label], names[predicted], images, images / figures.classes[label].support]));
    if (names.length > 50) {
      section("confusion", "Confusion", tested, el("p", {}, names.length + " classes: the pairs most often confused."), pairs);
      return;
    }
    const matrix = names.map(() => names.map(() => 0));
    cells.forEach(([label, predicted, images]) => (matrix[label][predicted] = images));
    const byName = names.map((_, i) => i);
    const table = el("table", {class: "confusion", "aria-label": "Confusion matrix"});
    const show = (order) =>
      table.replaceChildren(
        el("thead", {}, el("tr", {}, el("td"), order.map((i) => el("th", {scope: "col"}, names[i])))),
        el("tbody", {}, order.map((row) =>
          el("tr", {}, el("th", {scope: "row"}, names[row]), order.map((column) => {
            const share = matrix[row][column] / Math.max(1, figures.classes[row].support);
            const cell = el("td", {title: names[row] + " taken for " + names[column] + ": " + matrix[row][column]}, matrix[row][column] === 0 ? "" : words.count(matrix[row][column]));
            const colour = row === column ? "--good" : "--bad";
            if (share > 0) {
              cell.style.background = "rgba(" + getComputedStyle(document.documentElement).getPropertyValue(colour) + ", " + Math.min(0.45, row === column ? 0.4 * share : 0.08 + 1.5 * share) + ")";
            }
            return cell;
          })))));
    const recall = (i) => (figures.classes[i].recall ? figures.classes[i].recall.value : 0);
    const orders = {
      "as the network has them": byName,
      "by name": [...byName].sort((a, b) => names[a].localeCompare(names[b])),
      "worst first": [...byName].sort((a, b) => recall(a) - recall(b)),
    };
    const select = el("select", {onchange: () => show(orders[select.value])}, Object.keys(orders).map((name) => el("option", {value: name}, name)));
    show(byName);
    section(
      "confusion",
      "Confusion",
      tested,
      el("p", {}, "Rows are the true classes, columns the predicted ones."),
      el("div", {class: "controls"}, el("label", {}, "order ", select)),
      convoy.scroll("Confusion matrix", table),
      el("details", {}, el("summary", {}, "Pairs most often confused"), pairs));
  };

  const classes = () => {
    if (!figures) {
      return;
    }
    const share = (v) => words.percent(v, 1);
    const columns = [
      {name: "class"},
      {name: "images", number: true, text: words.count},
      {name: "predicted", number: true, text: words.count},
      {name: "precision", number: true, text: share},
      {name: "recall", number: true, text: share},
      {name: "F1", number: true, text: share},
    ];
    section(
      "classes",
      "Classes",
      convoy.table("Classes", columns, figures.classes.map((c) => [c.name, c.support, c.predicted, c.precision, c.recall && c.recall.value, c.f1])));
  };

  const calibration = () => {
    if (!figures || !figures.calibration) {
      return;
    }
    const size = 280;
    const edge = 36;
    const x = (v) => edge + v * size;
    const y = (v) => 10 + (1 - v) * size;
    const bins = figures.calibration.bins.filter((bin) => bin.images > 0);
    const drawing = svg(
      "svg",
      {viewBox: "0 0 " + (size + edge + 10) + " " + (size + 50), width: size + edge + 10, role: "img", "aria-label": "Reliability diagram: the share of correct images by confidence; the table below has its values"},
      bins.map((bin) => svg("rect", {class: "bar", x: x(bin.above), y: y(bin.accuracy), width: (bin.upTo - bin.above) * size - 1, height: bin.accuracy * size})),
      svg("path", {class: "ideal", d: "M" + x(0) + " " + y(0) + "L" + x(1) + " " + y(1)}),
      svg("path", {class: "axis", fill: "none", d: "M" + x(0) + " " + y(1) + "V" + y(0) + "H" + x(1)}),
      [0, 0.5, 1].map((v) => [svg("text", {x: x(v), y: y(0) + 16, "text-anchor": "middle"}, String(v)), svg("text", {x: edge - 6, y: y(v) + 4, "text-anchor": "end"}, String(v))]).flat(),
      svg("text", {x: x(0.5), y: y(0) + 32, "text-anchor": "middle"}, "confidence"));
    const share = (v) => words.percent(v, 1);
    section(
      "calibration",
      "Calibration",
      el("p", {}, "Expected calibration error " + words.percent(figures.calibration.expectedError) + ". Bars above the line: the network is right more often than it says."),
      drawing,
      el("details", {}, el("summary", {}, "As a table"), convoy.table("Calibration", [
        {name: "confidence up to", number: true, text: words.figure},
        {name: "images", number: true, text: words.count},
        {name: "mean confidence", number: true, text: share},
        {name: "correct", number: true, text: share},
      ], bins.map((bin) => [bin.upTo, bin.images, bin.confidence, bin.accuracy]))));
  };

  const pictures = report.pictures || {};
  const picture = (address, words, large) =>
    el("img", {src: address, alt: words, loading: "lazy", class: large ? "large" : null});

  const mistakes = () => {
    if (!figures || figures.mistakes.length === 0) {
      return;
    }
    const seen = new Map((pictures.mistakes || []).map((m) => [m.sample, m.image]));
    const shown = figures.mistakes.filter((m) => seen.has(m.sample));
    section(
      "mistakes",
      "Most confident mistakes",
      shown.length === 0 || !report.evaluation
        ? null
        : el("ul", {class: "pictures"}, shown.map((m) =>
            el("li", {}, picture(seen.get(m.sample), "image " + m.sample + " of the test images"), el("div", {}, m.label + " taken for " + m.predicted), el("div", {class: "faint"}, words.percent(m.probability, 1))))),
      convoy.table("Images that the network is sure of and wrong about", [
        {name: "image", number: true, text: words.count},
        {name: "label"},
        {name: "taken for"},
        {name: "probability", number: true, text: (v) => words.percent(v, 1)},
        {name: "path", long: true},
      ], figures.mistakes.map((m) => [m.sample, m.label, m.predicted, m.probability, m.path])));
  };

  const looks = () => {
    const {maps, filters, features} = pictures;
    if (!maps && !filters) {
      return;
    }
    const kinds = [
      ["image", "the image"],
      ["gradCam", "Grad-CAM"],
      ["hidden", "occlusion"],
      ["saliency", "saliency"],
    ];
    section(
      "looks",
      "What the network looks at",
      maps
        ? [
            el("p", {}, "Where the class that it says comes from: by Grad-CAM at layer " + maps.gradCamLayer + ", by hiding parts (" + (maps.occlusion ? "the probability falls" : "left out: it would take long") + "), and by the gradient of each pixel."),
            el("ul", {class: "pictures wide"}, maps.images.map((m) =>
              el("li", {},
                el("div", {class: "row"}, kinds.filter(([key]) => m[key]).map(([key, name]) => picture(m[key], name + ": image " + m.sample + ", a " + m.label, true))),
                el("div", {}, m.label + (m.guess === m.label ? "" : ", taken for " + m.guess)),
                el("div", {class: "faint"}, kinds.filter(([key]) => m[key]).map(([, name]) => name).join(", ") + "; " + words.percent(m.probability, 1))))),
          ]
        : null,
      filters
        ? [
            el("h3", {}, "Filters of layer " + filters.layer),
            el("p", {class: "faint"}, filters.images.length + " of " + filters.count + (filters.images.length === 0 ? "" : ": grey is zero")),
            el("div", {class: "row"}, filters.images.map((image, i) => picture(image, "filter " + i, true))),
          ]
        : null,
      features
        ? [
            el("h3", {}, "What layers make of an image"),
            el("div", {class: "row"}, picture(features.image, "the image", true)),
            features.layers.map((layer) => [
              el("p", {class: "faint"}, layer.layer + ", " + layer.shape),
              el("div", {class: "row"}, layer.maps.map((map, i) => picture(map, layer.layer + ", channel " + i, true))),
            ]).flat(),
          ]
        : null);
  };

  const trainingImages = () => {
    const {training} = pictures;
    if (!training || training.images.length === 0) {
      return;
    }
    section(
      "images",
      "Training images",
      el("p", {}, "Each as evaluation sees it, and as the first epochs do, after augmentation."),
      el("ul", {class: "pictures wide"}, training.images.map((image) =>
        el("li", {},
          el("div", {class: "row"}, picture(image.plain, image.labels + ", as evaluation sees it", true), image.versions.map((v) => picture(v.image, image.labels + ", epoch " + v.epoch, true))),
          el("div", {}, image.labels),
          mixed(image) ? el("div", {class: "faint"}, image.versions.map((v) => "epoch " + v.epoch + ": " + v.targets.join(", ")).join("; ")) : null,
          el("div", {class: "faint"}, image.place)))));
  };
  const mixed = (image) => image.versions.some((version) => version.targets.join(", ") !== image.labels);

  const network = () => {
    if (report.network) {
      section("network", "Network", ...convoy.network(report));
    }
  };

  const provenance = () => {
    const pairs = [
      ["weights", (result && result.weightsSha256) || "not finished"],
      ["training data", report.dataFingerprint],
      ["seed", String(report.seed)],
      ...Object.entries(report.versions || {}).map(([name, value]) => [name, String(value)]),
    ];
    if (result) {
      pairs.push(["kernels", result.kernels + ", " + result.lanes + " lanes"], ["computed by", words.number(result.executors, "executor") + ", " + words.number(result.threads, "thread") + " each, " + words.number(result.shards, "shard")]);
    }
    if (report.brokenLines > 0) {
      pairs.push(["broken lines", report.brokenLines + " lines of metrics.jsonl could not be read"]);
    }
    const before = report.before;
    section(
      "provenance",
      "Where it comes from",
      convoy.pairs(pairs),
      before
        ? [
            el("h3", {}, "What differs from the run before it"),
            el("p", {class: "faint"}, before.location),
            before.differences.length === 0
              ? el("p", {}, "Nothing in the recipe.")
              : convoy.table("Recipe", [{name: "key"}, {name: "before", long: true}, {name: "now", long: true}], before.differences),
          ]
        : null,
      el("details", {}, el("summary", {}, "The whole recipe"), el("pre", {tabindex: "0"}, JSON.stringify(report.recipe, null, 1))));
  };

  [trainingCurves, findings, time, health, confusion, classes, calibration, mistakes, looks, trainingImages, network, provenance].forEach((make) => make());
  const go = (event, content) => {
    event.preventDefault(); // the address is the board's own
    content.scrollIntoView();
    content.querySelector("h2").focus({preventScroll: true});
  };
  const parts = [
    head(),
    el("nav", {"aria-label": "Sections"}, el("ul", {}, sections.map(([id, title, content]) => el("li", {}, el("a", {href: "#" + id, onclick: (event) => go(event, content)}, title))))),
    el("main", {}, sections.map(([, , content]) => content)),
  ];
  parts.grow = (training) => charts.forEach((grow) => grow(training.curves));
  return parts;
};

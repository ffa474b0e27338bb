"use strict";
/** An explanation as elements, made of its JSON: a head, a list of its sections, and these. */
convoy.explain = ({figures, pictures, rows, map}) => {
  const {el, svg, words} = convoy;
  const name = (text) => el("bdi", {}, text); // names of any direction, which turn nothing around them
  const last = (place) => place.slice(place.lastIndexOf("/") + 1);
  const percent = (share) => words.percent(share, 1);
  const several = (count, one, more) => words.count(count) + " " + (count === 1 ? one : more);

  const sections = [];
  const section = (id, title, ...content) => {
    sections.push([id, title, el("section", {id, "aria-labelledby": id + "-title"}, el("h2", {id: id + "-title"}, title), ...content)]);
  };

  const image = (address, alt) =>
    el("img", {src: address, alt, loading: "lazy", class: address.startsWith("data:image/jpeg") ? "smooth" : null});
  const figure = (address, alt, ...caption) => el("figure", {}, image(address, alt), el("figcaption", {}, ...caption));

  const head = () => {
    const tiles = [
      ["images", words.count(figures.images.length)],
      ["network's input", figures.input],
      ["classes", words.count(figures.classes)],
    ];
    if (figures.set) {
      tiles.push(["images of the set", words.count(figures.set.images)]);
    }
    return el("header", {}, el("h1", {}, "What a network looks at"), el("p", {class: "faint"}, name(figures.model)), convoy.tiles(tiles));
  };

  const kinds = [
    ["seen", "what it sees", "The image as it reaches the network: resized and cropped as prediction does."],
    ["gradCam", "Grad-CAM", "Bright where layer " + figures.gradCamLayer + " finds what speaks for the class. Coarse: it has no more pixels than that layer's output."],
    ["occlusion", "occlusion", "Bright where the class becomes less likely when a square of " + several(figures.square, "pixel", "pixels") + " is hidden."],
    ["saliency", "saliency", "Bright where a small change of a pixel moves the class's score most. Single scattered pixels are usual."],
  ].filter(([key]) => figures.images.some((one) => one[key]));

  const neighbours = (one) =>
    one.neighbours && one.neighbours.length > 0
      ? [
          el("h4", {}, "Nearest in the set, by cosine distance"),
          el("ul", {class: "pictures"}, one.neighbours.map((near) =>
            el("li", {}, image(rows[near.row], "image " + near.row + " of the set"), el("div", {}, name(near.labels.join(", ") || "no label")), el("div", {class: "faint"}, words.figure(near.distance))))),
        ]
      : null;

  const guesses = (shown) =>
    convoy.scroll(
      "Guesses of image " + shown.number,
      el("table", {"aria-label": "Guesses of image " + shown.number},
        el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "guess"), el("th", {scope: "col", class: "number"}, "probability"))),
        el("tbody", {}, shown.guesses.map((guess) =>
          el("tr", {}, el("th", {scope: "row"}, name(guess.label)), el("td", {class: "number"}, percent(guess.probability)))))));

  const one = (shown) => {
    const what = last(shown.place);
    const wanted = figures.wanted ? "Maps of the class that was asked for, " : "Maps of the likeliest class, ";
    return el(
      "article",
      {"aria-labelledby": "image-" + shown.number},
      el("h3", {id: "image-" + shown.number}, shown.number + ". ", name(what)),
      el("p", {}, wanted, name(shown.explained), ": " + percent(shown.probability)),
      el("div", {class: "look"},
        el("div", {class: "maps"}, kinds.filter(([key]) => shown[key]).map(([key, title]) =>
          figure(pictures[shown[key]], title + ": " + what + (key === "seen" ? "" : ", class " + shown.explained), title))),
        guesses(shown)),
      neighbours(shown),
      el("details", {},
        el("summary", {}, "What layers make of it"),
        el("p", {class: "faint"}, "Each channel from its least value, dark, to its largest, bright."),
        el("div", {class: "features"}, shown.features.map((layer) =>
          figure(pictures[layer.picture], "feature maps of layer " + layer.layer + " for " + what, layer.layer + ", " + layer.shape + ": " + layer.shown + " of " + several(layer.channels, "channel", "channels"))))),
      el("p", {class: "faint"}, "Files: " + shown.files + "-*.png. ", name(shown.place)));
  };

  const images = () => {
    section(
      "images",
      "Images",
      el("h3", {}, "How to read the maps"),
      el("dl", {class: "pairs"}, kinds.map(([, title, text]) => [el("dt", {}, title), el("dd", {}, text)]).flat()),
      el("p", {class: "faint"}, "From dark over red to light yellow: the brightest place is the largest value of that map; maps of two images do not compare."),
      figures.images.map(one));
  };

  const failed = () => {
    if (figures.failed.length > 0) {
      section("failed", "Not read", el("ul", {}, figures.failed.map((image) => el("li", {}, name(image.error)))));
    }
  };

  const filters = () => {
    const first = figures.firstFilters;
    if (first) {
      section(
        "filters",
        "Filters",
        el("p", {}, "The filters of layer " + first.layer + ", " + first.shown + " of " + first.count + ", each " + first.shape + ". Grey is zero, white and black are the largest weights. Edges and spots are usual; where all look like noise, it has learned little yet."),
        figure(pictures[first.picture], "filters of layer " + first.layer, "row by row, from filter 0"));
    }
    if (figures.filters.length === 0) {
      return;
    }
    section(
      "excites",
      "What excites filters",
      el("p", {}, "Left, an input that was changed step by step until the filter answers as strongly as it can. " + (rows ? "Beside it, the images of the set that excite the filter most, anywhere in them." : "With --set, the images of a set that excite it most stand beside it.")),
      figures.filters.map((filter, i) =>
        el("article", {"aria-labelledby": "filter-" + i},
          el("h3", {id: "filter-" + i}, filter.layer + ", filter " + filter.filter),
          el("p", {class: "faint"}, filter.after <= filter.before ? "Grey noise does not reach it: its gradient is zero there, so the input stays noise. " : "", "Mean answer " + words.figure(filter.before) + " to grey noise, " + words.figure(filter.after) + " after " + several(filter.steps, "step", "steps") + "."),
          el("div", {class: "excites"},
            figure(pictures[filter.picture], "input that excites filter " + filter.filter + " of layer " + filter.layer, "made to excite it"),
            filter.images
              ? el("ul", {class: "pictures"}, filter.images.map((image_) =>
                  el("li", {}, image(rows[image_.row], "image " + image_.row + " of the set"), el("div", {}, name(image_.labels.join(", ") || "no label")), el("div", {class: "faint"}, words.figure(image_.excitement)))))
              : null))));
  };

  // classes are told apart by shape as well as by colour
  const colours = 8;
  const shapes = [
    (x, y, r) => "M" + (x - r) + " " + y + "a" + r + " " + r + " 0 1 0 " + 2 * r + " 0a" + r + " " + r + " 0 1 0 " + -2 * r + " 0z",
    (x, y, r) => "M" + (x - r) + " " + (y - r) + "h" + 2 * r + "v" + 2 * r + "h" + -2 * r + "z",
    (x, y, r) => "M" + x + " " + (y - 1.3 * r) + "l" + 1.3 * r + " " + 2.3 * r + "h" + -2.6 * r + "z",
    (x, y, r) => "M" + x + " " + (y - 1.4 * r) + "l" + 1.4 * r + " " + 1.4 * r + "l" + -1.4 * r + " " + 1.4 * r + "l" + -1.4 * r + " " + -1.4 * r + "z",
    (x, y, r) => "M" + x + " " + (y + 1.3 * r) + "l" + 1.3 * r + " " + -2.3 * r + "h" + -2.6 * r + "z",
  ];
  const mark = (label, x, y, r) =>
    svg("path", {class: label < 0 ? "series-none" : "series-" + ((label % colours) + 1), d: shapes[label < 0 ? 0 : label % shapes.length](x, y, r)});

  const scatter = () => {
    if (!map) {
      return;
    }
    const {points, classes} = map;
    const set = figures.set;
    const own = figures.images.map((shown) => [shown.number, shown.place2d[0], shown.place2d[1]]);
    const xs = [...points.map((p) => p[3]), ...own.map((p) => p[1])];
    const ys = [...points.map((p) => p[4]), ...own.map((p) => p[2])];
    const range = (values) => values.reduce(([least, most], v) => [Math.min(least, v), Math.max(most, v)], [Infinity, -Infinity]);
    const [left, right] = range(xs);
    const [bottom, top] = range(ys);
    const [width, height, edge] = [720, 480, 16];
    const round = (v) => Math.round(10 * v) / 10;
    const x = (v) => round(edge + ((v - left) / (right - left || 1)) * (width - 2 * edge));
    const y = (v) => round(height - edge - ((v - bottom) / (top - bottom || 1)) * (height - 2 * edge));
    const drawn = points.map(([, , label, px, py]) => [label, mark(label, x(px), y(py), 3.2)]);
    const label = (n) => (n < 0 ? "no label" : classes[n]);
    const used = [...new Set(points.map((p) => p[2]))].sort((a, b) => a - b);
    const count = new Map();
    points.forEach((p) => count.set(p[2], (count.get(p[2]) || 0) + 1));
    const select = el("select", {onchange: () => show()}, el("option", {value: "all"}, "all classes"), used.map((n) => el("option", {value: String(n)}, label(n))));
    const show = () => drawn.forEach(([n, path]) => path.classList.toggle("aside", select.value !== "all" && select.value !== String(n)));
    const shares = set.explainedVariance.map((share) => percent(share));
    section(
      "set",
      "The set in two dimensions",
      el("p", {}, "Each mark is an image, where the first two principal components put what layer " + set.layer + " makes of it (" + words.count(set.length) + " numbers). Marks that lie together are alike to the network; a cloud of several classes is what it mixes up. The two directions hold " + shares.join(" and ") + " of the variance: what is apart in the others may look near here."),
      el("p", {class: "faint"}, words.count(set.images) + " of " + several(set.of, "image", "images") + " of ", name(set.set), ". Numbers are the images above."),
      el("div", {class: "controls"}, el("label", {}, "show ", select)),
      svg(
        "svg",
        {viewBox: "0 0 " + width + " " + height, class: "scatter", role: "img", "aria-label": "Images of the set by their first two principal components; the table below has the values"},
        svg("rect", {class: "frame", x: 0.5, y: 0.5, width: width - 1, height: height - 1}),
        drawn.map(([, path]) => path),
        own.map(([number, px, py]) => [
          svg("circle", {class: "own", cx: x(px), cy: y(py), r: 8}),
          svg("text", {class: "own", x: x(px), y: y(py) + 4, "text-anchor": "middle"}, String(number)),
        ]).flat()),
      el("ul", {class: "marks"}, used.map((n) =>
        el("li", {}, svg("svg", {viewBox: "-6 -6 12 12", width: 14, height: 14, "aria-hidden": "true"}, mark(n, 0, 0, 4)), name(label(n)), el("span", {class: "faint"}, " " + words.count(count.get(n)))))),
      el("details", {},
        el("summary", {}, "As a table"),
        convoy.table("Images of the set", [
          {name: "row", number: true, text: words.count},
          {name: "image", long: true},
          {name: "class", text: label},
          {name: "first component", number: true, text: words.figure},
          {name: "second component", number: true, text: words.figure},
        ], points)));
  };

  [images, failed, filters, scatter].forEach((make) => make());
  return [
    head(),
    el("nav", {"aria-label": "Sections"}, el("ul", {}, sections.map(([id, title]) => el("li", {}, el("a", {href: "#" + id}, title))))),
    el("main", {}, sections.map(([, , content]) => content)),
  ];
};

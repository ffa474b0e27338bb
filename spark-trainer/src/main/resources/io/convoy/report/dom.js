"use strict";
// Elements and words. Text goes into the page as text alone: a run's own words are never read as HTML.
const convoy = {};

convoy.build = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
  return element;
};

/** An HTML element; strings among its children become text. */
convoy.el = (tag, attributes, ...children) =>
  convoy.build(document.createElement(tag), attributes, children);

/** An element of SVG. */
convoy.svg = (tag, attributes, ...children) =>
  convoy.build(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

convoy.words = {
  /** A whole number with its thousands apart. */
  count: (n) => Math.round(n).toLocaleString("en-US"),

  /** How many of a thing, in its own number. */
  number: (n, thing) => convoy.words.count(n) + " " + thing + (n === 1 ? "" : "s"),

  /** A figure in four significant digits. */
  figure: (n) => {
    if (n === 0 || !Number.isFinite(n)) {
      return String(n);
    }
    const size = Math.abs(n);
    return size < 1e-3 || size >= 1e6 ? n.toExponential(2) : String(Number(n.toPrecision(4)));
  },

  /** A share of one as per cent. */
  percent: (share, digits = 2) => (100 * share).toFixed(digits) + " %",

  duration: (seconds) => {
    const all = Math.round(seconds);
    const parts = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
    const two = (n) => String(n).padStart(2, "0");
    if (seconds < 10) {
      return seconds.toFixed(1) + " s";
    }
    return parts[0] > 0 ? parts[0] + ":" + two(parts[1]) + ":" + two(parts[2]) + " h" : parts[1] + ":" + two(parts[2]) + " min";
  },
};

/** Names and values side by side. */
convoy.pairs = (pairs) =>
  convoy.el("dl", {class: "pairs"}, pairs.map(([name, value]) => [convoy.el("dt", {}, name), convoy.el("dd", {}, value)]).flat());

/** Figures that are seen first. */
convoy.tiles = (pairs) =>
  convoy.el("dl", {class: "tiles"}, pairs.map(([name, value]) => convoy.el("div", {}, convoy.el("dt", {}, name), convoy.el("dd", {}, value))));

/** Something wide, which scrolls by itself, also by the keyboard. */
convoy.scroll = (label, content) =>
  convoy.el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": label}, content);

/** Hands a text to the reader as a file. */
convoy.download = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([text], {type}));
  convoy.el("a", {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

"use strict";
/**
 * A table that sorts by the column whose head is pressed.
 *
 * columns: [{name, number (whether values are numbers), text (value -> words), bold}]
 * rows: [[value, ...]]; null sorts last
 */
convoy.table = (label, columns, rows) => {
  const body = convoy.el("tbody");
  const heads = columns.map((column, place) =>
    convoy.el(
      "th",
      {scope: "col", class: column.number ? "number" : null, "aria-sort": "none"},
      convoy.el("button", {type: "button", onclick: () => sort(place)}, column.name)));
  const cell = (column, value, first) => {
    const words = value === null || value === undefined ? "–" : column.text ? column.text(value) : value instanceof Node ? value : String(value);
    return convoy.el(first ? "th" : "td", {scope: first ? "row" : null, class: column.number ? "number" : null}, words);
  };
  const show = (ordered) =>
    body.replaceChildren(...ordered.map((row) =>
      convoy.el("tr", {}, columns.map((column, place) => cell(column, row[place], place === 0)))));
  const sort = (place) => {
    const up = heads[place].getAttribute("aria-sort") !== "ascending";
    heads.forEach((head, at) => head.setAttribute("aria-sort", at !== place ? "none" : up ? "ascending" : "descending"));
    const missing = (value) => value === null || value === undefined;
    const compare = columns[place].number ? (a, b) => a - b : (a, b) => String(a).localeCompare(String(b), "en", {numeric: true});
    show([...rows].sort((a, b) => {
      if (missing(a[place]) || missing(b[place])) {
        return missing(a[place]) - missing(b[place]);
      }
      return (up ? 1 : -1) * compare(a[place], b[place]);
    }));
  };
  show(rows);
  return convoy.scroll(label, convoy.el("table", {}, convoy.el("caption", {class: "faint"}, label), convoy.el("thead", {}, convoy.el("tr", {}, heads)), body));
};

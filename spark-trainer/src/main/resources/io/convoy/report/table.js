"use strict";
/**
 * A table that sorts by the column whose head is pressed, and can be given new rows.
 *
 * columns: [{name, value (row -> value; by default the row's item), number, text (value -> words),
 *            long (its words may be broken), link (row -> address), node (row -> element, made once, instead of words), plain (no head of its row)}]
 * rows: any; the key of a row tells it apart from others (by default its place)
 */
convoy.table = (label, columns, rows, key) => {
  const body = convoy.el("tbody");
  const lines = new Map();
  let current = [];
  let order = null;
  const heads = columns.map((column, place) =>
    convoy.el(
      "th",
      {scope: "col", class: column.number ? "number" : null, "aria-sort": "none"},
      column.node ? column.name : convoy.el("button", {type: "button", onclick: () => sort(place)}, column.name)));
  const missing = (value) => value === null || value === undefined;
  const value = (row, place) => (columns[place].value ? columns[place].value(row) : row[place]);
  const words = (row, place) => {
    const found = value(row, place);
    return missing(found) ? "–" : columns[place].text ? columns[place].text(found) : String(found);
  };
  const first = columns.findIndex((column) => !column.plain);
  const line = (row) =>
    convoy.el("tr", {}, columns.map((column, place) =>
      convoy.el(
        place === first ? "th" : "td",
        {scope: place === first ? "row" : null, class: column.number ? "number" : column.long ? "long" : null},
        column.node ? column.node(row) : column.link ? convoy.el("a", {href: column.link(row)}, words(row, place)) : words(row, place))));

  const compare = (a, b) => {
    const [x, y] = [value(a, order.place), value(b, order.place)];
    if (missing(x) || missing(y)) {
      return missing(x) - missing(y);
    }
    const less = columns[order.place].number ? x - y : String(x).localeCompare(String(y), "en", {numeric: true});
    return order.up ? less : -less;
  };
  const show = () => {
    const sorted = current.map((row, place) => [row, place]);
    if (order) {
      sorted.sort((a, b) => compare(a[0], b[0]) || a[1] - b[1]);
    }
    const wanted = sorted.map(([row, place]) => lines.get(key ? key(row) : place));
    if (wanted.length !== body.children.length || wanted.some((tr, at) => tr !== body.children[at])) {
      const focus = document.activeElement;
      body.replaceChildren(...wanted);
      if (body.contains(focus)) {
        focus.focus({preventScroll: true});
      }
    }
  };
  const sort = (place) => {
    order = {place, up: !(order && order.place === place && order.up)};
    heads.forEach((head, at) => head.setAttribute("aria-sort", at !== place ? "none" : order.up ? "ascending" : "descending"));
    show();
  };
  const update = (given) => {
    current = given;
    const gone = new Set(lines.keys());
    given.forEach((row, at) => {
      const name = key ? key(row) : at;
      gone.delete(name);
      const there = lines.get(name);
      if (!there) {
        lines.set(name, line(row));
        return;
      }
      columns.forEach((column, place) => {
        const cell = column.link ? there.children[place].firstChild : there.children[place];
        if (!column.node && cell.textContent !== words(row, place)) {
          cell.textContent = words(row, place);
        }
      });
    });
    gone.forEach((name) => lines.delete(name));
    show();
  };
  update(rows);
  const element = convoy.scroll(
    label,
    convoy.el("table", {"aria-label": label}, convoy.el("thead", {}, convoy.el("tr", {}, heads)), body));
  element.update = update;
  return element;
};

"use strict";
// The board: a list of runs, one run, or some of them beside each other. What is shown is in the
// address, behind #, so that it can be linked to: #run=ID, #compare=ID,ID.
(() => {
  const {el, words} = convoy;
  const runs = new Map();
  const chosen = new Set();
  let view = null;

  const news = el("p", {class: "faint", role: "status"});
  const place = el("div", {});
  document.body.prepend(place);

  // ---- what is known of runs

  const fetchJson = async (path) => {
    const answer = await fetch(path);
    if (!answer.ok) {
      throw new Error((await answer.text()).trim());
    }
    return answer.json();
  };

  /** Keys of a recipe and their values, as words; lists stay whole. */
  const flat = (recipe) => {
    const found = new Map();
    const walk = (key, value) => {
      if (value !== null && typeof value === "object" && !Array.isArray(value)) {
        Object.entries(value).forEach(([name, inner]) => walk(key === "" ? name : key + "." + name, inner));
      } else if (value !== null) {
        found.set(key, Array.isArray(value) ? JSON.stringify(value) : String(value));
      }
    };
    walk("", recipe || {});
    return found;
  };

  const take = (run) => {
    run.keys = flat(run.recipe);
    run.text = [run.name, run.location, run.status, ...[...run.keys].map(([key, value]) => key + "=" + value)].join("\n").toLowerCase();
    runs.set(run.id, run);
  };

  const title = (run) => (run.location.endsWith("/" + run.name) ? run.name : run.name + " (" + run.location.split("/").pop() + ")");

  /** Keys in which runs differ, by name. */
  const differing = (some) => {
    const keys = new Set(some.flatMap((run) => [...run.keys.keys()]));
    return [...keys].filter((key) => new Set(some.map((run) => run.keys.get(key))).size > 1).sort();
  };

  // ---- the list

  const list = () => {
    const search = el("input", {type: "search", "aria-label": "Search runs", placeholder: "name, or key=value", oninput: () => show()});
    const extra = el("select", {"aria-label": "A key of recipes as a column", onchange: () => rebuild()});
    const compare = el("button", {type: "button", onclick: () => (location.hash = "#compare=" + [...chosen].join(","))});
    const count = el("span", {class: "faint", role: "status"});
    const troubles = el("div", {});
    const holder = el("div", {});
    let table = null;

    const box = (run) =>
      el("input", {
        type: "checkbox",
        "aria-label": "Choose " + title(run),
        checked: chosen.has(run.id),
        onchange: (event) => {
          event.target.checked ? chosen.add(run.id) : chosen.delete(run.id);
          tellChosen();
        },
      });
    const result = (name) => (run) => (run.result ? run.result[name] : null);
    const share = (v) => words.percent(v, 2);
    const columns = (key) =>
      [
        {name: "", plain: true, node: box},
        {name: "run", value: title, link: (run) => "#run=" + run.id},
        {name: "status", value: (run) => (run.error ? "unreadable" : run.status)},
        key ? {name: key, value: (run) => run.keys.get(key), number: numeric(key)} : null,
        {name: "step", number: true, value: (run) => run.lastStep, text: words.count},
        {name: "loss", number: true, value: (run) => run.loss, text: words.figure},
        {name: "validation", number: true, value: (run) => run.bestValidationAccuracy, text: share},
        {name: "test", number: true, value: result("testAccuracy"), text: share},
        {name: "images/s", number: true, value: (run) => (run.stepSeconds > 0 ? run.samples / run.stepSeconds : null), text: words.count},
        {name: "time in steps", number: true, value: (run) => run.stepSeconds, text: words.duration},
        {name: "place", value: (run) => run.location, long: true},
      ].filter(Boolean);
    const numeric = (key) => [...runs.values()].every((run) => !run.keys.has(key) || Number.isFinite(Number(run.keys.get(key))));

    const matching = () => {
      const terms = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      return [...runs.values()]
        .filter((run) => terms.every((term) => run.text.includes(term)))
        .sort((a, b) => b.changed - a.changed || a.location.localeCompare(b.location, "en", {numeric: true}));
    };
    const tellChosen = () => {
      compare.textContent = "Compare " + chosen.size;
      compare.disabled = chosen.size < 1;
    };
    const rebuild = () => {
      table = convoy.table("Runs", columns(extra.value), matching(), (run) => run.id);
      holder.replaceChildren(table);
    };
    const show = (answer) => {
      const keys = differing([...runs.values()]);
      const now = extra.value;
      if (extra.options.length !== keys.length + 1) {
        extra.replaceChildren(el("option", {value: ""}, "add a column"), ...keys.map((key) => el("option", {value: key, selected: key === now}, key)));
      }
      const some = matching();
      count.textContent = some.length + " of " + runs.size + " runs" + (answer && answer.unread > 0 ? ", " + answer.unread + " being read" : "");
      if (answer) {
        troubles.replaceChildren(...answer.troubles.map((trouble) => el("p", {role: "alert"}, trouble)));
      }
      troubles.append(...[...runs.values()].filter((run) => run.error && !troubles.textContent.includes(run.error)).map((run) => el("p", {role: "alert"}, title(run) + ": " + run.error)));
      if (table) {
        table.update(some);
        } else {
        rebuild();
      }
      tellChosen();
    };
    place.replaceChildren(
      el("header", {}, el("h1", {}, "Convoy board")),
      el("main", {}, el("div", {class: "controls"}, search, extra, compare, count), troubles, holder, news));
    document.title = "Convoy board";
    show();
    return {changed: show};
  };

  // ---- one run

  const one = (id) => {
    let parts = null;
    const trouble = el("p", {role: "alert", hidden: true});
    const say = (text) => {
      trouble.textContent = text || "";
      trouble.hidden = !text;
    };
    const standing = () => say(runs.has(id) && runs.get(id).error);
    const put = (...content) => place.replaceChildren(el("p", {}, el("a", {href: "#"}, "All runs")), trouble, ...content, news);
    const load = async () => {
      const report = await fetchJson("/api/run/" + id);
      parts = convoy.report(report);
      put(...parts);
      document.title = report.name + " – Convoy board";
      standing();
    };
    const failed = (error) => say(error.message); // what was read stays
    put();
    load().catch(failed);
    return {
      changed: async (answer, run) => {
        if (!run || (run.id === id && run.error)) {
          standing();
        } else if (run.id === id && (run.result || !parts)) {
          await load().catch(failed);
        } else if (run.id === id) {
          standing();
          fetchJson("/api/curves/" + id).then(parts.grow, failed);
        }
      },
    };
  };

  // ---- some beside each other

  const comparison = (ids) => {
    const kinds = [
      ["Training loss", "loss", {smooth: 0.9, log: true}],
      ["Validation loss", "validationLoss", {log: true}],
      ["Training accuracy", "accuracy", {smooth: 0.9, unit: (v) => words.percent(v, 1)}],
      ["Validation accuracy", "validationAccuracy", {unit: (v) => words.percent(v, 1)}],
      ["Learning rate", "rate", {log: true}],
    ];
    const known = new Map();
    const charts = new Map();
    const room = el("div", {class: "charts"});
    const differences = el("div", {});
    const without = el("p", {class: "faint"});
    const named = () => ids.filter((id) => runs.has(id) && known.has(id)).map((id) => [title(runs.get(id)), known.get(id)]);
    const draw = () => {
      const bare = named().filter(([, all]) => !all.loss).map(([run]) => run);
      without.textContent = bare.length === 0 ? "" : "No step is written down yet: " + bare.join(", ");
      kinds.forEach(([name, key, options]) => {
        const curves = named().filter(([, all]) => all[key]).map(([run, all]) => ({name: run, ...all[key], points: all[key].x.length < 60}));
        if (curves.length === 0) {
          return;
        }
        if (charts.has(key)) {
          charts.get(key).update(curves);
        } else {
          charts.set(key, convoy.chart({title: name, ...options}, curves));
          room.replaceChildren(...kinds.map(([, k]) => charts.get(k)).filter(Boolean));
        }
      });
    };
    const tell = () => {
      const some = ids.map((id) => runs.get(id)).filter(Boolean);
      const keys = differing(some);
      differences.replaceChildren(
        keys.length === 0
          ? el("p", {}, "Their recipes are the same.")
          : convoy.table("Where the recipes differ", [{name: "key"}, ...some.map((run) => ({name: title(run)}))], keys.map((key) => [key, ...some.map((run) => run.keys.get(key))])));
    };
    const load = async (id) => {
      known.set(id, (await fetchJson("/api/curves/" + id)).curves);
      draw();
    };
    place.replaceChildren(
      el("p", {}, el("a", {href: "#"}, "All runs")),
      el("header", {}, el("h1", {}, ids.length + " runs")),
      el("main", {}, el("section", {}, el("h2", {}, "Curves"), without, room), el("section", {}, el("h2", {}, "Recipes"), differences), news));
    document.title = ids.length + " runs – Convoy board";
    const failed = (error) => room.append(el("p", {role: "alert"}, error.message));
    ids.forEach((id) => load(id).catch(failed));
    tell();
    return {
      changed: (answer, run) => {
        if (answer) {
          tell();
          draw();
        } else if (ids.includes(run.id)) {
          load(run.id).catch(failed);
        }
      },
    };
  };

  // ---- addresses and news

  const route = () => {
    const [, kind, rest] = location.hash.match(/^#(run|compare)=([0-9a-f,]+)$/) || [];
    const ids = rest ? rest.split(",") : [];
    view = kind === "run" ? one(ids[0]) : kind === "compare" ? comparison(ids) : list();
    scrollTo(0, 0);
  };
  const all = async () => {
    const answer = await fetchJson("/api/runs");
    answer.runs.forEach(take);
    const there = new Set(answer.runs.map((run) => run.id));
    [...runs.keys()].filter((id) => !there.has(id)).forEach((id) => runs.delete(id));
    if (view) {
      view.changed(answer);
    }
    return answer;
  };
  const lost = (error) => (news.textContent = "The board does not answer: " + error.message);

  const listen = () => {
    const events = new EventSource("/api/events");
    let pending = null;
    events.onopen = () => {
      news.textContent = "";
      all().catch(lost);
    };
    events.onerror = () => (news.textContent = "The board does not answer; this page tries again.");
    events.onmessage = (event) => {
      const run = JSON.parse(event.data);
      if (run.again) {
        all().catch(lost);
        return;
      }
      take(run);
      pending = pending || new Set();
      pending.add(run.id);
      if (pending.size === 1) {
        setTimeout(() => {
          const ids = [...pending];
          pending = null;
          ids.forEach((id) => view.changed(null, runs.get(id)));
        }, 300);
      }
    };
  };

  addEventListener("hashchange", route);
  all().then(route, lost).then(listen);
  // Runs that are being read say nothing before they are read; neither do those whose time is up.
  setInterval(() => all().catch(lost), 15000);
})();

// The tables of the same data: sorted by their headings, as many rows at a time as can be read.
"use strict";

const ROWS = 200;
// An id such as northmoor/1.3, or a day: it is never broken.
const CODE = /^(?=.{1,40}$)([^\s/]+\/[^\s/]*\d[^\s/]*|\d{4}-\d\d(-\d\d)?)$/;
const due = (node) => (node.own >= 0 ? D.actions[node.own].due : "");
const latest = (node) => (node.own >= 0 ? D.actions[node.own].latest : "") || "9999";
const statusOf = (node) => (node.own >= 0 ? D.statuses[D.actions[node.own].status] : "");
const planNames = (node) => node.plans.map((plan) => D.plans[plan].id).join(", ");

const nodeColumns = D.nodes.length && D.nodes.every((node) => node.isAction)
  ? [
    { words: "Action", value: (node) => node.name, cell: (node) => chooser(node, node.name) },
    { words: "Text", long: true, value: (node) => node.label, cell: (node) => make("bdi", {}, node.label) },
    { words: "Due", value: latest, cell: due },
    { words: "Status", value: statusOf, cell: statusOf },
    { words: "Links", value: (node) => node.degree, numeric: true },
  ]
  : [
    { name: true, words: D.noun[0][0].toUpperCase() + D.noun[0].slice(1), value: (node) => node.name,
      cell: (node) => [chooser(node, node.name), node.abbreviation && make("span", { class: "short" }, node.abbreviation)] },
    { words: "Kind", value: (node) => D.kinds[node.kind].words, cell: (node) => make("span", { class: "of-kind" }, mark(D.kinds[node.kind]), D.kinds[node.kind].words) },
    ...(D.plans.length > 1 ? [{ words: "Plans", less: true, value: planNames,
      cell: (node) => node.plans.flatMap((plan, n) => [n && ", ", make("bdi", { class: "code" }, D.plans[plan].id)]) }] : []),
    ...(D.actionsInAll ? [{ words: "Actions", value: (node) => node.now, numeric: true }] : []),
    { words: "Links", value: (node) => node.degree, numeric: true },
  ];

const linkColumns = [
  { words: "Link", value: (link) => link.name,
    cell: (link) => chooser(link, make("bdi", {}, link.from.name), ` ${link.joint} `, make("bdi", {}, link.to.name)) },
  ...(D.byDate ? [] : [{ words: D.links.some((link) => link.ofActions) ? "Actions" : "Weight", value: (link) => link.value, numeric: true }]),
  ...(D.byDate ? [
    { words: "Way", value: (link) => link.way + (link.ring ? ", in a ring" : ""), cell: (link) => link.way + (link.ring ? ", in a ring" : "") },
    { words: "Days apart", value: (link) => link.days ?? -1, numeric: true,
      cell: (link) => (link.days === null ? "–" : [number(link.days), link.far && make("span", { class: "far" }, " far apart")]) },
  ] : []),
  ...D.columns.map((name, n) => ({ words: heading(name), value: (link) => link.extra[n], cell: (link) => link.extra[n] })),
];

// A column of a definition as a heading: sharedWords becomes "Shared words".
function heading(name) {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}

// The button that chooses a node or a link, wherever it stands in words.
function chooser(thing, ...words) {
  const button = make("button", { type: "button", class: "chooser", "aria-pressed": String(state.chosen === thing), onclick: () => choose(thing, { show: true }) },
    ...words.map((word) => (typeof word === "string" && !/^ . $/.test(word) ? make("bdi", {}, word) : word)));
  button.thing = thing;
  return button;
}

// Mark what is chosen in the tables.
function markChosen() {
  for (const button of document.querySelectorAll("tbody .chooser")) {
    const on = button.thing === state.chosen;
    button.setAttribute("aria-pressed", String(on));
    button.closest("tr").classList.toggle("chosen", on);
  }
}

const look = (column) => (column.numeric ? "n" : column.long ? "long" : column.less ? "less" : column.name ? "name" : null);

function table(panel, caption, things, columns, first) {
  const sort = { column: first, down: Boolean(columns[first].numeric) };
  let most = ROWS;
  const head = make("tr");
  const body = make("tbody");
  const more = make("button", { type: "button", onclick: () => { most = Infinity; fill(); } });
  const rest = make("p", { class: "rest", hidden: true }, make("span"), " ", more);
  const none = make("p", { class: "none", hidden: true });
  columns.forEach((column, n) => {
    const button = make("button", { type: "button", class: "sort", onclick: () => {
      if (sort.column === n) sort.down = !sort.down;
      else Object.assign(sort, { column: n, down: Boolean(column.numeric) });
      fill();
    } }, column.words);
    head.append(make("th", { scope: "col", class: look(column) }, button));
  });
  panel.append(make("div", { class: "wide" }, make("table", {}, make("caption", { class: "hidden" }, caption), make("thead", {}, head), body)), none, rest);

  function fill() {
    const by = columns[sort.column];
    const compare = by.numeric ? (one, other) => by.value(one) - by.value(other) : (one, other) => order.compare(by.value(one), by.value(other));
    const found = things.filter((thing) => thing.found)
      .sort((one, other) => (sort.down ? -1 : 1) * compare(one, other) || order.compare(one.name, other.name) || one.number - other.number);
    [...head.children].forEach((th, n) => {
      if (n === sort.column) th.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    body.replaceChildren(...found.slice(0, most).map((thing) => make("tr", { class: thing.outside && "outside" },
      ...columns.map((column, n) => {
        const cell = column.cell ? column.cell(thing) : number(column.value(thing));
        const children = Array.isArray(cell) ? cell : [cell];
        return make(n ? "td" : "th", { scope: !n && "row", class: look(column) }, ...children.filter(Boolean));
      }))));
    for (const one of body.querySelectorAll("th, td, bdi")) if (!one.firstElementChild && CODE.test(one.textContent)) one.classList.add("code");
    markChosen();
    rest.hidden = found.length <= most;
    rest.firstChild.textContent = `The first ${number(most)} of ${number(found.length)} are listed.`;
    more.textContent = "List all";
    none.hidden = found.length > 0;
    none.textContent = things.length ? "None of them passes the search and the filters." : "There are none.";
    return found.length;
  }
  return fill;
}

// What is shown: the filters, and what is left of each node and link when they have done their work.
"use strict";

const D = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const order = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
const digits = new Intl.NumberFormat("en-GB");
const number = (n) => digits.format(n);
const counted = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const state = { words: [], plan: -1, pillar: -1, status: -1, links: "", hidden: new Set(), chosen: null };

D.nodes.forEach((node, n) => {
  node.number = n;
  node.links = [];
  node.sought = plain(`${node.label} ${node.id} ${node.abbreviation}`);
});
D.links.forEach((link, n) => {
  link.number = n;
  link.from = D.nodes[link.source];
  link.to = D.nodes[link.target];
  link.from.links.push(link);
  if (link.to !== link.from) link.to.links.push(link);
  link.ofActions = link.count > 0 && !(link.from.isAction && link.to.isAction);
  link.joint = !D.directed ? "–" : link.mutual ? "↔" : "→";
  link.name = `${link.from.name} ${link.joint} ${link.to.name}`;
  link.way = link.mutual ? "mutual" : "one way";
});

// Of one plan, the reference alone names an action.
function shortId(id) {
  return D.plans.length === 1 && id.startsWith(`${D.plans[0].id}/`) ? id.slice(D.plans[0].id.length + 1) : id;
}

const filtering = () => state.plan >= 0 || state.pillar >= 0 || state.status >= 0;

function passes(n) {
  const action = D.actions[n];
  return (state.plan < 0 || action.plan === state.plan)
    && (state.pillar < 0 || action.pillars.includes(state.pillar))
    && (state.status < 0 || action.status === state.status);
}

// Of a thing without actions only its plan is known.
const passesAlone = (plans) => state.pillar < 0 && state.status < 0 && (state.plan < 0 || plans.includes(state.plan));

const linkChosen = (link) => !state.links || link.way === state.links
  || (state.links === "ring" && link.ring) || (state.links === "far" && link.far);

// Work out what is shown: a link while one of its actions passes, a node while one of its actions passes or as
// the other end of such a link.
function work() {
  const by = filtering();
  for (const thing of [...D.nodes, ...D.links]) {
    thing.passing = by ? thing.actions.filter(passes) : thing.actions;
    thing.now = by ? thing.passing.length : thing.count;
  }
  for (const link of D.links) {
    const itself = link.count ? link.now > 0 : passesAlone(link.from.plans) && passesAlone(link.to.plans);
    link.shown = itself && linkChosen(link) && !state.hidden.has(link.from.kind) && !state.hidden.has(link.to.kind);
    link.value = link.ofActions ? link.now : link.weight;
  }
  for (const node of D.nodes) {
    node.beside = node.links.filter((link) => link.shown);
    node.degree = node.beside.filter((link) => link.from !== link.to).length;
    const itself = !state.links && (node.count ? node.now > 0 : passesAlone(node.plans));
    node.shown = !state.hidden.has(node.kind) && (itself || node.beside.length > 0);
    node.outside = node.shown && by && node.count > 0 && node.now === 0;
    node.value = node.isAction ? node.degree : node.count ? node.now : node.beside.reduce((sum, link) => sum + link.value, 0);
    node.found = node.shown && state.words.every((word) => node.sought.includes(word));
  }
  for (const link of D.links) link.found = link.shown && (!state.words.length || link.from.found || link.to.found);
}

// Say in words how much is shown.
function countWords() {
  const nodes = D.nodes.filter((node) => node.shown);
  const links = D.links.filter((link) => link.shown);
  const of = (part, whole, one, many) =>
    part === whole ? counted(part, one, many) : `${number(part)} of ${counted(whole, one, many)}`;
  const said = [of(nodes.length, D.nodes.length, D.noun[0], D.noun[1]), of(links.length, D.links.length, "link", "links")];
  if (D.whole && D.actions.length && !D.nodes.every((node) => node.isAction)) {
    const shown = new Set([...nodes, ...links].flatMap((thing) => thing.passing));
    said.push(of(shown.size, D.actions.length, "action", "actions"));
  }
  let words = `${said[0]}, ${said.slice(1).join(", ")}`;
  const outside = nodes.filter((node) => node.outside).length;
  if (outside) words += `; ${counted(outside, D.noun[0], D.noun[1])} only as the other end of a link`;
  if (state.words.length) words += `; ${counted(nodes.filter((node) => node.found).length, "match", "matches")}`;
  return words;
}

// The filters that are on, for the head of a printed page.
function filterWords() {
  const chosen = [];
  for (const id of ["plan", "pillar", "status", "links-shown"]) {
    const select = byId(id);
    if (select && select.selectedIndex > 0) chosen.push(`${select.labels[0].textContent}: ${select.selectedOptions[0].textContent}`);
  }
  if (state.hidden.size) chosen.push(`without ${[...state.hidden].map((kind) => D.kinds[kind].words).join(", ")}`);
  if (state.words.length) chosen.push(`search: ${byId("search").value.trim()}`);
  return chosen.join("; ");
}

// An element with attributes and children; text is always text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

// The corners of a shape about a point, as vis-network draws it; none for a dot.
function corners(shape, x, y, r) {
  const ring = (count, turn, radius = () => r, dy = 0) => Array.from({ length: count }, (_, n) => {
    const angle = turn + (n * 2 * Math.PI) / count;
    return [x + radius(n) * Math.cos(angle), y + dy + radius(n) * Math.sin(angle)];
  });
  if (shape === "square") return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
  if (shape === "diamond") return ring(4, 0);
  if (shape === "hexagon") return ring(6, 0);
  if (shape === "triangle") return ring(3, -Math.PI / 2, () => r * 1.15, r * 0.2);
  if (shape === "triangleDown") return ring(3, Math.PI / 2, () => r * 1.15, -r * 0.2);
  if (shape === "star") return ring(10, -Math.PI / 2, (n) => (n % 2 ? r * 0.55 : r * 1.2), r * 0.1);
  return null;
}

// The mark of a kind, for legend and tables.
function mark(kind) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true", class: "mark" })) {
    svg.setAttribute(name, value);
  }
  const points = corners(kind.shape, 8, 8, kind.shape === "square" ? 5.5 : 6.5);
  for (const scheme of ["light", "dark"]) {
    const shape = document.createElementNS(space, points ? "polygon" : "circle");
    const values = points ? { points: points.map((point) => point.map((at) => at.toFixed(2)).join()).join(" ") } : { cx: 8, cy: 8, r: 6.5 };
    for (const [name, value] of Object.entries({ ...values, fill: kind[scheme], class: scheme })) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

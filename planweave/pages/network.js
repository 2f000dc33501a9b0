// What people do: search, filter, choose, move by keyboard, print.
"use strict";

const shape = () => (state.chosen?.from ? "links" : "nodes");
const tabs = ["nodes", "links", "chosen"];
const fill = {
  nodes: table(byId("panel-nodes"), D.noun[1], D.nodes, nodeColumns, nodeColumns.findLastIndex((column) => column.numeric && column.words !== "Links") >= 0
    ? nodeColumns.findIndex((column) => column.numeric) : 0),
  links: table(byId("panel-links"), "Links", D.links, linkColumns, D.byDate ? 0 : 1),
};

// The first time the drawing is already what it should be.
function refresh({ first = false } = {}) {
  if (!first) work();
  byId("number-nodes").textContent = number(fill.nodes());
  byId("number-links").textContent = number(fill.links());
  fillPanel(byId("panel-chosen"));
  byId("count").textContent = countWords();
  fillLegend();
  if (!Canvas.network) return;
  byId("nothing").hidden = D.nodes.some((node) => node.shown);
  if (!first) redraw();
}

function openTab(name, focused) {
  for (const other of tabs) {
    const tab = byId(`tab-${other}`);
    tab.setAttribute("aria-selected", String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    byId(`panel-${other}`).hidden = other !== name;
  }
  if (focused) byId(`tab-${name}`).focus();
}

// Choose a node or a link, or let go.
function choose(thing, { show = false } = {}) {
  const before = shape();
  const said = byId("panel-chosen");
  const inside = said.contains(document.activeElement);
  state.chosen = thing;
  Canvas.hover = null;
  markChosen();
  fillPanel(byId("panel-chosen"));
  if (Canvas.network) {
    if (thing) bring(thing.from ?? thing);
    redraw();
  }
  if (thing) openTab("chosen");
  else if (!said.hidden) openTab(before, inside);
  if (thing && show) said.focus();
}

function fillLegend() {
  byId("kinds").replaceChildren(...D.kinds.map((kind, n) => {
    const count = D.nodes.filter((node) => node.kind === n && node.shown).length;
    const on = !state.hidden.has(n);
    return make("li", {}, make("button", { type: "button", class: "toggle", "aria-pressed": String(on), "data-kind": String(n) }, mark(kind), make("span", {}, kind.words), make("b", {}, number(count))));
  }));
  const marks = [];
  if (D.byDate) {
    marks.push("→ one way", "↔ mutual: each refers to the other");
    if (D.links.some((link) => link.ring)) marks.push("brown and thicker: part of a ring of references");
    if (D.links.some((link) => link.far)) marks.push(`dashed and red: due more than ${D.farApart} days apart`);
    marks.push("larger: linked with more actions");
  } else {
    marks.push(D.actionsInAll ? "larger: more actions" : "larger: heavier links", D.links.some((link) => link.ofActions) ? "thicker: more actions behind the link" : "thicker: heavier link");
    if (D.directed) marks.push("→ from one to the other");
  }
  if (D.nodes.some((node) => node.outside)) marks.push("hollow: does not pass the filters, the other end of a link that does");
  byId("marks").replaceChildren(...marks.map((words) => make("li", {}, words)));
}

byId("kinds").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const kind = Number(button.dataset.kind);
  if (!state.hidden.delete(kind)) state.hidden.add(kind);
  refresh();
  byId("kinds").querySelector(`[data-kind="${kind}"]`).focus();
});

for (const [id, name, read] of [["plan", "plan", Number], ["pillar", "pillar", Number], ["status", "status", Number], ["links-shown", "links", String]]) {
  byId(id)?.addEventListener("change", (event) => { state[name] = read(event.target.value); refresh(); });
}
byId("search").addEventListener("input", (event) => { state.words = plain(event.target.value).split(/\s+/).filter(Boolean); refresh(); });
byId("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  const found = D.nodes.filter((node) => node.found).sort((one, other) => other.value - one.value)[0];
  if (found && state.words.length) choose(found, { show: true });
});
byId("everything").addEventListener("click", () => {
  Object.assign(state, { words: [], plan: -1, pillar: -1, status: -1, links: "" });
  state.hidden.clear();
  byId("filters").reset();
  refresh();
  if (Canvas.network) fit();
});

for (const name of tabs) {
  byId(`tab-${name}`).addEventListener("click", () => openTab(name));
  byId(`tab-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) openTab(tabs[(tabs.indexOf(name) + step + tabs.length) % tabs.length], true);
  });
}

// The nearest shown node in a direction from another; without another, the heaviest.
function neighbour(from, [right, down]) {
  const shown = D.nodes.filter((node) => node.shown && node !== from);
  if (!from) return shown.sort((one, other) => other.value - one.value)[0];
  const cost = (node) => {
    const [dx, dy] = [node.x - from.x, node.y - from.y];
    const along = dx * right + dy * down;
    return along <= 0 ? Infinity : Math.hypot(dx, dy) + 2 * Math.abs(dx * down + dy * right);
  };
  const best = shown.reduce((one, other) => (one && cost(one) <= cost(other) ? one : other), null);
  return best && cost(best) < Infinity ? best : from;
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = state.chosen && !state.chosen.from ? state.chosen : state.chosen?.from ?? null;
  if (ARROWS[event.key]) {
    const next = neighbour(at, ARROWS[event.key]);
    if (next) {
      choose(next);
      byId("canvas").setAttribute("aria-label", `${next.name}, ${D.kinds[next.kind].words}, ${counted(next.degree, "link", "links")}`);
    }
  } else if (event.key === "Enter" && state.chosen) choose(state.chosen, { show: true });
  else if (event.key === "Escape") choose(null);
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
}

function at(thing, pointer) {
  Canvas.hover = thing;
  redraw();
  const tip = byId("tip");
  tip.hidden = !thing;
  if (!thing) return;
  const words = thing.from
    ? [thing.name, thing.ofActions ? counted(thing.value, "action", "actions") : D.byDate ? thing.way : `weight ${number(thing.value)}`, thing.days !== null && D.byDate && `${number(thing.days)} days apart`]
    : [thing.isAction ? `${thing.name} ${thing.label}` : thing.name, thing.abbreviation, D.kinds[thing.kind].words,
      !thing.isAction && thing.count > 0 && counted(thing.now, "action", "actions"), thing.isAction && due(thing) && `due ${due(thing)}`, counted(thing.degree, "link", "links")];
  tip.replaceChildren(...words.filter(Boolean).map((text) => make("span", {}, text)));
  tip.style.left = `${Math.min(pointer.x + 14, Math.max(0, Canvas.box.clientWidth - 260))}px`;
  tip.style.top = `${pointer.y + 14}px`;
}

refreshFirst();
function refreshFirst() {
  work();
  startCanvas();
  openTab("nodes");
  refresh({ first: true });
  const network = Canvas.network;
  if (!network) return;
  network.on("click", ({ pointer }) => {
    const node = network.getNodeAt(pointer.DOM);
    const link = network.getEdgeAt(pointer.DOM);
    choose(node !== undefined ? D.nodes[node] : link !== undefined ? D.links[link] : null);
    byId("tip").hidden = true;
  });
  network.on("hoverNode", ({ node, pointer }) => at(D.nodes[node], pointer.DOM));
  network.on("hoverEdge", ({ edge, pointer }) => { if (!Canvas.hover || Canvas.hover.from) at(D.links[edge], pointer.DOM); });
  network.on("blurNode", () => at(null));
  network.on("blurEdge", () => { if (Canvas.hover?.from) at(null); });
  network.on("dragging", ({ nodes }) => { for (const n of nodes) Object.assign(D.nodes[n], network.getPosition(n)); });
  byId("canvas").addEventListener("keydown", press);
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fit);
  byId("png").addEventListener("click", picture);
  byId("print").addEventListener("click", () => print());
  let restore = null;
  addEventListener("beforeprint", () => {
    byId("count").dataset.filters = filterWords();
    Canvas.onPaper = true;
    restore ??= sharply(3, () => {});
  });
  addEventListener("afterprint", () => { Canvas.onPaper = false; restore?.(); restore = null; });
}

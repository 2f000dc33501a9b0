// The drawing: vis-network draws nodes and links where Python has placed them; names are written here, as on a
// map: as many as there is room for, the heaviest first, and all of them as one comes closer.
"use strict";

const SIZE = 13;
const LINE = 15;
const WRAP = 24;
const AIR = 10;
const MANY = 300;
const CROWD = 150;
const NAMED = 60;
// A page says itself whether it follows the system's dark scheme.
const dark = matchMedia(document.querySelector('meta[name="color-scheme"]')?.content.includes("dark") ? "(prefers-color-scheme: dark)" : "not all");
const style = getComputedStyle(document.documentElement);
const Canvas = { network: null, scheme: "light", hover: null, drawn: { nodes: [], links: [] }, labels: true };

const colour = (name) => (Canvas.scheme === "dark" ? Canvas.colours.dark : Canvas.colours.light)[name];
Canvas.colours = {
  light: { ink: "#17242b", soft: "#4b5a62", line: "#d9d5ca", paper: "#fcfbf8", wash: "#f3f0e8", link: "#7f8c91", far: "#8f1d12", ring: "#7d4700" },
  dark: { ink: "#e7e4dc", soft: "#a9b1b4", line: "#3a444a", paper: "#151b1f", wash: "#1d252a", link: "#75838a", far: "#ff9c8c", ring: "#f0b566" },
};
const nodeColour = (node) => D.kinds[node.kind][Canvas.scheme];

// Break a name into lines of about so many signs.
function lines(text) {
  const broken = [""];
  for (const word of text.replace(/[\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ").split(/\s+/)) {
    const last = broken[broken.length - 1];
    if (last && last.length + word.length >= WRAP) broken.push(word);
    else broken[broken.length - 1] = last ? `${last} ${word}` : word;
  }
  const few = broken.slice(0, 3).map((line) => (line.length > WRAP + 8 ? `${line.slice(0, WRAP + 7)}…` : line));
  if (broken.length > 3) few[2] += "…";
  return few;
}

// A colour paled towards the ground.
function pale(hex, part) {
  const parts = (code) => [1, 3, 5].map((at) => parseInt(code.slice(at, at + 2), 16));
  const ground = parts(colour("paper"));
  return `#${parts(hex).map((value, n) => Math.round(value * part + ground[n] * (1 - part)).toString(16).padStart(2, "0")).join("")}`;
}

// Nodes and links that stand out: what is chosen, pointed at or found, and its own; all alike where nothing is,
// and on paper.
function focus() {
  if (Canvas.onPaper) return null;
  const thing = Canvas.hover ?? (!state.words.length && state.chosen?.shown ? state.chosen : null);
  if (thing?.from) return { nodes: new Set([thing.from, thing.to]), links: [thing] };
  if (thing) return { nodes: new Set([thing, ...thing.beside.flatMap((link) => [link.from, link.to])]), links: thing.beside };
  if (!state.words.length) return null;
  return { nodes: new Set(D.nodes.filter((node) => node.found)), links: [] };
}

function nodeLook(node) {
  const most = D.nodes.mostValue;
  node.rim = most ? Math.round((8 + 18 * Math.sqrt(node.value / most)) * 10) / 10 : 8;
  const chosen = state.chosen === node;
  const background = node.outside ? colour("paper") : nodeColour(node);
  const border = chosen ? colour("ink") : node.outside ? nodeColour(node) : colour("paper");
  return { hidden: !node.shown, size: node.rim, borderWidth: chosen ? 4 : D.nodes.length > MANY ? 0 : 1.5, color: { background, border, hover: { background, border } },
    shapeProperties: { borderDashes: node.outside ? [4, 3] : false } };
}

function linkLook(link) {
  const base = link.far ? colour("far") : link.ring ? colour("ring") : colour("link");
  const part = (link.value - 1) / Math.max(5, D.links.mostValue - 1);
  const width = Math.round((1.2 + 7.8 * Math.max(0, part) + (link.ring ? 1.6 : 0) + (state.chosen === link ? 2 : 0)) * 10) / 10;
  const color = D.byDate ? base : pale(base, D.links.length > MANY * 3 ? 0.45 : 0.75);
  return { hidden: !link.shown, width, color: { color, hover: color }, dashes: link.far ? [9, 6] : false };
}

// Bring the drawing up to what is shown; only what looks different is handed over.
function redraw({ now = false } = {}) {
  if (!Canvas.network) return;
  let same = true;
  for (const [kind, things, looks] of [["nodes", D.nodes, nodeLook], ["links", D.links, linkLook]]) {
    const changed = [];
    for (const thing of things) {
      const its = looks(thing);
      const key = JSON.stringify(its);
      if (Canvas.drawn[kind][thing.number] === key) continue;
      Canvas.drawn[kind][thing.number] = key;
      changed.push({ id: thing.number, ...its });
    }
    if (changed.length) Canvas[kind].update(changed);
    same &&= !changed.length;
  }
  Canvas.near = focus();
  if (now || same) Canvas.network.redraw();
}

// Where something stands out, a veil lies over the rest.
function drawFocus(context) {
  if (!Canvas.near) return;
  const { nodes, edges } = Canvas.network.body;
  const from = Canvas.network.DOMtoCanvas({ x: 0, y: 0 });
  const to = Canvas.network.DOMtoCanvas({ x: Canvas.box.clientWidth, y: Canvas.box.clientHeight });
  context.globalAlpha = 0.78;
  context.fillStyle = colour("paper");
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.globalAlpha = 1;
  drawGround(context, { words: true });
  for (const link of Canvas.near.links) {
    edges[link.number].draw(context);
    edges[link.number].drawArrows(context);
  }
  for (const node of Canvas.near.nodes) if (node.shown) nodes[node.number].draw(context);
}

// Axis and bands, behind everything.
function drawGround(context, { words: onlyWords = false } = {}) {
  const px = 1 / Canvas.network.getScale();
  const seen = Canvas.network.DOMtoCanvas({ x: 0, y: 0 });
  context.textBaseline = "alphabetic";
  for (const [left, top, right, bottom, words] of D.bands) {
    context.fillStyle = colour("wash");
    if (!onlyWords) context.fillRect(left, top, right - left, bottom - top);
    if (!words) continue;
    context.fillStyle = colour("soft");
    context.font = `600 ${SIZE * px}px ${Canvas.font}`;
    context.textAlign = "left";
    context.fillText(words, left + 6 * px, Math.max(top, seen.y + 24 * px) - 7 * px);
  }
  const band = D.bands.find(([, , , , words]) => !words);
  if (!D.ticks.length || !band) return;
  let free = -Infinity;
  const at = Math.max(band[1], seen.y + 24 * px) - 7 * px;
  for (const [x, words] of D.ticks) {
    context.strokeStyle = colour("line");
    context.lineWidth = 1.5 * px;
    context.beginPath();
    context.moveTo(x, band[1]);
    context.lineTo(x, band[3]);
    if (!onlyWords) context.stroke();
    context.font = `${SIZE * px}px ${Canvas.font}`;
    context.textAlign = "center";
    const half = (context.measureText(words).width + 10 * px) / 2;
    if (x - half < free) continue;
    free = x + half;
    context.fillStyle = colour("soft");
    context.fillText(words, x, at);
  }
  context.textAlign = "left";
  context.fillText(D.axis, band[0], band[3] + 18 * px);
}

// Which boxes are taken, in cells, so that few have to be compared.
function takenBoxes(cell) {
  const cells = new Map();
  const each = (box, does) => {
    for (let x = Math.floor(box[0] / cell); x <= Math.floor(box[2] / cell); x += 1) {
      for (let y = Math.floor(box[1] / cell); y <= Math.floor(box[3] / cell); y += 1) if (does(`${x} ${y}`)) return true;
    }
    return false;
  };
  return {
    take: (box, owner) => each(box, (key) => { if (!cells.has(key)) cells.set(key, []); cells.get(key).push([box, owner]); return false; }),
    meets: (box, owner) => each(box, (key) => (cells.get(key) ?? []).some(([other, whose]) => whose !== owner
      && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])),
  };
}

// What a node may be called: its name in lines, and where there is no room for that, its abbreviation.
function namesOf(context, node) {
  context.font = `${node.isAction ? 600 : 400} ${SIZE}px ${Canvas.font}`;
  return [...new Set([node.name, node.abbreviation || node.name])].map((words) => {
    const broken = lines(words);
    return { lines: broken, width: Math.max(...broken.map((line) => context.measureText(line).width)) + 4 };
  });
}

// Names, the chosen and the heaviest first, each where it covers neither a node nor another name.
function drawNames(context) {
  const network = Canvas.network;
  const px = 1 / network.getScale();
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: Canvas.box.clientWidth, y: Canvas.box.clientHeight });
  const near = Canvas.near;
  const seen = D.nodes.filter((node) => node.shown && node.x > from.x && node.x < to.x && node.y > from.y && node.y < to.y);
  const first = (node) => (near?.nodes.has(node) ? (node === (Canvas.hover ?? state.chosen) ? 2 : 1) : 0);
  seen.sort((one, other) => first(other) - first(one) || other.value - one.value || one.number - other.number);
  const taken = takenBoxes(90 * px);
  // In a crowd the heaviest are named, even over others; elsewhere a name covers no node at all.
  const crowd = seen.length > CROWD;
  for (const node of crowd ? [] : seen) {
    taken.take([node.x - node.rim, node.y - node.rim, node.x + node.rim, node.y + node.rim], node);
  }
  // Nor does a name cover the heading of a band.
  context.font = `600 ${SIZE * px}px ${Canvas.font}`;
  for (const [left, top, , , words] of D.bands) {
    const foot = Math.max(top, from.y + 24 * px) - 3 * px;
    if (words) taken.take([left, foot - LINE * px, left + 12 * px + context.measureText(words).width, foot], D.bands);
  }
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineJoin = "round";
  for (const node of crowd && !near ? seen.slice(0, NAMED) : seen) {
    if (near && !near.nodes.has(node)) break;
    const bold = node.isAction || state.chosen === node;
    node.names ??= namesOf(context, node);
    let placed = null;
    for (const name of node.names) {
      const width = name.width * px;
      const height = name.lines.length * LINE * px;
      const gap = node.rim + 3 * px;
      const spots = [[node.x, node.y + gap + height / 2], [node.x, node.y - gap - height / 2], [node.x + gap + width / 2, node.y], [node.x - gap - width / 2, node.y]];
      const box = ([x, y]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
      const inside = ([left, top, right, bottom]) => left > from.x && right < to.x && top > from.y && bottom < to.y;
      let spot = spots.find((place) => inside(box(place)) && !taken.meets(box(place), node));
      if (!spot && node === (Canvas.hover ?? state.chosen)) spot = spots[0];
      if (!spot) continue;
      placed = { spot, height, lines: name.lines, box: box(spot) };
      break;
    }
    if (!placed) continue;
    // With air above and below: two names that touch read as one.
    const [left, top, right, bottom] = placed.box;
    taken.take([left, top - AIR * px, right, bottom + AIR * px], node);
    context.font = `${bold ? 600 : 400} ${SIZE * px}px ${Canvas.font}`;
    context.strokeStyle = colour("paper");
    context.lineWidth = 4 * px;
    context.fillStyle = colour("ink");
    placed.lines.forEach((line, n) => {
      const y = placed.spot[1] - placed.height / 2 + (n + 0.5) * LINE * px;
      context.strokeText(line, placed.spot[0], y);
      context.fillText(line, placed.spot[0], y);
    });
  }
}

function startCanvas() {
  Canvas.box = byId("canvas");
  if (!Canvas.box) return;
  const plans = D.vis;
  D.nodes.forEach((node, n) => { node.x = plans.nodes[n].x; node.y = plans.nodes[n].y; });
  D.nodes.mostValue = Math.max(...D.nodes.map((node) => node.value));
  D.links.mostValue = Math.max(1, ...D.links.map((link) => link.value));
  Canvas.font = style.getPropertyValue("--sans");
  Canvas.scheme = dark.matches ? "dark" : "light";
  const first = (kind, thing, of) => { const looks = of(thing); Canvas.drawn[kind][thing.number] = JSON.stringify(looks); return looks; };
  Canvas.nodes = new vis.DataSet(plans.nodes.map((node, n) => ({ ...node, label: undefined, ...first("nodes", D.nodes[n], nodeLook) })));
  Canvas.links = new vis.DataSet(plans.edges.map((edge, n) => ({ ...edge, ...first("links", D.links[n], linkLook) })));
  Canvas.network = new vis.Network(Canvas.box, { nodes: Canvas.nodes, edges: Canvas.links }, plans.options);
  Canvas.network.on("beforeDrawing", (context) => drawGround(context));
  Canvas.network.on("afterDrawing", (context) => { drawFocus(context); drawNames(context); });
  Canvas.box.querySelector("canvas").setAttribute("aria-hidden", "true");
  dark.addEventListener("change", () => { Canvas.scheme = dark.matches ? "dark" : "light"; redraw(); });
  D.vis = null;
  fit();
  addEventListener("resize", fit);
}

// Show everything that is shown, with room for names.
function fit() {
  const network = Canvas.network;
  network.setSize(`${Canvas.box.clientWidth}px`, `${Canvas.box.clientHeight}px`);
  const shown = D.nodes.filter((node) => node.shown);
  const corners = shown.length ? shown.flatMap((node) => [[node.x - 40, node.y - 40], [node.x + 40, node.y + 55]]) : [[-100, -100], [100, 100]];
  if (shown.length === D.nodes.length) for (const [left, top, right, bottom] of D.bands) corners.push([left, top - 30], [right, bottom + (D.axis ? 30 : 0)]);
  const [left, right] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([x]) => x))];
  const [top, bottom] = [Math.min(...corners.map(([, y]) => y)), Math.max(...corners.map(([, y]) => y))];
  const scale = Math.min(1.4, Math.max(0.02, (Canvas.box.clientWidth - 40) / (right - left)), Math.max(0.02, (Canvas.box.clientHeight - 40) / (bottom - top)));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
}

function zoom(by) {
  Canvas.network.moveTo({ scale: Math.min(6, Math.max(0.02, Canvas.network.getScale() * by)) });
}

// Bring a node into the middle, where it is not in sight.
function bring(node) {
  const at = Canvas.network.canvasToDOM({ x: node.x, y: node.y });
  const inside = at.x > 30 && at.y > 30 && at.x < Canvas.box.clientWidth - 30 && at.y < Canvas.box.clientHeight - 30;
  if (!inside) Canvas.network.moveTo({ position: { x: node.x, y: node.y } });
}

// Draw once in another sharpness and scheme, hand the canvas over, and draw as before.
function sharply(ratio, does) {
  const before = [Object.getOwnPropertyDescriptor(window, "devicePixelRatio"), Canvas.scheme];
  const set = (sharpness, scheme) => {
    Object.defineProperty(window, "devicePixelRatio", sharpness);
    Canvas.scheme = scheme;
    Canvas.network.setSize(`${Canvas.box.clientWidth}px`, `${Canvas.box.clientHeight}px`);
    redraw({ now: true });
  };
  set({ get: () => ratio, configurable: true }, "light");
  does(Canvas.box.querySelector("canvas"));
  return () => set(...before);
}

// A picture of what is seen, with title, filters and legend.
function picture() {
  const ratio = 2;
  const sheet = document.createElement("canvas");
  const restore = sharply(ratio, (canvas) => {
    const [wide, high] = [canvas.width, canvas.height];
    const kinds = D.kinds.filter((_, kind) => D.nodes.some((node) => node.shown && node.kind === kind));
    sheet.width = wide;
    const context = sheet.getContext("2d");
    const font = (size, weight = 400) => { context.font = `${weight} ${size * ratio}px ${Canvas.font}`; };
    font(14);
    const places = [];
    let [x, row] = [20, 0];
    for (const kind of kinds) {
      const width = 34 + context.measureText(kind.words).width / ratio;
      if (x + width > wide / ratio - 20) [x, row] = [20, row + 1];
      places.push([kind, x, row]);
      x += width;
    }
    sheet.height = high + (84 + (row + 1) * 24 + 16) * ratio;
    context.fillStyle = colour("paper");
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(canvas, 0, 70 * ratio);
    context.fillStyle = colour("ink");
    font(22, 600);
    context.fillText(D.title, 20 * ratio, 34 * ratio, (wide / ratio - 40) * ratio);
    font(13);
    context.fillStyle = colour("soft");
    context.fillText([byId("count").textContent, filterWords()].filter(Boolean).join(". "), 20 * ratio, 56 * ratio, (wide / ratio - 40) * ratio);
    font(14);
    for (const [kind, left, line] of places) {
      const y = high / ratio + 92 + line * 24;
      context.fillStyle = kind.light;
      context.beginPath();
      const points = corners(kind.shape, (left + 7) * ratio, y * ratio, 6.5 * ratio);
      if (points) points.forEach(([px, py]) => context.lineTo(px, py));
      else context.arc((left + 7) * ratio, y * ratio, 6.5 * ratio, 0, 2 * Math.PI);
      context.fill();
      context.fillStyle = colour("ink");
      context.fillText(kind.words, (left + 20) * ratio, (y + 5) * ratio);
    }
  });
  restore();
  sheet.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    const link = make("a", { href: address, download: `${plain(D.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "network"}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });
}

// What was chosen: a node or a link, the actions behind it, and the way to where the document says so.
"use strict";

const LISTED = 100;
const fact = (words, ...value) => make("div", {}, make("dt", {}, words), make("dd", {}, ...value));
const names = (list) => list.flatMap((name, n) => [n ? ", " : null, make("bdi", {}, name)]);

// The name of a thing that has a page of its own, as a link to it.
const own = (thing, name) => (thing.page ? make("a", { href: thing.page }, make("bdi", {}, name)) : make("bdi", {}, name));

// The actions behind a node or link that pass the filters.
function actionList(thing) {
  const all = thing.passing;
  const list = make("ul", { class: "actions" }, ...all.slice(0, LISTED).map(actionItem));
  if (all.length <= LISTED) return list;
  const button = make("button", { type: "button", onclick: () => { list.append(...all.slice(LISTED).map(actionItem)); button.remove(); } },
    `List the other ${number(all.length - LISTED)}`);
  return make("div", {}, list, button);
}

function actionItem(n) {
  const action = D.actions[n];
  const facts = [["Due", action.due && [action.due]], ["Status", [D.statuses[action.status]]], ["Led by", action.leads.length && names(action.leads)],
    ["With", action.partners.length && names(action.partners)], ["Pillar", action.pillars.length && names(action.pillars.map((pillar) => D.pillars[pillar]))]];
  return make("li", {},
    make("p", { class: "says" }, make("b", {}, own(action, shortId(action.id))), " ", make("bdi", {}, action.text)),
    make("dl", { class: "facts" }, ...facts.filter(([, value]) => value).map(([words, value]) => fact(words, ...value))),
    make("p", { class: "source" }, D.plans.length > 1 && make("bdi", {}, D.plans[action.plan].title), D.plans.length > 1 && " · ", ...source(action)));
}

// Where the document says it; the page made sure that the address is a file's.
function source(action) {
  const words = [action.document, action.place].filter(Boolean).join(", ");
  if (!words) return ["Its place in the document is not known."];
  return [action.href ? make("a", { href: action.href }, make("bdi", {}, words)) : make("bdi", {}, words)];
}

function behind(thing) {
  const few = thing.passing.length;
  if (!thing.count) return [make("p", { class: "none" }, "No actions are known behind it.")];
  const of = thing.now === thing.count ? "" : ` of ${number(thing.count)}`;
  const said = filtering() && thing.now !== thing.count ? " that pass the filters" : "";
  return [
    make("h4", {}, `${number(thing.now)}${of} ${thing.count === 1 ? "action" : "actions"}${said}`),
    few < thing.now && make("p", { class: "none" }, `The first ${number(few)} are described on this page.`),
    actionList(thing),
  ];
}

function nodePanel(node) {
  const kind = D.kinds[node.kind];
  const others = [...node.beside].filter((link) => link.from !== link.to).sort((one, other) => other.value - one.value || order.compare(one.name, other.name));
  const item = (link) => {
    const other = link.from === node ? link.to : link.from;
    const way = !D.directed ? "" : link.mutual ? "there and back" : link.from === node ? "leads to" : "led to by";
    const marks = [link.ring && "in a ring", link.days !== null && (link.far || D.byDate) && `${number(link.days)} days apart${link.far ? ", far" : ""}`];
    return make("li", {}, way && make("span", { class: "way" }, `${D.byDate ? { "there and back": "mutual", "leads to": "refers to", "led to by": "referred to by" }[way] : way} `),
      chooser(other, other.name), " ", make("button", { type: "button", class: "number", onclick: () => choose(link, { show: true }), "aria-label": `The link with ${other.name}` },
        link.ofActions ? counted(link.value, "action", "actions") : "link"), ...marks.filter(Boolean).map((words) => make("span", { class: "way" }, ` ${words}`)));
  };
  return [
    make("h3", {}, own(node, node.isAction ? `${node.name} ${node.label}` : node.label)),
    make("dl", { class: "facts" }, fact("Kind", make("span", { class: "of-kind" }, mark(kind), kind.words)),
      node.abbreviation && fact("Abbreviation", make("bdi", {}, node.abbreviation)),
      node.plans.length > 0 && fact(node.plans.length > 1 ? "Plans" : "Plan", ...names(node.plans.map((plan) => D.plans[plan].title)))),
    node.outside && make("p", { class: "none" }, "It does not pass the filters itself; it is shown as the other end of a link."),
    make("h4", {}, others.length ? `Linked with ${number(others.length)}` : "Linked with none of those shown"),
    make("ul", { class: "others" }, ...others.slice(0, LISTED).map(item)),
    others.length > LISTED && make("p", { class: "none" }, `The first ${LISTED} are listed; the table of links has all.`),
    ...behind(node),
  ];
}

function linkPanel(link) {
  const facts = [];
  if (D.byDate) facts.push(fact("Link", link.mutual ? "mutual: each refers to the other" : "one way"));
  if (link.ring) facts.push(fact("Ring", "part of a ring of references, three or more"));
  if (link.days !== null) facts.push(fact("Due", `${counted(link.days, "day", "days")} apart${link.far ? ": far apart" : ""}`));
  if (!link.ofActions && !D.byDate) facts.push(fact("Weight", number(link.value)));
  D.columns.forEach((name, n) => { if (link.extra[n]) facts.push(fact(heading(name), make("bdi", {}, link.extra[n]))); });
  return [
    make("h3", {}, make("bdi", {}, link.from.name), ` ${link.joint} `, make("bdi", {}, link.to.name)),
    make("p", { class: "ends" }, chooser(link.from, link.from.name), chooser(link.to, link.to.name)),
    facts.length > 0 && make("dl", { class: "facts" }, ...facts),
    ...behind(link),
  ];
}

function fillPanel(panel) {
  const thing = state.chosen;
  if (!thing) {
    panel.replaceChildren(make("p", { class: "none" }, `Choose ${/^[aeiou]/.test(D.noun[0]) ? "an" : "a"} ${D.noun[0]} or a link, in the drawing or in a table, to see the actions behind it and where the documents say so.`));
    return;
  }
  const let_go = make("button", { type: "button", class: "let-go", onclick: () => choose(null) }, "Let go");
  const shown = thing.shown ? (D.nodes.includes(thing) ? nodePanel(thing) : linkPanel(thing)) : [make("h3", {}, make("bdi", {}, thing.name)), make("p", { class: "none" }, "It does not pass the filters.")];
  panel.replaceChildren(let_go, ...shown.filter(Boolean));
}

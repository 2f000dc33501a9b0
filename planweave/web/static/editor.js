// The editor of YASGUI over the plain text field: colours, brackets, our prefixes, the words of our ontology.
// The form stays what it was: the text field is filled before it is sent.
const form = document.getElementById("editor");
const field = document.getElementById("query");
const LONGEST_ADDRESS = 6000;

function completers(Yasqe, known) {
  const prefixes = Object.entries(known.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort();
  Yasqe.forkAutocompleter("prefixes", { name: "planweave-prefixes", get: () => Promise.resolve(prefixes), persistenceId: null }, false);
  const offered = { property: known.properties, class: known.classes };
  for (const [kind, names] of Object.entries(offered)) {
    const get = (_, token) => {
      const begun = token ? token.autocompletionString || token.string : "";
      return Promise.resolve(names.filter((name) => name.startsWith(begun)));
    };
    Yasqe.forkAutocompleter(kind, { name: `planweave-${kind}`, get, bulk: false, persistenceId: null }, false);
  }
  return ["planweave-prefixes", "planweave-property", "planweave-class", "variables"];
}

async function open() {
  const { Yasqe } = window.Yasgui;
  const known = await (await fetch(form.dataset.names)).json();
  const place = document.createElement("div");
  place.className = "pw-editor__yasqe";
  field.before(place);
  const editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    showQueryButton: false,
    createShareableLink: undefined,
    consumeShareLink: undefined,
    pluginButtons: () => {},
    resizeable: false,
    editorHeight: "22rem",
    autocompleters: completers(Yasqe, known),
    requestConfig: { endpoint: new URL(form.action).href },
    // Tab leads on, as everywhere; with it the editor would be a trap for who has no mouse.
    extraKeys: {
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-Enter": () => form.requestSubmit(),
      "Cmd-Enter": () => form.requestSubmit(),
      "Ctrl-Space": (shown) => shown.autocomplete(),
    },
  });
  // The server knows our prefixes; the editor marks what is not declared, so what is used is written down.
  const used = Object.entries(known.prefixes).filter(([prefix]) => new RegExp(`(^|[\\s({/|^!])${prefix}:`, "m").test(field.value));
  const declared = editor.getPrefixesFromQuery();
  editor.addPrefixes(Object.fromEntries(used.filter(([prefix]) => !(prefix in declared))));
  const input = editor.getInputField();
  input.setAttribute("aria-label", "Query");
  input.id = "query-editor";
  document.querySelector("label[for=query]").htmlFor = "query-editor";
  field.hidden = true;
  form.addEventListener("submit", () => {
    field.value = editor.getValue();
    form.method = field.value.length > LONGEST_ADDRESS ? "post" : "get";
  });
  form.dataset.ready = "yes";
}

if (window.Yasgui) {
  open();
} else {
  window.addEventListener("load", () => window.Yasgui && open());
}

// Fields with more values than a page holds are offered those that fit what is typed; the names can be typed without.
const WAIT = 150;
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let waiting = 0;
  let asked = null;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", field.value);
    const plan = field.form?.elements.plan;
    if (plan && plan !== field && plan.value) address.searchParams.set("plan", plan.value);
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return;
      list.replaceChildren(...(await answer.json()).map(([value, words]) => {
        const option = document.createElement("option");
        option.value = value;
        option.textContent = words;
        return option;
      }));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, WAIT); });
  field.addEventListener("focus", () => { if (!list.children.length) ask(); });
}

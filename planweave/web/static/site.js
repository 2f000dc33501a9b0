// What every page has: the components of the layout, where they are there. Everything works without this.
const own = document.querySelector("script[data-govuk]");

document.body.classList.add("js-enabled");
if (own && "noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
  const { initAll } = await import(own.dataset.govuk);
  initAll();
}

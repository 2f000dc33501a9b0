// A page of something that is being made looks again by itself, less often the longer it takes.
const note = document.querySelector("[data-again]");
if (note) {
  const key = `again ${location.pathname}${location.search}`;
  const times = Number(sessionStorage.getItem(key) ?? 0);
  sessionStorage.setItem(key, String(times + 1));
  setTimeout(() => location.reload(), 1000 * Math.min(60, Number(note.dataset.again) * 1.4 ** Math.min(times, 8)));
}

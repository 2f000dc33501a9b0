// A file can be dropped anywhere in the frame, and is handed in at once. Without this the field for it does the same.
const frame = document.querySelector("[data-drop]");
const field = frame?.querySelector("input[type=file]");
const said = frame?.querySelector("[data-drop-said]");

function over(event, is) {
  event.preventDefault();
  frame.classList.toggle("pw-drop--over", is);
}

if (frame && field) {
  for (const name of ["dragenter", "dragover"]) frame.addEventListener(name, (event) => over(event, true));
  frame.addEventListener("dragleave", (event) => over(event, false));
  frame.addEventListener("drop", (event) => {
    over(event, false);
    const files = event.dataTransfer?.files;
    if (!files || files.length !== 1) {
      said.textContent = "Drop one file at a time.";
      return;
    }
    field.files = files;
    said.textContent = `Reading ${files[0].name} …`;
    frame.requestSubmit();
  });
  frame.addEventListener("submit", () => {
    said.textContent = "Reading …";
  });
}

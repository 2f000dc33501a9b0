// On a narrow screen the filters begin closed, so that the actions come first. Everything works without this.
const choices = document.querySelector(".pw-choices");
if (choices && window.matchMedia("(max-width: 60rem)").matches) {
  choices.open = false;
}
// What is not filled in need not stand in the address.
for (const form of document.querySelectorAll(".pw-browse__form")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
  });
}

// A choice that needs no button: the page changes as soon as it is made.
document.querySelectorAll("form[data-choose]").forEach((form) => {
  form.querySelector("[data-choose-button]").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
});

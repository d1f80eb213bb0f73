// Forms: asked before, sent once, not left with typed words in them, brought back after the sign-in ran out.
const box = document.getElementById("toasts");
const draft = `draft:${location.pathname}`;

function ask(text) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("#confirm-text").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

function written(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !/csrf|password/.test(name));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-guard], [data-confirm]")) return;
  if (form.classList.contains("sending")) { event.preventDefault(); return; }
  if (form.dataset.confirm && !form.dataset.confirmed) {
    event.preventDefault();
    if (await ask(form.dataset.confirm)) { form.dataset.confirmed = "yes"; form.requestSubmit(event.submitter); }
    return;
  }
  form.classList.add("sending");
  if (form.dataset.unsaved) sessionStorage.setItem(draft, JSON.stringify(written(form)));
});

const kept = document.querySelector("form[data-unsaved]");
if (kept) {
  const begin = JSON.stringify(written(kept));
  addEventListener("beforeunload", (event) => {
    if (!kept.classList.contains("sending") && JSON.stringify(written(kept)) !== begin) event.preventDefault();
  });
  restore(kept);
  (kept.querySelector("[data-errors]") || kept.querySelector(".is-invalid"))?.focus();
}
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll(".sending").forEach((form) => form.classList.remove("sending"));
});

function restore(form) {
  const stored = sessionStorage.getItem(draft);
  sessionStorage.removeItem(draft);
  const cameFromSignIn = new URL(document.referrer || location.href).pathname === document.body.dataset.loginUrl;
  if (!stored || !cameFromSignIn) return;
  for (const [name, value] of JSON.parse(stored)) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList || !field) continue;
    if (field.type === "checkbox") field.checked = true;
    else if (field.type !== "hidden") field.value = value;
  }
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { text: box.dataset.restored, level: "warning" } }));
}

// Messages at the edge of the page: success and information leave after four seconds, the rest stays until closed.
const STAYS = ["toast-error", "toast-warning"];
const box = document.getElementById("toasts");

function prepare(note) {
  note.append(box.querySelector("#toast-close").content.cloneNode(true));
  note.querySelector(".toast-close").addEventListener("click", () => note.remove());
  if (STAYS.some((name) => note.classList.contains(name))) return;
  let timer = setTimeout(() => note.remove(), 4000);
  note.addEventListener("mouseenter", () => clearTimeout(timer));
  note.addEventListener("mouseleave", () => { timer = setTimeout(() => note.remove(), 2000); });
}

function show(text, level = "info") {
  const note = box.querySelector("template").content.firstElementChild.cloneNode(true);
  note.classList.add(`toast-${level}`);
  note.querySelector("p").textContent = text;
  box.append(note);
  prepare(note);
}

box.querySelectorAll(".toast-note").forEach(prepare);
document.body.addEventListener("toast", (event) => show(event.detail.text, event.detail.level));
document.body.addEventListener("htmx:sendError", () => show(box.dataset.offline, "error"));
document.body.addEventListener("htmx:responseError", () => show(box.dataset.failed, "error"));

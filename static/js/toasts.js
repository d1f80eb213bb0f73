// Messages at the edge of the page: success and information leave after four seconds (fifteen with an undo button), the rest stays until closed.
const STAYS = ["toast-error", "toast-warning"];
const box = document.getElementById("toasts");

function prepare(note) {
  note.append(box.querySelector("#toast-close").content.cloneNode(true));
  note.querySelector(".toast-close").addEventListener("click", () => note.remove());
  if (STAYS.some((name) => note.classList.contains(name))) return;
  const shown = note.querySelector(".toast-undo") ? 15000 : 4000;
  let timer = setTimeout(() => note.remove(), shown);
  note.addEventListener("mouseenter", () => clearTimeout(timer));
  note.addEventListener("mouseleave", () => { timer = setTimeout(() => note.remove(), 2000); });
}

function show(text, level = "info", undo = "") {
  const note = box.querySelector("template").content.firstElementChild.cloneNode(true);
  note.classList.add(`toast-${level}`);
  note.querySelector("p").textContent = text;
  if (undo) {
    note.append(box.querySelector("#toast-undo").content.cloneNode(true));
    note.querySelector(".toast-undo").action = undo;
  }
  box.append(note);
  prepare(note);
}

box.querySelectorAll(".toast-note").forEach(prepare);
document.body.addEventListener("toast", (event) => show(event.detail.text, event.detail.level, event.detail.undo));
document.body.addEventListener("htmx:sendError", () => show(box.dataset.offline, "error"));
document.body.addEventListener("htmx:responseError", () => show(box.dataset.failed, "error"));

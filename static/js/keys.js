// Keyboard shortcuts; silent while somebody types or composes Chinese.
const TYPING = "input, textarea, select, [contenteditable], .ts-control";

function moveInRows(step) {
  const rows = [...document.querySelectorAll("table.rows tbody tr")].filter((row) => row.offsetParent);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("chosen"));
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  rows[now]?.classList.remove("chosen");
  next.classList.add("chosen");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a")?.focus({ preventScroll: true });
}

const ACTIONS = {
  "/": () => document.getElementById("search")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  c: () => document.querySelector('[data-key="c"]')?.click(),
  e: () => document.querySelector('[data-key="e"]')?.click(),
  j: () => moveInRows(1),
  k: () => moveInRows(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const save = document.querySelector('[data-key="save"]');
    if (save) { event.preventDefault(); save.click(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
  const action = ACTIONS[event.key];
  if (action) { event.preventDefault(); action(); }
});

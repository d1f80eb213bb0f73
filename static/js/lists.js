// Lists: filters that wait for Chinese input, short addresses, the column chooser.
const form = document.getElementById("filter-form");

if (form) {
  form.addEventListener("input", (event) => { if (event.isComposing) event.stopImmediatePropagation(); }, true);
  form.addEventListener("compositionend", (event) => event.target.dispatchEvent(new Event("input", { bubbles: true })));
  form.addEventListener("htmx:configRequest", (event) => {
    const sent = event.detail.formData;
    [...new Set(sent.keys())].forEach((name) => {
      const filled = sent.getAll(name).filter((value) => value !== "");
      sent.delete(name);
      filled.forEach((value) => sent.append(name, value));
    });
  });
  if (matchMedia("(max-width: 991px)").matches) form.closest("details").open = false;
}

document.addEventListener("click", (event) => {
  const mover = event.target.closest("[data-move]");
  if (mover) moveColumn(mover);
});

// Rows are chosen by their boxes; the bar with what can be done to them shows while any is chosen.
function showPicked() {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const boxes = [...document.querySelectorAll('[name="pk"][form="bulk-form"]')];
  const every = bar.querySelector("[data-pick-every]");
  const chosen = boxes.filter((box) => box.checked).length;
  bar.querySelector("[data-picked]").textContent = chosen;
  bar.hidden = !chosen && !every?.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) {
    document.querySelectorAll('[name="pk"][form="bulk-form"]').forEach((box) => { box.checked = event.target.checked; });
  }
  if (event.target.matches('[data-pick-all], [data-pick-every], [name="pk"]')) showPicked();
});

function moveColumn(mover) {
  const item = mover.closest("li");
  if (mover.dataset.move === "up") item.previousElementSibling?.before(item);
  else item.nextElementSibling?.after(item);
  mover.focus();
}

function showMovers() {
  document.querySelectorAll(".mover").forEach((mover) => { mover.hidden = false; });
}

// The record page and the menu lead back to this list as it stands now.
function rememberAddress() {
  sessionStorage.setItem(`list:${location.pathname}`, location.search);
  const link = document.querySelector('.side-link[aria-current="page"]');
  if (link?.pathname === location.pathname) link.href = location.pathname + location.search;
}

showMovers();
showPicked();
rememberAddress();
document.body.addEventListener("htmx:afterSwap", () => { showMovers(); showPicked(); });
document.body.addEventListener("htmx:pushedIntoHistory", rememberAddress);

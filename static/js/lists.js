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

function moveColumn(mover) {
  const item = mover.closest("li");
  if (mover.dataset.move === "up") item.previousElementSibling?.before(item);
  else item.nextElementSibling?.after(item);
  mover.focus();
}

function showMovers() {
  document.querySelectorAll(".mover").forEach((mover) => { mover.hidden = false; });
}

// The record page leads back to this list as it stands now.
function rememberAddress() {
  sessionStorage.setItem(`list:${location.pathname}`, location.search);
}

showMovers();
rememberAddress();
document.body.addEventListener("htmx:afterSwap", showMovers);
document.body.addEventListener("htmx:pushedIntoHistory", rememberAddress);

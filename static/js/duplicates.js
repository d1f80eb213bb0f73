// While a name, phone or code is typed, the server is asked whether it is registered; not before Chinese input is done.
const box = document.querySelector("[data-duplicates]");
const compared = new Set(box.getAttribute("hx-params").split(","));
let waiting;

function ask(event) {
  if (event.isComposing || !compared.has(event.target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => box.dispatchEvent(new CustomEvent("check-duplicates")), 400);
}

box.closest("form").addEventListener("input", ask);
box.closest("form").addEventListener("compositionend", ask);

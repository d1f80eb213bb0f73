// A payment is spread over open orders, the oldest first; what is left stays a prepayment (the server decides).
const box = document.querySelector("[data-debts]");
const amount = document.querySelector("#id_amount");

const cents = (text) => Math.round(Number(text) * 100) || 0;
const written = (sum) => (sum / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const fields = () => [...box.querySelectorAll("[data-debt]")];
const money = () => cents(amount ? amount.value : box.dataset.money);

function spread() {
  let left = money();
  for (const field of fields()) {
    const part = Math.min(left, cents(field.dataset.debt));
    field.value = part > 0 ? (part / 100).toFixed(2) : "";
    left -= part;
  }
  show();
}

function show() {
  const rest = box.querySelector("[data-rest]");
  if (!rest) return;
  const left = money() - fields().reduce((sum, field) => sum + cents(field.value), 0);
  rest.textContent = written(left);
  rest.classList.toggle("text-danger", left < 0);
}

let isByHand = fields().some((field) => field.value);
amount?.addEventListener("input", () => (isByHand ? show() : spread()));
box.addEventListener("input", () => { isByHand = true; show(); });
box.addEventListener("click", (event) => {
  if (event.target.closest("[data-oldest-first]")) { isByHand = false; spread(); }
});
box.addEventListener("htmx:afterSwap", () => { isByHand = false; spread(); });
show();

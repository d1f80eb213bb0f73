// Lines of a quotation: guide price, discount and price follow one another as they are typed (the server decides).
const board = document.querySelector("[data-guide-prices]");
const section = document.querySelector("[data-lines]");
const prices = JSON.parse(board.dataset.guidePrices);
const limit = Number(board.dataset.limit);

const field = (line, name) => line.querySelector(`[name$="-${name}"]`);
const cents = (input) => (input.value === "" ? NaN : Math.round(Number(input.value) * 100));
const written = (amount) => (amount / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percentOff = (list, price) => Math.round(((list - price) * 10000) / list);

function takeDiscount(line) {
  const list = cents(field(line, "list_price_amount"));
  const discount = cents(field(line, "discount_percent")) || 0;
  if (list) field(line, "unit_price_amount").value = (Math.round((list * (10000 - discount)) / 10000) / 100).toFixed(2);
}

function takePrice(line) {
  const list = cents(field(line, "list_price_amount"));
  const price = cents(field(line, "unit_price_amount"));
  field(line, "discount_percent").value = list && price <= list ? (percentOff(list, price) / 100).toFixed(2) : "";
}

function takeSku(line) {
  field(line, "list_price_amount").value = prices[field(line, "sku").value] ?? "";
  field(line, "unit_price_amount").value = "";
  takeDiscount(line);
}

const follow = { sku: takeSku, discount_percent: takeDiscount, unit_price_amount: takePrice };

function sum() {
  let list = 0, total = 0, largest = 0;
  for (const line of section.querySelectorAll("tbody tr:not([hidden])")) {
    const quantity = Number(field(line, "quantity").value);
    const guide = cents(field(line, "list_price_amount"));
    const price = cents(field(line, "unit_price_amount"));
    if (!quantity || !guide || Number.isNaN(price)) continue;
    list += quantity * guide;
    total += quantity * price;
    largest = Math.max(largest, percentOff(guide, price));
  }
  const show = (name, text) => { board.querySelector(`[data-shows="${name}"]`).textContent = text; };
  show("list", list ? written(list) : "–");
  show("whole", list ? `${(percentOff(list, total) / 100).toFixed(2)}%` : "–");
  show("largest", list ? `${(largest / 100).toFixed(2)}%` : "–");
  board.querySelector("[data-beyond]").hidden = largest <= limit * 100;
}

// Lines that came with an opportunity have no price yet.
for (const line of section.querySelectorAll("tbody tr")) {
  if (field(line, "sku").value && !field(line, "list_price_amount").value) takeSku(line);
}

// Before the lines are counted: what follows has to stand there by then.
section.addEventListener("input", (event) => {
  const name = Object.keys(follow).find((ending) => event.target.name?.endsWith(`-${ending}`));
  if (name) follow[name](event.target.closest("tr"));
}, { capture: true });
section.addEventListener("input", sum);
section.addEventListener("click", () => setTimeout(sum));
section.dispatchEvent(new Event("input"));

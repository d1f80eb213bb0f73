// The sums of an order matrix as they are typed: per configuration, per colour, in all (the server counts them again).
const matrix = document.querySelector("[data-matrix]");
const rows = [...matrix.querySelectorAll("tbody tr")];
const written = (amount) => amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const cars = (input) => (input && Number(input.value) > 0 ? Number(input.value) : 0);
const show = (cell, text) => { cell.textContent = text; };

function count() {
  const columns = [...matrix.querySelectorAll("[data-column-cars]")];
  const sums = columns.map(() => 0);
  let all = 0, total = 0;
  for (const row of rows) {
    const typed = columns.map((_column, index) => cars(row.cells[index + 1].querySelector("input")));
    typed.forEach((number, index) => { sums[index] += number; });
    const inRow = typed.reduce((sum, number) => sum + number, 0);
    const amount = inRow * Number(row.dataset.price);
    show(row.querySelector("[data-row-cars]"), inRow || "");
    show(row.querySelector("[data-row-amount]"), amount ? written(amount) : "");
    all += inRow;
    total += amount;
  }
  columns.forEach((cell, index) => show(cell, sums[index] || ""));
  show(matrix.querySelector("[data-all-cars]"), all);
  show(matrix.querySelector("[data-all-amount]"), written(total));
}

if (rows.length) {
  matrix.querySelectorAll("[data-sums]").forEach((cell) => { cell.hidden = false; });
  matrix.addEventListener("input", count);
  count();
}

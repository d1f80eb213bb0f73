// Lines of a document: add, remove, and the amounts as they are typed (the server counts them again).
document.querySelectorAll("[data-lines]").forEach((section) => {
  const total = section.querySelector(`[name="${section.dataset.lines}-TOTAL_FORMS"]`);
  const body = section.querySelector("tbody");
  const blank = section.querySelector("template");
  const add = section.querySelector("[data-add-line]");

  function prepare(line) {
    const mark = line.querySelector('[name$="-DELETE"]');
    if (!mark) return;
    mark.closest("label").hidden = true;
    const remove = line.querySelector("[data-remove-line]");
    remove.hidden = false;
    remove.addEventListener("click", () => { mark.checked = true; line.hidden = true; count(); });
  }

  function addLine() {
    const holder = document.createElement("tbody");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
    const line = holder.firstElementChild;
    total.value = Number(total.value) + 1;
    body.append(line);
    prepare(line);
    count();
    document.dispatchEvent(new CustomEvent("line-added", { detail: line }));
    line.querySelector("input:not([type=hidden]), select")?.focus();
  }

  function figure(line, ending) {
    const field = line.querySelector(`[name$="-${ending}"]`);
    return field && field.value !== "" ? Number(field.value) : NaN;
  }

  function count() {
    const lines = [...body.rows].filter((line) => !line.hidden);
    lines.forEach((line, index) => { line.cells[0].querySelector("span").textContent = index + 1; });
    const hasAmounts = lines.some((line) => line.querySelector('[name$="-unit_price_amount"], [name$="-unit_amount"]'));
    section.querySelectorAll(".line-amount").forEach((cell) => { cell.hidden = !hasAmounts; });
    const foot = section.querySelector("tfoot");
    foot.hidden = !hasAmounts;
    if (!hasAmounts) return;
    let sum = 0;
    for (const line of lines) {
      const price = figure(line, "unit_price_amount");
      const amount = figure(line, "quantity") * (Number.isNaN(price) ? figure(line, "unit_amount") : price);
      line.querySelector(".line-amount").textContent = Number.isNaN(amount) ? "" : written(amount);
      sum += amount || 0;
    }
    foot.rows[0].cells[1].colSpan = body.rows[0].cells.length - 3;
    section.querySelector("[data-total]").textContent = written(sum);
  }

  const typed = (line) => [...line.querySelectorAll("input:not([type=hidden], [type=checkbox]), select")].map((field) => field.value).join();

  // A phone shows one empty line; more are a touch away.
  function dropSpareLines() {
    const empty = typed(blank.content);
    while (body.rows.length > 1 && [...body.rows].slice(-2).every((line) => typed(line) === empty)) {
      body.lastElementChild.remove();
      total.value = Number(total.value) - 1;
    }
  }

  const written = (amount) => amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  if (matchMedia("(max-width: 640px)").matches) dropSpareLines();
  [...body.rows].forEach(prepare);
  add.hidden = false;
  add.addEventListener("click", addLine);
  section.addEventListener("input", count);
  count();
});

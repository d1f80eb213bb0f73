// Buttons beside a day: tomorrow, in three days, in a week.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-day]");
  if (!button) return;
  const day = button.closest("[data-quick-days]").querySelector("input[type=date]");
  day.value = button.dataset.day;
  day.dispatchEvent(new Event("input", { bubbles: true }));
});

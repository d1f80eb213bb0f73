// Long choices (customers, contracts) ask the server while one types.
function enhance(root) {
  root.querySelectorAll("select[data-choices-url]:not(.tomselected)").forEach((select) => {
    new window.TomSelect(select, {
      valueField: "value", labelField: "text", searchField: [], score: () => () => 1, maxOptions: 50,
      load(typed, show) {
        this.clearOptions((option) => this.items.includes(option.value));
        const url = new URL(select.dataset.choicesUrl, location.href);
        url.searchParams.set("q", typed);
        fetch(url, { headers: { Accept: "application/json" } })
          .then((answer) => (answer.ok ? answer.json() : { results: [] }))
          .then((found) => show(found.results))
          .catch(() => show());
      },
      render: { no_results: () => null },
    });
  });
}

// Filters by any of several values take one line, with the chosen ones in it.
document.querySelectorAll("#filter-form select[multiple]").forEach((select) => {
  new window.TomSelect(select, { plugins: ["remove_button"] });
});

enhance(document);
document.addEventListener("line-added", (event) => enhance(event.detail));

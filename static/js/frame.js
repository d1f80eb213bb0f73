// The frame of every page: side menu, menus, rows, theme, sign-in that ran out behind a partial request.
const side = document.getElementById("side");
const burger = document.querySelector(".burger");

function showSide(isOpen) {
  side.classList.toggle("open", isOpen);
  burger.setAttribute("aria-expanded", String(isOpen));
  (isOpen ? side.querySelector(".side-close") : burger).focus();
}

// The groups of the menu stay as this person folded them in this window; the group of the page is open in any case.
function unfold() {
  const known = JSON.parse(sessionStorage.getItem("folds") || "{}");
  side.querySelectorAll(".side-fold").forEach((fold) => {
    const name = fold.querySelector("summary").textContent.trim();
    if (name in known && !fold.querySelector("[aria-current]")) fold.open = known[name];
    fold.addEventListener("toggle", () => {
      known[name] = fold.open;
      sessionStorage.setItem("folds", JSON.stringify(known));
    });
  });
}

if (side && burger) {
  burger.setAttribute("aria-expanded", "false");
  document.addEventListener("click", (event) => {
    const opener = event.target.closest(".burger");
    if (!opener && !event.target.closest(".side-close, .side-veil")) return;
    event.preventDefault();
    showSide(Boolean(opener));
  });
  unfold();
  side.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog).showModal();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label") || getSelection().toString()) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  if (side?.classList.contains("open")) showSide(false);
});

document.querySelector("[data-theme-switch]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const choice = form.elements.theme;
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  document.documentElement.dataset.bsTheme = choice.value;
  choice.value = choice.value === "dark" ? "light" : "dark";
});

// A redirect to the sign-in page is followed silently by a partial request: show the whole page instead.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href, location.href).pathname;
  if (answered !== document.body.dataset.loginUrl || location.pathname === answered) return;
  event.detail.shouldSwap = false;
  location.assign(`${answered}?next=${encodeURIComponent(location.pathname + location.search)}`);
});

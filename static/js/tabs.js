// Sections of a record as tabs; without this script they stand one below the other.
document.querySelectorAll("[data-tabs]").forEach((group) => {
  const bar = group.querySelector(".tabs");
  if (!bar) return;
  const tabs = [...bar.querySelectorAll("a")];
  const sections = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  bar.setAttribute("role", "tablist");

  function choose(index, isByUser) {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      sections[i].hidden = i !== index;
    });
    if (!isByUser) return;
    history.replaceState(null, "", tabs[index].hash);
    tabs[index].focus();
  }

  tabs.forEach((tab, index) => {
    tab.id ||= `tab-${tab.hash.slice(1)}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", sections[index].id);
    sections[index].setAttribute("role", "tabpanel");
    sections[index].setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", (event) => { event.preventDefault(); choose(index, true); });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose((index + step + tabs.length) % tabs.length, true);
    });
  });
  const wanted = tabs.findIndex((tab) => tab.hash === location.hash);
  choose(Math.max(wanted, 0), false);
});

const back = document.querySelector("[data-back-to-list]");
if (back) back.search = sessionStorage.getItem(`list:${back.pathname}`) || "";

// Where the status bar is wider than the screen, the present status is what one sees of it.
const now = document.querySelector(".status-bar .now");
if (now) now.parentElement.scrollLeft = now.offsetLeft - (now.parentElement.clientWidth - now.offsetWidth) / 2;

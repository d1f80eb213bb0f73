// A text in which @ offers colleagues; the server finds the names again by itself.
document.querySelectorAll("textarea[data-mentions]").forEach((area) => {
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.hidden = true;
  area.after(list);
  let timer = 0;

  function typed() {
    return /@([^\s@]{0,20})$/.exec(area.value.slice(0, area.selectionStart));
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
  }

  function choose(name) {
    const found = typed();
    if (!found) return close();
    const begin = area.selectionStart - found[1].length;
    area.setRangeText(`${name} `, begin, area.selectionStart, "end");
    close();
    area.focus();
  }

  async function offer() {
    const found = typed();
    if (!found) return close();
    const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(found[1])}`);
    if (!answer.ok || !typed()) return close();
    const people = (await answer.json()).results;
    list.replaceChildren(...people.map((person) => {
      const line = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.append(person.name, Object.assign(document.createElement("small"), { textContent: person.unit }));
      button.addEventListener("click", () => choose(person.name));
      line.append(button);
      return line;
    }));
    list.hidden = !people.length;
  }

  area.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(offer, 250);
  });
  area.addEventListener("compositionend", () => { timer = setTimeout(offer, 250); });
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector("button").focus(); }
  });
  list.addEventListener("keydown", (event) => {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (next) { event.preventDefault(); document.activeElement.closest("li")[next]?.firstElementChild.focus(); }
    if (event.key === "Escape") { event.stopPropagation(); close(); area.focus(); }
  });
});

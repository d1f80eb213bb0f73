// The board of a pipeline: a card that is dropped is moved by the server, which says no with a sentence.
/* global Sortable */
const board = document.querySelector("[data-pipeline]");
const notes = document.getElementById("toasts");
const token = document.querySelector("#move-form [name=csrfmiddlewaretoken]").value;
const DECIDED = { won: "win", lost: "lose" };

if (matchMedia("(max-width: 991px)").matches) document.querySelector("[data-board-filter]").open = false;

function say(text, level, undo) {
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { text, level, undo } }));
}

function showWords(head, words) {
  for (const [name, word] of Object.entries(words)) {
    const place = head?.querySelector(`[data-sum="${name}"]`);
    if (place) place.textContent = word;
  }
}

function showSums(columns, total) {
  for (const [stage, words] of Object.entries(columns)) showWords(board.querySelector(`[data-sums="${stage}"]`), words);
  showWords(document.querySelector("[data-total]"), total);
}

async function answerOf(record, stage, from) {
  const answer = await fetch(`${record}move/${location.search}`, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams({ stage, from }),
  });
  if (answer.redirected) location.reload();
  if (answer.ok) return answer.json();
  throw new Error(answer.status === 409 ? (await answer.json()).sentence : notes.dataset.failed);
}

async function dropped({ item, from, to, oldDraggableIndex }) {
  if (from === to) return;
  const putBack = () => from.insertBefore(item, from.querySelectorAll("[data-card]")[oldDraggableIndex] ?? null);
  const record = new URL(item.querySelector("a").href).pathname;
  if (to.dataset.kind in DECIDED) {
    putBack();
    location.assign(`${record}steps/${DECIDED[to.dataset.kind]}/`);
    return;
  }
  try {
    const { message, columns, total, card, undo } = await answerOf(record, to.dataset.stage, from.dataset.stage);
    showSums(columns, total);
    if (card) item.outerHTML = card;
    say(message, "success", undo);
  } catch (problem) {
    putBack();
    say(problem instanceof TypeError ? notes.dataset.offline : problem.message, "error");
  }
}

board.querySelectorAll("[data-movable]").forEach((list) => Sortable.create(list, {
  group: { name: "cards", pull: list.dataset.kind === "open", put: true },
  sort: false,
  draggable: "[data-card]",
  filter: ".menu",
  preventOnFilter: false,
  animation: 120,
  delay: 200,
  delayOnTouchOnly: true,
  onEnd: dropped,
}));

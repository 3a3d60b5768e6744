// Keyboard shortcuts of the desk: j and k move through the rows of a list, Enter opens, ? lists them; a letter or a
// number presses what bears it as data-key.

const typing = "input, textarea, select, [contenteditable], dialog[open]";

export function keys() {
  const list = document.getElementById("keys");
  if (!list) return;
  let on = document.body.dataset.shortcuts !== "off";
  const opener = document.querySelector("[data-keys-open]");
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => list.showModal());
  }
  tell(list.querySelector("[data-keys-here]"));
  list.querySelector("[data-close]").addEventListener("click", () => list.close());
  list.querySelector("[data-keys-switch]").addEventListener("submit", (event) => {
    if (event.target.getAttribute("action")) return;
    event.preventDefault();
    on = !on;
    list.close();
  });
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
    if (event.key === "?") list.showModal();
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (!press(event.key)) return;
    event.preventDefault();
  });
}

// What bears a key on this page, each key once, in the list of keys.
function bearing() {
  const found = new Map();
  for (const one of document.querySelectorAll("[data-key]")) if (!found.has(one.dataset.key)) found.set(one.dataset.key, one);
  return found;
}

function tell(place) {
  if (!place) return;
  for (const [key, one] of bearing()) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const mark = document.createElement("kbd");
    const words = document.createElement("dd");
    mark.textContent = key;
    words.textContent = one.dataset.keySays || one.textContent.trim();
    term.append(mark);
    row.append(term, words);
    place.append(row);
  }
}

function press(key) {
  const one = key.length === 1 && bearing().get(key);
  if (!one) return false;
  one.focus();
  one.click();
  return true;
}

function move(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + by))];
  const link = next.querySelector("[data-open]") || next.querySelector("a, button");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

// Keyboard shortcuts of the desk: j and k move through the rows of a list, Enter opens, ? lists them.

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
    else return;
    event.preventDefault();
  });
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

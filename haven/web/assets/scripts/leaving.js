// Leaving in a hurry: the button, three presses of Shift, and pages that come back from the browser's memory.

const PAUSE = 5000;

function cover(words) {
  const sheet = document.createElement("div");
  sheet.className = "hv-exit__cover";
  sheet.setAttribute("role", "alert");
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.textContent = words || "";
  sheet.append(said);
  document.body.classList.add("hv-leaving");
  document.body.append(sheet);
}

export function leaving(exit) {
  let left = false;

  // The browser may keep a page as it was and show it again on Back, even one that must not be stored. A page that
  // was left stays covered and gives way to the start page; any other asks the server what may still be shown.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cover();
    location.replace(left ? "/" : location.pathname + location.search);
  });

  if (!exit) return;
  const link = exit.querySelector("a");
  const spoken = document.createElement("span");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("role", "status");
  exit.append(spoken);

  function leave() {
    left = true;
    cover(exit.dataset.announceLeaving);
    location.replace(link.href);
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let timer;
  let alone = false;
  function forget() {
    presses = 0;
    spoken.textContent = "";
  }
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) forget();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    presses += 1;
    clearTimeout(timer);
    if (presses > 2) return leave();
    spoken.textContent = presses === 1 ? exit.dataset.announceTwo : exit.dataset.announceOne;
    timer = setTimeout(forget, PAUSE);
  });
}

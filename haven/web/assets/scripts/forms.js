// What makes a form easier where there is a script. Everything here is also checked, or done without, by the server.

const AGAIN = 10000;

// A second press while the first is on its way does nothing.
export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, AGAIN);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}

// The summary of what is wrong gets the focus; its links go to the control without a word in the address.
export function errors() {
  const summary = document.querySelector("[data-module='govuk-error-summary']");
  if (!summary) return;
  if (summary.dataset.disableAutoFocus !== "true") {
    summary.tabIndex = -1;
    summary.focus();
  }
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const question = control.closest("fieldset")?.querySelector("legend") || control.labels?.[0] || control;
    question.scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

// "None of these" takes the others away, and the others take it away.
export function exclusive() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || !box.checked || !box.form) return;
    const alone = box.dataset.behaviour === "exclusive";
    for (const other of box.form.querySelectorAll("input[type=checkbox]")) {
      if (other === box || other.name !== box.name) continue;
      if (alone || other.dataset.behaviour === "exclusive") other.checked = false;
    }
  });
}

// How much room is left, seen at once and said when the typing pauses. Counted as the server counts what a browser
// sends: a line break is two characters, a letter outside the first plane is one.
export function counting() {
  for (const group of document.querySelectorAll("[data-module='govuk-character-count']")) {
    const most = Number(group.dataset.maxlength);
    const text = group.querySelector("textarea");
    const message = group.querySelector(".govuk-character-count__message");
    if (most && text && message) count(group.dataset, most, text, message);
  }
}

function count(words, most, text, message) {
  const spoken = document.createElement("span");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("role", "status");
  message.after(spoken);
  const said = (left) => {
    const [name, amount] = left < 0 ? ["i18n.charactersOverLimit", -left] : ["i18n.charactersUnderLimit", left];
    const plural = new Intl.PluralRules(document.documentElement.lang).select(amount);
    const phrase = words[`${name}.${plural}`] || words[`${name}.other`] || message.textContent;
    return phrase.replace("%{count}", amount.toLocaleString(document.documentElement.lang));
  };
  let timer;
  const show = () => {
    const left = most - [...text.value.replace(/\n/g, "\r\n")].length;
    message.textContent = said(left);
    message.classList.toggle("govuk-character-count__message--over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => (spoken.textContent = message.textContent), 1500);
  };
  text.addEventListener("input", show);
  if (text.value) show();
}

// Buttons that only a script can serve are hidden until there is one.
export function takeAway() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const wanted = document.querySelectorAll(button.dataset.copy);
      await navigator.clipboard.writeText([...wanted].map((one) => one.textContent.trim()).join("\n"));
      button.querySelector("[role=status]").textContent = button.dataset.copied;
    });
  }
}

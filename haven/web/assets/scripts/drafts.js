// Keeps what is typed as a draft on our own server, a moment after the typing pauses. Without this a button does it.

const PAUSE = 1500;

export function drafts() {
  for (const part of document.querySelectorAll("[data-draft]")) if (part.closest("form")) keeping(part, part.closest("form"));
}

function keeping(part, form) {
  const said = part.querySelector("[data-kept]");
  const button = part.querySelector("button");
  const words = part.dataset;
  let timer;
  let running;

  async function keep() {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(words.draft, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        signal: running.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error("not kept");
      const { kept } = await answer.json();
      if (kept) said.textContent = words.said.replace("%(time)s", kept);
      document.dispatchEvent(new Event("haven:seen"));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      said.textContent = words.notKept;
      part.prepend(button);
    }
  }

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });
  button.remove();
}

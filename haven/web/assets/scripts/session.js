// Say two minutes before the session ends, and let one press keep it. What was saved as a draft is on the server.

const WARNING = 120;

export function session() {
  const body = document.body;
  const dialog = document.getElementById("session-warning");
  const length = Number(body.dataset.sessionSeconds);
  if (!dialog || !length) return;
  const left = dialog.querySelector("[data-left]");
  const elsewhere = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let ends;

  const renew = () => {
    ends = Date.now() + length * 1000;
    if (dialog.open) dialog.close();
  };
  const renewed = () => {
    renew();
    elsewhere?.postMessage("renewed");
  };

  function look() {
    const seconds = Math.round((ends - Date.now()) / 1000);
    if (seconds <= 0) return location.reload();
    if (seconds > WARNING) return;
    const minutes = Math.ceil(seconds / 60);
    const words = seconds <= 60 ? left.dataset.seconds : left.dataset.minutes.replace("%(minutes)s", minutes);
    if (left.textContent !== words) left.textContent = words;
    if (!dialog.open) dialog.showModal();
  }

  async function stay() {
    const answer = await fetch(body.dataset.keepAlive, {
      method: "POST",
      headers: { "X-CSRFToken": JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "" },
    }).catch(() => null);
    if (answer && answer.ok && !answer.redirected) renewed();
    else location.reload();
  }

  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  document.addEventListener("htmx:afterOnLoad", renewed);
  document.addEventListener("haven:seen", renewed);
  if (elsewhere) elsewhere.onmessage = renew;
  renewed();
  setInterval(look, 1000);
}

// Passkeys, and passwords that can be looked at while they are typed. The pages work with a code app without this.

import { errors, sendOnce } from "./forms.js";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function opened(options) {
  const { challenge, user, excludeCredentials, allowCredentials, ...rest } = options.publicKey;
  return {
    ...rest,
    challenge: bytes(challenge),
    ...(user && { user: { ...user, id: bytes(user.id) } }),
    ...(excludeCredentials && { excludeCredentials: listed(excludeCredentials) }),
    ...(allowCredentials && { allowCredentials: listed(allowCredentials) }),
  };
}

function closed(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: text(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (answer[name]) response[name] = text(answer[name]);
  if (answer.getTransports) response.transports = answer.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function options(form) {
  const there = document.getElementById("passkey-options");
  if (there) return JSON.parse(there.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no challenge");
  return answer.json();
}

async function use(form) {
  const { creation_options: creation, request_options: request } = await options(form);
  const credential = creation
    ? await navigator.credentials.create({ publicKey: opened(creation) })
    : await navigator.credentials.get({ publicKey: opened(request) });
  form.elements.credential.value = JSON.stringify(closed(credential));
  form.submit();
}

function passkeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential || !window.isSecureContext) continue;
    const said = form.querySelector("[data-said]");
    const button = form.querySelector("button");
    for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      button.disabled = true;
      try {
        await use(form);
      } catch (problem) {
        said.textContent = problem.name === "InvalidStateError" ? form.dataset.there : form.dataset.stopped;
      }
      button.disabled = false;
    });
  }
}

function looking() {
  for (const input of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    const words = document.body.dataset;
    const say = () => {
      const hidden = input.type === "password";
      button.textContent = hidden ? words.show : words.hide;
      button.setAttribute("aria-label", hidden ? words.showPassword : words.hidePassword);
    };
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary hv-show";
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      input.type = input.type === "password" ? "text" : "password";
      say();
    });
    say();
    const row = document.createElement("div");
    row.className = "hv-password";
    input.replaceWith(row);
    row.append(input, button);
    input.form.addEventListener("submit", () => {
      input.type = "password";
    });
  }
}

if (document.body.classList.contains("hv-plain")) {
  sendOnce();
  errors();
}
passkeys();
looking();

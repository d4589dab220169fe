// What can be done with an answer: copied, linked to, said to have helped or not.
import { say } from "./words.js";

export function actOnAnswer(conversation) {
  conversation.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    const link = event.target.closest("[data-permalink]");
    const verdict = event.target.closest("[data-helpful]");
    if (copy) put(copy.dataset.copy, copy, "copied");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      put(link.href, link, "link_copied");
    }
    if (verdict) rate(verdict);
  });
}

async function put(text, control, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // no clipboard outside a secure context: the link can still be followed
    if (control.href) location.assign(control.href);
    return;
  }
  const label = control.querySelector("span");
  const before = label.textContent;
  label.textContent = say(done);
  setTimeout(() => (label.textContent = before), 1600);
}

function rate(verdict) {
  const group = verdict.closest("[data-rate]");
  const helpful = verdict.dataset.helpful === "true";
  for (const button of group.querySelectorAll("[data-helpful]")) button.setAttribute("aria-pressed", String(button === verdict));
  group.querySelector("form, .said")?.remove();
  if (helpful) return tell(group, true, "");
  const form = document.createElement("form");
  const why = Object.assign(document.createElement("input"), { maxLength: 2000, placeholder: say("why") });
  why.setAttribute("aria-label", say("why"));
  const submit = Object.assign(document.createElement("button"), { className: "quiet", textContent: say("submit") });
  form.append(why, submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    tell(group, false, why.value);
  });
  group.append(form);
  why.focus();
}

async function tell(group, helpful, reason) {
  const id = group.closest("article").dataset.answer;
  const body = JSON.stringify({ helpful, reason });
  const headers = { "Content-Type": "application/json" };
  let heard = false;
  try {
    heard = (await fetch(`/api/answers/${id}/feedback`, { method: "POST", headers, body })).ok;
  } catch {
    // said below
  }
  group.querySelector("form")?.remove();
  const said = Object.assign(document.createElement("span"), { className: "said", textContent: say(heard ? "thanks" : "error_other") });
  said.setAttribute("role", "status");
  group.append(said);
}

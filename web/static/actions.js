// What can be taken from an answer: a copy in one of three forms, its address.
import { say } from "./words.js";

export function watchActions(conversation) {
  conversation.addEventListener("click", (event) => {
    const copy = event.target.closest("[data-copy]");
    const link = event.target.closest("[data-permalink]");
    if (copy) {
      const menu = copy.closest("details");
      menu.open = false;
      menu.querySelector("summary").focus();
      put(copy.dataset.copy, menu, "copied");
    }
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      put(link.dataset.permalink, link, "link_copied");
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of conversation.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
}

async function put(text, control, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // no clipboard outside a secure context: the link can still be followed, the text still be chosen
    if (control.href) return location.assign(control.href);
    if (!byHand(text)) return;
  }
  const label = control.querySelector("span");
  label.dataset.before ??= label.textContent;
  label.textContent = say(done);
  control.closest("article").querySelector(".said").textContent = say(done);
  setTimeout(() => {
    label.textContent = label.dataset.before;
    control.closest("article").querySelector(".said").textContent = "";
  }, 1600);
}

function byHand(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

// Did an answer help, and if not, why: kept with the answer for people to read.
import { say } from "./words.js";

export function watchFeedback(conversation) {
  conversation.addEventListener("click", (event) => {
    const verdict = event.target.closest("[data-helpful]");
    if (verdict) rate(verdict);
  });
  conversation.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-why]")) return;
    event.preventDefault();
    const given = new FormData(event.target);
    tell(event.target.closest("article"), false, [...given.getAll("reason"), given.get("more").trim()].filter(Boolean).join("；"));
  });
}

function rate(verdict) {
  const article = verdict.closest("article");
  const helpful = verdict.dataset.helpful === "true";
  for (const button of article.querySelectorAll("[data-helpful]"))
    button.setAttribute("aria-pressed", String(button === verdict));
  article.querySelector(".said").textContent = "";
  const why = article.querySelector("[data-why]");
  why.hidden = helpful;
  if (helpful) return tell(article, true, "");
  why.scrollIntoView({ block: "nearest" });
  why.querySelector("input").focus();
}

async function tell(article, helpful, reason) {
  const body = JSON.stringify({ helpful, reason });
  const headers = { "Content-Type": "application/json" };
  let heard = false;
  try {
    heard = (await fetch(`/a/${article.dataset.answer}/feedback`, { method: "POST", headers, body })).ok;
  } catch {
    // said below
  }
  article.querySelector("[data-why]").hidden = heard || helpful;
  article.querySelector(".said").textContent = say(heard ? "thanks" : "error_other");
  if (heard && !helpful) article.querySelector("[data-helpful=false]").focus();
}

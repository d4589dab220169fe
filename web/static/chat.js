// What happens when a question is asked: it is sent, its steps are shown as they come, the answer takes their place.
import { openSource, closePanel } from "./panel.js";
import { watchMarkers } from "./glance.js";
import { actOnAnswer } from "./actions.js";
import { events } from "./stream.js";
import { remember, remembered, forget } from "./thread.js";
import { say } from "./words.js";

const main = document.querySelector("main");
const conversation = document.getElementById("conversation");
const form = document.getElementById("ask");
const box = form.elements.namedItem("question");
const send = form.querySelector(".send");
const wrong = document.getElementById("wrong");
let running = null;

function answers() {
  return [...conversation.querySelectorAll("article[data-answered]")].map((article) => article.dataset.answer);
}

function keepThread() {
  form.elements.namedItem("thread").value = answers().join(" ");
  if (!("kept" in conversation.dataset)) remember(answers());
}

function busy(controller) {
  running = controller;
  form.setAttribute("aria-busy", String(Boolean(controller)));
  send.setAttribute("aria-label", say(controller ? "stop" : "send"));
}

function place(question) {
  const turn = document.getElementById("pending").content.firstElementChild.cloneNode(true);
  turn.querySelector(".question").textContent = question;
  conversation.append(turn);
  main.dataset.empty = "false";
  box.placeholder = say("placeholder_more");
  turn.scrollIntoView({ block: "start", behavior: "smooth" });
  return turn;
}

function follow(turn, name, sent) {
  const article = turn.querySelector("article");
  if (name === "begin") article.dataset.answer = sent.id;
  if (name === "stage") turn.querySelector(".stages").innerHTML = sent.html;
  if (name === "sources") turn.querySelector(".sources-slot").innerHTML = sent.html;
  if (name === "body") turn.querySelector(".answer-text").innerHTML = sent.html;
  if (name === "body") turn.querySelector(".stages").textContent = "";
  if (name === "error") throw Object.assign(new Error(sent.detail), { status: sent.status });
  if (name !== "answer") return turn;
  const whole = document.createRange().createContextualFragment(sent.html).firstElementChild;
  turn.replaceWith(whole);
  keepThread();
  return whole;
}

function fail(turn, question, error) {
  const article = turn.querySelector("article");
  article.setAttribute("aria-busy", "false");
  const known = error.name === "AbortError" ? "stopped" : error instanceof TypeError ? "offline" : error.status;
  const key = known === "stopped" ? "stopped" : [422, 429, 503, "offline"].includes(known) ? `error_${known}` : "error_other";
  const said = Object.assign(document.createElement("p"), { className: "failed", textContent: say(key) });
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: say("retry") });
  again.addEventListener("click", () => {
    turn.remove();
    ask(question);
  });
  said.append(again);
  turn.querySelector(".stages").replaceChildren();
  article.append(said);
}

async function ask(question) {
  const asked = question.trim();
  wrong.hidden = Boolean(asked) && asked.length <= 2000;
  if (!wrong.hidden || running) return;
  const controller = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set("question", asked);
  body.set("thread", answers().join(" "));
  busy(controller);
  box.value = "";
  let turn = place(asked);
  try {
    const headers = { Accept: "text/event-stream" };
    const response = await fetch("/", { method: "POST", headers, body, signal: controller.signal });
    if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
    for await (const [name, sent] of events(response)) turn = follow(turn, name, sent);
    if (!turn.querySelector("[data-answered]")) throw new TypeError("the stream ended before the answer");
  } catch (error) {
    fail(turn, asked, error);
  } finally {
    busy(null);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) return running.abort();
  ask(event.submitter?.name === "pick" ? event.submitter.value : box.value);
});

conversation.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-ask]")) return;
  event.preventDefault();
  ask(event.target.elements.namedItem("question").value);
});

// a button that submits has nothing to check when it stops an answer instead
send.addEventListener("click", (event) => {
  if (!running) return;
  event.preventDefault();
  running.abort();
});

box.addEventListener("keydown", (event) => {
  // an input method uses Enter to choose a word
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!running) form.requestSubmit(send);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, dialog")) return;
  event.preventDefault();
  box.focus();
});

document.addEventListener("click", (event) => {
  const scope = form.querySelector(".scope[open]");
  if (scope && !scope.contains(event.target)) scope.open = false;
  const link = event.target.closest("a.cite, a[data-open]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openSource(link);
});

form.addEventListener("change", () => {
  const label = form.querySelector("[data-scope]");
  const chosen = form.querySelectorAll("input[name=documents]:checked").length;
  if (label) label.textContent = chosen ? say("scope_some").replace("{count}", chosen) : say("scope_all");
});

document.querySelector("[data-new]").addEventListener("click", forget);

async function restore() {
  const parts = await Promise.all(
    remembered().map(async (id) => {
      const response = await fetch(`/a/${encodeURIComponent(id)}?part=1`);
      return response.ok ? response.text() : "";
    }),
  );
  // a question asked meanwhile comes first
  if (!parts.some(Boolean) || running || answers().length) return;
  conversation.innerHTML = parts.join("");
  main.dataset.empty = "false";
  box.placeholder = say("placeholder_more");
  keepThread();
  conversation.lastElementChild.scrollIntoView({ block: "start" });
}

watchMarkers(conversation);
actOnAnswer(conversation);
if (answers().length) keepThread();
else if (!location.search) restore();

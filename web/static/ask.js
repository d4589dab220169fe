// What happens when a question is asked: it is sent, its steps are shown as they come, the answer takes their place.
import { events } from "./stream.js";
import { say } from "./words.js";

const MOST = 2000;
const main = document.querySelector("main");
const conversation = document.getElementById("conversation");
const form = document.getElementById("ask");
const box = form.elements.namedItem("question");
const send = form.querySelector(".send");
const wrong = document.getElementById("wrong");
const given = new EventTarget();
let running = null;

export function isRunning() {
  return Boolean(running);
}

// whether there was anything to stop
export function stop() {
  running?.abort();
  return Boolean(running);
}

export function onAnswer(work) {
  given.addEventListener("answer", (event) => work(event.detail));
}

export function begun() {
  main.dataset.empty = "false";
  box.placeholder = say("placeholder_more");
}

// the reason why a question cannot be asked, said beside the box; none where it can
export function check(question) {
  const length = [...question.trim()].length;
  wrong.textContent = length > MOST ? say("too_long").replace("{count}", length) : say("error_422");
  wrong.hidden = length > 0 && length <= MOST;
  return wrong.hidden;
}

// instead: the turn that gives way to the new one, with all that follow it
export async function ask(question, instead = null) {
  const asked = question.trim();
  if (running || !check(asked)) return;
  while (instead?.nextElementSibling) instead.nextElementSibling.remove();
  instead?.remove();
  const controller = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.set("question", asked);
  body.set("thread", answers().join(" "));
  if (box.value.trim() === asked) box.value = "";
  let turn = place(asked);
  busy(controller);
  try {
    const headers = { Accept: "text/event-stream" };
    const response = await fetch("/", { method: "POST", headers, body, signal: controller.signal });
    if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
    for await (const [name, sent] of events(response)) turn = follow(turn, name, sent);
    if (!turn.querySelector("[data-answered]")) throw new TypeError("the stream ended before the answer");
  } catch (error) {
    fail(turn, asked, error);
  } finally {
    // with the answer there, the next question may have been asked before the stream was closed
    if (running === controller) busy(null);
  }
}

export function answers() {
  return [...conversation.querySelectorAll("article[data-answered]")].map((article) => article.dataset.answer);
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
  begun();
  turn.scrollIntoView({ block: "start", behavior: "smooth" });
  return turn;
}

function follow(turn, name, sent) {
  const article = turn.querySelector("article");
  const put = (slot, html) => (article.querySelector(slot).innerHTML = html);
  if (name === "begin") article.dataset.answer = sent.id;
  if (name === "stage") put(".stages", sent.html);
  if (name === "sources") put(".sources-slot", sent.html);
  if (name === "body") put(".answer-text", sent.html);
  if (name === "body") put(".stages", "");
  if (name === "error") throw Object.assign(new Error(sent.detail), { status: sent.status });
  if (name !== "answer") return turn;
  const whole = document.createRange().createContextualFragment(sent.html).firstElementChild;
  turn.replaceWith(whole);
  busy(null);
  given.dispatchEvent(new CustomEvent("answer", { detail: whole }));
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
    if (running) return;
    turn.remove();
    ask(question);
  });
  said.append(again);
  turn.querySelector(".stages").replaceChildren();
  article.append(said);
}

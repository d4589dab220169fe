// ★ start here: what the page does with a question, an answer, a key and a click; each is a module of its own.
import { answers, ask, begun, check, isRunning, onAnswer, stop } from "./ask.js";
import { watchActions } from "./actions.js";
import { watchEdits } from "./edit.js";
import { watchExamples } from "./examples.js";
import { watchFeedback } from "./feedback.js";
import { watchMarkers } from "./glance.js";
import { watchHistory } from "./history.js";
import { watchKeys } from "./keys.js";
import { openSource } from "./panel.js";
import { offerAll, watchScope } from "./scope.js";
import { current, forget, remember, remembered } from "./thread.js";
import { say } from "./words.js";

const conversation = document.getElementById("conversation");
const form = document.getElementById("ask");
const box = form.elements.namedItem("question");
const send = form.querySelector(".send");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isRunning()) return stop();
  ask(event.submitter?.name === "pick" ? event.submitter.value : box.value);
});

// a button that submits has nothing to check when it stops an answer instead
send.addEventListener("click", (event) => {
  if (!isRunning()) return;
  event.preventDefault();
  stop();
});

box.addEventListener("keydown", (event) => {
  // an input method uses Enter to choose a word
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!isRunning()) form.requestSubmit(send);
});

box.addEventListener("input", () => check(box.value || "…"));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite, a[data-open]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  openSource(link);
});

function keepThread() {
  form.elements.namedItem("thread").value = answers().join(" ");
  const articles = [...conversation.querySelectorAll("article[data-answered]")];
  remember(articles.map((article) => [article.dataset.answer, article.parentElement.querySelector(".question").textContent]));
}

async function restore() {
  let failed = "history_gone";
  const part = async ([id]) => {
    try {
      const response = await fetch(`/a/${encodeURIComponent(id)}?part=1`);
      return response.ok ? await response.text() : "";
    } catch {
      failed = "error_offline";
      return "";
    }
  };
  const turns = remembered();
  if (!turns.length) return;
  begun();
  const parts = await Promise.all(turns.map(part));
  // a question asked meanwhile comes first
  if (isRunning() || answers().length) return;
  if (parts.some(Boolean)) conversation.innerHTML = parts.join("");
  else conversation.replaceChildren(Object.assign(document.createElement("p"), { className: "gone", textContent: say(failed) }));
  form.elements.namedItem("thread").value = answers().join(" ");
  conversation.lastElementChild.scrollIntoView({ block: "start" });
}

document.querySelector("[data-new]").addEventListener("click", forget);
onAnswer((turn) => {
  keepThread();
  offerAll(form, turn, ask);
  document.title = `${turn.querySelector(".question").textContent} · 研答`;
});
watchActions(conversation);
watchEdits(conversation, ask);
watchExamples();
watchFeedback(conversation);
watchHistory();
watchKeys({ conversation, box, stop });
watchMarkers(conversation);
watchScope(form);
// an address that brings a question, or documents to ask, begins something new
const asks = new URLSearchParams(location.search);
if ("kept" in conversation.dataset || asks.has("q") || asks.has("document")) forget();
else if (answers().length) keepThread();
else if (current()) restore();

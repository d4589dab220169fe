// Which documents a question is kept to: chosen from a list that can be filtered, shown beside the question.
import { say } from "./words.js";

export function watchScope(form) {
  const scope = form.querySelector(".scope");
  if (!scope) return;
  const boxes = [...scope.querySelectorAll("input[name=documents]")];
  const filter = scope.querySelector("[data-scope-filter]");
  const clear = scope.querySelector("[data-scope-clear]");
  const show = () => shown(form, boxes, clear);
  form.addEventListener("change", show);
  filter.addEventListener("input", () => {
    const left = narrow(boxes, filter.value);
    scope.querySelector(".scope-none").textContent = left ? "" : say("scope_none");
  });
  // Enter in the filter is not a question
  filter.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    show();
    filter.focus();
  });
  scope.addEventListener("toggle", () => scope.open && boxes.length > 6 && filter.focus());
  document.addEventListener("click", (event) => {
    if (scope.open && !scope.contains(event.target) && event.target.isConnected) scope.open = false;
  });
  show();
}

// a refusal within chosen documents: the same question asked of all
export function offerAll(form, turn, ask) {
  const chosen = [...form.querySelectorAll("input[name=documents]:checked")];
  if (!chosen.length || !turn.querySelector("[data-answered=false]")) return;
  const all = Object.assign(document.createElement("button"), { type: "button", className: "widen", textContent: say("widen") });
  all.addEventListener("click", () => {
    for (const box of chosen) box.checked = false;
    chosen[0].dispatchEvent(new Event("change", { bubbles: true }));
    ask(turn.querySelector(".question").textContent, turn);
  });
  turn.querySelector(".refusal").append(all);
}

function shown(form, boxes, clear) {
  const chosen = boxes.filter((box) => box.checked);
  form.querySelector("[data-scope]").textContent = chosen.length
    ? say("scope_some").replace("{count}", chosen.length)
    : say("scope_all");
  clear.hidden = !chosen.length;
  const chips = form.querySelector("[data-chosen]");
  chips.hidden = !chosen.length;
  chips.replaceChildren(...chosen.map((box) => chip(box, form)));
}

function chip(box, form) {
  const title = box.parentElement.querySelector("bdi").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", `${say("drop")} ${title}`);
  button.append(Object.assign(document.createElement("bdi"), { textContent: title }), "×");
  button.addEventListener("click", () => {
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    form.elements.namedItem("question").focus();
  });
  return button;
}

function narrow(boxes, words) {
  const wanted = words.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  for (const box of boxes) {
    const said = box.parentElement.textContent.normalize("NFKC").toLowerCase();
    box.parentElement.hidden = !wanted.every((word) => said.includes(word));
  }
  return boxes.some((box) => !box.parentElement.hidden);
}

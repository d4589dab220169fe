// What the keyboard does beyond the tab key: find the box, walk through citations, leave what is open.
import { closePanel, openSource, panelIsOpen } from "./panel.js";
import { endGlance } from "./glance.js";

const SLASH = "yanda.slash";
const STEPS = { ArrowDown: 1, ArrowRight: 1, j: 1, ArrowUp: -1, ArrowLeft: -1, k: -1 };
// what uses letters or arrows itself
const OWN = "input, textarea, select, dialog";

export function watchKeys({ conversation, box, stop }) {
  const slash = document.querySelector("[data-slash]");
  slash.checked = slashIsOn();
  slash.addEventListener("change", () => setSlash(slash.checked));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape") return escape(event, { conversation, box, stop });
    if (event.key === "/" && slash.checked && !event.target.closest("input, textarea, dialog")) {
      event.preventDefault();
      return box.focus();
    }
    if (STEPS[event.key] && !event.target.closest(OWN) && !event.target.matches(".scroll")) walk(event, STEPS[event.key]);
  });
}

// the innermost thing that is open goes first
function escape(event, { conversation, box, stop }) {
  if (event.target.closest("dialog:modal")) return;
  const menu = document.querySelector(".scope[open], .menu[open]");
  if (endGlance()) return;
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (panelIsOpen()) closePanel();
  else if (!stop() && event.target === box) conversation.querySelector(".turn:last-child article")?.focus();
}

function walk(event, step) {
  const article = event.target.closest("article[data-answer]");
  const markers = [...(article?.querySelectorAll("a.cite") ?? [])];
  if (!markers.length) return;
  const at = markers.indexOf(event.target);
  const to = markers[at < 0 ? (step > 0 ? 0 : markers.length - 1) : at + step];
  event.preventDefault();
  if (!to) return;
  to.focus();
  if (panelIsOpen()) openSource(to, { stay: true });
}

function slashIsOn() {
  try {
    return localStorage.getItem(SLASH) !== "off";
  } catch {
    return true;
  }
}

function setSlash(on) {
  try {
    localStorage.setItem(SLASH, on ? "on" : "off");
  } catch {
    // holds until the page is left
  }
}

// The source beside the conversation: opened at the cited words, closed with Escape, focus given back.
import { say } from "./words.js";

const panel = document.getElementById("panel");
const body = panel.querySelector(".panel-body");
const tabs = panel.querySelector(".panel-tabs");
const full = panel.querySelector("[data-full]");
const wide = matchMedia("(min-width: 62rem)");

export function closePanel() {
  if (panel.open) panel.close();
}

panel.addEventListener("close", () => {
  document.body.classList.remove("with-panel");
  point(null);
});

panel.querySelector("[data-close]").addEventListener("click", closePanel);
// outside the sheet
panel.addEventListener("click", (event) => {
  if (event.target === panel && !wide.matches) closePanel();
});
// a panel opened one way cannot be shown the other way
wide.addEventListener("change", closePanel);

export async function openSource(link) {
  const address = new URL(link.href);
  const sources = [...(link.closest("article")?.querySelectorAll("a.source-row") ?? [])];
  tabs.replaceChildren(...sources.map((source) => tab(source, link)));
  full.href = link.href;
  point(link);
  show(link);
  await load(address);
}

function show(link) {
  if (!panel.open) {
    // where a dialog gives the focus back to; not every browser focuses a link that is clicked
    link.focus({ preventScroll: true });
    if (wide.matches) panel.show();
    else panel.showModal();
    document.body.classList.toggle("with-panel", wide.matches);
  }
  body.focus({ preventScroll: true });
}

async function load(address) {
  const part = `${address.pathname}?part=1&c=${address.hash.slice(2)}`;
  body.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(part);
    if (!response.ok) throw new Error(String(response.status));
    body.innerHTML = await response.text();
    arrive();
  } catch (error) {
    const known = error.message === "503" ? "error_503" : error instanceof TypeError ? "error_offline" : "error_other";
    body.replaceChildren(Object.assign(document.createElement("p"), { className: "missing", textContent: say(known) }));
  }
  body.removeAttribute("aria-busy");
}

function arrive() {
  const first = body.querySelector("mark[data-citation]");
  body.scrollTop = 0;
  if (!first) return;
  body.firstElementChild.classList.add("arrived");
  const offset = first.getBoundingClientRect().top - body.getBoundingClientRect().top;
  body.scrollTop = offset - body.clientHeight * 0.3;
}

function tab(source, link) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = source.dataset.open;
  button.title = source.querySelector("q").textContent;
  if (sameWords(source, link)) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => openSource(source));
  return button;
}

function sameWords(one, other) {
  return one.pathname === other.pathname && one.hash === other.hash;
}

function point(link) {
  for (const current of document.querySelectorAll("#conversation [aria-current]")) current.removeAttribute("aria-current");
  if (!link) return;
  for (const same of link.closest("article")?.querySelectorAll("a") ?? [])
    if (sameWords(same, link)) same.setAttribute("aria-current", "true");
}

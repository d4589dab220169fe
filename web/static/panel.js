// The source beside the conversation: opened at the cited words, leafed through, closed with Escape, focus given back.
import { endGlance } from "./glance.js";
import { say } from "./words.js";

const panel = document.getElementById("panel");
const body = panel.querySelector(".panel-body");
const tabs = panel.querySelector(".panel-tabs");
const full = panel.querySelector("[data-full]");
const steps = [...panel.querySelectorAll("[data-step]")];
const wide = matchMedia("(min-width: 62rem)");
let shown = null;
let loading = 0;

export function panelIsOpen() {
  return panel.open;
}

export function closePanel() {
  if (panel.open) panel.close();
}

// stay: the focus remains where it is
export async function openSource(link, { stay = false } = {}) {
  const sources = within(link);
  shown = sources.find((source) => sameWords(source, link)) ?? link;
  tabs.replaceChildren(...sources.map((source) => tab(source, source === shown)));
  tabs.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  for (const step of steps) step.setAttribute("aria-disabled", String(!beside(Number(step.dataset.step))));
  panel.classList.toggle("alone", sources.length < 2);
  full.href = link.href;
  point(link);
  show(link, stay);
  await load(new URL(link.href));
}

function within(link) {
  return [...(link.closest("article")?.querySelectorAll("a[data-open]") ?? [])];
}

function beside(step) {
  const sources = within(shown);
  return sources[sources.indexOf(shown) + step];
}

function leaf(step) {
  const next = shown && beside(step);
  if (next) openSource(next, { stay: true });
}

function show(link, stay) {
  if (!panel.open) {
    // where a dialog gives the focus back to; not every browser focuses a link that is clicked
    link.focus({ preventScroll: true });
    if (wide.matches) panel.show();
    else panel.showModal();
    document.body.classList.toggle("with-panel", wide.matches);
    if (stay) link.focus({ preventScroll: true });
  }
  if (!stay) body.focus({ preventScroll: true });
}

async function load(address) {
  const turn = ++loading;
  body.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`${address.pathname}?part=1&c=${address.hash.slice(2)}`);
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    // somebody has leafed on meanwhile
    if (turn !== loading) return;
    body.innerHTML = html;
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
  const mark = first.getBoundingClientRect();
  const room = body.clientHeight;
  // a cell says little without the header of its column: both are shown where they fit below the path
  const table = first.closest("table")?.getBoundingClientRect() ?? mark;
  const under = (body.querySelector(".path")?.offsetHeight ?? 0) + 16 + mark.top - table.top;
  const down = under < room * 0.7 ? Math.max(under, room * 0.3) : room * 0.3;
  body.scrollTop = mark.top - body.getBoundingClientRect().top - down;
}

function tab(source, now) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = source.dataset.open;
  button.title = source.querySelector("q, .snippet").textContent.slice(0, 120);
  if (now) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => {
    openSource(source, { stay: true });
    tabs.querySelector("[aria-current]").focus();
  });
  return button;
}

function sameWords(one, other) {
  return one.pathname === other.pathname && one.hash === other.hash;
}

function point(link) {
  for (const current of document.querySelectorAll("#conversation a[aria-current]")) current.removeAttribute("aria-current");
  if (!link) return;
  const same = [...(link.closest("article")?.querySelectorAll("a") ?? [])].filter((one) => sameWords(one, link));
  for (const one of same) one.setAttribute("aria-current", "true");
  if (wide.matches) same[0]?.scrollIntoView({ block: "nearest" });
}

panel.addEventListener("close", () => {
  document.body.classList.remove("with-panel");
  point(null);
  if (shown?.isConnected && document.activeElement === document.body) shown.focus({ preventScroll: true });
  // what was just read in full needs no glance
  endGlance();
});
panel.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) leaf(Number(step.dataset.step));
  // outside the sheet
  if (event.target.closest("[data-close]") || (event.target === panel && !wide.matches)) closePanel();
});
panel.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.closest(".scroll")) return;
  event.preventDefault();
  leaf(step);
});
// a panel opened one way cannot be shown the other way
wide.addEventListener("change", closePanel);

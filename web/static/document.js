// A document: the cited words named after the # are marked by the server, which counts characters as the documents do.
import { say } from "./words.js";

const MARK = /^#c\d+-\d+$/;
const form = document.querySelector("[data-find]");
const box = form.elements.namedItem("q");
const found = form.querySelector("[data-found]");
const narrow = matchMedia("(max-width: 61.99rem)");
let at = 0;
let searched = box.value.trim();

const shown = () => document.querySelector(".document");
const hits = () => Number(shown().dataset.hits);

// the same document with other marks; offsets are the server's business
async function load(words) {
  const query = new URLSearchParams({ part: "1" });
  if (MARK.test(location.hash)) query.set("c", location.hash.slice(2));
  else if (form.elements.namedItem("c")) query.set("c", form.elements.namedItem("c").value);
  if (words) query.set("q", words);
  const response = await fetch(`${location.pathname}?${query}`).catch(() => null);
  if (!response?.ok) return false;
  const asks = shown().querySelector(".asks");
  shown().outerHTML = await response.text();
  if (asks) shown().querySelector(".document-head").append(asks);
  searched = words;
  dress();
  return true;
}

async function mark() {
  if (!MARK.test(location.hash)) return;
  const cited = location.hash.slice(2);
  if (!shown().querySelector(`mark[data-citation="${cited}"]`) && !(await load(searched))) return;
  shown().classList.add("arrived");
  shown().querySelector("mark[data-citation]")?.scrollIntoView({ block: "center" });
}

async function find() {
  const words = box.value.trim();
  if (words === searched) return step(1);
  if (!(await load(words))) return;
  const address = new URL(location);
  if (words) address.searchParams.set("q", words);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  at = 0;
  if (words && hits()) step(1);
  else found.textContent = words ? say("found").replace("{count}", 0) : "";
}

function step(by) {
  const count = hits();
  if (!count) return;
  at = ((at - 1 + by + count) % count) + 1;
  if (at === 0) at = count;
  for (const old of shown().querySelectorAll("mark.current")) old.classList.remove("current");
  const parts = shown().querySelectorAll(`mark[data-hit="${at}"]`);
  for (const part of parts) part.classList.add("current");
  parts[0]?.scrollIntoView({ block: "center" });
  found.textContent = say("found_at").replace("{at}", at).replace("{count}", count);
}

// a button behind each heading, without any text of its own: what stands in the document stays the document's
function dress() {
  for (const heading of shown().querySelectorAll("[data-text] [id^=h]:not(.with-link)")) {
    if (heading.id.startsWith("hit")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "section-link";
    button.setAttribute("aria-label", say("section_link"));
    button.title = say("section_link");
    button.addEventListener("click", () => copy(`#${heading.id}`, button));
    heading.classList.add("with-link");
    heading.append(button);
  }
}

async function copy(hash, button) {
  const address = new URL(location);
  address.searchParams.delete("q");
  address.hash = hash;
  history.replaceState(null, "", address);
  try {
    await navigator.clipboard.writeText(address.href);
  } catch {
    return; // no clipboard outside a secure context: the address bar has it
  }
  form.querySelector("[data-said]").textContent = say("link_copied");
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1600);
}

const outline = document.querySelector(".outline details");
const here = document.querySelector("[data-here]");
const links = new Map([...document.querySelectorAll(".outline a")].map((link) => [link.hash.slice(1), link]));

function follow() {
  const headings = [...document.querySelectorAll("[data-text] [id^=h]")].filter((heading) => links.has(heading.id));
  // at the end of the page the last headings cannot come up any further
  const line = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 ? innerHeight : innerHeight * 0.4;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < line);
  const current = links.get((passed.at(-1) ?? headings[0])?.id);
  if (!current || current.hasAttribute("aria-current")) return;
  for (const link of links.values()) link.removeAttribute("aria-current");
  current.setAttribute("aria-current", "true");
  here.textContent = passed.length ? current.textContent : "";
  // not scrollIntoView: it would move the page as well
  const list = outline.querySelector("ol");
  if (outline.open) list.scrollTop = current.offsetTop - list.clientHeight / 2;
}

function fold() {
  if (outline) outline.open = !narrow.matches;
}

narrow.addEventListener("change", fold);
outline?.addEventListener("click", (event) => narrow.matches && event.target.closest("a") && (outline.open = false));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
// the small cross in the field
box.addEventListener("search", () => !box.value && find());
for (const button of form.querySelectorAll("[data-step]"))
  button.addEventListener("click", () => (box.value.trim() === searched ? step(Number(button.dataset.step)) : find()));
form.querySelector("[data-copy-link]").addEventListener("click", (event) => copy(location.hash, event.currentTarget));
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    box.select();
  }
  if (event.key === "Enter" && event.shiftKey && event.target === box) {
    event.preventDefault();
    step(-1);
  }
});

let due = 0;
addEventListener("scroll", () => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(follow);
}, { passive: true });
addEventListener("hashchange", mark);
fold();
dress();
await mark();
if (hits() && !MARK.test(location.hash) && !location.hash) step(1);
follow();

// The list of documents: narrowed while one types, put in order at a choice; whoever has the key is let in to change it.
import { manage } from "./manage.js";

const form = document.querySelector(".shelf-tools");
const shelf = document.getElementById("shelf");
const managing = manage(document.querySelector(".manage"), show);
let asked = 0;

// `fresh` is what has just been read from the server; a slower answer to an earlier question is dropped
async function show() {
  const number = ++asked;
  const query = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  const address = query.size ? `?${query}` : location.pathname;
  query.set("part", "1");
  const response = await fetch(`${location.pathname}?${query}`).catch(() => null);
  if (!response?.ok || number !== asked) return;
  shelf.innerHTML = await response.text();
  history.replaceState(null, "", address);
  managing?.dress(shelf);
}

let due = 0;
form.addEventListener("input", () => {
  clearTimeout(due);
  due = setTimeout(show, 120);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
managing?.dress(shelf);

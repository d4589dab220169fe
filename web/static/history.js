// What was asked before: looked through, opened again, deleted one by one or all together.
import { conversations, open, remove, removeAll, search } from "./thread.js";
import { say } from "./words.js";

const dialog = document.getElementById("history");
const field = dialog.querySelector("input[type=search]");
const list = dialog.querySelector("ol");
const none = dialog.querySelector(".history-none");
const all = dialog.querySelector("[data-delete-all]");
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

export function watchHistory() {
  document.querySelector("[data-history]").addEventListener("click", () => {
    field.value = "";
    show();
    dialog.showModal();
    field.focus();
  });
  dialog.querySelector("[data-history-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("input", show);
  all.addEventListener("click", () => (all.dataset.sure ? clear() : sure()));
  all.addEventListener("blur", unsure);
  dialog.addEventListener("close", unsure);
  addEventListener("storage", () => dialog.open && show());
}

function show() {
  const found = search(field.value);
  list.replaceChildren(...found.map(entry));
  const kept = conversations().length;
  none.textContent = found.length ? "" : say(kept ? "history_unfound" : "history_none");
  all.hidden = !kept;
}

function entry({ id, at, turns }) {
  const item = dialog.querySelector("template").content.firstElementChild.cloneNode(true);
  const past = item.querySelector(".past");
  const title = turns[0][1];
  past.querySelector("bdi").textContent = title;
  past.querySelector("small").textContent = `${when.format(at)} · ${say("history_count").replace("{count}", turns.length)}`;
  past.addEventListener("click", () => {
    open(id);
    location.assign("/");
  });
  const bin = item.querySelector("[data-delete]");
  bin.title = say("delete");
  bin.setAttribute("aria-label", `${say("delete")} ${title}`);
  bin.addEventListener("click", () => {
    const place = [...list.children].indexOf(item);
    remove(id);
    show();
    // the focus stays in the list, on what took the place of the deleted one
    ((list.children[place] ?? list.lastElementChild)?.querySelector(".past") ?? field).focus();
  });
  return item;
}

function sure() {
  all.dataset.sure = "true";
  all.querySelector("span").textContent = say("delete_sure");
}

function unsure() {
  delete all.dataset.sure;
  all.querySelector("span").textContent = say("delete_all");
}

function clear() {
  removeAll();
  unsure();
  show();
  field.focus();
}

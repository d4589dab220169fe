// Documents brought and taken away with the admin key, which stays in this tab and never stands in an address.
import { say } from "./words.js";
import { follow, send } from "./jobs.js";

const KEY = "yanda.admin";

export function manage(panel, changed) {
  const unlock = panel?.querySelector("[data-unlock]");
  if (!unlock) return null;
  const said = unlock.querySelector(".said");
  const unlocked = panel.querySelector(".unlocked");
  const jobs = panel.querySelector(".jobs");
  const formats = panel.dataset.formats.split(" ");
  const most = Number(panel.dataset.most);
  let key = sessionStorage.getItem(KEY) ?? "";

  function dress(shelf) {
    for (const button of shelf.querySelectorAll("[data-remove]")) button.hidden = !key;
  }

  function turn(to) {
    key = to;
    if (key) sessionStorage.setItem(KEY, key);
    else sessionStorage.removeItem(KEY);
    unlock.hidden = Boolean(key);
    unlocked.hidden = !key;
    said.textContent = "";
    dress(document);
  }

  function line(title) {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("bdi"), { textContent: title });
    const state = Object.assign(document.createElement("span"), { className: "state" });
    item.append(name, state, document.createElement("progress"));
    jobs.prepend(item);
    return item;
  }

  function end(item, words, failed) {
    item.querySelector(".state").textContent = words;
    item.querySelector("progress").remove();
    item.classList.toggle("failed", failed);
  }

  // what was asked, carried out and shown to its end; `again` is what to offer where a name is taken
  async function run(title, request, again) {
    const item = line(title);
    const state = item.querySelector(".state");
    const bar = item.querySelector("progress");
    const tell = (words, done, total) => {
      state.textContent = words;
      if (total) Object.assign(bar, { max: total, value: done });
      else bar.removeAttribute("value");
    };
    try {
      const job = await follow(await send(request, key, (done, total) => tell(say("sending"), done, total)), key, tell);
      end(item, job.state === "done" ? say("job_done") : `${say("job_failed")}：${job.error}`, job.state !== "done");
    } catch (problem) {
      if (problem.status === 401) turn("");
      end(item, problem.status === 401 ? say("key_wrong") : problem.message, true);
      if (problem.status === 409 && again) item.append(offer(again));
    }
    await changed();
  }

  function offer(again) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: say("replace") });
    button.addEventListener("click", () => {
      button.remove();
      again();
    });
    return button;
  }

  function bring(files, replace = false) {
    if (!key || !files.length) return;
    const title = [...files].map((file) => file.name).join("、");
    const unread = [...files].find((file) => !formats.some((format) => file.name.toLowerCase().endsWith(format)));
    if (unread) return end(line(unread.name), `${say("wrong_format")}（${formats.join(" ")}）`, true);
    if ([...files].reduce((size, file) => size + file.size, 0) > most)
      return end(line(title), say("too_large").replace("{size}", Math.floor(most / 2 ** 20)), true);
    const body = new FormData();
    for (const file of files) body.append("files", file);
    const path = `/api/documents${replace ? "?replace=1" : ""}`;
    run(`${say("job_upload")}：${title}`, { method: "POST", path, body }, replace ? null : () => bring(files, true));
  }

  unlock.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = unlock.querySelector("input").value.trim();
    const headers = { Authorization: `Bearer ${given}` };
    const response = await fetch("/api/jobs", { headers }).catch(() => null);
    if (response?.ok) turn(given);
    else said.textContent = say(response?.status === 401 ? "key_wrong" : response ? "error_other" : "error_offline");
    if (key) unlocked.querySelector("input").focus();
    unlock.reset();
  });

  panel.querySelector("[data-lock]").addEventListener("click", () => turn(""));
  panel.querySelector("[data-reindex]").addEventListener("click", () => run(say("job_reindex"), { method: "POST", path: "/api/reindex" }));
  panel.querySelector("input[type=file]").addEventListener("change", (event) => {
    bring([...event.target.files]);
    event.target.value = "";
  });

  const drop = panel.querySelector("[data-drop]");
  // a file that misses the field would open in place of the page
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => key && event.preventDefault());
  drop.addEventListener("dragover", () => drop.classList.add("over"));
  drop.addEventListener("dragleave", (event) => drop.contains(event.relatedTarget) || drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    bring([...event.dataTransfer.files]);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button || !confirm(say("remove_sure").replace("{title}", button.dataset.title))) return;
    panel.open = true;
    const path = `/api/documents/${encodeURIComponent(button.dataset.remove)}`;
    run(`${say("job_remove")}：${button.dataset.title}`, { method: "DELETE", path });
  });

  turn(key);
  panel.open ||= Boolean(key);
  return { dress };
}

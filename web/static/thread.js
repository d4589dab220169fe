// Which conversation is in this tab, and which there have been in this browser: ids and questions, never the answers.
const ALL = "yanda.history";
const HERE = "yanda.conversation";
const MOST = 200;

// storage switched off or full: the conversation lasts as long as the page
function attempt(work, otherwise) {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

export function conversations() {
  const found = attempt(() => JSON.parse(localStorage.getItem(ALL) ?? "[]"), []);
  return Array.isArray(found) ? found.filter((one) => one?.id && Array.isArray(one.turns) && one.turns.length) : [];
}

function write(all) {
  attempt(() => localStorage.setItem(ALL, JSON.stringify(all.slice(0, MOST))));
}

export function current() {
  return attempt(() => sessionStorage.getItem(HERE), null);
}

export function open(id) {
  attempt(() => sessionStorage.setItem(HERE, id));
}

export function forget() {
  attempt(() => sessionStorage.removeItem(HERE));
}

// turns: [answer id, question] in the order of the page; the newest conversation comes first
export function remember(turns) {
  if (!turns.length) return;
  const id = current() ?? turns[0][0];
  open(id);
  write([{ id, at: Date.now(), turns }, ...conversations().filter((one) => one.id !== id)]);
}

export function remembered() {
  const id = current();
  return conversations().find((one) => one.id === id)?.turns ?? [];
}

export function remove(id) {
  write(conversations().filter((one) => one.id !== id));
  if (current() === id) forget();
}

export function removeAll() {
  write([]);
  forget();
}

export function search(words) {
  const wanted = fold(words).split(" ").filter(Boolean);
  return conversations().filter((one) => {
    const asked = fold(one.turns.map(([, question]) => question).join(" "));
    return wanted.every((word) => asked.includes(word));
  });
}

function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

// Which answers make up the conversation in this tab: their ids, so that a reload shows it again.
const KEY = "yanda.thread";

export function remember(ids) {
  try {
    sessionStorage.setItem(KEY, ids.join(" "));
  } catch {
    // storage switched off: the conversation lasts as long as the page
  }
}

export function remembered() {
  try {
    return (sessionStorage.getItem(KEY) ?? "").split(" ").filter(Boolean);
  } catch {
    return [];
  }
}

export function forget() {
  remember([]);
}

// Light, dark, or as the system: changed without a reload, remembered where the server reads it before it draws.
import { say } from "./words.js";

const THEMES = ["auto", "light", "dark"];
const YEAR = 365 * 24 * 3600;
const root = document.documentElement;
const switcher = document.querySelector("[data-theme-switch]");

function next(theme) {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
}

switcher?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const theme = next(root.dataset.theme);
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  switcher.href = `?theme=${next(theme)}`;
  switcher.title = say(`theme_${theme}`);
  switcher.querySelector(".unseen").textContent = say(`theme_${theme}`);
});

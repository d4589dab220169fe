// The cited words named after the # are marked by the server, which counts characters as the documents do.
const MARK = /^#c\d+-\d+$/;

async function mark() {
  if (!MARK.test(location.hash)) return;
  const cited = location.hash.slice(2);
  const shown = document.querySelector(".document");
  if (!shown.querySelector(`mark[data-citation="${cited}"]`)) {
    const response = await fetch(`${location.pathname}?part=1&c=${cited}`);
    if (!response.ok) return;
    shown.outerHTML = await response.text();
  }
  const fresh = document.querySelector(".document");
  fresh.classList.add("arrived");
  fresh.querySelector("mark[data-citation]")?.scrollIntoView({ block: "center" });
}

function follow() {
  const links = new Map([...document.querySelectorAll(".outline a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...document.querySelectorAll("[data-text] [id^=h]")].filter((heading) => links.has(heading.id));
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.4);
  for (const link of links.values()) link.removeAttribute("aria-current");
  const current = links.get((passed.at(-1) ?? headings[0])?.id);
  current?.setAttribute("aria-current", "true");
  current?.scrollIntoView({ block: "nearest" });
}

let due = 0;
addEventListener("scroll", () => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(follow);
}, { passive: true });
addEventListener("hashchange", mark);
await mark();
follow();

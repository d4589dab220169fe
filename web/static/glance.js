// A glance at the source while a marker is pointed at or has the focus; Escape or looking away ends it.
const glance = document.getElementById("glance");
let marker = null;
let leaving = 0;

export function watchMarkers(conversation) {
  conversation.addEventListener("pointerover", (event) => event.pointerType === "mouse" && look(event.target.closest("a.cite")));
  conversation.addEventListener("pointerout", (event) => event.target.closest("a.cite") && leave());
  conversation.addEventListener("focusin", (event) => event.target.matches("a.cite:focus-visible") && look(event.target));
  conversation.addEventListener("focusout", (event) => event.target.matches("a.cite") && endGlance());
  conversation.addEventListener("click", endGlance);
  glance.addEventListener("pointerenter", () => clearTimeout(leaving));
  glance.addEventListener("pointerleave", leave);
  addEventListener("scroll", settle, { passive: true });
}

// whether there was one to end
export function endGlance() {
  clearTimeout(leaving);
  const shown = glance.matches(":popover-open");
  marker?.removeAttribute("aria-describedby");
  marker = null;
  if (shown) glance.hidePopover();
  return shown;
}

function look(found) {
  if (!found) return;
  clearTimeout(leaving);
  const source = found.closest("article").querySelector(`li[data-source="${found.dataset.citation}"]`);
  if (!source || found === marker) return;
  endGlance();
  marker = found;
  fill(source);
  marker.setAttribute("aria-describedby", "glance");
  glance.showPopover();
  settle();
}

// beside its marker, above it where there is room; a marker out of sight takes it along
function settle() {
  if (!marker) return;
  const at = marker.getBoundingClientRect();
  if (at.bottom < 0 || at.top > innerHeight) return endGlance();
  const size = glance.getBoundingClientRect();
  const above = at.top - size.height - 6;
  glance.style.top = `${above > 8 ? above : at.bottom + 6}px`;
  glance.style.left = `${Math.max(16, Math.min(at.left - 24, innerWidth - size.width - 16))}px`;
}

function fill(source) {
  const quote = document.createElement("blockquote");
  quote.dir = "auto";
  quote.append(...source.querySelector("q").cloneNode(true).childNodes);
  const head = source.closest(".source").querySelector(".source-head");
  const section = source.querySelector(".section").cloneNode(true);
  glance.replaceChildren(quote, ...[...head.children].map((part) => part.cloneNode(true)), section);
}

function leave() {
  clearTimeout(leaving);
  // time to move onto the glance itself
  leaving = setTimeout(endGlance, 250);
}

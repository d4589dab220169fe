// A glance at the source while a marker is pointed at or has the focus; Escape or looking away ends it.
const glance = document.getElementById("glance");
let marker = null;
let leaving = 0;

export function watchMarkers(conversation) {
  conversation.addEventListener("pointerover", (event) => event.pointerType === "mouse" && look(event.target.closest("a.cite")));
  conversation.addEventListener("pointerout", (event) => event.target.closest("a.cite") && leave());
  conversation.addEventListener("focusin", (event) => event.target.matches("a.cite:focus-visible") && look(event.target));
  conversation.addEventListener("focusout", (event) => event.target.matches("a.cite") && end());
  conversation.addEventListener("click", end);
  glance.addEventListener("pointerenter", () => clearTimeout(leaving));
  glance.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && end());
  addEventListener("scroll", end, { passive: true });
}

function look(found) {
  if (!found) return;
  clearTimeout(leaving);
  const source = found.closest("article").querySelector(`li[data-source="${found.dataset.citation}"]`);
  if (!source || found === marker) return;
  end();
  marker = found;
  fill(source);
  marker.setAttribute("aria-describedby", "glance");
  glance.showPopover();
  const at = marker.getBoundingClientRect();
  const size = glance.getBoundingClientRect();
  const above = at.top - size.height - 8;
  glance.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  glance.style.left = `${Math.max(16, Math.min(at.left - 24, innerWidth - size.width - 16))}px`;
}

function fill(source) {
  const quote = document.createElement("blockquote");
  quote.dir = "auto";
  quote.textContent = source.querySelector("q").textContent;
  const head = source.closest(".source").querySelector(".source-head");
  const section = source.querySelector(".section").cloneNode(true);
  glance.replaceChildren(quote, ...[...head.children].map((part) => part.cloneNode(true)), section);
}

function leave() {
  clearTimeout(leaving);
  // time to move onto the glance itself
  leaving = setTimeout(end, 180);
}

function end() {
  clearTimeout(leaving);
  marker?.removeAttribute("aria-describedby");
  marker = null;
  if (glance.matches(":popover-open")) glance.hidePopover();
}

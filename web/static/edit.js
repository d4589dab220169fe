// A question that was asked, changed in its place and asked again; what followed it gives way.
export function watchEdits(conversation, ask) {
  conversation.addEventListener("click", (event) => {
    const pen = event.target.closest("[data-edit]");
    const cancel = event.target.closest("[data-cancel]");
    if (pen) begin(pen.closest(".turn"));
    if (cancel) end(cancel.closest(".turn"));
  });
  conversation.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-ask]")) return;
    event.preventDefault();
    ask(event.target.elements.namedItem("question").value, event.target.closest(".turn"));
  });
  conversation.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.mending");
    if (!form || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") end(form.closest(".turn"));
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key !== "Escape") return;
    event.stopPropagation();
  });
}

function begin(turn) {
  if (turn.querySelector("form.mending")) return;
  const form = document.getElementById("mending").content.firstElementChild.cloneNode(true);
  const question = turn.querySelector(".question");
  const field = form.elements.namedItem("question");
  field.value = question.textContent;
  question.before(form);
  turn.classList.add("mended");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function end(turn) {
  turn.querySelector("form.mending").remove();
  turn.classList.remove("mended");
  turn.querySelector("[data-edit]").focus();
}

"use strict";
/* Keys of the workplace and standard answers; everything also works with Tab and Enter alone. */
(() => {
  const open = (id) => {
    const details = document.getElementById(id);
    if (!details) return;
    details.open = true;
    details.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  };
  const press = (id) => document.getElementById(id)?.click();
  const focus = (id) => document.getElementById(id)?.focus();
  const keys = {
    "/": () => focus("find-opgave"),
    n: () => press("tag-naeste"),
    a: () => press("tag-tilbud"),
    r: () => focus("svar"),
    t: () => open("overdrag"),
    e: () => open("afslut"),
    k: () => document.querySelector(".task-card summary, #find-opgave")?.focus(),
    "?": () => help(),
  };
  const help = () => {
    const shown = document.querySelector(".key-help");
    if (shown) return shown.remove();
    const box = document.createElement("div");
    box.className = "key-help";
    box.setAttribute("role", "status");
    box.textContent = document.documentElement.lang.startsWith("en")
      ? "/ find a task · n next · a accept the offer · r answer · t hand over · e close · ? this help"
      : "/ find opgave · n tag næste · a tag tilbuddet · r svar · t giv videre · e afslut · ? denne hjælp";
    document.body.append(box);
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") {
      document.querySelector(".key-help")?.remove();
      if (typing) event.target.blur();
      return;
    }
    if (typing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const button of document.querySelectorAll("[data-use-answer]")) {
    button.hidden = !document.getElementById("svar");
    button.addEventListener("click", () => {
      const answer = document.getElementById("svar");
      const text = button.parentElement.querySelector("[data-standard-answer]").innerText.trim();
      answer.value = answer.value ? `${answer.value}\n\n${text}` : text;
      answer.dispatchEvent(new Event("input", { bubbles: true }));
      answer.focus();
    });
  }
})();

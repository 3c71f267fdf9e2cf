"use strict";
/* "/" leads to the search, "g" and a letter to another desk. The switch of the workplace's letters holds here too. */
(() => {
  const isOff = () => { try { return localStorage.getItem("indgang:genveje-fra") === "1"; } catch { return false; } };
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isOff()) return;
    if (event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") { going = Date.now(); return; }
    if (event.key === "/") { event.preventDefault(); (document.getElementById("stor-soeg") ?? document.getElementById("soeg"))?.focus(); }
  });
  /* A page left with an unsaved card asks first. */
  const editor = document.querySelector("form[data-unsaved]");
  if (editor) {
    let changed = editor.dataset.unsaved === "1";
    editor.addEventListener("input", () => { changed = true; });
    editor.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }
})();

"use strict";
/* Letters of the workplace. Each stands for a press of something on the page; everything also works with Tab and Enter alone. */
(() => {
  const OFF = "indgang:genveje-fra";
  const byId = (id) => document.getElementById(id);
  const press = (id) => byId(id)?.click();
  const focus = (id) => {
    const field = byId(id);
    if (!field) return;
    showColumnOf(field);
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  };
  const showColumnOf = (element) => {
    const column = element.closest(".desk-column");
    const tab = column && document.querySelector(`[role=tab][aria-controls="${column.id}"]`);
    if (tab && tab.offsetParent) tab.click();
  };
  const isOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const numbered = () => [...document.querySelectorAll(".work-list a[data-number]")];
  const step = (by) => {
    const all = numbered();
    const at = all.findIndex((link) => link.getAttribute("aria-current"));
    all[(at + by + all.length) % all.length]?.click();
  };
  let card = -1;
  const nextCard = () => {
    const cards = [...document.querySelectorAll(".task-card")];
    if (!cards.length) return focus("find-opgave");
    card = cards.includes(document.activeElement) ? (card + 1) % cards.length : 0;
    showColumnOf(cards[card]);
    cards[card].focus();
    cards[card].querySelector(".whole-card")?.setAttribute("open", "");
  };
  const keys = {
    "/": () => press("soeg-overalt"),
    "?": () => press("vis-genveje"),
    n: () => press("tag-naeste"),
    a: () => press("tag-tilbud"),
    r: () => focus("svar"),
    i: () => focus(byId("note") ? "note" : "sag-theme"),
    s: () => press(byId("vis-standardsvar") ? "vis-standardsvar" : "vis-specialist"),
    d: () => (byId("filer") ? focus("filer") : press("vis-opret-sag")),
    h: () => press("vis-hoering"),
    z: () => press(byId("fortryd-svar") ? "fortryd-svar" : "tag-tilbage"),
    e: () => press("vis-afslut"),
    t: () => press("vis-overdrag"),
    u: () => press("vis-udskyd"),
    v: () => press("vent"),
    o: () => press(byId("vis-opkald") ? "vis-opkald" : "vis-indhent"),
    m: () => press("vis-materiale"),
    x: () => press("vis-klage"),
    y: () => press("vis-henvis"),
    l: () => press("vis-oplysninger"),
    c: () => (byId("find-borger") ? focus("find-borger") : press("vis-borger")),
    k: nextCard,
    "+": () => focus("find-opgave"),
    f: () => press("ny-telefon"),
    p: () => press("ny-fremmoede"),
    b: () => press("ny-brev"),
    "[": () => step(-1),
    "]": () => step(1),
  };
  /* What is typed while a dialog is on its way belongs into its first field, never to the page behind it. */
  const OPENERS = "/?setuomxlyh";
  let opening = 0;
  let ahead = "";
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "dialog") setTimeout(fillIn); // when it is open and has the focus
  });
  const fillIn = () => {
    const field = document.activeElement;
    if (opening && ahead && field?.matches("dialog input:not([type=radio]):not([type=checkbox])")) {
      field.value += ahead;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    opening = 0;
  };
  for (const failure of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failure, () => { opening = 0; });

  let going = 0; // "g" was pressed a moment ago
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Enter" && event.ctrlKey && !event.altKey) {
      const form = event.target.closest?.("form");
      const button = (event.shiftKey && form?.querySelector("[name=then_close]")) || form?.querySelector("[data-default]");
      if (!button) return;
      event.preventDefault();
      button.focus(); // what was sent is no field to type on in: letters are keys again
      return button.click();
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      for (const menu of document.querySelectorAll(".state-menu[open], .more-ways[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
      if (typing) event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) { opening = 0; return; }
    if (typing || isOff()) return;
    if (opening && Date.now() - opening < 2000) {
      if (event.key.length === 1) { ahead += event.key; event.preventDefault(); }
      return;
    }
    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "g") { going = Date.now(); return event.preventDefault(); }
    const number = /^[1-9]$/.test(event.key) && numbered()[Number(event.key) - 1];
    const action = number ? () => number.click() : keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
    if (OPENERS.includes(event.key) && document.querySelector(".htmx-request")) [opening, ahead] = [Date.now(), ""];
  });
  /* Whoever works with speech or by chance hits letters can do without them, on this machine. */
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-keys-on]")) try { localStorage.setItem(OFF, target.checked ? "0" : "1"); } catch { /* then they stay on */ }
  });
  document.addEventListener("htmx:afterSettle", () => {
    const box = document.querySelector("[data-keys-on]");
    if (box) box.checked = !isOff();
  });
})();

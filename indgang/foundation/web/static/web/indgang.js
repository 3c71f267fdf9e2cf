"use strict";
/* What every page does: start the design system, tabs of a narrow desk, focus after an error or a swap, printing, one press per form. */
(() => {
  /* Runs again when htmx has replaced the whole content; the page's scripts do not. */
  const ready = () => {
    document.body.firstElementChild.dataset.arranged = "1";
    if (window.DKFDS) window.DKFDS.init();
    document.querySelector(".error-summary")?.focus();
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    startTabs(document.querySelector(".desk-tabs"));
  };

  const startTabs = (list) => {
    if (!list) return;
    const tabs = [...list.querySelectorAll("[role=tab]")].filter((tab) => {
      const filled = document.getElementById(tab.getAttribute("aria-controls"))?.children.length > 0;
      tab.hidden = !filled;
      return filled;
    });
    if (tabs.length < 2) return;
    list.hidden = false;
    const show = (chosen) => {
      for (const tab of tabs) {
        const on = tab === chosen;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
        document.getElementById(tab.getAttribute("aria-controls")).classList.toggle("is-shown", on);
      }
    };
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) show(tab);
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = tabs.indexOf(document.activeElement);
      if (!step || at < 0) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      show(next);
      next.focus();
    });
    show(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0]);
  };

  /* A second press while the first is on its way is dropped; coming back by the browser's history frees the form. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  /* htmx replaces what had the focus: the same element of the new content gets it back, with its cursor; what was folded out stays so. */
  let held = null;
  let unfolded = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    const active = document.activeElement;
    unfolded = [...(event.detail.target?.querySelectorAll("details[id][open]") ?? [])].map((details) => details.id);
    held = active?.id && event.detail.target?.contains(active) ? { id: active.id, from: active.selectionStart, to: active.selectionEnd } : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
    unfolded = [];
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!document.body.firstElementChild.dataset.arranged) ready();
    const target = held && document.getElementById(held.id);
    if (target && document.activeElement !== target) {
      target.focus({ preventScroll: true });
      if (typeof held.from === "number" && target.setSelectionRange) target.setSelectionRange(held.from, held.to);
    }
    held = null;
  });
  /* What was refused stands until the person tries again; what the page asks for by itself leaves it alone. */
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (!detail.elt.matches("form")) return;
    const place = document.getElementById("meddelelse");
    if (place) place.replaceChildren();
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();

"use strict";
/*
 * Whoever searches means the first hit: Enter in a search field takes it, also when the hits of the last letters are still
 * on their way. A search for a citizen leads to the first one found.
 */
(() => {
  const byId = (id) => document.getElementById(id);
  const FIRST = { // search field -> what Enter does with its first hit; false when there is none
    "find-svar": () => press("#fundne-svar [data-use-answer]"),
    "find-opgave": () => press("#fundne-opgaver button[name=add]"),
    "til-hvem": () => {
      const receivers = byId("modtagere").querySelectorAll("input[name=to]");
      if (!receivers.length) return false;
      if (![...receivers].some((one) => one.checked)) receivers[0].checked = true;
      (byId("overdrag-note") ?? receivers[0].form.querySelector("textarea, [type=submit]")).focus();
      return true;
    },
  };
  const press = (selector) => {
    const hit = document.querySelector(selector);
    hit?.click();
    return Boolean(hit);
  };
  const shown = new WeakMap(); // field -> the words its hits belong to
  const asked = new WeakMap(); // request -> the words it was sent with
  let wanted = null; // Enter was pressed in this field before its hits were there
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.id in FIRST) asked.set(detail.xhr, detail.elt.value);
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const field = detail.requestConfig?.elt;
    if (detail.target?.id === "fundne-borgere") return toFirstPerson(detail.target);
    if (!(field?.id in FIRST)) return;
    shown.set(field, asked.get(detail.xhr));
    if (wanted !== field || shown.get(field) !== field.value) return;
    wanted = null;
    FIRST[field.id]();
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.ctrlKey || !(field.id in FIRST)) return;
    event.preventDefault(); // the form behind it is sent by its own button
    if (!field.value.trim() || shown.get(field) === field.value) FIRST[field.id]();
    else wanted = field;
  });
  const toFirstPerson = (place) => {
    if (byId("find-borger")?.form.contains(document.activeElement)) place.querySelector("button[name=person]")?.focus();
  };

  /* The citizen that was chosen takes the place of the hits: the focus goes on to who speaks for whom, one key away. */
  let chosen = false;
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.matches("#fundne-borgere form")) chosen = true;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!chosen || detail.target !== document.body) return;
    chosen = false;
    (document.querySelector("#omkring-felt > summary") ?? byId("henvendelse"))?.focus();
  });

  /* From the search over everything to the citizen of the contact that is open: there the look has its purpose. */
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-find-citizen]")) return;
    const words = byId("soeg")?.value ?? "";
    byId("dialog")?.close();
    const field = byId("find-borger");
    if (!field) return byId("borger")?.scrollIntoView({ block: "nearest" });
    document.querySelector("[role=tab][aria-controls=desk-right]:not([hidden])")?.click();
    field.focus();
    if (!words) return;
    field.value = words;
    field.form.requestSubmit();
  });
})();

"use strict";
/*
 * What is typed is kept. Every textarea[data-draft] is written to this browser's own store at each keystroke and to the server
 * at most a second later; what the server has is taken out of the store again. Without a connection it stays in the store, says
 * so, and is sent when the server answers. What a browser kept is put back only for the same employee, the same contact and the
 * same field, only when it is newer than what the server has, and not after half a day: other people may use the machine.
 * Attributes: data-draft (name of the field), data-draft-url, data-draft-status (id of the place that says "gemt"), data-saved-at.
 */
(() => {
  const EVERY = 1000;
  const RETRY = 2000;
  const KEPT = 12 * 3600 * 1000;
  const PREFIX = "indgang:kladde:";
  const words = () => document.getElementById("arbejdsplads")?.dataset ?? {};
  const keyOf = (field) => `${PREFIX}${words().employee}:${field.dataset.draftUrl}:${field.dataset.draft}`;
  const say = (field, text) => {
    const place = document.getElementById(field.dataset.draftStatus);
    if (place && place.textContent !== text) place.textContent = text;
  };
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a full or forbidden store: the server has it a second later */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing is kept where nothing may be written */ } },
  };
  const csrf = () => { try { return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? ""; } catch { return ""; } };
  const timers = new Map(); // key -> timer of the next sending
  const onTheWay = new Map(); // key -> AbortController

  const later = (field, wait) => {
    const key = keyOf(field);
    if (!timers.has(key)) timers.set(key, setTimeout(() => { timers.delete(key); send(field); }, wait));
  };
  const forget = (field) => {
    const key = keyOf(field);
    clearTimeout(timers.get(key));
    timers.delete(key);
    onTheWay.get(key)?.abort();
    store.drop(key);
  };

  const send = async (field, lastWords = false) => {
    const key = keyOf(field);
    const text = field.value;
    if (onTheWay.has(key) && !lastWords) return later(field, EVERY);
    const control = new AbortController();
    onTheWay.set(key, control);
    try {
      const body = new URLSearchParams({ field: field.dataset.draft, body: text });
      const answer = await fetch(field.dataset.draftUrl, {
        method: "POST", body, keepalive: lastWords && text.length < 20000, signal: control.signal,
        headers: { "X-CSRFToken": csrf(), "HX-Request": "true" },
      });
      if (new URL(answer.url).pathname.startsWith("/log-ind") || answer.status === 403) return say(field, words().loggedOut);
      if (answer.status === 404) return say(field, words().gone);
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.text();
      if (store.read(key)?.text === text) store.drop(key);
      const place = document.getElementById(field.dataset.draftStatus);
      if (place && field.isConnected) { place.innerHTML = told; window.htmx?.process(place); }
    } catch (fault) {
      if (fault.name === "AbortError") return;
      say(field, words().unsaved);
      later(field, RETRY);
    } finally {
      if (onTheWay.get(key) === control) onTheWay.delete(key);
    }
  };

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("textarea[data-draft]")) return;
    store.write(keyOf(target), { text: target.value, at: Date.now() });
    later(target, EVERY);
  });

  /* What is sent is no draft any more; when the sending fails the field still holds it, and the store again. */
  const fieldsOf = (form) => [...(form?.querySelectorAll?.("textarea[data-draft]") ?? [])];
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.matches("form")) for (const field of fieldsOf(detail.elt)) { clearTimeout(timers.get(keyOf(field))); timers.delete(keyOf(field)); onTheWay.get(keyOf(field))?.abort(); }
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status < 400 && detail.requestConfig?.elt?.matches("form")) fieldsOf(detail.requestConfig.elt).forEach(forget);
  });
  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (detail.xhr.status < 400 && detail.elt.matches("form")) fieldsOf(detail.elt).forEach(forget);
  });

  /* A draft that is thrown away is not put back by this browser. */
  document.addEventListener("submit", ({ target, submitter }) => {
    if (submitter?.hasAttribute("data-drops")) fieldsOf(target).forEach(forget);
  });

  /* A page, a dialog or an answer brought new fields: what this browser kept and the server never got is put back. */
  const restore = () => {
    for (const field of document.querySelectorAll("textarea[data-draft]")) {
      const kept = store.read(keyOf(field));
      if (!kept || field === document.activeElement) continue;
      if (Date.now() - kept.at > KEPT || kept.text === field.value) { store.drop(keyOf(field)); continue; }
      if (kept.at < Date.parse(field.dataset.savedAt ?? 0)) { store.drop(keyOf(field)); continue; }
      field.value = kept.text;
      field.closest("details")?.setAttribute("open", "");
      say(field, words().restored);
      send(field);
    }
  };
  document.addEventListener("htmx:afterSettle", restore);
  restore();

  addEventListener("online", () => document.querySelectorAll("textarea[data-draft]").forEach((field) => store.read(keyOf(field)) && send(field)));
  addEventListener("pagehide", () => {
    for (const field of document.querySelectorAll("textarea[data-draft]")) if (timers.has(keyOf(field))) send(field, true);
  });
  for (let at = localStorage.length - 1; at >= 0; at -= 1) {
    const key = localStorage.key(at);
    if (key?.startsWith(PREFIX) && Date.now() - (store.read(key)?.at ?? 0) > KEPT) store.drop(key);
  }
})();

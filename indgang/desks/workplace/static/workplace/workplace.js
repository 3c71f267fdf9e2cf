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
  /* Who types without a pause is saved every second all the same: htmx gives one event to one trigger of an element only. */
  const kept = new WeakMap();
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.("textarea[hx-trigger$=keep]") || kept.has(field)) return;
    kept.set(field, setTimeout(() => {
      kept.delete(field);
      field.dispatchEvent(new Event("keep"));
    }, 1000));
  });
  /* A new offer is said once; the time that is left is a word that changes four times a minute, and is never read aloud. */
  const spot = () => document.getElementById("tilbud");
  let known = spot()?.dataset.offer;
  const tellOffer = () => {
    const offer = spot()?.dataset.offer;
    const told = document.getElementById("tilbud-meldt");
    if (told && offer !== known) told.textContent = offer ? told.dataset.new : "";
    known = offer;
    tellTime();
  };
  const tellTime = () => {
    const place = document.getElementById("tilbud-tid");
    if (!place) return;
    const minutes = Math.round((Date.parse(place.dataset.until) - Date.now()) / 60000);
    place.textContent = ` (${minutes < 1 ? place.dataset.last : place.dataset.minutes.replace("#", minutes)})`;
  };
  setInterval(tellTime, 15000);

  /* The conversation starts at the citizen's latest words; a later one moves it only for somebody who reads the end already. */
  const talk = () => document.getElementById("samtale");
  const toEnd = () => { if (talk()) talk().scrollTop = talk().scrollHeight; };
  const toLatestWords = () => {
    const latest = [...(talk()?.querySelectorAll(".message-in:not(.message-automatic)") ?? [])].at(-1);
    if (latest) talk().scrollTop += latest.getBoundingClientRect().top - talk().getBoundingClientRect().top;
  };
  let follow = true;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const shown = talk();
    follow = detail.target !== shown || shown.scrollHeight - shown.scrollTop - shown.clientHeight < 40;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target?.id === "arbejde") return tellOffer();
    if (detail.target === document.body) {
      if (!talk()) history.replaceState(null, "", "/arbejdsplads"); // what was open is out of hand: a reload must find a page
      arrange();
    }
    if (detail.target === talk() && follow) toEnd();
  });

  /* Also after htmx has replaced the whole content. */
  const arrange = () => {
    for (const button of document.querySelectorAll("[data-use-answer]")) button.hidden = !document.getElementById("svar");
    toLatestWords();
    tellOffer();
  };
  arrange();

  /* What was folded out to end with is shown to its last line. */
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.closest?.(".endings")) target.scrollIntoView({ block: "nearest" });
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-use-answer]");
    const answer = document.getElementById("svar");
    if (!button || !answer) return;
    const text = button.parentElement.querySelector("[data-standard-answer]").innerText.trim();
    answer.value = answer.value ? `${answer.value}\n\n${text}` : text;
    answer.dispatchEvent(new Event("input", { bubbles: true }));
    answer.focus();
  });
})();

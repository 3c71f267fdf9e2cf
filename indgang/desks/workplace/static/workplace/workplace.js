"use strict";
/* The desk: dialogs, the offer's time, the conversation's place, what is read again, what is slow and what failed. */
(() => {
  const byId = (id) => document.getElementById(id);
  const words = () => byId("arbejdsplads")?.dataset ?? {};

  /* A dialog is filled by htmx, opened when it is there, and emptied when it is closed; the browser gives the focus back. */
  const box = () => byId("dialog");
  const openDialog = () => {
    if (!box() || box().open || !box().firstElementChild) return;
    for (const menu of document.querySelectorAll(".state-menu[open], .more-ways[open]")) menu.open = false;
    box().showModal();
    (box().querySelector("[autofocus]") ?? firstField() ?? box().querySelector("button"))?.focus();
  };
  /* Enter on the first thing of a dialog must not close it: what is filled in comes before the button that closes. */
  const firstField = () => {
    const field = box().querySelector("form:not([method=dialog]) :is(input:not([type=hidden]), select, textarea)");
    return field?.type === "radio" ? box().querySelector(`[name="${field.name}"]:checked`) ?? field : field;
  };
  /* Where nothing had the focus before, a closed dialog would keep it, and the next key with it. */
  const freeFocus = () => {
    const active = document.activeElement;
    if (active !== document.body && !box().contains(active)) return;
    active.blur();
    (menu?.isConnected ? menu.querySelector("summary") : byId("henvendelse") ?? byId("sag"))?.focus({ preventScroll: true });
    menu = null;
  };
  let menu = null; // the folded list a dialog was opened from: it is closed by then, and its summary gets the focus back
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target?.id === "dialog" && !box()?.contains(detail.elt)) menu = detail.elt.closest?.(".more-ways, .state-menu") ?? null;
  });
  document.addEventListener("close", ({ target }) => {
    if (target.id !== "dialog") return;
    freeFocus();
    target.replaceChildren();
  }, true);
  document.addEventListener("click", ({ target }) => { // beside it
    if (target.id === "dialog") target.close();
    for (const list of document.querySelectorAll(".state-menu[open], .more-ways[open]")) if (!list.contains(target)) list.open = false;
  });
  document.addEventListener("keydown", (event) => { // a search field would only empty itself
    if (event.key !== "Escape" || !box()?.open) return;
    event.preventDefault();
    box().close();
    freeFocus();
  });

  /* A refusal is shown where the person is: in the dialog that is open, or above what they write. */
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target?.id !== "meddelelse") return;
    const own = detail.requestConfig?.elt.querySelector?.(".composer-messages");
    if (box()?.open) detail.target = box().querySelector(".dialog-messages");
    else if (own) detail.target = own;
  });

  /* A part that cannot be read says so in its own place; the rest of the page stands. What somebody presses inside a part is
     their own doing: its refusal is shown where refusals are. */
  const partOf = (element) => (element.matches?.("[data-part]") ? element : null);
  const again = (part) => window.htmx.ajax("GET", part.getAttribute("hx-get"), { source: part, target: part });
  const PAUSES = [1000, 3000]; // a part that is asked for once tries again by itself before it says anything
  const NO_USE = [400, 403, 404]; // the same question gets the same answer
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = partOf(event.detail.requestConfig?.elt ?? event.detail.elt);
    if (!part || event.detail.xhr.status < 400) return;
    event.detail.shouldSwap = false;
    failed(part, event.detail.xhr.status);
  });
  const failed = (part, status) => {
    if (part.id === "arbejde") {
      const age = byId("arbejde-alder");
      if (age) { age.hidden = false; age.textContent = `${part.dataset.stale} ${age.dataset.at}`; }
      return;
    }
    if (!part.closest("details")) return;
    const tries = Number(part.dataset.tries ?? 0);
    part.dataset.tries = tries + 1;
    if (tries < PAUSES.length && !NO_USE.includes(status)) setTimeout(() => { if (part.isConnected) again(part); }, PAUSES[tries]);
    else tellFailed(part);
  };
  const tellFailed = (part) => {
    const told = document.createElement("p");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-link";
    button.textContent = words().again;
    button.addEventListener("click", () => again(part));
    told.append(`${words().partFailed} `, button);
    part.replaceChildren(told);
  };
  document.addEventListener("htmx:sendError", ({ detail }) => {
    const part = partOf(detail.elt);
    if (part) return failed(part, 0);
    const place = (box()?.open && box().querySelector(".dialog-messages")) || byId("meddelelse");
    if (place) place.textContent = words().offline;
  });

  /* What a person waits for says so after 300 ms; what the page asks for by itself never does. */
  const slow = new Map();
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (partOf(detail.elt)) return;
    const { xhr } = detail;
    slow.set(xhr, setTimeout(() => { const place = byId("henter"); if (place) place.textContent = place.dataset.text; }, 300));
    xhr.addEventListener("loadend", () => { // also where the element that asked is gone by now
      clearTimeout(slow.get(xhr));
      slow.delete(xhr);
      const place = byId("henter");
      if (place && !slow.size) place.textContent = "";
    });
  });

  /* A new offer is said once; the time that is left is a word that changes four times a minute, and is never read aloud. */
  const spot = () => byId("tilbud");
  let known = spot()?.dataset.offer;
  const tellOffer = () => {
    const offer = spot()?.dataset.offer;
    const told = byId("tilbud-meldt");
    if (told && offer !== known) told.textContent = offer ? told.dataset.new : "";
    known = offer;
    tellTime();
  };
  const tellTime = () => {
    const place = byId("tilbud-tid");
    if (!place) return;
    const minutes = Math.round((Date.parse(place.dataset.until) - Date.now()) / 60000);
    place.textContent = ` (${minutes < 1 ? place.dataset.last : place.dataset.minutes.replace("#", minutes)})`;
  };
  setInterval(tellTime, 15000);

  /* An answer can be taken back for a while: the place says how long, and is gone when it is too late. */
  const tellUndo = () => {
    const place = byId("fortryd");
    if (!place) return;
    const left = Math.ceil((Date.parse(place.dataset.until) - Date.now()) / 1000);
    const seconds = place.querySelector("[data-seconds]");
    if (seconds) seconds.textContent = String(Math.max(0, left));
    if (left <= 0) place.replaceChildren(words().undone ?? "");
  };
  setInterval(tellUndo, 1000);

  /* The number beside "Tag næste": what was last read is shown at once, and read again when it is older than 45 seconds. */
  const COUNTS = "indgang:antal";
  const spans = () => ["antal-ventende", "antal-post"].map(byId);
  const keepCounts = () => {
    const [waiting, mails] = spans();
    if (waiting?.textContent) sessionStorage.setItem(COUNTS, JSON.stringify({ texts: [waiting.textContent, mails?.textContent ?? ""], at: Date.now() }));
  };
  const showCounts = () => {
    let last = null;
    try { last = JSON.parse(sessionStorage.getItem(COUNTS)); } catch { last = null; }
    if (last) spans().forEach((span, at) => { if (span && !span.textContent) span.textContent = last.texts[at]; });
    if (!last || Date.now() - last.at > 45000) askCounts();
  };
  const askCounts = () => byId("antal-henter")?.dispatchEvent(new Event("numbers"));

  /*
   * After the queue has moved each page asks at a moment of its own: 300 pages that ask at once keep one another waiting,
   * and everybody who types. While the queue keeps moving a page asks every APART milliseconds.
   */
  const [SPREAD, APART] = [10000, 15000];
  let asked = 0;
  let asking = 0;
  document.addEventListener("live:queue", () => {
    if (asking) return;
    asking = setTimeout(() => { asking = 0; asked = Date.now(); askCounts(); }, Math.max(Math.random() * SPREAD, asked + APART - Date.now()));
  }, true);

  /* The conversation starts at the citizen's latest words; a later one moves it only for somebody who reads the end already. */
  const talk = () => byId("samtale");
  const toEnd = () => { if (talk()) talk().scrollTop = talk().scrollHeight; };
  const toLatestWords = () => {
    const latest = [...(talk()?.querySelectorAll(".message-in:not(.message-automatic)") ?? [])].at(-1);
    if (latest) talk().scrollTop += latest.getBoundingClientRect().top - talk().getBoundingClientRect().top;
  };
  let follow = true;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const shown = talk();
    if (shown) follow = detail.target !== shown || shown.scrollHeight - shown.scrollTop - shown.clientHeight < 40;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const target = detail.target;
    if (target?.id === "dialog") return openDialog();
    if (target?.matches?.(".composer-messages")) return tellRefusal(target);
    if (target?.matches?.(".dialog-messages")) return tellClosed(target);
    if (target?.id === "arbejde") return tellOffer();
    if (target?.id === "antal-henter" || detail.elt?.id === "antal-henter") keepCounts();
    if (target === document.body) { arrange(); toEnd(); }
    if (target === talk() && follow) toEnd();
    showAnswers();
  });
  document.addEventListener("htmx:oobAfterSwap", keepCounts);

  /* Refused because of a CPR number: the way out is ticked off with the next key. */
  const tellRefusal = (place) => {
    const way = place.closest("form").querySelector(".cpr-confirm input");
    const safe = place.querySelector(".alert-code strong")?.textContent === "C17";
    place.closest("form").classList.toggle("asks-cpr", safe);
    (safe && way ? way : place).scrollIntoView({ block: "nearest" });
    const answer = place.closest("form").querySelector("#svar");
    if (safe) way?.focus();
    else if (answer && toGap(answer)) answer.focus();
  };

  /* Refused because the unit is closed: the way out is shown and has the focus. */
  const tellClosed = (place) => {
    const way = byId("send-alligevel");
    if (!way || place.querySelector(".alert-code strong")?.textContent !== "R11") return;
    way.form.classList.add("asks-knowingly");
    way.focus();
  };

  const showAnswers = () => {
    for (const button of document.querySelectorAll("[data-use-answer]")) button.hidden = !byId("svar");
  };

  /* What is folded out is read once; also where a new page came with it folded out already, before htmx knew of it. */
  const readFolded = (details) => {
    if (!details.open) return;
    for (const part of details.querySelectorAll(":scope > [data-part]")) window.htmx?.trigger(part, "folded-out");
  };

  /* What somebody keeps folded out stays so on this machine, and is read as soon as the page is there. */
  const OPEN = "indgang:foldet-ud:";
  document.addEventListener("toggle", ({ target }) => {
    readFolded(target);
    if (target.matches?.("details[data-remember]")) try { localStorage.setItem(OPEN + target.id, target.open ? "1" : "0"); } catch { /* then it is folded in next time */ }
    if (target.open && target.closest?.(".endings")) target.scrollIntoView({ block: "nearest" });
  }, true);
  const unfold = () => {
    for (const details of document.querySelectorAll("details[data-remember]")) {
      let kept = null;
      try { kept = localStorage.getItem(OPEN + details.id); } catch { kept = null; }
      if (kept === "1") details.open = true;
      readFolded(details);
    }
  };

  /* A standard answer goes in where the cursor was; what is ticked off on a card is the employee's own list for this page. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-use-answer]");
    const answer = byId("svar");
    if (!button || !answer) return;
    const text = button.parentElement.querySelector("[data-standard-answer]").innerText.trim();
    box()?.close();
    const at = answer.selectionStart ?? answer.value.length;
    const before = answer.value.slice(0, at);
    answer.setRangeText(before && !before.endsWith("\n") ? `\n\n${text}` : text, at, answer.selectionEnd ?? at, "end");
    answer.dispatchEvent(new Event("input", { bubbles: true }));
    answer.focus();
    toGap(answer);
  });

  /* What a standard reply could not know is selected: the next letters stand in its place. */
  const toGap = (answer) => {
    const gap = /\[(udfyld|fill in): [^\]]+\]/.exec(answer.value);
    if (gap) answer.setSelectionRange(gap.index, gap.index + gap[0].length);
    return Boolean(gap);
  };

  /* In the search over everything a task can be put on the contact that is open. */
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const open = byId("svar-form") && location.pathname.split("/").at(-1);
    if (detail.elt.matches("[data-search-item], #soeg-overalt") && open) detail.parameters.item = open;
  });

  /* Also after htmx has replaced the whole content. */
  const arrange = () => {
    showAnswers();
    showCounts();
    unfold();
    tellOffer();
    tellUndo();
  };
  arrange();
  document.addEventListener("DOMContentLoaded", unfold); // htmx knows the page's parts only then
  toLatestWords();
  const address = new URLSearchParams(location.search);
  if (address.get("afslut")) {
    history.replaceState(null, "", location.pathname);
    addEventListener("load", () => byId("vis-afslut")?.click());
  } else if (byId("henvendelse") && document.activeElement === document.body) {
    byId("henvendelse").focus({ preventScroll: true });
  }
})();

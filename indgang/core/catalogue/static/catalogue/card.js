"use strict";
/* Ticks on a card's steps are kept in this browser, for the contact (or the employee) they belong to. A link to a folded section opens it. */
(() => {
  const KEY = "indgang:trin:";
  const DAYS = 14;
  const read = (name) => { try { return JSON.parse(localStorage.getItem(KEY + name)) ?? { ticked: [] }; } catch { return { ticked: [] }; } };
  const keep = (name, ticked) => {
    try {
      if (ticked.length) localStorage.setItem(KEY + name, JSON.stringify({ ticked, at: Date.now() }));
      else localStorage.removeItem(KEY + name);
    } catch { /* then they last as long as the page */ }
  };
  const forgetOld = () => {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(KEY))) {
        if ((read(name.slice(KEY.length)).at ?? 0) < Date.now() - DAYS * 864e5) localStorage.removeItem(name);
      }
    } catch { /* nothing is kept here */ }
  };
  const boxes = (place) => [...place.querySelectorAll("[data-tick]")];
  const say = (place) => {
    const all = boxes(place);
    const done = all.filter((box) => box.checked).length;
    const text = place.querySelector("[data-of]");
    if (text) text.textContent = done ? `${done}/${all.length} ${text.dataset.of}` : "";
    const button = place.querySelector("[data-untick]");
    if (button) button.hidden = !done;
  };
  const save = (place) => {
    keep(place.dataset.ticks, boxes(place).filter((box) => box.checked).map((box) => box.dataset.tick));
    say(place);
  };
  const fill = () => {
    for (const place of document.querySelectorAll("[data-ticks]:not([data-filled])")) {
      place.dataset.filled = "1";
      const { ticked } = read(place.dataset.ticks);
      for (const box of boxes(place)) box.checked = ticked.includes(box.dataset.tick);
      say(place);
    }
  };
  let wanted = ""; // a section of a card that is still on its way
  const unfold = () => {
    wanted = decodeURIComponent(location.hash.slice(1));
    const target = wanted && document.getElementById(wanted);
    if (target?.matches?.("details")) target.open = true;
    if (!target) document.getElementById(`helt-kort-${wanted.match(/^T-\d+/)?.[0]}`)?.setAttribute("open", "");
  };
  const arrive = () => {
    fill();
    const target = wanted && document.getElementById(wanted);
    if (!target) return;
    wanted = "";
    if (target.matches("details")) target.open = true;
    target.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("change", ({ target }) => {
    const place = target.matches?.("[data-tick]") && target.closest("[data-ticks]");
    if (place) save(place);
  });
  document.addEventListener("click", ({ target }) => {
    const place = target.closest?.("[data-untick]")?.closest("[data-ticks]");
    if (!place) return;
    for (const box of boxes(place)) box.checked = false;
    save(place);
    boxes(place)[0]?.focus();
  });
  document.addEventListener("htmx:afterSettle", arrive);
  window.addEventListener("hashchange", unfold);
  forgetOld();
  fill();
  unfold();
})();

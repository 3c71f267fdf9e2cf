"use strict";
/* The live view renews itself in place: ticks, open parts, the choice of where to move, and the focus stay as they were. */
(() => {
  const PACE = 2000; // ms from one renewal to the next; what happens meanwhile is in the next one
  const floor = document.querySelector("[data-floor]");
  if (!floor) return;
  let kept = null;
  let renewed = 0;
  let waiting = 0;

  const renew = () => {
    waiting = 0;
    renewed = Date.now();
    window.htmx.trigger(floor, "renew");
  };
  for (const news of ["live:queue", "live:floor"])
    document.body.addEventListener(news, () => { waiting ||= setTimeout(renew, Math.max(50, renewed + PACE - Date.now())); });

  floor.addEventListener("htmx:beforeSwap", (event) => {
    const moved = event.detail.requestConfig?.verb === "post"; // who was moved is not ticked any more
    kept = {
      ticked: moved ? [] : [...floor.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.id),
      open: [...floor.querySelectorAll("details[open]")].map((part) => part.id),
      to: floor.querySelector("#til")?.value,
      focus: floor.contains(document.activeElement) ? document.activeElement.id : "",
    };
  });

  floor.addEventListener("htmx:afterSwap", () => {
    if (!kept) return;
    const each = (ids, act) => ids.map((id) => id && document.getElementById(id)).filter(Boolean).forEach(act);
    each(kept.ticked, (box) => { box.checked = true; });
    each(kept.open, (part) => { part.open = true; });
    const to = floor.querySelector("#til");
    if (to && kept.to !== undefined) to.value = kept.to;
    each([kept.focus], (one) => one.focus({ preventScroll: true }));
    kept = null;
  });
})();

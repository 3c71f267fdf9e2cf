"use strict";
/* The live view renews itself in place: ticks, open parts, the choice of where to move, and the focus stay as they were. */
(() => {
  const floor = document.querySelector("[data-floor]");
  if (!floor) return;
  let kept = null;

  floor.addEventListener("htmx:beforeSwap", () => {
    kept = {
      ticked: [...floor.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.id),
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

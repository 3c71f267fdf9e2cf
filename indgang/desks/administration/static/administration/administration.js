"use strict";
/* Small conveniences of the administration desk; every page works without them. */
(() => {
  /* The matrix is walked with the arrow keys; Tab leaves it. */
  const matrix = document.querySelector("[data-matrix]");
  if (matrix) {
    const grid = [...matrix.tBodies[0].rows].map((row) => [...row.querySelectorAll("a.cell")]);
    const cells = grid.flat();
    const start = matrix.querySelector(".is-chosen a.cell") ?? cells[0];
    for (const cell of cells) cell.tabIndex = cell === start ? 0 : -1;
    matrix.addEventListener("keydown", (event) => {
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
      const y = grid.findIndex((row) => row.includes(document.activeElement));
      if (!step || y < 0) return;
      const next = grid[y + step[0]]?.[grid[y].indexOf(document.activeElement) + step[1]];
      event.preventDefault();
      if (!next) return;
      document.activeElement.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  }
  /* The week: Monday's hours for the other working days. */
  const copy = document.querySelector("[data-copy-monday]");
  if (copy) {
    copy.hidden = false;
    copy.addEventListener("click", () => {
      for (const end of ["fra", "til"]) {
        const monday = document.querySelectorAll(`[name="${end}0-tid"]`);
        for (const day of [1, 2, 3, 4]) document.querySelectorAll(`[name="${end}${day}-tid"]`).forEach((field, at) => { field.value = monday[at]?.value ?? ""; });
      }
    });
  }
  /* A field of a standard reply is put where the cursor stands. */
  for (const button of document.querySelectorAll("[data-insert]")) {
    const text = document.getElementById(button.dataset.into);
    if (!text) continue;
    button.disabled = false;
    button.addEventListener("click", () => {
      text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
      text.focus();
    });
  }
})();

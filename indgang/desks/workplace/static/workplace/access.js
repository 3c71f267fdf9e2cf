"use strict";
/* Boxes on pages: drawn with the mouse, or made and moved by keys. What counts are the lines of numbers in the form. */
(() => {
  const area = document.querySelector("[data-cover]");
  const list = document.getElementById("felter");
  if (!area || !list) return;
  const SIDES = ["left", "top", "right", "bottom"];
  const STEP = 0.5; // percent of the page
  const LEAST = 0.3;
  const boxes = new Map(); // a line of the form -> its box on the page
  const field = (line, name) => line.querySelector(`[name=box-${name}]`);
  const read = (line) => SIDES.map((side) => Number.parseFloat(field(line, side).value.replace(",", ".")));
  const pageOf = (line) => area.querySelector(`[data-page="${Number(field(line, "page").value)}"]`);
  const clamp = (value, from = 0, to = 100) => Math.min(Math.max(value, from), to);

  const write = (line, numbers) => {
    SIDES.forEach((side, at) => { field(line, side).value = clamp(numbers[at]).toFixed(2); });
    place(line);
  };
  const name = (line) => `${area.dataset.box} ${field(line, "page").value}. ${area.dataset.keys}`;

  /* A line with a page and four numbers has its box; any other has none. */
  const place = (line) => {
    const [left, top, right, bottom] = read(line);
    const page = pageOf(line);
    const whole = [left, top, right, bottom].every(Number.isFinite) && right > left && bottom > top;
    let box = boxes.get(line);
    if (!page || !whole) { box?.remove(); boxes.delete(line); return; }
    if (!box) {
      box = document.createElement("button");
      box.type = "button";
      box.className = "cover-box";
      boxes.set(line, box);
      box.addEventListener("keydown", (event) => onKey(event, line));
      box.addEventListener("pointerdown", (event) => drag(event, line));
      box.addEventListener("focus", () => line.classList.add("is-chosen"));
      box.addEventListener("blur", () => line.classList.remove("is-chosen"));
    }
    if (box.parentElement !== page) page.append(box);
    box.setAttribute("aria-label", name(line));
    box.textContent = field(line, "ground").value;
    Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${right - left}%`, height: `${bottom - top}%` });
  };

  const empty = () => [...list.querySelectorAll("[data-line]")].find((line) => SIDES.every((side) => !field(line, side).value.trim()));
  const added = () => {
    const lines = list.querySelectorAll("[data-line]");
    const made = lines[lines.length - 1].cloneNode(true);
    for (const one of made.querySelectorAll("input")) one.value = "";
    const label = made.querySelector(".box-name");
    label.textContent = label.textContent.replace(/\d+/, String(lines.length + 1));
    list.append(made);
    return made;
  };
  const box = (page, numbers) => {
    const line = empty() ?? added();
    field(line, "page").value = page;
    write(line, numbers);
    boxes.get(line)?.focus();
  };
  const remove = (line) => {
    for (const one of line.querySelectorAll("input")) one.value = "";
    place(line);
    area.querySelector("[data-add]:not([hidden])")?.focus();
  };

  const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const onKey = (event, line) => {
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); event.stopPropagation(); return remove(line); }
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const [left, top, right, bottom] = read(line);
    if (event.shiftKey) return write(line, [left, top, Math.max(right + move[0], left + LEAST), Math.max(bottom + move[1], top + LEAST)]);
    shift(line, [left, top, right, bottom], move);
  };
  const shift = (line, [left, top, right, bottom], [across, down]) => {
    const x = clamp(across, -left, 100 - right);
    const y = clamp(down, -top, 100 - bottom);
    write(line, [left + x, top + y, right + x, bottom + y]);
  };

  const point = (page, event) => {
    const edge = page.getBoundingClientRect();
    return [clamp(((event.clientX - edge.left) / edge.width) * 100), clamp(((event.clientY - edge.top) / edge.height) * 100)];
  };
  const drag = (event, line) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const page = pageOf(line);
    const start = point(page, event);
    const from = read(line);
    const held = event.currentTarget;
    held.focus();
    held.setPointerCapture(event.pointerId);
    const on = (moved) => { const [x, y] = point(page, moved); shift(line, from, [x - start[0], y - start[1]]); };
    held.addEventListener("pointermove", on);
    held.addEventListener("pointerup", () => held.removeEventListener("pointermove", on), { once: true });
  };

  for (const page of area.querySelectorAll("[data-page]")) page.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || event.target.closest(".cover-box")) return;
    event.preventDefault();
    const start = point(page, event);
    const drawn = document.createElement("div");
    drawn.className = "cover-box is-drawn";
    page.append(drawn);
    page.setPointerCapture(event.pointerId);
    const spanned = (moved) => {
      const [x, y] = point(page, moved);
      return [Math.min(start[0], x), Math.min(start[1], y), Math.max(start[0], x), Math.max(start[1], y)];
    };
    const on = (moved) => {
      const [left, top, right, bottom] = spanned(moved);
      Object.assign(drawn.style, { left: `${left}%`, top: `${top}%`, width: `${right - left}%`, height: `${bottom - top}%` });
    };
    page.addEventListener("pointermove", on);
    page.addEventListener("pointerup", (last) => {
      page.removeEventListener("pointermove", on);
      drawn.remove();
      const numbers = spanned(last);
      if (numbers[2] - numbers[0] >= LEAST && numbers[3] - numbers[1] >= LEAST) box(page.dataset.page, numbers);
    }, { once: true });
  });
  for (const button of area.querySelectorAll("[data-add]")) {
    button.hidden = false;
    button.addEventListener("click", () => box(button.dataset.add, [35, 45, 65, 50]));
  }
  list.addEventListener("input", (event) => place(event.target.closest("[data-line]")));
  for (const line of list.querySelectorAll("[data-line]")) place(line);
  area.classList.add("is-ready");
})();

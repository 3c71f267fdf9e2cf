"use strict";
/* The case: files by dropping and with progress, more lines for amounts, who else is here, rows by j and k. */
(() => {
  const byId = (id) => document.getElementById(id);
  const csrf = () => { try { return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? ""; } catch { return ""; } };

  /* A file that is dropped on the place stands in its field, as if it had been chosen. */
  const over = (event) => event.target.closest?.("[data-drop]");
  for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, (event) => {
    const place = over(event);
    if (!place || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => over(event)?.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    const place = over(event);
    if (!place || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    place.classList.remove("is-over");
    place.querySelector("input[type=file]").files = event.dataTransfer.files;
  });

  /* Files go with a bar that shows how far they are; what is refused says why, and the chosen files stay chosen. */
  const send = (form) => {
    const bar = form.querySelector(".upload-progress");
    const told = form.querySelector("[data-upload-told]");
    const button = form.querySelector("button[type=submit]");
    const request = new XMLHttpRequest();
    const done = () => { bar.hidden = true; button.disabled = false; };
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round((event.loaded / event.total) * 100);
      const text = bar.value < 100 ? `${told.dataset.sending} ${bar.value} %` : told.dataset.checking;
      if (bar.value % 10 === 0 || bar.value > 98) told.textContent = text; // read aloud ten times, not a hundred
    });
    request.addEventListener("load", () => {
      done();
      told.textContent = "";
      const to = request.getResponseHeader("HX-Redirect");
      if (to) return location.assign(to);
      const place = form.querySelector(".composer-messages");
      place.innerHTML = request.responseText;
      place.scrollIntoView({ block: "nearest" });
    });
    for (const fault of ["error", "abort"]) request.addEventListener(fault, () => { done(); told.textContent = told.dataset.lost; });
    bar.value = 0;
    bar.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-upload]")) return;
    event.preventDefault();
    send(event.target);
  });

  /* Lines for amounts appear as they are needed; without scripts they are all there. */
  const extra = () => document.querySelector("tr[data-extra][hidden]");
  const more = document.querySelector("[data-more-amounts]");
  const offerMore = () => { more.hidden = !extra(); };
  if (more) {
    for (const line of document.querySelectorAll("tr[data-extra]")) line.hidden = true;
    more.addEventListener("click", () => {
      const line = extra();
      line.hidden = false;
      line.querySelector("input").focus();
      offerMore();
    });
    offerMore();
  }

  /* j and k go through the rows of a list, and through the journal; Enter opens what has the focus. */
  const rows = () => [...document.querySelectorAll("[data-rows] a[data-row], .journal-document a, .journal-entry .journal-foot a")].filter((one) => one.offsetParent);
  const typing = (target) => target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  const off = () => { try { return localStorage.getItem("indgang:genveje-fra") === "1"; } catch { return false; } };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || off()) return;
    if (document.querySelector("dialog[open]") || !["j", "k"].includes(event.key)) return;
    const list = [...document.querySelectorAll("[data-rows] a[data-row]")];
    const all = list.length ? list : rows();
    if (!all.length || (event.key === "k" && !list.length)) return; // on a case k is the task's card
    event.preventDefault();
    event.stopPropagation();
    const at = all.indexOf(document.activeElement);
    const next = event.key === "j" ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }, true);
  document.addEventListener("keydown", (event) => { // x ticks the row that has the focus
    const row = document.activeElement?.closest?.("[data-rows] tr");
    if (!row || event.key !== "x" || event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || off()) return;
    event.preventDefault();
    event.stopPropagation();
    row.querySelector("input[type=checkbox]").click();
  }, true);

  /* All rows of the page are ticked by one box, which is there only where this runs; how many are chosen is said. */
  const boxes = () => [...document.querySelectorAll("#flere input[name=sag]")];
  const all = byId("vaelg-alle");
  const count = () => {
    const ticked = boxes().filter((one) => one.checked).length;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
    const told = byId("antal-valgte");
    told.textContent = ticked ? told.dataset.chosen.replace("{n}", ticked).replace("{all}", boxes().length) : "";
  };
  if (all) {
    all.closest("[data-choose-all]").hidden = false;
    byId("flere").addEventListener("change", ({ target }) => {
      if (target === all) for (const one of boxes()) one.checked = all.checked;
      count();
    });
    window.addEventListener("pageshow", count); // the way back finds the ticks as they were
    count();
  }

  if (byId("sag") && document.activeElement === document.body) byId("sag").focus({ preventScroll: true });
})();

// Tells which place of the list was opened, so that the office sees where ranking is wrong: the question and a number,
// nothing of the person. The links work without it.
"use strict";
(() => {
  const list = document.querySelector("[data-clicked]");
  const tell = (event) => {
    const link = event.target.closest("a[data-place]");
    if (!link || event.button > 1) return;
    navigator.sendBeacon?.(list.dataset.clicked, new URLSearchParams({ q: list.dataset.asked, place: link.dataset.place }));
  };
  list?.addEventListener("click", tell);
  list?.addEventListener("auxclick", tell);
})();

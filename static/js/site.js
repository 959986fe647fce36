// Enhancement only: every page works without this file.
"use strict";

const said = (button, words) => {
  const region = button.closest(".share")?.querySelector("[data-said]");
  if (region) region.textContent = words;
};

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Copying needs a secure page; elsewhere the address stays in its field to be copied by hand.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const label = button.querySelector("span");
      label.textContent = button.dataset.done;
      said(button, button.dataset.done);
    });
  }
}

for (const field of document.querySelectorAll("input[readonly]")) {
  field.addEventListener("focus", () => field.select());
}

// After a form came back with errors, start reading at the summary.
document.querySelector(".err[role=alert]")?.focus();

// Words to choose from under a search field: fetched when somebody comes to it, not before.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const fetched = () => import(field.dataset.script).then((module) => module.suggest(field), () => {});
  if (document.activeElement === field) fetched();
  else field.addEventListener("focus", fetched, { once: true });
}

// The meaning of a word beside the text; in an old browser its link leads to the list of words.
if (HTMLElement.prototype.showPopover) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-meaning]");
    const meaning = link && document.getElementById(link.dataset.meaning);
    if (!meaning || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    meaning.showPopover();
    meaning.focus();
    meaning.addEventListener("toggle", () => link.focus(), { once: true });
  });
}

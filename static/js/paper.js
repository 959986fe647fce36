// Typing paper forms with the keyboard alone: a number chooses the answer with this number, Ctrl+Enter saves.
// The scan follows the field that is typed. Everything works without it.
"use strict";
(() => {
  const form = document.querySelector("form[data-paper]");
  if (!form) return;

  // Of a scale the number is the step itself; of everything else its place. 0 is the tenth.
  const optionOf = (boxes, key) => {
    const steps = boxes.every((box) => /^\d+$/.test(box.value));
    return steps ? boxes.find((box) => box.value === key) : boxes[key === "0" ? 9 : Number(key) - 1];
  };

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".acts button[accesskey]"));
      return;
    }
    const box = event.target;
    if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!box.matches("input[type=radio], input[type=checkbox]")) return;
    const boxes = [...form.querySelectorAll(`[name="${CSS.escape(box.name)}"]`)];
    const chosen = boxes.length > 1 ? optionOf(boxes, event.key) : null;
    if (!chosen) return;
    event.preventDefault();
    chosen.checked = chosen.type === "radio" || !chosen.checked;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    chosen.focus();
  });

  // The boxes of the focused field, shown on the scan; a long scan has a frame of its own and is moved there.
  const places = [...document.querySelectorAll(".shot [data-of]")];
  const frame = document.querySelector(".scan.follows");
  form.addEventListener("focusin", (event) => {
    const own = places.filter((box) => box.dataset.of === event.target.name);
    if (!own.length) return;
    for (const box of places) box.classList.toggle("now", own.includes(box));
    const [place, inside] = [own[0].getBoundingClientRect(), frame.getBoundingClientRect()];
    if (place.top < inside.top || place.bottom > inside.bottom) {
      frame.scrollTop += place.top - inside.top - inside.height / 3;
    }
  });

  const first = document.querySelector(".err, #differences") ? null : form.querySelector("[name=code]");
  if (first) first.focus();
})();

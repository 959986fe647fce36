// Drawing a rectangle on the picture of a page. The choices of the form work without it.
"use strict";

const FULL = 1000;
const LEAST = 20; // a tap is no rectangle
const SVG = "http://www.w3.org/2000/svg";
const page = document.querySelector("[data-pdf-page]");
const form = document.querySelector("[data-pdf-form]");

const start = () => {
  const canvas = page.querySelector("svg");
  const drawn = form.querySelector("[data-drawn]");
  const choice = drawn.querySelector("input");
  const note = form.querySelector("[data-drawn-note]");
  const rect = document.createElementNS(SVG, "rect");
  let from = null;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn alt full";
  button.setAttribute("aria-pressed", "false");
  button.textContent = form.dataset.draw;
  form.querySelector(".acts").append(button);

  const draw = (on) => {
    page.classList.toggle("drawing", on);
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? form.dataset.drawing : form.dataset.draw;
    if (on) page.scrollIntoView({ block: "nearest" });
  };

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const part = (value, least, size) => Math.round(Math.min(1, Math.max(0, (value - least) / size)) * FULL);
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  };

  const between = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];

  const outline = ([x0, y0, x1, y1]) => {
    const values = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    for (const [name, value] of Object.entries(values)) rect.setAttribute(name, value);
    canvas.append(rect);
  };

  const choose = (corners) => {
    choice.value = corners.join(",");
    choice.disabled = false;
    choice.checked = true;
    drawn.hidden = false;
    form.querySelector("details").open = true;
    note.textContent = form.dataset.done;
  };

  button.addEventListener("click", () => draw(!page.classList.contains("drawing")));
  canvas.addEventListener("pointerdown", (event) => {
    if (!page.classList.contains("drawing") || !event.isPrimary || event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    from = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (from && event.isPrimary) outline(between(from, at(event)));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!from || !event.isPrimary) return;
    const corners = between(from, at(event));
    from = null;
    if (corners[2] - corners[0] < LEAST || corners[3] - corners[1] < LEAST) {
      rect.remove();
      return;
    }
    outline(corners);
    choose(corners);
    draw(false);
  });
  canvas.addEventListener("pointercancel", () => {
    from = null;
    rect.remove();
  });
  // A choice of the list takes the drawing back.
  form.addEventListener("change", (event) => {
    if (event.target.name === "part" && event.target !== choice) rect.remove();
    else if (event.target === choice) outline(choice.value.split(",").map(Number));
  });
};

if (page && form) start();

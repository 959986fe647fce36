// A button at each password field that shows what was typed: phones make it easy to mistype.
"use strict";
(() => {
  const frame = document.querySelector("[data-show]");
  if (!frame) return;
  frame.querySelectorAll("input[type=password]").forEach((input) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pill";
    button.textContent = frame.dataset.show;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? frame.dataset.hide : frame.dataset.show;
    });
    // Nothing is left readable when the form goes.
    input.form.addEventListener("submit", () => { input.type = "password"; });
    input.after(button);
  });
})();

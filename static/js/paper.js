// Typing paper forms with the keyboard alone: 1 to 4 choose the stance, Ctrl+Enter saves. Everything works without it.
(() => {
  const form = document.querySelector("form[data-paper]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const group = event.target.closest("[data-stance]");
    if (!group || event.ctrlKey || event.altKey || event.metaKey) return;
    const place = "1234".indexOf(event.key);
    const radio = place < 0 ? null : group.querySelectorAll("input[type=radio]")[place];
    if (radio) {
      event.preventDefault();
      radio.checked = true;
      radio.focus();
    }
  });
  const first = document.querySelector(".err") ? null : form.querySelector("[name=code]");
  if (first) first.focus();
})();

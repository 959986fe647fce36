// Hides questions that are asked only after a certain answer, and offers the phone's position for a place.
// Enhancement only: without this file every question is there with words on whom it is for.
"use strict";
(() => {
  const chosen = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((box) => box.value);

  const follow = (form) => {
    const dependent = [...form.querySelectorAll("[data-ask-if]")];
    const show = () => {
      for (const ask of dependent) {
        const deciding = document.getElementById(ask.dataset.askIf);
        const wanted = ask.dataset.askFor.split(" ");
        const asked = deciding && !deciding.hidden && chosen(form, ask.dataset.askIf).some((value) => wanted.includes(value));
        ask.hidden = !asked;
      }
    };
    form.addEventListener("change", show);
    show();
  };

  const offerPoint = (box) => {
    if (!navigator.geolocation) return;
    const [lat, lng] = box.querySelectorAll("input");
    const button = document.createElement("button");
    const words = document.createElement("p");
    button.type = "button";
    button.className = "pill";
    words.className = "hint";
    words.setAttribute("role", "status");
    const tell = (text) => {
      words.textContent = text;
      button.textContent = lat.value ? box.dataset.remove : box.dataset.label;
    };
    button.addEventListener("click", () => {
      if (lat.value) {
        lat.value = lng.value = "";
        tell("");
        return;
      }
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          lat.value = coords.latitude.toFixed(5);
          lng.value = coords.longitude.toFixed(5);
          tell(box.dataset.done);
        },
        () => tell(box.dataset.failed),
        { timeout: 20000, maximumAge: 60000 },
      );
    });
    tell(lat.value ? box.dataset.done : "");
    box.append(button, words);
  };

  const forms = new Set([...document.querySelectorAll("[data-ask-if]")].map((ask) => ask.closest("form") || ask.parentElement));
  forms.forEach(follow);
  document.querySelectorAll("[data-point]").forEach(offerPoint);
})();

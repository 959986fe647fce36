// Hides questions that are asked only after a certain answer, and offers the phone's position for a place.
// Enhancement only: without this file every question is there with words on whom it is for.
"use strict";
(() => {
  const chosen = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((box) => box.value);

  const follow = (form) => {
    const show = () => {
      for (const ask of form.querySelectorAll("[data-ask-if]")) {
        const deciding = document.getElementById(ask.dataset.askIf);
        const wanted = ask.dataset.askFor.split(" ");
        const asked = deciding && !deciding.hidden && chosen(form, ask.dataset.askIf).some((value) => wanted.includes(value));
        ask.hidden = !asked;
      }
    };
    form.addEventListener("change", show);
    show();
  };

  const MOST_POINTS = 200;

  const askPhone = (found, failed) =>
    navigator.geolocation.getCurrentPosition(({ coords }) => found(coords), failed, { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 });

  // The points of a line or, with the first one again at the end, of an area.
  const pointsOf = (text) => {
    if (!text) return { points: [], around: false };
    const shape = JSON.parse(text);
    const around = shape.type === "Polygon";
    return { points: around ? shape.coordinates[0].slice(0, -1) : shape.coordinates, around };
  };

  const geometry = ({ points, around }) => {
    if (points.length < 2) return "";
    if (!around || new Set(points.map(String)).size < 3) return JSON.stringify({ type: "LineString", coordinates: points });
    return JSON.stringify({ type: "Polygon", coordinates: [[...points, points[0]]] });
  };

  const offerPoint = (box) => {
    const where = box.querySelector("[data-where]");
    const shown = box.querySelector("[data-shown]");
    box.append(shown); // a point taken by a button is asked about, too, while the fold is closed
    const anything = () => [...box.querySelectorAll("[data-where],[data-part='lat'],[data-part='shape']")].some((field) => field.value);
    const offerChoice = () => { shown.hidden = !anything(); };
    offerChoice();
    where.addEventListener("input", offerChoice);
    if (!navigator.geolocation) return;
    const part = (name) => box.querySelector(`[data-part="${name}"]`);
    const [lat, lng, accuracy, shape] = ["lat", "lng", "accuracy", "shape"].map(part);
    const [row, status] = ["buttons", "status"].map((name) => box.querySelector(`[data-${name}]`));
    let line = pointsOf(shape.value);

    const button = (press) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "pill";
      made.addEventListener("click", press);
      row.append(made);
      return made;
    };
    const failed = () => { status.textContent = box.dataset.failed; };
    const show = () => {
      const said = [];
      if (lat.value) said.push(box.dataset.done.replace("{metres}", accuracy.value || "?"));
      if (line.points.length) said.push(box.dataset.walked.replace("{count}", line.points.length));
      if (line.points.length >= MOST_POINTS - 1) said.push(box.dataset.full);
      status.textContent = said.join(" ");
      shape.value = geometry(line);
      here.textContent = lat.value ? box.dataset.remove : box.dataset.label;
      walk.textContent = box.dataset.walk;
      walk.disabled = line.points.length >= MOST_POINTS - 1;
      undo.textContent = box.dataset.undo;
      undo.hidden = !line.points.length;
      around.textContent = line.around ? box.dataset.line : box.dataset.around;
      around.hidden = line.points.length < 3;
      offerChoice();
    };
    const here = button(() => {
      if (lat.value) {
        lat.value = lng.value = accuracy.value = where.value = "";
        show();
        return;
      }
      askPhone((coords) => {
        lat.value = coords.latitude.toFixed(5);
        lng.value = coords.longitude.toFixed(5);
        accuracy.value = Math.ceil(coords.accuracy);
        where.value = `${lat.value}, ${lng.value}`;
        show();
      }, failed);
    });
    const walk = button(() => askPhone((coords) => {
      const point = [Number(coords.longitude.toFixed(5)), Number(coords.latitude.toFixed(5))];
      const isSame = String(point) === String(line.points.at(-1));
      if (!isSame) line.points.push(point);
      show();
      if (isSame) status.textContent = box.dataset.same;
    }, failed));
    const undo = button(() => { line.points.pop(); show(); });
    const around = button(() => { line.around = !line.around; show(); });
    // Typed over: the phone's point holds no more.
    where.addEventListener("input", () => { lat.value = lng.value = accuracy.value = ""; show(); });
    show();
  };

  // A form that grows by rows (js/field.js) may have none of them yet.
  const asks = document.querySelectorAll("[data-ask-if], form[data-entry]");
  const forms = new Set([...asks].map((ask) => ask.closest("form") || ask.parentElement));
  forms.forEach(follow);
  document.querySelectorAll("[data-point]").forEach(offerPoint);
})();

// A notice board without signal: a new place, or one that is recorded already and only needs its photo.
"use strict";
const fieldBoard = ({ form, words }) => {
  const { board, place, board_kind: kind, posted_on: day } = form.elements;
  const isNew = () => !board || !board.value;
  const follow = () => {
    for (const part of form.querySelectorAll("[data-new-place]")) part.hidden = !isNew();
  };
  const check = (photo) => {
    const wrong = [];
    if (isNew() && ![...kind].some((one) => one.checked)) wrong.push({ anchor: kind[0].id, label: "", message: words.need_kind });
    if (isNew() && !place.value.trim()) wrong.push({ anchor: place.id, label: "", message: words.need_place });
    // Its day is known already: without a photo there would be nothing to send.
    if (!isNew() && !photo && "posted" in board.selectedOptions[0].dataset) wrong.push({ anchor: form.elements.photo.id, label: "", message: words.need_photo });
    if (!day.value.trim()) wrong.push({ anchor: day.id, label: "", message: words.need_posted });
    return wrong;
  };
  return {
    day: "posted_on",
    photo: "photo",
    begin: () => {},
    settle: follow,
    changed: () => board && board.addEventListener("change", () => {
      follow();
      document.querySelector("[data-problems]").hidden = true; // it may name what is no longer asked
    }),
    check,
    name: () => (isNew() ? place.value.trim() : board.selectedOptions[0].text),
  };
};

// Marking words in the draft offers a comment on exactly these words. The buttons of the page work without it.
"use strict";

const LONGEST = 500;
const bar = document.querySelector("[data-quote]");
const link = bar?.querySelector("a");

const placeOf = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement);

const offer = () => {
  const marked = document.getSelection();
  const words = marked.toString().replace(/\s+/gu, " ").trim();
  const place = marked.rangeCount ? placeOf(marked.getRangeAt(0).commonAncestorContainer) : null;
  const target = place?.closest("[data-comment]")?.dataset.comment;
  bar.hidden = !target || !words || words.length > LONGEST;
  if (!bar.hidden) link.href = `${target}&quote=${encodeURIComponent(words)}`;
};

if (link) document.addEventListener("selectionchange", offer);

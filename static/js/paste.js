// Keeps the headings of a text pasted from Word beside its words, as long as nobody changes them afterwards.
// Enhancement only: without this file the words alone are pasted, or the Word file is uploaded.
"use strict";
(() => {
  const MOST = 1000000;

  // Word and LibreOffice mark what was really copied; the rest is their style sheets.
  const copied = (html) => {
    const found = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/.exec(html);
    return (found ? found[1] : html).replace(/<style[\s\S]*?<\/style>/gi, "");
  };

  for (const box of document.querySelectorAll("[data-paste]")) {
    const kept = document.getElementById(box.dataset.paste);
    const note = document.getElementById(`${box.dataset.paste}-note`);
    let words = "";
    const keep = (html) => {
      kept.value = html;
      words = box.value;
      note.hidden = !html;
    };
    box.addEventListener("paste", (event) => {
      const html = copied(event.clipboardData.getData("text/html"));
      const whole = box.value.trim() === "" || box.value.length === box.selectionEnd - box.selectionStart;
      // After the browser has put the words in.
      setTimeout(() => keep(whole && html.length < MOST ? html : ""));
    });
    box.addEventListener("input", () => { if (kept.value && box.value !== words) keep(""); });
    // A page that the browser brings back holds the words, but nobody knows whether they were changed.
    keep("");
  }
})();

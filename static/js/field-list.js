// What waits on this phone, as it is shown: the bar on every page of field work, and the list on the one that is kept.
"use strict";
const fieldList = ({ words, say, mine }) => {
  const { entries, remove } = fieldStore;
  const bar = document.querySelector("[data-unsent]");
  const list = document.querySelector("[data-waiting]");

  const time = (stamp) => {
    const at = new Date(stamp), two = (n) => String(n).padStart(2, "0");
    const thai = document.documentElement.lang === "th";
    const clock = thai ? `${two(at.getHours())}.${two(at.getMinutes())} น.` : `${two(at.getHours())}:${two(at.getMinutes())}`;
    if (at.toDateString() === new Date().toDateString()) return clock;
    return `${at.toLocaleDateString(thai ? "th-TH-u-ca-buddhist" : "en-GB", { day: "numeric", month: "short" })} ${clock}`;
  };
  const field = (one, name) => (one.fields.find(([known]) => known === name) || [])[1] || "";
  const title = (one) => {
    if (one.kind === "board") return [words.board, one.name].filter(Boolean).join(" · ");
    if (one.kind === "person") return [words.person, field(one, "r0-name")].filter(Boolean).join(" · ");
    const hands = field(one, "people");
    return [field(one, "village_no") ? say("village_no", field(one, "village_no")) : words.village, hands ? say("hands", hands) : ""].filter(Boolean).join(" · ");
  };
  const tell = (text) => {
    for (const place of document.querySelectorAll("[data-told]")) {
      place.textContent = text;
      place.hidden = !text;
    }
  };

  const line = (one) => {
    const item = document.getElementById("waiting-line").content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    part("title").textContent = title(one);
    const state = one.problems.length ? words.wrong : one.ready ? words.waiting : words.draft;
    const photo = one.photo ? say("photo", Math.ceil(one.photo.size / 1024)) : "";
    part("state").textContent = [state, say("changed", time(one.changed)), photo, one.about].filter(Boolean).join(" · ");
    part("problems").textContent = one.problems.map((problem) => [problem.label, problem.message].filter(Boolean).join(": ")).join(" · ");
    part("problems").hidden = !one.problems.length;
    for (const label of item.querySelectorAll("[data-part=of]")) label.textContent = ` ${title(one)}`;
    const open = part("open");
    open.href = `${one.page}?entry=${one.key}`;
    part("delete").addEventListener("click", async () => {
      if (!window.confirm(words.confirm)) return;
      await remove(one.key);
      await show();
      (list.querySelector("a, button") || document.getElementById("waiting-title")).focus();
    });
    return item;
  };

  const show = async () => {
    const all = await entries();
    const own = all.filter(mine);
    const online = navigator.onLine;
    if (bar) {
      bar.hidden = online && !all.length;
      bar.querySelector("[data-signal]").textContent = online ? words.online : words.offline;
      bar.querySelector("[data-count]").textContent = own.length ? say("unsent", own.length) : words.nothing;
      for (const icon of bar.querySelectorAll("[data-icon]")) icon.hidden = (icon.dataset.icon === "off") === online;
    }
    if (!list) return;
    list.replaceChildren(...own.map(line));
    document.querySelector("[data-empty]").hidden = own.length > 0;
    document.querySelector("[data-send]").hidden = !own.length;
    document.getElementById("waiting-title").textContent = own.length ? say("unsent", own.length) : words.nothing;
    const others = document.querySelector("[data-others]");
    others.hidden = all.length === own.length;
    others.textContent = say("others", all.length - own.length);
  };

  return { field, tell, show };
};

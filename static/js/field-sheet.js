// A village's sheet, or that of one person, without signal: grows by rows, narrows the lists of places, and says what is
// missing before it goes into the queue.
"use strict";
const fieldSheet = ({ form, words, say, field }) => {
  const rowsBox = form.querySelector("[data-rows]");
  const addRow = () => {
    const number = rowsBox.children.length;
    if (number >= Number(rowsBox.dataset.most)) return null;
    const holder = document.createElement("template");
    holder.innerHTML = document.getElementById("blank-row").innerHTML.replaceAll("__n__", number);
    rowsBox.append(holder.content);
    form.elements.rows.value = rowsBox.children.length;
    const more = form.querySelector("[data-add]");
    if (more) more.hidden = rowsBox.children.length >= Number(rowsBox.dataset.most);
    return rowsBox.lastElementChild;
  };

  const linkAreas = () => {
    const [province, district, subdistrict] = ["province", "district", "subdistrict"].map((name) => form.elements[name]);
    const all = new Map([district, subdistrict].map((select) => [select, [...select.options]]));
    const narrow = (select, start) => {
      const chosen = select.value;
      const fitting = all.get(select).filter((option) => !option.value || (start && option.value.startsWith(start)));
      select.replaceChildren(...fitting);
      select.value = fitting.some((option) => option.value === chosen) ? chosen : "";
      (select.closest("[data-level]") || select.closest(".f")).hidden = fitting.length < 2;
    };
    const follow = () => {
      narrow(district, province.value);
      narrow(subdistrict, district.value);
    };
    province.addEventListener("change", follow);
    district.addEventListener("change", follow);
    return { open: () => { for (const [select, options] of all) select.replaceChildren(...options); }, follow };
  };

  const number = (text) => Number([...text.trim()].map((c) => ("๐๑๒๓๔๕๖๗๘๙".includes(c) ? "๐๑๒๓๔๕๖๗๘๙".indexOf(c) : c)).join("") || 0);
  const check = () => {
    const wrong = [];
    const value = (name) => (form.elements[name] ? form.elements[name].value.trim() : "");
    const add = (name, text) => wrong.push({ anchor: (form.elements[name].id || form.elements[name][0].id), label: "", message: text });
    if (!value("district")) add("district", words.need_district);
    if (!value("held_on")) add("held_on", words.need_day);
    if (form.elements.people) {
      const people = number(value("people"));
      const hands = ["agree", "partly", "against", "other"].reduce((sum, name) => sum + number(value(`head_${name}`)), 0);
      if (!(people > 0)) add("people", words.need_people);
      else if (hands > people) add("people", words.hands_more);
      for (const section of form.querySelectorAll("[data-hands]")) {
        const boxes = [...section.querySelectorAll("input")];
        const raised = boxes.reduce((sum, box) => sum + number(box.value), 0);
        if (people > 0 && raised > people) wrong.push({ anchor: boxes[0].id, label: "", message: say("hands_more_section", section.dataset.hands) });
      }
    }
    [...rowsBox.children].forEach((row, n) => {
      const name = (part) => `r${n}-${part}`;
      const answered = [...new FormData(form)].some(([known, text]) => known.startsWith(`r${n}-q-r`) && text);
      const spoke = Boolean(value(name("reason")) || value(name("suggestion")) || answered);
      if (!spoke && !value(name("name")) && !value(name("stance")) && form.elements.people) return;
      if (!value(name("stance"))) add(name("stance"), say("need_stance", n + 1));
      if (spoke && !form.elements[name("agreed")].checked) add(name("agreed"), say("need_consent", n + 1));
    });
    return wrong;
  };
  const areas = linkAreas();
  return {
    day: "held_on",
    photo: "source",
    begin: (kept) => {
      const wanted = kept ? Number(field(kept, "rows")) || 1 : Number(rowsBox.dataset.first);
      for (let n = 0; n < wanted; n += 1) addRow();
      if (kept) areas.open();
    },
    settle: areas.follow,
    changed: (later) => {
      const more = form.querySelector("[data-add]");
      if (more) more.addEventListener("click", () => {
        const row = addRow();
        form.dispatchEvent(new Event("change"));
        if (row) row.querySelector("input").focus();
        later();
      });
    },
    check,
    name: () => "",
  };
};

// Fills the next list of the area picker and adds one field that finds an area by its name.
// Enhancement only: without this file the button "area_step" does the same in one more step.
"use strict";
(() => {
  const level = (box, name) => box.querySelector(`select[name$="${name}"]`);
  const row = (select) => select.closest("[hidden]") || select.closest(".f");

  const get = async (address, parameters) => {
    const response = await fetch(`${address}?${new URLSearchParams(parameters)}`, { credentials: "same-origin" });
    return response.ok ? (await response.json()).areas : [];
  };

  const fill = (select, areas, chosen = "") => {
    select.replaceChildren(select.options[0]);
    for (const area of areas) select.add(new Option(area.name, area.code, false, area.code === chosen));
    select.value = chosen;
    row(select).hidden = areas.length === 0;
  };

  const enhance = (box) => {
    const [province, district, subdistrict] = ["province", "district", "subdistrict"].map((name) => level(box, name));
    box.querySelector(".area-step").hidden = true;

    const choose = async (area) => {
      province.value = area.province;
      fill(district, await get(box.dataset.districts, { province: area.province }), area.district || "");
      fill(subdistrict, area.district ? await get(box.dataset.subdistricts, { district: area.district }) : [], area.subdistrict || "");
    };
    province.addEventListener("change", () => {
      fill(subdistrict, []);
      if (province.value) get(box.dataset.districts, { province: province.value }).then((areas) => fill(district, areas));
      else fill(district, []);
    });
    district.addEventListener("change", () => {
      if (district.value) get(box.dataset.subdistricts, { district: district.value }).then((areas) => fill(subdistrict, areas));
      else fill(subdistrict, []);
    });
    addSearch(box, choose);
  };

  const addSearch = (box, choose) => {
    const id = `${level(box, "province").id}_search`;
    const field = document.createElement("div");
    field.className = "f";
    field.innerHTML = '<label></label><p class="hint"></p><input class="in" autocomplete="off" maxlength="60"><datalist></datalist><p class="hint" role="status"></p>';
    const [label, hint, input, list, status] = field.children;
    label.textContent = box.dataset.searchLabel;
    label.htmlFor = input.id = id;
    hint.textContent = box.dataset.searchHint;
    hint.id = `${id}_hint`;
    list.id = `${id}_list`;
    input.setAttribute("aria-describedby", hint.id);
    input.setAttribute("list", list.id);
    box.querySelector("legend").after(field);

    let found = new Map();
    let last = "";
    const take = () => {
      const area = found.get(input.value);
      if (!area) return false;
      choose(area);
      status.textContent = `${box.dataset.found} ${area.label}`;
      return true;
    };
    const ask = async () => {
      const text = input.value.trim();
      if (take() || text.length < 2 || text === last) return;
      last = text;
      const areas = await get(box.dataset.search, { q: text });
      if (text !== input.value.trim()) return;
      found = new Map(areas.map((area) => [area.label, area]));
      list.replaceChildren(...areas.map((area) => new Option(area.label, area.label)));
    };
    let wait;
    input.addEventListener("input", () => {
      clearTimeout(wait);
      if (!take()) wait = setTimeout(ask, 250);
    });
    // Enter must not send the whole form from here.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); take(); }
    });
  };

  document.querySelectorAll("[data-area]").forEach(enhance);
})();

"use strict";
(() => {
  const modes = ["side", "before", "after", "overlay", "slider"];
  const pairs = [...document.querySelectorAll("section.pair")];

  const select = (id, on) => {
    for (const one of document.querySelectorAll(".on")) one.classList.remove("on");
    if (!on) return;
    for (const one of document.querySelectorAll(`[data-change="${id}"]`)) one.classList.add("on");
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-change]");
    if (!button) return;
    const on = !button.classList.contains("on");
    select(button.dataset.change, on);
    button.classList.toggle("on", on);
    const mark = button.closest("section").querySelector(`rect[data-change="${button.dataset.change}"]`);
    if (on && mark) mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  for (const input of document.querySelectorAll(".split")) {
    const show = () => {
      const stage = input.closest("section").querySelector(".stage");
      const sheet = stage.querySelector("figure.after .sheet");
      const figure = stage.querySelector("figure.after");
      const left = sheet.getBoundingClientRect().left - figure.getBoundingClientRect().left;
      stage.style.setProperty("--split", `${left + (sheet.getBoundingClientRect().width * input.value) / 100}px`);
    };
    input.addEventListener("input", show);
    addEventListener("resize", show);
    for (const mode of document.querySelectorAll('input[name="mode"]')) mode.addEventListener("change", show);
    show();
  }

  const nearest = () => {
    let found = 0;
    pairs.forEach((pair, at) => { if (pair.getBoundingClientRect().top < innerHeight / 2) found = at; });
    return found;
  };

  document.documentElement.dataset.ready = "";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=range]")) return;
    const mode = modes[Number(event.key) - 1];
    if (mode) {
      const input = document.getElementById(`mode-${mode}`);
      input.checked = true;
      input.dispatchEvent(new Event("change"));
    } else if (event.key === "j" || event.key === "k") {
      const next = pairs[nearest() + (event.key === "j" ? 1 : -1)];
      if (next) { next.scrollIntoView(); next.querySelector("h2").focus({ preventScroll: true }); }
    } else if (event.key === "m") {
      document.getElementById("marks").click();
    }
  });
})();

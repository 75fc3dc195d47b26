"use strict";
// The bar at the top: edition, zoom, what is shown, next text that needs work, state of the build, language, theme, help.
(() => {
  const { h, fill, icon } = Proof.dom;
  const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3, 4, 8];
  const THEMES = ["auto", "light", "dark"];

  function applyTheme() {
    const theme = Proof.memory.get("theme", "auto");
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    return theme;
  }

  const iconButton = (name, label, onclick, extra = {}) => h("button", { type: "button", class: "tool", title: label, "aria-label": label, onclick, ...extra }, icon(name));

  class Toolbar {
    constructor(actions) {
      this.actions = actions;
      const { project } = Proof.state;
      this.edition = this.makeEditionMenu(Proof.t("Edition"), (id) => actions.openEdition(id));
      this.beside = this.makeEditionMenu(Proof.t("Edition at the side"), (id) => actions.openBeside(id));
      this.zoom = h("select", { class: "input zoom", "aria-label": Proof.t("Zoom"), onchange: () => actions.zoomTo(this.zoom.value) });
      this.next = h("div", { class: "group next-group", role: "group", "aria-label": Proof.t("Next text that needs work") });
      this.status = h("div", { class: "build-status", role: "status" });
      this.pinButton = h("button", { type: "button", class: "tool with-text", "aria-pressed": "false", onclick: () => actions.togglePinning() }, icon("comment"), Proof.t("Comment"));
      this.thumbnailsButton = iconButton("thumbnails", Proof.t("Show small pages"), () => actions.toggleThumbnails(), { "aria-pressed": "true" });
      this.sideButton = iconButton("sideBySide", Proof.t("Two editions side by side"), () => actions.sideBySide(), { "aria-pressed": "false" });
      this.element = h("header", { class: "toolbar", role: "banner" },
        this.thumbnailsButton,
        h("h1", { class: "brochure", title: project.title || project.brochure }, project.title || project.brochure),
        h("div", { class: "group" }, this.edition, this.sideButton, this.beside),
        h("div", { class: "group" },
          h("button", { type: "button", class: "tool", title: Proof.t("Zoom out"), "aria-label": Proof.t("Zoom out"), onclick: () => actions.zoomOut() }, "−"), this.zoom,
          h("button", { type: "button", class: "tool", title: Proof.t("Zoom in"), "aria-label": Proof.t("Zoom in"), onclick: () => actions.zoomIn() }, "+")),
        this.makeViewMenu(), this.pinButton, this.next, h("div", { class: "grow" }), this.status,
        project.read_only ? h("span", { class: "badge" }, Proof.t("Read only")) : null,
        this.makeSettings(), iconButton("help", Proof.t("Keys (?)"), () => Proof.keyboard.showHelp()));
    }

    makeEditionMenu(label, choose) {
      const menu = h("select", { class: "input edition", "aria-label": label, title: label, onchange: () => choose(menu.value) },
        Proof.state.project.editions.map((one) => h("option", { value: one.id, lang: one.language }, one.name || one.id)));
      return menu;
    }

    makeViewMenu() {
      const labels = { bleed: Proof.t("Bleed and trim"), grid: Proof.t("Columns and margins"), baseline: Proof.t("Baseline grid"), frames: Proof.t("Frames"), pins: Proof.t("Comment pins") };
      this.boxes = {};
      const rows = Proof.overlays.KINDS.map((kind) => {
        this.boxes[kind] = h("input", { type: "checkbox", checked: Proof.state.overlays[kind], onchange: () => Proof.overlays.toggle(kind) });
        return h("label", { class: "choice" }, this.boxes[kind], h("span", { class: `key-line ${kind}`, "aria-hidden": "true" }), h("span", {}, labels[kind]));
      });
      return this.makeMenu([icon("eye"), Proof.t("Show")], { class: "tool with-text" }, rows);
    }

    // A button that opens a box with controls; a click elsewhere or Escape closes it.
    makeMenu(label, attributes, rows, place = "") {
      const menu = h("details", { class: "menu" }, h("summary", attributes, label), h("div", { class: `menu-content ${place}` }, rows));
      document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) menu.open = false; });
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        event.stopPropagation();
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      return menu;
    }

    makeSettings() {
      const language = h("select", { class: "input", onchange: () => {
        Proof.memory.set("language", language.value);
        window.location.reload();
      } }, Object.entries(Proof.i18n.LANGUAGES).map(([tag, name]) => h("option", { value: tag, lang: tag, selected: tag === Proof.i18n.current() }, name)));
      const names = { auto: Proof.t("As the system"), light: Proof.t("Light"), dark: Proof.t("Dark") };
      const theme = h("select", { class: "input", onchange: () => {
        Proof.memory.set("theme", theme.value);
        applyTheme();
      } }, THEMES.map((name) => h("option", { value: name, selected: name === Proof.memory.get("theme", "auto") }, names[name])));
      const letters = h("input", { type: "checkbox", checked: Proof.memory.get("letter-keys", true), onchange: () => Proof.memory.set("letter-keys", letters.checked) });
      const rows = [
        h("label", { class: "setting" }, h("span", { class: "label" }, Proof.t("Language of the interface")), language),
        h("label", { class: "setting" }, h("span", { class: "label" }, Proof.t("Colours of the interface")), theme),
        h("label", { class: "choice" }, letters, h("span", {}, Proof.t("Use single letters as keys"))),
      ];
      const label = Proof.t("Settings");
      return this.makeMenu(icon("settings"), { class: "tool", title: label, "aria-label": label }, rows, "at-end");
    }

    render(shown = Proof.state.edition && Proof.state.edition.id) {
      const { beside, overlays, isPinning } = Proof.state;
      if (shown) this.edition.value = shown;
      this.element.classList.toggle("is-full", Boolean(beside));
      this.beside.hidden = !beside;
      if (beside) this.beside.value = beside.id;
      this.sideButton.setAttribute("aria-pressed", String(Boolean(beside)));
      this.sideButton.hidden = Proof.state.project.editions.length < 2;
      this.pinButton.setAttribute("aria-pressed", String(isPinning));
      this.pinButton.hidden = Boolean(Proof.state.project.read_only);
      for (const kind of Proof.overlays.KINDS) this.boxes[kind].checked = overlays[kind];
      this.renderNext();
    }

    renderNext() {
      const kinds = [["missing", Proof.t("Untranslated"), "U"], ["outdated", Proof.t("Outdated"), "O"], ["long", Proof.t("Too long"), "T"]];
      fill(this.next, kinds.map(([name, label, key]) => {
        const count = Proof.state.edition ? Proof.messages.count(name) : 0;
        const title = Proof.t("Go to the next one ({key})", { key });
        return count ? h("button", { type: "button", class: `tool with-text count ${name}`, title, "data-next": name, onclick: () => Proof.messages.goToNext(name) }, label, h("span", { class: "number" }, String(count))) : null;
      }));
    }

    renderZoom(pane) {
      const { zoom } = pane;
      const percent = Math.round(pane.currentZoom() * 100);
      const options = [["fit", Proof.t("Fit")], ["width", Proof.t("Width")], ...ZOOMS.map((value) => [String(value), `${value * 100} %`])];
      const isListed = typeof zoom === "string" || ZOOMS.includes(zoom);
      if (!isListed) options.push([String(zoom), `${percent} %`]);
      fill(this.zoom, options.map(([value, label]) => h("option", { value, selected: value === String(zoom) }, label)));
    }

    // Show the state of the build: "current", "building", "broken", "offline", and the time of the last preview.
    setStatus(state, text, onclick) {
      this.status.dataset.state = state;
      this.status.title = text; // it may be shortened
      fill(this.status, h("span", { class: "dot", "aria-hidden": "true" }), onclick ? h("button", { type: "button", class: "link", onclick }, text) : h("span", {}, text));
    }
  }

  Proof.toolbar = { Toolbar, applyTheme };
})();

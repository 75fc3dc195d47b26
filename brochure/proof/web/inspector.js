"use strict";
// The panel about what was clicked: its message with editor, where it comes from, and how it is set.
(() => {
  const { h, fill } = Proof.dom;

  const STATES = {
    ready: () => Proof.t("Translated"), fuzzy: () => Proof.t("Fuzzy"), missing: () => Proof.t("Untranslated"), outdated: () => Proof.t("Outdated"), source: () => Proof.t("Source"),
  };

  const stateName = (state) => (STATES[state] ? STATES[state]() : state || "");

  const stateBadge = (state) => h("span", { class: `badge ${state}` }, stateName(state));

  // A place in a file, with a link that opens it in VS Code, and a button for the server's editor.
  function filePlace(file, line, column) {
    if (!file) return null;
    const path = Proof.answers.pathInProject(file);
    const text = h("code", {}, line ? `${path}:${line}` : path);
    if (!Proof.backend.live) return text;
    const { folder } = Proof.state.project;
    const address = folder ? `vscode://file/${encodeURI(`${folder}/${path}`).replace(/^\/+/, "")}:${line || 1}:${column || 1}` : null;
    const open = () => Proof.dialogs.attempt(() => openFile(file, line || 1, column || 1));
    return h("span", { class: "file-place" }, text,
      h("button", { type: "button", class: "link", title: Proof.t("Open {file} in your editor ($VISUAL or $EDITOR)", { file }), onclick: open }, Proof.t("Open")),
      address ? h("a", { class: "link", href: address, title: Proof.t("Open {file} in VS Code", { file }) }, "VS Code") : null);
  }

  async function openFile(file, line, column) {
    const { started } = await Proof.backend.openFile(file, line, column);
    if (!started) Proof.dialogs.notify(Proof.t("Set $VISUAL to an editor with a window, such as code or kate, then start the proof again."), "error");
  }

  const FACTS = {
    font: () => Proof.t("Font"), size: () => Proof.t("Size"), colour: () => Proof.t("Colour"), colours: () => Proof.t("Colours"), language: () => Proof.t("Language"),
    position: () => Proof.t("Position"), dimensions: () => Proof.t("Width × height"), rotation: () => Proof.t("Rotation"), columns: () => Proof.t("Columns"),
    story: () => Proof.t("Story"), background: () => Proof.t("Background"), page: () => Proof.t("Page"), scale: () => Proof.t("Scale"),
    file: () => Proof.t("File"), pixels: () => Proof.t("Pixels"), resolution: () => Proof.t("Effective resolution"), inks: () => Proof.t("Inks"),
  };

  // Texts come from the source, from the catalogue of a language (also a more general one), or from an office.
  function layerName(layer) {
    if (layer === "source") return Proof.t("Source");
    const { language } = Proof.state.edition;
    return layer === language || language.startsWith(`${layer}-`) ? Proof.i18n.languageName(layer) : layer;
  }

  const factName = (name) => (FACTS[name] ? FACTS[name]() : name);

  class Inspector {
    constructor() {
      this.element = h("div", { class: "panel-content inspector" });
      this.editor = null;
      this.request = 0;
      Proof.on("select", () => this.show());
    }

    // Show the selected area or message.
    async show() {
      const { selected, edition } = Proof.state;
      this.request += 1;
      const request = this.request;
      if (!selected) {
        this.editor = null;
        return this.showNothing();
      }
      if (!selected.key) {
        this.editor = null;
        return fill(this.element, this.title(Proof.areas.describe(selected.details), null), this.appearance(), this.pageComments());
      }
      try {
        const message = await Proof.backend.message(edition.id, selected.key);
        if (request === this.request) this.showMessage(message, edition);
      } catch (failure) {
        if (request === this.request) fill(this.element, this.title(selected.key, null), h("p", { class: "banner error" }, failure.message), this.appearance());
      }
      return undefined;
    }

    // Read the selected message again after its files changed.
    refresh() {
      const { selected, edition } = Proof.state;
      if (selected && !selected.key && selected.area) return this.show();
      return selected && edition ? this.show() : undefined;
    }

    showNothing() {
      fill(this.element, h("div", { class: "empty" }, h("p", {}, Proof.t("Click text or a picture on a page to see where it comes from.")),
        h("p", { class: "quiet" }, Proof.backend.live ? Proof.t("Press Enter or double-click to change its text. Press ? for all keys.") : Proof.t("Comment on it, or propose another text. Press ? for all keys."))));
    }

    showMessage(message, edition) {
      const isSame = this.editor && this.element.contains(this.editor.element) && this.editor.message.key === message.key && this.editor.edition.id === edition.id;
      if (isSame) {
        this.editor.edition = edition;
        this.editor.update(message);
      } else {
        this.editor = new Proof.editor.Editor(edition, message);
      }
      this.message = message;
      const isSource = message.state === "source";
      const parts = [this.title(message.key, message.state), isSource ? null : this.source(message), isSame ? null : this.editor.element, this.notes(message), this.origins(message), this.appearance(), this.comments(message)];
      if (!isSame) return fill(this.element, parts);
      // The editor stays in the document, so that focus, caret and undo are kept.
      for (const child of [...this.element.children]) if (child !== this.editor.element) child.remove();
      const place = isSource ? 1 : 2;
      this.editor.element.before(...parts.slice(0, place).filter(Boolean));
      this.editor.element.after(...parts.slice(3).filter(Boolean));
      return undefined;
    }

    title(text, state) {
      const { selected } = Proof.state;
      return h("header", { class: "inspector-head" },
        h("h2", { dir: "ltr" }, text),
        h("div", { class: "inspector-meta" }, state ? stateBadge(state) : null, selected && selected.page ? h("span", { class: "quiet" }, Proof.t("Page {number}", { number: selected.page })) : null));
    }

    source(message) {
      const language = Proof.state.project.source_language;
      const dir = "auto";
      return h("section", {},
        h("h3", { class: "section-title" }, Proof.t("Source ({language})", { language: Proof.i18n.languageName(language) })),
        h("div", { class: "words source", lang: language, dir }, Proof.protectedField.markChips(message.source.text || "", message.chips)),
        message.previous_source ? h("div", { class: "previous" }, h("p", { class: "label" }, Proof.t("The source has changed since it was translated:")), Proof.wordDiff.show(message.previous_source, message.source.text || "", language)) : null);
    }

    notes(message) {
      if (!message.notes || !message.notes.length) return null;
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Notes for translators")), h("ul", { class: "notes" }, message.notes.map((note) => h("li", { dir: "auto" }, note))));
    }

    origins(message) {
      const rows = (message.origins || []).map((one) => h("tr", {}, h("th", { scope: "row" }, layerName(one.layer)), h("td", {}, filePlace(one.file, one.line, one.column), one.fuzzy ? h("span", { class: "badge fuzzy" }, stateName("fuzzy")) : null)));
      const used = message.layer ? h("p", { class: "quiet" }, Proof.t("Used here: {layer}", { layer: layerName(message.layer) })) : null;
      if (!rows.length) return null;
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Where it comes from")), h("table", { class: "facts" }, h("tbody", {}, rows)), used);
    }

    appearance() {
      const area = this.area();
      if (!area) return null;
      const rows = [];
      if (area.kind === "frame") return this.frameSection(area);
      if (area.block) rows.push([Proof.t("Block"), h("span", {}, area.block.kind || "", " ", filePlace(area.block.file, area.block.line, area.block.column))]);
      if (area.style) rows.push([Proof.t("Paragraph style"), area.style]);
      const page = this.pageOf(area);
      const frame = page ? Proof.answers.frameOf(page, area) : null;
      if (frame) rows.push([Proof.t("Frame"), makeAreaLink(page, frame)]);
      rows.push(...listFacts(area));
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Appearance")), makeFacts(rows));
    }

    // Where a frame is defined, how it is placed, and links to what is in it.
    frameSection(frame) {
      const page = this.pageOf(frame);
      const inside = page ? page.areas.filter((area) => Proof.answers.frameOf(page, area) === frame) : [];
      const rows = [[Proof.t("Defined in"), filePlace(frame.block.file, frame.block.line, frame.block.column)], ...listFacts(frame)];
      if (inside.length) rows.push([Proof.t("Contains"), h("div", { class: "area-links" }, inside.map((area) => makeAreaLink(page, area)))]);
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Appearance")), makeFacts(rows));
    }

    pageOf(area) {
      return Proof.state.edition.pages.find((page) => page.areas.includes(area) || page.frames.includes(area)) || null;
    }

    area() {
      const { selected, edition } = Proof.state;
      if (!selected || !edition) return null;
      const areas = edition.pages.flatMap((page) => [...page.areas, ...page.frames]);
      return areas.find((one) => one.id === selected.area) || areas.find((one) => selected.key && one.key === selected.key) || selected.details || null;
    }

    comments(message) {
      const thread = Proof.comments.threadsOf(Proof.state.edition).find((one) => one.key === message.key);
      const place = { edition: Proof.state.edition.id, page: Proof.state.selected.page || null, key: message.key };
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Comments")), thread ? Proof.comments.showThread(thread, false) : this.commentForm(place));
    }

    pageComments() {
      const { selected, edition } = Proof.state;
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Comments")), this.commentForm({ edition: edition.id, page: selected.page, key: null, at: centre(selected.details) }));
    }

    commentForm(place) {
      if (Proof.state.project.read_only) return null;
      const content = h("div", {});
      // The form appears with the words that are marked when it is opened.
      const details = h("details", { class: "new-comment", ontoggle: () => details.open && fill(content, Proof.comments.makeForm({ ...place, words: this.markedWords() })) }, h("summary", {}, Proof.t("Add a comment")), content);
      return details;
    }

    // The words that are marked in the translation or in the source, for a comment on them.
    markedWords() {
      const field = this.editor && this.editor.field.area;
      if (field && field.selectionStart !== field.selectionEnd) return field.value.slice(field.selectionStart, field.selectionEnd);
      const marked = window.getSelection();
      return marked && this.element.contains(marked.anchorNode) ? marked.toString() : "";
    }
  }

  const listFacts = (area) => (area.facts || []).map(([name, value]) => [factName(name), value]);

  const makeFacts = (rows) => h("table", { class: "facts" }, h("tbody", {}, rows.map(([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value)))));

  // A button that selects another area of the same page.
  function makeAreaLink(page, area) {
    const select = () => Proof.select({ key: area.key || null, page: page.number, area: area.id, details: area }, { from: "panel" });
    return h("button", { type: "button", class: "link", onclick: select }, area.kind === "frame" ? area.label : area.key || Proof.areas.describe(area));
  }

  function centre(area) {
    if (!area || !area.rects || !area.rects.length) return null;
    const [x, y, width, height] = area.rects[0];
    return [x + width / 2, y + height / 2].map((value) => Math.round(value * 10) / 10);
  }

  Proof.inspector = { Inspector, stateName, stateBadge, filePlace };
})();

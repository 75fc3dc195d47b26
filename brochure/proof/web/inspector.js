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
    file: () => Proof.t("File"), pixels: () => Proof.t("Pixels"), resolution: () => Proof.t("Effective resolution"), inks: () => Proof.t("Inks"),
  };

  const layerName = (layer) => (layer === "source" ? Proof.t("Source") : layer);

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
        return fill(this.element, this.title(Proof.describeArea(selected.details), null), this.appearance(), this.pageComments());
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
      if (area.block) rows.push([Proof.t("Block"), h("span", {}, area.block.kind || "", " ", filePlace(area.block.file, area.block.line, area.block.column))]);
      if (area.style) rows.push([Proof.t("Paragraph style"), area.style]);
      for (const [name, value] of area.facts || []) rows.push([factName(name), value]);
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Appearance")), h("table", { class: "facts" }, h("tbody", {}, rows.map(([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value))))));
    }

    area() {
      const { selected, edition } = Proof.state;
      if (!selected || !edition) return null;
      const areas = edition.pages.flatMap((page) => page.areas);
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

  function centre(area) {
    if (!area || !area.rects || !area.rects.length) return null;
    const [x, y, width, height] = area.rects[0];
    return [x + width / 2, y + height / 2].map((value) => Math.round(value * 10) / 10);
  }

  Proof.inspector = { Inspector, stateName, stateBadge, filePlace };
})();

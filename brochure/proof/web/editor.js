"use strict";
// Translate a message in place: the page is set again as you type, and what is saved goes into the catalogue.
(() => {
  const { h, fill } = Proof.dom;

  // One request at a time; while it runs, only the newest text waits.
  class Previewer {
    constructor() {
      this.isRunning = false;
      this.next = null;
    }

    request(job) {
      this.next = job;
      if (!this.isRunning) this.run();
    }

    async run() {
      this.isRunning = true;
      while (this.next) {
        const job = this.next;
        this.next = null;
        try {
          const answer = await Proof.backend.preview(job.edition, job.key, job.text);
          await Proof.showPreview(job.edition, answer.pages || []);
          job.done(answer, await untilPainted() - job.since);
        } catch (failure) {
          job.failed(failure);
        }
      }
      this.isRunning = false;
    }
  }

  // Resolve when the next frame is painted; returns its time.
  function untilPainted() {
    return new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    });
  }

  const previewer = new Previewer();

  // The editor of one message. `edition` is the edition that it belongs to.
  class Editor {
    constructor(edition, message) {
      this.edition = edition;
      this.message = message;
      const draft = this.draft();
      this.seen = draft ? draft.seen : message.text || "";
      this.fit = h("div", { class: "fit", id: "fit-text" });
      this.chips = h("div", { class: "chips" });
      this.warnings = h("div", { class: "warnings", "aria-live": "polite" });
      this.notice = h("div", { role: "status" });
      this.buttons = h("div", { class: "buttons" });
      this.field = new Proof.protectedField.ProtectedField({
        id: "translation", value: draft ? draft.text : message.text || "", chips: message.chips || [], language: edition.language, leftToRight: edition.left_to_right,
        readOnly: !this.isEditable(), label: this.label(), describedBy: "fit-text", oninput: (text, event) => this.onInput(text, event),
      });
      this.field.area.addEventListener("keydown", () => { this.pressed = performance.now(); });
      this.element = h("section", { class: "editor" }, h("label", { class: "section-title", for: "translation" }, this.label()), this.notice, this.field.element, this.fit, this.chips, this.warnings, this.buttons);
      this.render();
      if (draft && Proof.backend.live) this.preview(draft.text);
    }

    label() {
      const language = Proof.i18n.languageName(this.edition.language);
      if (this.message.state === "source") return Proof.t("Text ({language})", { language });
      return Proof.backend.live ? Proof.t("Translation ({language})", { language }) : Proof.t("Your proposal ({language})", { language });
    }

    draft() {
      return Proof.backend.live ? Proof.drafts.find(this.edition.id, this.message.key) : Proof.review.findProposal(this.edition.id, this.message.key);
    }

    isEditable() {
      return !Proof.state.project.read_only && (this.message.editable || !Proof.backend.live);
    }

    isChanged() {
      return this.field.value !== (this.message.text || "");
    }

    onInput(text) {
      if (Proof.backend.live) {
        if (this.isChanged()) Proof.drafts.set(this.edition.id, this.message.key, text, this.seen);
        else Proof.drafts.remove(this.edition.id, this.message.key);
        this.preview(text);
      } else {
        Proof.review.setProposal(this.edition.id, this.message, text);
        this.message = { ...this.message, fit: this.message.fit ? { ...this.message.fit, characters: Array.from(text).length, lines_over: 0 } : null };
        this.renderFit();
      }
      this.renderChips();
      this.renderButtons();
    }

    preview(text) {
      const { key } = this.message;
      previewer.request({
        edition: this.edition.id, key, text: this.isChanged() ? text : null, since: this.pressed || performance.now(),
        done: (answer, milliseconds) => this.showAnswer(answer, milliseconds),
        failed: (failure) => this.showProblem(failure.message),
      });
    }

    showAnswer(answer, milliseconds) {
      document.documentElement.dataset.previewMs = milliseconds.toFixed(1);
      document.documentElement.dataset.previews = Number(document.documentElement.dataset.previews || 0) + 1;
      this.message = { ...this.message, fit: answer.fit, warnings: answer.warnings || [] };
      this.problem = "";
      this.renderFit();
      this.renderWarnings();
      Proof.emit("preview", { milliseconds });
    }

    showProblem(text) {
      this.problem = text;
      this.renderWarnings();
    }

    render() {
      this.renderNotice();
      this.renderFit();
      this.renderChips();
      this.renderWarnings();
      this.renderButtons();
    }

    renderNotice() {
      const changedOnDisk = Proof.backend.live && this.isChanged() && (this.message.text || "") !== this.seen;
      const reason = this.isEditable() ? null : h("p", { class: "quiet" }, Proof.state.project.read_only ? Proof.t("The project is opened for reading only.") : this.message.why_not);
      const conflict = changedOnDisk ? h("div", { class: "banner warning" }, h("span", {}, Proof.t("Another program changed this text in the file.")),
        h("button", { type: "button", class: "button small", onclick: () => this.resolveConflict(this.message.text || "", this.field.value) }, Proof.t("Show both versions"))) : null;
      fill(this.notice, reason, conflict);
    }

    renderFit() {
      const { fit } = this.message;
      fill(this.fit);
      if (!fit) return;
      const { characters, limit, lines_over: linesOver } = fit;
      const isOver = linesOver > 0 || (limit && characters > limit);
      const parts = [limit ? Proof.t("{n} of {limit} characters", { n: Proof.i18n.formatNumber(characters), limit: Proof.i18n.formatNumber(limit) }) : Proof.tn("{n} character", "{n} characters", characters)];
      if (linesOver > 0) parts.push(Proof.tn("{n} line over", "{n} lines over", linesOver));
      const bar = h("div", { class: "fit-fill" });
      Proof.dom.setStyle(bar, { width: `${limit ? Math.min(100, (100 * characters) / limit) : 0}%` });
      this.fit.classList.toggle("over", Boolean(isOver));
      fill(this.fit, limit ? h("div", { class: "fit-bar", "aria-hidden": "true" }, bar) : null, h("span", { class: "fit-text" }, parts.join("; ")));
    }

    renderChips() {
      const chips = Proof.protectedField.countMissing(this.field.value, this.message.chips || []);
      if (!chips.length) return fill(this.chips);
      const isEditable = this.isEditable();
      return fill(this.chips, h("span", { class: "label" }, Proof.t("Variables and marks")), chips.map((chip) => {
        const title = chip.missing ? Proof.t("Insert {label}: it is missing", { label: chip.label }) : Proof.t("Insert {label}", { label: chip.label });
        return h("button", { type: "button", class: `chip ${chip.kind}${chip.missing ? " missing" : ""}`, title, "aria-label": title, disabled: !isEditable,
          onpointerdown: (event) => event.preventDefault(), onclick: () => this.field.insert(chip.token) }, h("bdi", {}, chip.token), chip.label && chip.label !== chip.token ? h("small", {}, chip.label) : null);
      }));
    }

    renderWarnings() {
      const list = (this.message.warnings || []).map((one) => h("p", { class: `warning-line ${one.severity}` }, one.message, one.hint ? h("span", { class: "quiet" }, ` ${one.hint}`) : null));
      fill(this.warnings, this.problem ? h("p", { class: "warning-line error" }, this.problem) : null, list);
    }

    renderButtons() {
      if (!this.isEditable()) return fill(this.buttons);
      if (!Proof.backend.live) return this.renderProposalButtons();
      const isUncertain = ["fuzzy", "outdated"].includes(this.message.state);
      const changed = this.isChanged();
      const make = (label, fuzzy, main, enabled, title) => h("button", { type: "button", class: main ? "button main" : "button", disabled: !enabled, title, "data-save": fuzzy ? "fuzzy" : "ready", onclick: () => this.save(fuzzy) }, label);
      const isSource = this.message.state === "source";
      const saves = isUncertain
        ? [make(Proof.t("Save, keep fuzzy"), true, true, changed, "Ctrl+Enter"), make(changed ? Proof.t("Save as reviewed") : Proof.t("Mark as reviewed"), false, false, true, Proof.t("Removes the fuzzy mark"))]
        : [make(Proof.t("Save"), false, true, changed, "Ctrl+Enter"), isSource ? null : make(Proof.t("Save as fuzzy"), true, false, Boolean(this.field.value), Proof.t("Marks the translation as not certain"))];
      const revert = h("button", { type: "button", class: "button", disabled: !changed, onclick: () => this.revert() }, Proof.t("Revert"));
      return fill(this.buttons, saves, revert);
    }

    renderProposalButtons() {
      const changed = this.isChanged();
      const status = changed ? Proof.t("Kept in your review.") : Proof.t("Type to propose another text.");
      return fill(this.buttons, h("span", { class: "quiet grow" }, status), h("button", { type: "button", class: "button", disabled: !changed, onclick: () => this.revert() }, Proof.t("Withdraw")));
    }

    // Go back to the text in the file; Ctrl+Z brings the typed one back.
    revert() {
      this.field.replaceText(this.message.text || "");
      this.seen = this.message.text || "";
    }

    // Save as Ctrl+Enter does: a fuzzy translation stays fuzzy.
    saveAsIs() {
      if (this.isEditable() && Proof.backend.live && this.isChanged()) this.save(["fuzzy", "outdated"].includes(this.message.state));
    }

    async save(fuzzy) {
      const text = this.field.value;
      try {
        const answer = await Proof.backend.save(this.edition.id, { key: this.message.key, text, seen: this.seen, fuzzy });
        this.saved(answer.message, text);
      } catch (failure) {
        if (failure.status === 409 && failure.body && failure.body.conflict) await this.resolveConflict(failure.body.conflict.disk || "", text, fuzzy);
        else Proof.dialogs.notify(failure.message, "error");
      }
    }

    saved(message, text) {
      this.seen = message.text || "";
      if (this.field.value === text) Proof.drafts.remove(this.edition.id, message.key);
      else Proof.drafts.set(this.edition.id, message.key, this.field.value, this.seen);
      Proof.dialogs.notify(Proof.t("Saved in {file}.", { file: message.file || "" }));
      this.update(message);
      Proof.emit("saved", message);
    }

    // Take over a newer state of the message; the text in the field stays if it was changed.
    update(message) {
      const changed = this.isChanged();
      this.message = message;
      if (!changed && this.field.value !== (message.text || "")) this.field.setValue(message.text || "");
      if (!this.isChanged()) {
        this.seen = message.text || "";
        if (Proof.backend.live && this.draft()) Proof.drafts.remove(this.edition.id, message.key);
      }
      this.render();
    }

    // Show the version in the file and the typed one; nothing is lost, whatever is chosen.
    async resolveConflict(disk, yours, fuzzy = this.message.state === "fuzzy") {
      const { language, left_to_right: leftToRight } = this.edition;
      const dir = leftToRight ? "ltr" : "rtl";
      const content = [
        h("p", {}, Proof.t("Another program saved this text while you were typing. Nothing has been overwritten.")),
        h("h3", {}, Proof.t("In the file")), h("div", { class: "words boxed", lang: language, dir }, disk),
        h("h3", {}, Proof.t("Yours")), h("div", { class: "words boxed", lang: language, dir }, yours),
        h("h3", {}, Proof.t("The difference")), Proof.wordDiff.show(disk, yours, language, leftToRight),
      ];
      const choice = await Proof.dialogs.open(Proof.t("Two versions of {key}", { key: this.message.key }), content, [
        { value: "yours", label: Proof.t("Save mine"), main: true },
        { value: "disk", label: Proof.t("Use the one in the file") },
        { value: "", label: Proof.t("Continue editing") },
      ]);
      this.message = { ...this.message, text: disk };
      if (choice === "yours") {
        this.seen = disk;
        await this.save(fuzzy);
      } else if (choice === "disk") {
        this.field.replaceText(disk);
        this.seen = disk;
      }
      this.render();
    }

    focus() {
      this.field.area.focus();
    }
  }

  Proof.editor = { Editor, previewer };
})();

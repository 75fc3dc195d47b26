"use strict";
// Translate a message in place: the page is set again as you type, and what is saved goes into the catalogue.
(() => {
  const { h, fill } = Proof.dom;

  const MARKS = { strong: () => Proof.t("strong"), emphasis: () => Proof.t("emphasis"), superscript: () => Proof.t("superscript"), subscript: () => Proof.t("subscript"), start: () => Proof.t("start of a link or style"), picture: () => Proof.t("start of a picture") };

  const REASONS = {
    source: (file) => Proof.t("This is the source text. Change it in {file}.", { file }),
    elsewhere: (file) => Proof.t("This text comes from {file}. Change it there.", { file }),
    "no-catalogue": (file) => Proof.t("The catalogue {file} does not exist. Create it with `brochure text update`.", { file }),
  };

  const explainWhyNot = (why) => (why ? REASONS[why.reason](Proof.answers.pathInProject(why.file)) : "");

  const chipLabel = (chip) => (chip.kind === "mark" && chip.label in MARKS ? MARKS[chip.label]() : chip.label || chip.token);

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
          await Proof.showPreview(job.edition, answer);
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
      this.seen = draft ? draft.seen : message.disk;
      this.fit = h("div", { class: "fit", id: "fit-text" });
      this.chips = h("div", { class: "chips" });
      this.warnings = h("div", { class: "warnings", "aria-live": "polite" });
      this.notice = h("div", { role: "status" });
      this.announcement = h("span", { class: "unseen", role: "status" });
      this.buttons = h("div", { class: "buttons" });
      this.field = new Proof.protectedField.ProtectedField({
        id: "translation", value: draft ? draft.text : this.savedText(), chips: message.chips, language: edition.language, leftToRight: edition.left_to_right,
        readOnly: !this.isEditable(), label: this.label(), describedBy: "fit-text", oninput: (text, event) => this.onInput(text, event),
      });
      this.field.area.addEventListener("keydown", () => { this.pressed = performance.now(); });
      this.element = h("section", { class: "editor" }, h("label", { class: "section-title", for: "translation" }, this.label()), this.notice, this.field.element, this.fit, this.announcement, this.chips, this.warnings, this.buttons);
      this.render();
      if (draft && Proof.backend.live) this.preview(draft.text);
      if (message.editable || !Proof.backend.live) this.measure();
    }

    label() {
      const language = Proof.i18n.languageName(this.edition.language);
      if (this.message.state === "source") return Proof.t("Text ({language})", { language });
      return Proof.backend.live ? Proof.t("Translation ({language})", { language }) : Proof.t("Your proposal ({language})", { language });
    }

    // The text in the file.
    savedText() {
      return this.message.disk.text || "";
    }

    draft() {
      if (Proof.backend.live && this.message.draft && !Proof.drafts.find(this.edition.id, this.message.key)) return { text: this.message.text, seen: this.message.disk };
      return Proof.backend.live ? Proof.drafts.find(this.edition.id, this.message.key) : Proof.review.findProposal(this.edition.id, this.message.key);
    }

    isEditable() {
      return !Proof.state.project.read_only && (this.message.editable || !Proof.backend.live);
    }

    isChanged() {
      return this.field.value !== this.savedText();
    }

    onInput(text) {
      if (Proof.backend.live) {
        if (this.isChanged()) Proof.drafts.set(this.edition.id, this.message.key, text, this.seen);
        else Proof.drafts.remove(this.edition.id, this.message.key);
        this.preview(text);
      } else {
        Proof.review.setProposal(this.edition.id, this.message, text);
        this.fitting = this.fitting ? { ...this.fitting, characters: Array.from(text).length, lines_over: 0 } : null;
        this.renderFit();
      }
      this.renderChips();
      this.renderButtons();
    }

    preview(text) {
      const { key } = this.message;
      const since = this.pressed || performance.now(); // input methods send no key that could be timed
      this.pressed = 0;
      previewer.request({
        edition: this.edition.id, key, text: this.isChanged() ? text : null, since,
        done: (answer, milliseconds) => this.showAnswer(answer, milliseconds),
        failed: (failure) => this.showProblem(failure.message),
      });
    }

    showAnswer(answer, milliseconds) {
      document.documentElement.dataset.previewMs = milliseconds.toFixed(1);
      document.documentElement.dataset.previews = Number(document.documentElement.dataset.previews || 0) + 1;
      this.message = { ...this.message, warnings: answer.warnings || [] };
      const entry = Proof.state.edition.id === this.edition.id && Proof.findEntry(this.message.key);
      if (entry && entry.overset !== answer.fit.overset) {
        entry.overset = answer.fit.overset;
        Proof.emit("drafts"); // the lists and counts of texts that are too long
      }
      this.showFit(answer.fit);
      this.problem = "";
      this.renderWarnings();
    }

    // Measure how many characters fit; that takes longer than setting the page, so it is asked for once.
    async measure() {
      const { key } = this.message;
      try {
        const fit = await Proof.backend.fit(this.edition.id, key);
        if (fit && key === this.message.key) this.showFit(fit);
      } catch {
        // Without a limit, the meter shows the number of characters.
      }
    }

    showFit(fit) {
      const limit = fit.limit === null && this.fitting ? this.fitting.limit : fit.limit;
      this.fitting = { ...fit, limit };
      this.renderFit();
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
      const changedOnDisk = Proof.backend.live && this.isChanged() && !isSameEntry(this.message.disk, this.seen);
      const reason = this.isEditable() ? null : h("p", { class: "reason" }, Proof.state.project.read_only ? Proof.t("The project is opened for reading only.") : explainWhyNot(this.message.why_not));
      const conflict = changedOnDisk ? h("div", { class: "banner warning" }, h("span", {}, Proof.t("Another program changed this text in the file.")),
        h("button", { type: "button", class: "button small", onclick: () => this.resolveConflict(this.message.disk, this.field.value) }, Proof.t("Show both versions"))) : null;
      fill(this.notice, reason, conflict);
    }

    renderFit() {
      fill(this.fit);
      if (!this.fitting) return;
      const { characters, limit, lines_over: linesOver } = this.fitting;
      // The limit is measured with other words; a page that was set with the text itself knows better.
      const isBeyond = Boolean(limit) && characters > limit;
      const isSet = Proof.backend.live || !this.isChanged();
      const isOver = linesOver > 0 || this.fitting.overset || (isBeyond && !isSet);
      const parts = [limit && (isOver || !isBeyond) ? Proof.t("{n} of {limit} characters", { n: Proof.i18n.formatNumber(characters), limit: Proof.i18n.formatNumber(limit) }) : Proof.tn("{n} character", "{n} characters", characters)];
      if (isBeyond && !isOver) parts.push(Proof.t("it fits"));
      if (this.fitting.overset && !linesOver) parts.push(Proof.t("too long for its frame"));
      if (linesOver > 0) parts.push(Proof.tn("{n} line over", "{n} lines over", linesOver));
      const bar = h("div", { class: "fit-fill" });
      Proof.dom.setStyle(bar, { width: `${limit ? Math.min(100, (100 * characters) / limit) : 0}%` });
      this.fit.classList.toggle("over", Boolean(isOver));
      this.announcement.textContent = isOver ? Proof.t("The text is too long.") : "";
      fill(this.fit, limit ? h("div", { class: "fit-bar", "aria-hidden": "true" }, bar) : null, h("span", { class: "fit-text" }, parts.join("; ")));
    }

    renderChips() {
      const chips = Proof.protectedField.countMissing(this.field.value, this.message);
      if (!chips.length) return fill(this.chips);
      const isEditable = this.isEditable();
      return fill(this.chips, h("span", { class: "label" }, Proof.t("Variables and marks")), chips.map((chip) => {
        const title = chip.missing ? Proof.t("Insert {label}: it is missing", { label: chipLabel(chip) }) : Proof.t("Insert {label}", { label: chipLabel(chip) });
        return h("button", { type: "button", class: `chip ${chip.kind}${chip.missing ? " missing" : ""}`, title, disabled: !isEditable,
          onpointerdown: (event) => event.preventDefault(), onclick: () => this.field.insert(chip.token) }, h("bdi", {}, chip.token), chip.label && chip.label !== chip.token ? h("small", {}, chipLabel(chip)) : null);
      }));
    }

    renderWarnings() {
      const list = (this.message.warnings || []).map((one) => h("p", { class: `warning-line ${one.severity}` }, one.message, one.hint ? h("span", { class: "quiet" }, ` (${one.hint})`) : null));
      fill(this.warnings, this.problem ? h("p", { class: "warning-line error" }, this.problem) : null, list);
    }

    renderButtons() {
      Proof.dom.keepFocus(this.buttons, () => this.fillButtons());
    }

    fillButtons() {
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
      this.field.replaceText(this.savedText());
      this.seen = this.message.disk;
    }

    // Save as Ctrl+Enter does: a fuzzy translation stays fuzzy.
    saveAsIs() {
      if (this.isEditable() && Proof.backend.live && this.isChanged()) this.save(["fuzzy", "outdated"].includes(this.message.state));
    }

    async save(fuzzy) {
      const text = this.field.value;
      try {
        const message = await Proof.backend.save(this.edition.id, { key: this.message.key, text, seen: this.seen, fuzzy });
        this.saved(message, text);
      } catch (failure) {
        if (failure.status === 409 && failure.body && failure.body.conflict) await this.resolveConflict(failure.body.conflict.disk, text, fuzzy);
        else Proof.dialogs.notify(failure.message, "error");
      }
    }

    saved(message, text) {
      this.seen = message.disk;
      if (this.field.value === text) Proof.drafts.remove(this.edition.id, message.key);
      else Proof.drafts.set(this.edition.id, message.key, this.field.value, this.seen);
      Proof.dialogs.notify(Proof.t("Saved in {file}.", { file: Proof.answers.pathInProject(message.file || "") }));
      this.update(message);
      Proof.emit("saved", message);
    }

    // Take over a newer state of the message; the text in the field stays if it was changed.
    update(message) {
      const changed = this.isChanged();
      this.message = message;
      if (!changed && this.isChanged()) this.field.setValue(this.savedText());
      if (!this.isChanged()) {
        this.seen = message.disk;
        if (Proof.backend.live && this.draft()) Proof.drafts.remove(this.edition.id, message.key);
      }
      this.render();
    }

    // Show the version in the file and the typed one; nothing is lost, whatever is chosen.
    async resolveConflict(entry, yours, fuzzy = this.message.state === "fuzzy") {
      const disk = entry.text;
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
      this.message = { ...this.message, disk: entry };
      if (choice === "yours") {
        this.seen = entry;
        await this.save(fuzzy);
      } else if (choice === "disk") {
        this.field.replaceText(disk);
        this.seen = entry;
      }
      this.render();
    }

    focus() {
      this.field.area.focus();
    }
  }

  const isSameEntry = (one, other) => one.text === other.text && Boolean(one.fuzzy) === Boolean(other.fuzzy);

  Proof.editor = { Editor, previewer };
})();

"use strict";
// A text field in which variables and marks cannot be broken: they are marked as chips, the caret does not go into them, and
// they are deleted as a whole. It is a textarea, so input methods, right-to-left text, spelling and undo work as everywhere.
(() => {
  const { h, fill } = Proof.dom;

  // Return the [start, end, chip] places of the chips in a text, without overlaps; longer tokens first.
  function findChips(text, chips) {
    const byToken = new Map(chips.map((chip) => [chip.token, chip]));
    const tokens = [...byToken.keys()].filter(Boolean).sort((one, other) => other.length - one.length);
    const places = [];
    for (const token of tokens) {
      for (let start = text.indexOf(token); start >= 0; start = text.indexOf(token, start + token.length)) {
        const end = start + token.length;
        if (!places.some((place) => start < place[1] && end > place[0])) places.push([start, end, byToken.get(token)]);
      }
    }
    return places.sort((one, other) => one[0] - other[0]);
  }

  // Return the text as nodes, with its chips as <mark> elements.
  function markChips(text, chips) {
    const nodes = [];
    let position = 0;
    for (const [start, end, chip] of findChips(text, chips)) {
      nodes.push(text.slice(position, start), h("mark", { class: `chip-text ${chip.kind}` }, text.slice(start, end)));
      position = end;
    }
    nodes.push(text.slice(position));
    return nodes;
  }

  class ProtectedField {
    constructor({ id, value, chips, language, leftToRight, readOnly, label, describedBy, oninput }) {
      this.chips = chips;
      this.oninput = oninput;
      this.mirror = h("div", { class: "field-mirror", "aria-hidden": "true", lang: language });
      this.area = h("textarea", {
        id, class: "field-text", rows: "2", lang: language, dir: leftToRight ? "ltr" : "rtl", spellcheck: "true", "aria-label": label,
        "aria-describedby": describedBy, readonly: readOnly,
        onbeforeinput: (event) => this.onBeforeInput(event), oninput: (event) => this.onInput(event),
        oncompositionstart: () => { this.isComposing = true; }, oncompositionend: () => { this.isComposing = false; },
        onkeyup: () => this.keepOutOfChips(), onpointerup: () => this.keepOutOfChips(),
      });
      this.mirror.dir = this.area.dir;
      this.element = h("div", { class: "field" }, this.mirror, this.area);
      this.setValue(value);
    }

    get value() {
      return this.area.value;
    }

    // Set the text without undo, for another message.
    setValue(text) {
      this.area.value = text;
      this.before = text;
      this.lastCaret = 0;
      this.draw();
    }

    // Replace the whole text as if it were typed, so that it can be undone.
    replaceText(text) {
      this.area.focus();
      this.area.select();
      this.type(text);
    }

    // Insert a chip's token at the caret.
    insert(token) {
      this.area.focus();
      this.expandSelection();
      this.type(token);
    }

    // execCommand is the only way to change a text field that the browser can undo.
    type(text) {
      const done = document.execCommand(text ? "insertText" : "delete", false, text);
      if (done) return;
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.onInput({ inputType: "insertText" });
    }

    draw() {
      fill(this.mirror, markChips(this.area.value, this.chips), "\u200b");
    }

    // Before a change: a selection that ends within a chip grows to the whole chip.
    onBeforeInput(event) {
      if (this.isComposing || event.inputType.startsWith("history")) return;
      const { selectionStart: start, selectionEnd: end } = this.area;
      if (start !== end) {
        this.expandSelection();
      } else if (event.inputType === "deleteContentBackward" || event.inputType === "deleteContentForward") {
        const back = event.inputType === "deleteContentBackward";
        const chip = findChips(this.value, this.chips).find((place) => (back ? place[0] < start && start <= place[1] : place[0] <= start && start < place[1]));
        if (chip) this.area.setSelectionRange(chip[0], chip[1]);
      } else {
        this.keepOutOfChips();
      }
    }

    expandSelection() {
      let { selectionStart: start, selectionEnd: end } = this.area;
      if (start === end) return this.keepOutOfChips();
      for (const chip of findChips(this.value, this.chips)) {
        if (chip[0] < start && start < chip[1]) start = chip[0];
        if (chip[0] < end && end < chip[1]) end = chip[1];
      }
      this.area.setSelectionRange(start, end);
      return undefined;
    }

    // Move a caret that is within a chip to its far end, in the direction in which it was moved.
    keepOutOfChips() {
      const { selectionStart: start, selectionEnd: end } = this.area;
      if (start !== end || this.isComposing) return;
      const chip = findChips(this.value, this.chips).find((place) => place[0] < start && start < place[1]);
      if (chip) {
        const caret = start < this.lastCaret ? chip[0] : chip[1];
        this.area.setSelectionRange(caret, caret);
      }
      this.lastCaret = this.area.selectionStart;
    }

    onInput(event) {
      const isHistory = (event.inputType || "").startsWith("history");
      if (!this.isComposing && !isHistory && this.hasBrokenChip()) {
        document.execCommand("undo"); // such as a deleted word that took half a chip with it
        if (!this.hasBrokenChip()) return;
      }
      this.before = this.value;
      this.draw();
      this.oninput(this.value, event);
    }

    // Return True if the last change removed a part of a chip, but not all of it.
    hasBrokenChip() {
      const [before, after] = [this.before, this.value];
      let start = 0;
      while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
      let end = 0;
      while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
      const last = before.length - end;
      if (last <= start) return false;
      const isBroken = findChips(before, this.chips).some(([from, to]) => from < last && to > start && (from < start || to > last));
      return isBroken && findChips(after, this.chips).length < findChips(before, this.chips).length;
    }
  }

  // Return the chips of a message, each with how often it is missing in the text. Those of the source are required.
  function countMissing(text, { chips, required }) {
    const needed = new Map();
    for (const token of required) needed.set(token, (needed.get(token) || 0) + 1);
    const found = new Map();
    for (const place of findChips(text, chips)) found.set(place[2].token, (found.get(place[2].token) || 0) + 1);
    const unique = [...new Map(chips.map((chip) => [chip.token, chip])).values()];
    return unique.map((chip) => ({ ...chip, missing: Math.max(0, (needed.get(chip.token) || 0) - (found.get(chip.token) || 0)) }));
  }

  Proof.protectedField = { ProtectedField, markChips, countMissing, findChips };
})();

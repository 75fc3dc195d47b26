"use strict";
// What is shown and selected, the events between modules, and the preferences that are kept in the browser.
(() => {
  const listeners = new Map();

  // Call `action` for each event of this name.
  function on(name, action) {
    if (!listeners.has(name)) listeners.set(name, []);
    listeners.get(name).push(action);
  }

  function emit(name, detail) {
    for (const action of listeners.get(name) || []) action(detail);
  }

  // A store in localStorage. Browsers may refuse it (private windows, files): then values last until the page is closed.
  class Memory {
    constructor() {
      this.prefix = "brochure-proof:";
      this.values = new Map();
      this.lasting = false;
      try {
        window.localStorage.setItem(this.prefix + "test", "1");
        window.localStorage.removeItem(this.prefix + "test");
        this.lasting = true;
      } catch {
        this.lasting = false;
      }
    }

    get(name, otherwise) {
      try {
        const text = this.lasting ? window.localStorage.getItem(this.prefix + name) : this.values.get(name);
        return text === null || text === undefined ? otherwise : JSON.parse(text);
      } catch {
        return otherwise;
      }
    }

    set(name, value) {
      const text = JSON.stringify(value);
      this.values.set(name, text);
      if (!this.lasting) return;
      try {
        window.localStorage.setItem(this.prefix + name, text);
      } catch {
        this.lasting = false;
        emit("storage-refused");
      }
    }
  }

  Proof.on = on;
  Proof.emit = emit;
  Proof.memory = new Memory();
  Proof.state = {
    project: null,
    edition: null, // the edition in the main pane
    beside: null, // the edition in the second pane
    selected: null, // {key, page, area}
    overlays: { bleed: false, grid: false, baseline: false, frames: false, pins: true },
    view: { mode: "composite", ink: "" }, // composite, plate or heat
    approvals: {},
    isPinning: false,
  };

  // Return the message list's entry of a key in the main edition.
  Proof.findEntry = (key) => (Proof.state.edition ? Proof.state.edition.messages.find((one) => one.key === key) : undefined);

  // Return the edition's description (name, direction) in the project.
  Proof.findEdition = (id) => Proof.state.project.editions.find((one) => one.id === id);

  // Show and select a message; `page` and `area` say which of its places.
  Proof.select = (selected, options = {}) => {
    Proof.state.selected = selected;
    emit("select", { selected, ...options });
  };
})();

"use strict";
// Texts that were typed but not saved. They stay in the browser, so closing the page loses nothing.
(() => {
  const name = () => `drafts:${Proof.state.project.brochure}`;
  let drafts = null;

  function all() {
    if (!drafts) drafts = Proof.memory.get(name(), {});
    return drafts;
  }

  const find = (edition, key) => (all()[edition] || {})[key];

  // Keep the text of a message; `seen` is the text in the file that it was written for.
  function set(edition, key, text, seen) {
    const ofEdition = { ...(all()[edition] || {}), [key]: { text, seen } };
    drafts = { ...all(), [edition]: ofEdition };
    store();
  }

  function remove(edition, key) {
    const ofEdition = { ...(all()[edition] || {}) };
    delete ofEdition[key];
    drafts = { ...all(), [edition]: ofEdition };
    store();
  }

  const keysOf = (edition) => Object.keys(all()[edition] || {});

  const count = () => Object.values(all()).reduce((sum, ofEdition) => sum + Object.keys(ofEdition).length, 0);

  // Set the pages with the texts that were typed before: the server may not know them.
  async function restore(edition) {
    if (!Proof.backend.live) return;
    for (const key of keysOf(edition.id)) {
      const entry = edition.messages.find((one) => one.key === key);
      if (!entry || entry.draft) continue;
      try {
        await Proof.showPreview(edition.id, await Proof.backend.preview(edition.id, key, find(edition.id, key).text));
      } catch {
        // The text cannot be set; the editor says why when it is opened.
      }
    }
  }

  function store() {
    Proof.memory.set(name(), drafts);
    Proof.emit("drafts");
  }

  Proof.drafts = { find, set, remove, keysOf, count, restore };
})();

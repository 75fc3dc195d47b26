"use strict";
// The list of all messages: search by key or words, filter by state, go to the next one that needs work.
(() => {
  const { h, fill, debounce } = Proof.dom;
  const MAX_SHOWN = 300; // entries; more are shown on demand
  const WAIT = 120; // milliseconds after a key press until the list is searched

  const FILTERS = {
    all: { label: () => Proof.t("All texts"), test: () => true },
    missing: { label: () => Proof.t("Untranslated"), test: (one) => one.state === "missing" },
    outdated: { label: () => Proof.t("Outdated or fuzzy"), test: (one) => one.state === "outdated" || one.state === "fuzzy" },
    long: { label: () => Proof.t("Too long"), test: (one) => isTooLong(one) },
    drafts: { label: () => Proof.t("Not saved"), test: (one) => Boolean(Proof.drafts.find(Proof.state.edition.id, one.key)) },
  };

  const isTooLong = (entry) => Boolean(entry.overset);

  const count = (name) => Proof.state.edition.messages.filter(FILTERS[name].test).length;

  // Return the next message after the selected one that passes a filter.
  function findNext(name) {
    const { messages } = Proof.state.edition;
    const selected = Proof.state.selected && Proof.state.selected.key;
    const start = messages.findIndex((one) => one.key === selected) + 1;
    return [...messages.slice(start), ...messages.slice(0, start)].find((one) => one.key !== selected && FILTERS[name].test(one));
  }

  function goToNext(name) {
    const entry = findNext(name);
    if (entry) Proof.emit("go", { key: entry.key, page: entry.pages[0], from: "list", edit: true });
    else Proof.dialogs.notify(Proof.t("No further text of this kind: {kind}", { kind: FILTERS[name].label() }));
  }

  class MessagesPanel {
    constructor() {
      this.filter = "all";
      this.limit = MAX_SHOWN;
      this.search = h("input", { class: "input", type: "search", placeholder: Proof.t("Key or words"), "aria-label": Proof.t("Search texts by key or words"), oninput: debounce(() => this.renderList(), WAIT), onkeydown: (event) => this.onKey(event) });
      this.choice = h("select", { class: "input", "aria-label": Proof.t("Show"), onchange: () => {
        this.filter = this.choice.value;
        this.renderList();
      } });
      this.list = h("ul", { class: "message-list" });
      this.status = h("p", { class: "quiet", role: "status" });
      this.element = h("div", { class: "panel-content" }, h("div", { class: "row" }, this.search, this.choice), this.status, this.list);
    }

    render() {
      const names = Object.keys(FILTERS).filter((name) => name !== "drafts" || Proof.backend.live);
      fill(this.choice, names.map((name) => h("option", { value: name, selected: name === this.filter }, `${FILTERS[name].label()} (${count(name)})`)));
      this.renderList();
    }

    found() {
      const words = this.search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const test = FILTERS[this.filter].test;
      return Proof.state.edition.messages.filter((one) => {
        if (!test(one)) return false;
        const text = `${one.key} ${one.source || ""} ${one.text || ""}`.toLocaleLowerCase();
        return words.every((word) => text.includes(word));
      });
    }

    renderList() {
      const found = this.found();
      this.status.textContent = Proof.tn("{n} text", "{n} texts", found.length);
      fill(this.list, found.slice(0, this.limit).map((one) => this.makeEntry(one)),
        found.length > this.limit ? h("li", {}, h("button", { type: "button", class: "button", onclick: () => this.showMore() }, Proof.t("Show more"))) : null);
    }

    showMore() {
      this.limit += MAX_SHOWN;
      this.renderList();
    }

    makeEntry(entry) {
      const { edition, selected } = Proof.state;
      const dir = edition.left_to_right ? "ltr" : "rtl";
      const draft = Proof.drafts.find(edition.id, entry.key);
      const text = (draft && draft.text) || entry.text || entry.source || "";
      return h("li", {}, h("button", { type: "button", class: "entry", "data-key": entry.key, "aria-current": selected && selected.key === entry.key ? "true" : null, onclick: () => Proof.emit("go", { key: entry.key, page: entry.pages[0], from: "list" }) },
        h("span", { class: "entry-head" }, h("span", { class: "entry-key", dir: "ltr" }, entry.key),
          ["ready", "source"].includes(entry.state) ? null : Proof.inspector.stateBadge(entry.state),
          isTooLong(entry) ? h("span", { class: "badge long" }, Proof.t("Too long")) : null, draft ? h("span", { class: "badge draft" }, Proof.t("Not saved")) : null),
        h("span", { class: "entry-text", dir, lang: edition.language }, text)));
    }

    onKey(event) {
      if (event.key !== "Enter" && event.key !== "ArrowDown") return;
      this.renderList(); // at once, for those who type quickly
      const first = this.list.querySelector(".entry");
      if (!first) return;
      event.preventDefault();
      if (event.key === "Enter") first.click();
      else first.focus();
    }

    focusSearch() {
      this.search.focus();
      this.search.select();
    }
  }

  Proof.messages = { MessagesPanel, FILTERS, count, goToNext };
})();

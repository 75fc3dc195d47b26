"use strict";
// The exported proof: everything is in data/*.js, and the review is kept in the browser until it is saved as a file.
(() => {
  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const script = Proof.dom.h("script", { src: address });
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(Proof.t("{file} is missing; unpack the whole proof, then open index.html.", { file: address }))));
      document.head.append(script);
    });
  }

  class StaticBackend {
    constructor(data) {
      this.data = data;
      this.live = false;
      data.editions = data.editions || {};
    }

    async project() {
      return Proof.answers.readProject({ ...this.data.project, live: false });
    }

    async interfaceStrings(language) {
      return (this.data.interface || {})[language] || {};
    }

    async load(id) {
      if (!this.data.editions[id]) await loadScript(this.data.files[id]);
      return this.data.editions[id];
    }

    // The editions that were shown.
    loaded() {
      return Object.keys(this.data.editions);
    }

    // A short name for the content of an edition's pages.
    fingerprint(id) {
      const digests = this.data.editions[id].edition.pages.map((page) => page.digest).join(" ");
      let sum = 0x811c9dc5; // FNV-1a
      for (const unit of digests) sum = Math.imul(sum ^ unit.codePointAt(0), 0x01000193) >>> 0;
      return sum.toString(16);
    }

    async edition(id) {
      return Proof.answers.readEdition((await this.load(id)).edition);
    }

    async pageSvg(id, page) {
      return page.svg;
    }

    async message(id, key) {
      const found = (await this.load(id)).messages[key];
      if (!found) throw new Error(Proof.t("The proof does not contain the message '{key}'.", { key }));
      return Proof.answers.readMessage(found);
    }

    async preflight() {
      return [];
    }

    async fit(id, key) {
      return (await this.load(id)).messages[key].fit || null;
    }

    async approvals() {
      return { editions: {} };
    }

    async addComment(value) {
      return Proof.review.addComment(value);
    }

    listen() {}
  }

  Proof.StaticBackend = StaticBackend;
})();

"use strict";
// What is wrong in the files, over the pages; they are the last good ones, if there were any.
(() => {
  const { h, fill } = Proof.dom;

  class FaultsBanner {
    constructor() {
      this.element = h("div", { class: "broken", role: "alert", hidden: true });
    }

    show(title, faults) {
      this.element.hidden = false;
      fill(this.element, h("h2", {}, title), h("ul", {}, faults.map((one) => this.makeEntry(one))));
    }

    makeEntry(fault) {
      const hint = fault.hint ? h("span", { class: "quiet" }, ` (${fault.hint})`) : null;
      return h("li", {}, h("span", {}, fault.message), hint, " ", Proof.inspector.filePlace(fault.file, fault.line, fault.column));
    }

    hide() {
      this.element.hidden = true;
      fill(this.element);
    }

    // The title if an edition cannot be shown at all.
    titleFor(id, isOtherShown) {
      if (!isOtherShown) return Proof.t("The files have errors. The pages appear as soon as the errors are corrected.");
      return Proof.t("{edition} cannot be shown: its files have errors.", { edition: (Proof.findEdition(id) || { name: id }).name });
    }
  }

  Proof.FaultsBanner = FaultsBanner;
})();

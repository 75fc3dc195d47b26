"use strict";
// The list of findings (layout, text, preflight); each leads to its place on the page.
(() => {
  const { h, fill } = Proof.dom;

  const SEVERITIES = ["error", "warning", "note"];

  const severityName = (severity) => ({ error: Proof.t("Errors"), warning: Proof.t("Warnings"), note: Proof.t("Notes") })[severity] || severity;

  class FindingsPanel {
    constructor() {
      this.element = h("div", { class: "panel-content" });
    }

    count() {
      const { edition } = Proof.state;
      return edition ? edition.findings.filter((one) => one.severity !== "note").length : 0;
    }

    render() {
      const { findings } = Proof.state.edition;
      const groups = SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity)]).filter((group) => group[1].length);
      fill(this.element, groups.length
        ? groups.map(([severity, list]) => h("section", {}, h("h3", { class: "section-title" }, `${severityName(severity)} (${list.length})`), h("ul", { class: "finding-list" }, list.map((one) => this.makeEntry(one)))))
        : h("p", { class: "empty" }, Proof.t("No findings in this edition.")));
    }

    makeEntry(finding) {
      const place = [finding.page ? Proof.t("Page {number}", { number: finding.page }) : null, finding.key].filter(Boolean).join(" · ");
      const isPlaced = Boolean(finding.page || finding.key);
      const body = [h("span", { class: "finding-message" }, finding.message), finding.hint ? h("span", { class: "finding-hint" }, finding.hint) : null, place ? h("span", { class: "quiet" }, place) : null];
      return h("li", { class: `finding ${finding.severity}` },
        isPlaced ? h("button", { type: "button", class: "entry", onclick: () => this.go(finding) }, body) : h("div", { class: "entry" }, body),
        h("div", { class: "finding-foot" }, h("code", { class: "quiet" }, finding.code), Proof.inspector.filePlace(finding.file, finding.line, finding.column)));
    }

    go(finding) {
      Proof.emit("go", { key: finding.key, page: finding.page, at: finding.at, from: "findings" });
    }
  }

  Proof.FindingsPanel = FindingsPanel;
})();

"use strict";
// The list of findings (layout, text, preflight); each leads to its place on the page.
(() => {
  const { h, fill } = Proof.dom;

  const SEVERITIES = ["error", "warning", "note"];

  const severityName = (severity) => ({ error: Proof.t("Errors"), warning: Proof.t("Warnings"), note: Proof.t("Notes") })[severity] || severity;

  // Findings about many messages lead to the next one of their kind.
  const KINDS = { "translation-missing": "missing", "translation-fuzzy": "outdated", "translation-outdated": "outdated" };

  class FindingsPanel {
    constructor() {
      this.element = h("div", { class: "panel-content" });
      this.checked = null; // {id, version, findings} of the last preflight
    }

    // Preflight takes longer than setting the pages, so it runs only while the list is shown.
    async check() {
      const { id, version } = Proof.state.edition;
      if (this.checked && this.checked.id === id && this.checked.version === version) return;
      this.checked = { id, version, findings: null };
      const findings = (await Proof.dialogs.attempt(() => Proof.backend.preflight(id))) || [];
      if (this.checked.id !== id || this.checked.version !== version) return;
      this.checked = { id, version, findings };
      this.render();
    }

    count() {
      const { edition } = Proof.state;
      return edition ? edition.findings.filter((one) => one.severity !== "note").length : 0;
    }

    render() {
      this.check();
      const isRunning = !this.checked.findings;
      const findings = [...Proof.state.edition.findings, ...(this.checked.findings || [])];
      const groups = SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity)]).filter((group) => group[1].length);
      fill(this.element, isRunning ? h("p", { class: "quiet", role: "status" }, Proof.t("Preflight is running…")) : null, groups.length
        ? groups.map(([severity, list]) => h("section", {}, h("h3", { class: "section-title" }, `${severityName(severity)} (${list.length})`), h("ul", { class: "finding-list" }, list.map((one) => this.makeEntry(one)))))
        : isRunning ? null : h("p", { class: "empty" }, Proof.t("No findings in this edition.")));
    }

    makeEntry(finding) {
      const place = [finding.page ? Proof.t("Page {number}", { number: finding.page }) : null, finding.key].filter(Boolean).join(" · ");
      const isPlaced = Boolean(finding.page || finding.key || finding.area || KINDS[finding.code]);
      const body = [h("span", { class: "finding-message" }, finding.message), finding.hint ? h("span", { class: "finding-hint" }, finding.hint) : null, place ? h("span", { class: "quiet" }, place) : null];
      return h("li", { class: `finding ${finding.severity}` },
        isPlaced ? h("button", { type: "button", class: "entry", onclick: () => this.go(finding) }, body) : h("div", { class: "entry" }, body),
        h("div", { class: "finding-foot" }, h("code", { class: "quiet" }, finding.code), Proof.inspector.filePlace(finding.file, finding.line, finding.column)));
    }

    go(finding) {
      if (!finding.page && !finding.key && !finding.area) return Proof.messages.goToNext(KINDS[finding.code]);
      return Proof.emit("go", { key: finding.key, page: finding.page, area: finding.area, at: finding.at, from: "findings" });
    }
  }

  Proof.FindingsPanel = FindingsPanel;
})();

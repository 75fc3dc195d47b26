"use strict";
// The panel at the side: its tabs, and the lists that are drawn again when something changes.
(() => {
  const { h, fill, keepFocus } = Proof.dom;

  class SidePanel {
    constructor() {
      this.inspector = new Proof.inspector.Inspector();
      this.panels = {
        message: this.inspector, messages: new Proof.messages.MessagesPanel(), findings: new Proof.FindingsPanel(), comments: new Proof.comments.CommentsPanel(),
        inks: new Proof.separations.SeparationsPanel(), review: new Proof.review.ReviewPanel(),
      };
      this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": Proof.t("Panels"), onkeydown: (event) => this.onTabKey(event) });
      this.panel = h("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: "-1" });
      this.element = h("aside", { class: "side", "aria-label": Proof.t("Panels") }, this.tabs, this.panel);
      this.tab = "message";
    }

    // Draw the list that is shown again, and the counts of the tabs.
    render() {
      const panel = this.panels[this.tab];
      if (Proof.state.edition && panel !== this.inspector && !this.isTyping()) keepFocus(this.panel, () => panel.render());
      this.renderTabs();
    }

    // A panel in which somebody types is not drawn again.
    isTyping() {
      const active = document.activeElement;
      return this.panel.contains(active) && ["TEXTAREA", "INPUT"].includes(active.tagName) && !["search", "checkbox", "radio"].includes(active.type) && active.value !== "";
    }

    tabNames() {
      const names = [["message", Proof.t("Text"), 0], ["messages", Proof.t("List"), 0], ["findings", Proof.t("Findings"), this.panels.findings.count()], ["comments", Proof.t("Comments"), this.panels.comments.count()]];
      if (Proof.backend.live && Proof.state.edition && Proof.state.edition.inks.length) names.push(["inks", Proof.t("Inks"), 0]);
      names.push(["review", Proof.t("Review"), 0]);
      return names;
    }

    renderTabs() {
      const focused = this.tabs.contains(document.activeElement);
      fill(this.tabs, this.tabNames().map(([name, label, count]) => h("button", {
        type: "button", role: "tab", id: `tab-${name}`, class: "tab", "aria-selected": String(name === this.tab), "aria-controls": "panel", tabindex: name === this.tab ? "0" : "-1", onclick: () => this.showTab(name),
      }, label, count ? h("span", { class: "number" }, String(count)) : null)));
      if (focused) this.tabs.querySelector(`#tab-${this.tab}`).focus();
      this.panel.setAttribute("aria-labelledby", `tab-${this.tab}`);
    }

    showTab(name) {
      this.tab = name;
      const panel = this.panels[name];
      // The inspector's heading is the key of the message; the lists have theirs for screen readers only.
      const title = panel === this.inspector ? null : h("h2", { class: "unseen" }, this.tabNames().find((one) => one[0] === name)[1]);
      if (panel.element.parentElement !== this.panel) fill(this.panel, title, panel.element);
      if (panel === this.inspector && !Proof.state.selected) this.inspector.showNothing();
      if (panel !== this.inspector && Proof.state.edition) panel.render();
      this.renderTabs();
    }

    onTabKey(event) {
      const names = this.tabNames().map((one) => one[0]);
      const steps = { ArrowRight: 1, ArrowLeft: -1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      this.showTab(names[(names.indexOf(this.tab) + steps[event.key] + names.length) % names.length]);
      this.tabs.querySelector(`#tab-${this.tab}`).focus();
    }
  }

  Proof.SidePanel = SidePanel;
})();

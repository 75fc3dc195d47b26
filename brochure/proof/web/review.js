"use strict";
// Approve or reject pages. In the live proof approvals are written into the project; in the exported proof the review (verdicts,
// comments, proposals) is kept in the browser and saved as one file to send back.
(() => {
  const { h, fill } = Proof.dom;
  const FORMAT = "brochure-review";
  const VERSION = 1;

  const EMPTY = { verdicts: {}, comments: [], proposals: {}, saved: true };

  // A newer export of the same brochure has other pages; it starts a new review.
  const storeName = (edition) => `review:${Proof.state.project.brochure}:${edition}:${Proof.backend.fingerprint(edition)}`;

  const read = (edition) => ({ ...EMPTY, ...Proof.memory.get(storeName(edition), {}) });

  function write(edition, review) {
    Proof.memory.set(storeName(edition), { ...review, saved: false });
    Proof.emit("review");
  }

  const name = () => Proof.memory.get("name", "") || Proof.state.project.user || "";

  const setName = (value) => Proof.memory.set("name", value.trim());

  const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

  function addComment(value) {
    const review = read(value.edition);
    const comment = { page: value.page, key: value.key, at: value.at, words: value.words, text: value.text, author: value.author, date: now(), id: `${Date.now()}-${review.comments.length}` };
    write(value.edition, { ...review, comments: [...review.comments, comment] });
    return comment;
  }

  function removeComment(comment) {
    const { id } = Proof.state.edition;
    const review = read(id);
    write(id, { ...review, comments: review.comments.filter((one) => one.id !== comment.id) });
    Proof.emit("reload");
  }

  const commentsOf = (edition) => (Proof.backend.live ? [] : read(edition).comments.map((one) => ({ ...one, edition, local: true, resolved: false })));

  function findProposal(edition, key) {
    const found = read(edition).proposals[key];
    return found ? { text: found.proposal, seen: found.translation } : null;
  }

  // Keep a proposed translation; the text as it was takes the proposal back.
  function setProposal(edition, message, text) {
    const review = read(edition);
    const proposals = { ...review.proposals };
    if (text === (message.text || "")) delete proposals[message.key];
    else proposals[message.key] = { key: message.key, source: message.source.text || "", translation: message.text || "", proposal: text, date: now() };
    write(edition, { ...review, proposals });
  }

  // Approve or reject a page in the exported proof; the same verdict again takes it back.
  function setVerdict(page, verdict) {
    const { id } = Proof.state.edition;
    const review = read(id);
    const verdicts = { ...review.verdicts };
    if (verdicts[page.number] && verdicts[page.number].verdict === verdict) delete verdicts[page.number];
    else verdicts[page.number] = { number: page.number, digest: page.digest, verdict };
    write(id, { ...review, verdicts });
  }

  // Approve pages in the live proof.
  async function approve(pages) {
    if (Proof.state.project.read_only) return Proof.dialogs.notify(Proof.t("The project is opened for reading only."), "error");
    const who = name() || await askName();
    if (!who) return undefined;
    return Proof.dialogs.attempt(async () => {
      await Proof.backend.approve(Proof.state.edition.id, pages, who);
      await refresh();
      Proof.dialogs.notify(pages.length === 1 ? Proof.t("Page {number} is approved.", { number: pages[0] }) : Proof.t("The pages are approved."));
    });
  }

  async function askName() {
    const input = h("input", { class: "input", type: "text", autocomplete: "name", "aria-label": Proof.t("Your name"), autofocus: true });
    const done = await Proof.dialogs.open(Proof.t("Who approves?"), [h("label", {}, h("span", { class: "label" }, Proof.t("Your name")), input)], [
      { value: "ok", label: Proof.t("Approve"), main: true }, { value: "", label: Proof.t("Cancel") }]);
    if (done && input.value.trim()) setName(input.value);
    return done ? input.value.trim() : "";
  }

  let requests = 0;

  // Read the approvals again. An answer that comes after that of a later request is older, and not used.
  async function refresh() {
    requests += 1;
    const request = requests;
    const answer = await Proof.backend.approvals();
    if (request !== requests) return;
    Proof.state.approvals = answer.editions || {};
    Proof.emit("review");
  }

  const approvalOf = (edition, number) => ((Proof.state.approvals[edition] || {}).pages || []).find((one) => one.number === number);

  const STATES = { approved: () => Proof.t("Approved"), changed: () => Proof.t("Look again") };

  // Return what the bar below a page shows: its state, and buttons to approve or reject it.
  function pageStatus(page) {
    return Proof.backend.live ? liveStatus(page) : staticStatus(page);
  }

  function liveStatus(page) {
    const approval = approvalOf(Proof.state.edition.id, page.number);
    const state = approval && approval.state in STATES ? approval.state : "none";
    const reasons = approval && approval.reasons && approval.reasons.length ? approval.reasons.join("; ") : "";
    return [
      state === "none" ? null : h("span", { class: `badge ${state}`, title: reasons || null }, STATES[state]()),
      state === "approved" || Proof.state.project.read_only ? null : h("button", { type: "button", class: "button small quiet-button", "aria-label": Proof.t("Approve page {number}", { number: page.number }), onclick: () => approve([page.number]) }, Proof.t("Approve")),
    ];
  }

  function staticStatus(page) {
    const verdict = (read(Proof.state.edition.id).verdicts[page.number] || {}).verdict;
    const make = (value, label, title) => h("button", { type: "button", class: `button small quiet-button ${value}`, "aria-pressed": verdict === value ? "true" : "false", "aria-label": title, onclick: () => setVerdict(page, value) }, label);
    return [make("approved", Proof.t("Approve"), Proof.t("Approve page {number}", { number: page.number })), make("rejected", Proof.t("Reject"), Proof.t("Reject page {number}", { number: page.number }))];
  }

  // The review as a file: see docs for the format.
  function exportReview(edition) {
    const review = read(edition.id);
    const comments = review.comments.map(({ page, key, at, words, text, date }) => ({ page, key, at, words, text, date }));
    return {
      format: FORMAT, version: VERSION, brochure: Proof.state.project.brochure, edition: { language: edition.language, office: edition.office || null },
      reviewer: name(), date: now(), pages: Object.values(review.verdicts), comments, proposals: Object.values(review.proposals),
    };
  }

  function saveFile() {
    const { edition } = Proof.state;
    const value = exportReview(edition);
    const fileName = `${[value.brochure, edition.office, edition.language, value.reviewer].filter(Boolean).join("_").replace(/[^\p{L}\p{N}._-]+/gu, "-")}.brochure-review.json`;
    const address = URL.createObjectURL(new Blob([`${JSON.stringify(value, null, 1)}\n`], { type: "application/json" }));
    const link = h("a", { href: address, download: fileName });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    Proof.memory.set(storeName(edition.id), { ...read(edition.id), saved: true });
    Proof.dialogs.notify(Proof.t("Saved as {file}. Send this file back.", { file: fileName }));
    Proof.emit("review");
  }

  const isUnsaved = () => !Proof.backend.live && Proof.backend.loaded().some((id) => !read(id).saved);

  // The panel: the reviewer's name and the review so far, or the approvals of all editions.
  class ReviewPanel {
    constructor() {
      this.element = h("div", { class: "panel-content" });
      Proof.on("review", () => Proof.dom.keepFocus(this.element, () => this.render()));
    }

    render() {
      if (Proof.state.edition) fill(this.element, this.nameField(), Proof.backend.live ? this.approvals() : this.summary());
    }

    nameField() {
      const input = h("input", { class: "input", type: "text", id: "reviewer", autocomplete: "name", value: name(), oninput: () => setName(input.value) });
      return h("div", { class: "stack" }, h("label", { class: "label", for: "reviewer" }, Proof.t("Your name")), input);
    }

    summary() {
      const review = read(Proof.state.edition.id);
      const verdicts = Object.values(review.verdicts);
      const rows = [
        [Proof.t("Pages approved"), verdicts.filter((one) => one.verdict === "approved").length],
        [Proof.t("Pages rejected"), verdicts.filter((one) => one.verdict === "rejected").length],
        [Proof.t("Comments"), review.comments.length],
        [Proof.t("Proposed translations"), Object.keys(review.proposals).length],
      ];
      const total = rows.reduce((sum, row) => sum + row[1], 0);
      return [
        Proof.memory.lasting ? null : h("p", { class: "banner warning" }, Proof.t("This browser does not keep your review. Save it before you close this page.")),
        h("table", { class: "facts totals" }, h("tbody", {}, rows.map(([label, value]) => h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, String(value)))))),
        h("button", { type: "button", class: "button main wide", disabled: !total, onclick: () => saveFile(), "data-action": "save-review" }, Proof.t("Save my review")),
        h("p", { class: "quiet" }, review.saved && total ? Proof.t("Your review is saved. Send the file back by mail.") : Proof.t("The review becomes one small file. Send it back by mail.")),
        this.proposals(review),
      ];
    }

    proposals(review) {
      const list = Object.values(review.proposals);
      if (!list.length) return null;
      return h("section", {}, h("h3", { class: "section-title" }, Proof.t("Proposed translations")), h("ul", { class: "message-list" }, list.map((one) =>
        h("li", {}, h("button", { type: "button", class: "entry", onclick: () => Proof.emit("go", { key: one.key, from: "review" }) }, h("span", { class: "entry-key" }, one.key), h("span", { class: "entry-text", dir: "auto" }, one.proposal))))));
    }

    approvals() {
      const { edition, project } = Proof.state;
      const open = edition.pages.filter((page) => (approvalOf(edition.id, page.number) || {}).state !== "approved").map((page) => page.number);
      return [
        h("section", {}, h("h3", { class: "section-title" }, Proof.findEdition(edition.id).name),
          h("p", {}, open.length ? Proof.tn("{n} page is not approved.", "{n} pages are not approved.", open.length) : Proof.t("All pages are approved.")),
          open.length && !project.read_only ? h("button", { type: "button", class: "button wide", onclick: () => this.approveAll(open) }, Proof.t("Approve all pages…")) : null),
        h("section", {}, h("h3", { class: "section-title" }, Proof.t("Pages to look at again")), this.changed()),
      ];
    }

    changed() {
      const items = Object.entries(Proof.state.approvals).flatMap(([id, value]) => (value.pages || []).filter((page) => page.state === "changed").map((page) => [id, page]));
      if (!items.length) return h("p", { class: "quiet" }, Proof.t("None: no approved page has changed."));
      return h("ul", { class: "message-list" }, items.map(([id, page]) => {
        const known = Proof.findEdition(id);
        return h("li", {}, h("button", { type: "button", class: "entry", onclick: () => Proof.emit("open-edition", { id, page: page.number }) },
          h("span", { class: "entry-key" }, `${known ? known.name : id} · ${Proof.t("Page {number}", { number: page.number })}`), h("span", { class: "entry-reasons" }, (page.reasons || []).join("; "))));
      }));
    }

    async approveAll(pages) {
      const choice = await Proof.dialogs.open(Proof.t("Approve all pages?"), [h("p", {}, Proof.t("The edition {edition}: pages {pages}.", { edition: Proof.findEdition(Proof.state.edition.id).name, pages: pages.join(", ") }))], [
        { value: "ok", label: Proof.t("Approve"), main: true }, { value: "", label: Proof.t("Cancel") }]);
      if (choice) await approve(pages);
    }
  }

  // Approve or reject a page by a key.
  function decide(page, verdict) {
    if (!Proof.backend.live) setVerdict(page, verdict);
    else if (verdict === "approved") approve([page.number]);
    else Proof.emit("pin", { edition: Proof.state.edition.id, page: page.number, key: null, at: null });
  }

  Proof.review = { name, setName, addComment, removeComment, commentsOf, findProposal, setProposal, pageStatus, refresh, decide, exportReview, isUnsaved, ReviewPanel };
})();

"use strict";
// Comments: threads by message or page, pins on the pages, a form to write one.
(() => {
  const { h, fill } = Proof.dom;

  // Return all threads that concern an edition: those of the project, and those of the review that is being written.
  function threadsOf(edition) {
    const threads = (edition.comments || []).map((one) => ({ ...one, comments: [...one.comments] }));
    for (const comment of Proof.review.commentsOf(edition.id)) {
      const key = comment.key || `page-${comment.page}`;
      const thread = threads.find((one) => one.key === key);
      if (thread) thread.comments.push(comment);
      else threads.push({ key, page: comment.page, comments: [comment] });
    }
    return threads;
  }

  const isOpen = (thread) => thread.comments.some((one) => !one.resolved);

  const messageKey = (thread) => (/^page-\d+$/.test(thread.key) ? null : thread.key);

  const threadPage = (thread) => thread.page || (thread.comments.find((one) => one.page) || {}).page || null;

  // Return the pins of a page: {thread, comment, at, number}.
  function pinsOf(edition, page) {
    const pins = [];
    threadsOf(edition).filter(isOpen).forEach((thread, index) => {
      const pin = placePin(thread, edition, page);
      if (pin) pins.push({ thread, number: index + 1, ...pin });
    });
    return pins;
  }

  function placePin(thread, edition, page) {
    const placed = thread.comments.find((one) => one.at && !one.resolved && one.page === page.number && (!one.edition || one.edition === edition.id));
    if (placed) return { comment: placed, at: placed.at };
    if (thread.comments.some((one) => one.at && (!one.edition || one.edition === edition.id))) return null;
    const area = page.areas.find((one) => one.key && one.key === messageKey(thread));
    if (!area || !area.rects.length) return null;
    const [x, y, width, height] = area.rects[0];
    return { comment: thread.comments.find((one) => !one.resolved) || thread.comments[0], at: [x + width, y + height] };
  }

  function showComment(comment, thread) {
    const parts = [
      h("div", { class: "comment-head" }, h("strong", {}, comment.author || Proof.t("Unknown")), h("span", { class: "quiet" }, Proof.i18n.formatDate(comment.date)),
        comment.edition && comment.edition !== Proof.state.edition.id ? h("span", { class: "tag" }, comment.edition) : null),
      comment.words ? h("p", { class: "quoted", dir: "auto" }, comment.words) : null,
      comment.text ? h("p", { class: "comment-text", dir: "auto" }, comment.text) : null,
      comment.proposal ? showProposal(comment) : null,
    ];
    return h("div", { class: comment.resolved ? "comment resolved" : "comment" }, parts, commentActions(comment, thread));
  }

  function showProposal(comment) {
    const edition = Proof.state.edition;
    return h("div", {}, h("p", { class: "quiet" }, Proof.t("Proposed translation")), Proof.wordDiff.show(comment.former || "", comment.proposal, edition.language));
  }

  function commentActions(comment, thread) {
    if (Proof.state.project.read_only) return null;
    if (comment.local) return h("button", { type: "button", class: "link", onclick: () => Proof.review.removeComment(comment) }, Proof.t("Delete"));
    if (!Proof.backend.live) return null;
    const label = comment.resolved ? Proof.t("Reopen") : Proof.t("Resolve");
    return h("button", { type: "button", class: "link", onclick: () => Proof.dialogs.attempt(async () => {
      await Proof.backend.resolveComment(thread.key, comment.id, !comment.resolved);
      Proof.emit("reload");
    }) }, label);
  }

  // Show a thread with its comments and a field for an answer.
  function showThread(thread, withPlace) {
    const key = messageKey(thread);
    const page = threadPage(thread);
    const place = withPlace ? h("button", { type: "button", class: "place link", onclick: () => Proof.emit("go", { key, page, from: "comments" }) }, key || Proof.t("Page {number}", { number: page })) : null;
    const canAnswer = !Proof.state.project.read_only;
    return h("article", { class: isOpen(thread) ? "thread" : "thread resolved", "data-thread": thread.key }, place, thread.comments.map((one) => showComment(one, thread)),
      canAnswer ? h("details", {}, h("summary", {}, Proof.t("Reply")), makeForm({ key, page, edition: Proof.state.edition.id })) : null);
  }

  // The form for a comment on a place {edition, page, key, at, words}; calls `done` when it was added.
  function makeForm(place, done) {
    const text = h("textarea", { class: "input", rows: "3", dir: "auto", required: true, "aria-label": Proof.t("Comment") });
    const words = h("input", { class: "input", type: "text", dir: "auto", value: place.words || "", "aria-label": Proof.t("Marked words") });
    const author = h("input", { class: "input", type: "text", autocomplete: "name", required: true, value: Proof.review.name(), "aria-label": Proof.t("Your name"), oninput: () => Proof.review.setName(author.value) });
    const submit = async (event) => {
      event.preventDefault();
      if (!text.value.trim()) return text.focus();
      if (!author.value.trim()) return author.focus();
      Proof.review.setName(author.value);
      const value = { edition: place.edition, page: place.page, key: place.key || null, at: place.at || null, words: words.value.trim() || null, text: text.value.trim(), author: author.value.trim() };
      await Proof.dialogs.attempt(async () => {
        await Proof.backend.addComment(value);
        text.value = "";
        Proof.dialogs.notify(Proof.t("The comment was added."));
        if (done) done();
        Proof.emit("reload");
      });
      return undefined;
    };
    return h("form", { class: "comment-form", onsubmit: submit }, text,
      place.words ? h("label", {}, h("span", { class: "label" }, Proof.t("Marked words")), words) : null,
      h("div", { class: "row" }, h("label", { class: "grow" }, h("span", { class: "label" }, Proof.t("Your name")), author), h("button", { type: "submit", class: "button" }, Proof.t("Add comment"))));
  }

  // The panel with all threads of the edition.
  class CommentsPanel {
    constructor() {
      this.element = h("div", { class: "panel-content" });
      this.withResolved = false;
    }

    count() {
      return Proof.state.edition ? threadsOf(Proof.state.edition).filter(isOpen).length : 0;
    }

    render() {
      const threads = threadsOf(Proof.state.edition);
      const shown = threads.filter((one) => this.withResolved || isOpen(one));
      const box = h("input", { type: "checkbox", checked: this.withResolved, onchange: () => {
        this.withResolved = box.checked;
        this.render();
      } });
      fill(this.element,
        this.composer(),
        h("label", { class: "choice" }, box, h("span", {}, Proof.t("Show resolved comments"))),
        shown.length ? shown.map((one) => showThread(one, true)) : h("p", { class: "quiet" }, Proof.t("No open comments. Press C, or choose Comment and click a place on a page.")));
    }

    composer() {
      if (!this.place) return null;
      const { page, key, at } = this.place;
      const title = key ? Proof.t("New comment on {key}, page {page}", { key, page }) : Proof.t("New comment on page {page}", { page });
      const cancel = () => {
        this.place = null;
        this.render();
      };
      return h("section", { class: "composer", "aria-label": title }, h("h3", {}, title), at ? h("p", { class: "quiet" }, Proof.t("Pinned at {x}, {y} pt", { x: at[0], y: at[1] })) : null,
        makeForm(this.place, cancel),
        h("button", { type: "button", class: "link", onclick: cancel }, Proof.t("Cancel")));
    }

    // Start a comment at a place.
    compose(place) {
      this.place = place;
      this.render();
      this.element.querySelector(".composer textarea").focus();
    }

    showThread(thread) {
      this.render();
      const element = Array.from(this.element.querySelectorAll(".thread")).find((one) => one.dataset.thread === thread.key);
      if (element) {
        element.scrollIntoView({ block: "nearest" });
        element.querySelector("button").focus();
      }
    }
  }

  Proof.comments = { threadsOf, pinsOf, showThread, makeForm, messageKey, isOpen, CommentsPanel };
})();

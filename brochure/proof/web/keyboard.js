"use strict";
// Keys. Single letters work where no text is typed, and can be switched off (WCAG 2.1.4).
(() => {
  const { h } = Proof.dom;

  // [keys, description, action name]; the groups are the sections of the help.
  const GROUPS = () => [
    [Proof.t("Texts"), [
      ["Enter", Proof.t("Change the selected text"), "edit"],
      ["J", Proof.t("Next text on the pages"), "nextText"],
      ["K", Proof.t("Previous text on the pages"), "previousText"],
      ["U", Proof.t("Next untranslated text"), "nextMissing"],
      ["O", Proof.t("Next outdated or fuzzy text"), "nextOutdated"],
      ["T", Proof.t("Next text that is too long"), "nextLong"],
      ["/", Proof.t("Search texts by key or words"), "search"],
      ["Ctrl+Enter", Proof.t("Save the text"), "save"],
      ["Escape", Proof.t("Back to the page"), "leave"],
    ]],
    [Proof.t("Pages"), [
      ["]", Proof.t("Next page"), "nextPage"],
      ["[", Proof.t("Previous page"), "previousPage"],
      ["+", Proof.t("Zoom in"), "zoomIn"],
      ["-", Proof.t("Zoom out"), "zoomOut"],
      ["0", Proof.t("Fit the spread into the window"), "zoomFit"],
      ["1", Proof.t("Size of the print (100 %)"), "zoomFull"],
      ["2", Proof.t("Fit the width"), "zoomWidth"],
      ["D", Proof.t("Two editions side by side"), "sideBySide"],
      ["E", Proof.t("Choose the edition"), "chooseEdition"],
    ]],
    [Proof.t("Show on the pages"), [
      ["B", Proof.t("Bleed and trim"), "bleed"],
      ["G", Proof.t("Columns and margins"), "grid"],
      ["L", Proof.t("Baseline grid"), "baseline"],
      ["F", Proof.t("Frames"), "frames"],
      ["P", Proof.t("Comment pins"), "pins"],
      ["S", Proof.t("Inks and total ink"), "inks"],
    ]],
    [Proof.t("Review"), [
      ["C", Proof.t("Comment on the selected place, or choose a place"), "comment"],
      ["A", Proof.t("Approve the page"), "approve"],
      ["X", Proof.t("Reject the page"), "reject"],
      ["R", Proof.t("List of findings"), "findings"],
      ["F6", Proof.t("Next part of the window"), "nextRegion"],
      ["?", Proof.t("These keys"), "help"],
    ]],
  ];

  const isTyping = (element) => Boolean(element) && (element.tagName === "TEXTAREA" || element.tagName === "SELECT" || element.isContentEditable || (element.tagName === "INPUT" && !["checkbox", "radio", "button"].includes(element.type)));

  // Listen to keys and run the named actions.
  function start(actions) {
    document.addEventListener("keydown", (event) => {
      if (document.querySelector("dialog[open]") || event.isComposing) return;
      const name = findAction(event);
      if (!name || (!Proof.state.edition && name !== "help")) return;
      event.preventDefault();
      actions[name]();
    });
  }

  function findAction(event) {
    if (event.key === "F6") return "nextRegion";
    if (event.key === "Escape") return "leave";
    const isSave = event.key === "Enter" || event.key.toLowerCase() === "s";
    if ((event.ctrlKey || event.metaKey) && isSave && !event.altKey && !event.shiftKey) return "save";
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return null;
    if (!Proof.memory.get("letter-keys", true) && event.key !== "?") return null;
    const key = event.key === "=" ? "+" : event.key.length === 1 ? event.key.toUpperCase() : "";
    const found = GROUPS().flatMap((group) => group[1]).find((one) => one[0] === key);
    return found && found[0].length === 1 ? found[2] : null;
  }

  function showHelp() {
    const names = { Enter: Proof.t("Enter"), "Ctrl+Enter": `Ctrl+${Proof.t("Enter")}`, Escape: Proof.t("Escape") };
    const sections = GROUPS().map(([title, keys]) => h("section", {}, h("h3", {}, title), h("dl", { class: "keys" }, keys.map(([key, text]) => h("div", {}, h("dt", {}, h("kbd", {}, names[key] || key)), h("dd", {}, text))))));
    return Proof.dialogs.open(Proof.t("Keys"), [h("div", { class: "key-groups" }, sections)], [{ value: "", label: Proof.t("Close"), main: true }]);
  }

  Proof.keyboard = { start, showHelp };
})();

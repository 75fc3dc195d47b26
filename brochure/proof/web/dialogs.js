"use strict";
// Modal dialogs, and short notices at the lower edge of the window.
(() => {
  const { h } = Proof.dom;
  const NOTICE_TIME = 5000; // milliseconds

  // Show a modal dialog; resolves to the `value` of the button that closed it, or "" for Escape.
  function open(title, content, buttons) {
    return new Promise((resolve) => {
      const titleId = `dialog-${Math.random().toString(36).slice(2)}`;
      const before = document.activeElement;
      const dialog = h("dialog", { class: "dialog", "aria-labelledby": titleId },
        h("h2", { id: titleId }, title),
        h("div", { class: "dialog-content" }, content),
        h("div", { class: "dialog-buttons" }, buttons.map((one) =>
          h("button", { type: "button", class: one.main ? "button main" : "button", "data-value": one.value, onclick: () => dialog.close(one.value) }, one.label))));
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (before && before.isConnected) before.focus();
        resolve(dialog.returnValue);
      });
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  // Show a notice for some seconds; screen readers read it.
  function notify(text, kind = "note") {
    const region = document.querySelector(".notices");
    const notice = h("div", { class: `notice ${kind}` }, text);
    for (const old of region.querySelectorAll(`.notice.${kind}`)) old.remove(); // the newest is enough
    region.append(notice);
    setTimeout(() => notice.remove(), kind === "error" ? 3 * NOTICE_TIME : NOTICE_TIME);
  }

  // Run a task; if it fails, show why and return undefined.
  async function attempt(task) {
    try {
      return await task();
    } catch (failure) {
      notify(failure.message || String(failure), "error");
      return undefined;
    }
  }

  Proof.dialogs = { open, notify, attempt };
})();

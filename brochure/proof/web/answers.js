"use strict";
// Complete the server's answers with what the interface derives from them: names, pages of messages, chips.
(() => {
  // The names of the languages are in these languages themselves, as in other language menus.
  function editionName(edition) {
    let name = edition.language;
    try {
      name = new Intl.DisplayNames([edition.language], { type: "language" }).of(edition.language) || name;
    } catch {
      name = edition.language;
    }
    return edition.office ? `${name} (${edition.office})` : name;
  }

  function readProject(project) {
    const editions = project.editions.map((one) => ({ ...one, name: one.name || editionName(one) }));
    return { ...project, title: project.title || project.brochure, editions };
  }

  // Add to each message the pages that it is on, and to the edition empty lists for what it does not have.
  function readEdition(edition) {
    const pages = new Map();
    for (const page of edition.pages) {
      for (const area of page.areas) {
        if (!area.key) continue;
        if (!pages.has(area.key)) pages.set(area.key, []);
        if (!pages.get(area.key).includes(page.number)) pages.get(area.key).push(page.number);
      }
    }
    const messages = edition.messages.map((one) => ({ ...one, pages: pages.get(one.key) || [] }));
    return { ...edition, messages, comments: edition.comments || [], faults: edition.faults || [], inks: edition.inks || [] };
  }

  // The frame of a page that an area is in: the smallest one around its middle.
  function frameOf(page, area) {
    const [x, y] = middleOf(area.rects[0] || [0, 0, 0, 0]);
    const isAround = ([left, low, width, height]) => x >= left && x <= left + width && y >= low && y <= low + height;
    return [...page.frames].reverse().find((frame) => isAround(frame.rects[0])) || null;
  }

  const middleOf = ([x, y, width, height]) => [x + width / 2, y + height / 2];

  // Chips are the parts of the source and of the translation that are not plain text. `text` becomes what the field shows at first.
  function readMessage(message) {
    const segments = [...(message.source_segments || []), ...(message.segments || [])].filter((one) => one.kind !== "text");
    const chips = segments.map((one) => ({ token: one.text, kind: one.kind, label: one.label }));
    const required = (message.source_segments || []).filter((one) => one.kind !== "text").map((one) => one.text);
    const saved = message.saved || { text: message.text, fuzzy: false };
    return { ...message, chips, required, disk: message.editable ? saved : { ...saved, text: message.text }, comments: message.comments || [] };
  }

  // Return a file's path in the project. The server names files as they were named on the command line.
  function pathInProject(file) {
    const folder = (Proof.state.project.folder || "").split(/[\\/]/).filter(Boolean);
    const parts = file.split(/[\\/]/).filter((one) => one && one !== ".");
    for (let count = Math.min(folder.length, parts.length - 1); count > 0; count -= 1) {
      if (parts.slice(0, count).join("/") === folder.slice(-count).join("/")) return parts.slice(count).join("/");
    }
    return parts.join("/");
  }

  Proof.answers = { frameOf, pathInProject, readProject, readEdition, readMessage };
})();

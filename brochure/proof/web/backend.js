"use strict";
// The live proof's server: addresses relative to this page, JSON in both directions.
(() => {
  class ServerError extends Error {
    constructor(message, status, body) {
      super(message);
      this.status = status;
      this.body = body;
    }
  }

  async function request(address, options) {
    let response;
    try {
      response = await fetch(address, { cache: "no-store", credentials: "same-origin", ...options });
    } catch {
      Proof.emit("connection", false);
      throw new ServerError(Proof.t("The proof's server does not answer; start `brochure proof` again."), 0, null);
    }
    return response;
  }

  async function askJson(address, options) {
    const response = await request(address, options);
    let body = null;
    try {
      body = await response.json();
    } catch {
      body = null;
    }
    if (!response.ok) throw new ServerError((body && body.error) || response.statusText, response.status, body);
    return body;
  }

  function post(address, value) {
    const headers = { "Content-Type": "application/json" };
    return askJson(address, { method: "POST", headers, body: JSON.stringify(value) });
  }

  const editionAddress = (id) => `api/edition/${id.split("/").map(encodeURIComponent).join("/")}`;

  class LiveBackend {
    constructor() {
      this.live = true;
    }

    project() {
      return askJson("api/project");
    }

    interfaceStrings(language) {
      return askJson(`interface/${encodeURIComponent(language)}.json`);
    }

    edition(id) {
      return askJson(editionAddress(id));
    }

    // Return the text of a page's SVG; `view` is composite or plate.
    async pageSvg(id, page, view, ink) {
      if (view === "composite" && page.svg && page.svg.trimStart().startsWith("<")) return page.svg;
      const query = new URLSearchParams({ v: page.version, view });
      if (ink) query.set("ink", ink);
      const response = await request(`${editionAddress(id)}/page/${page.number}.svg?${query}`);
      if (!response.ok) throw new ServerError(response.statusText, response.status, null);
      return response.text();
    }

    message(id, key) {
      return askJson(`${editionAddress(id)}/message?${new URLSearchParams({ key })}`);
    }

    preview(id, key, text) {
      return post(`${editionAddress(id)}/preview`, { key, text });
    }

    save(id, value) {
      return post(`${editionAddress(id)}/save`, value);
    }

    addComment(value) {
      return post("api/comments", value);
    }

    resolveComment(key, id, resolved) {
      return post("api/comments/resolve", { key, id, resolved });
    }

    approvals() {
      return askJson("api/approvals");
    }

    approve(edition, pages, name) {
      return post("api/approve", { edition, pages, name });
    }

    openFile(file, line, column) {
      return post("api/open", { file, line, column });
    }

    // Report changes of the project's files; the browser connects again by itself.
    listen(action) {
      const source = new EventSource("api/events");
      source.onopen = () => Proof.emit("connection", true);
      source.onerror = () => Proof.emit("connection", false);
      source.onmessage = (event) => {
        try {
          action(JSON.parse(event.data));
        } catch {
          // An event that is not JSON is not one of ours.
        }
      };
      window.addEventListener("pagehide", () => source.close());
    }
  }

  Proof.LiveBackend = LiveBackend;
  Proof.ServerError = ServerError;
})();

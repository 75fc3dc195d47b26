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
      response = await fetch(address, { credentials: "same-origin", ...options });
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
    if (!response.ok) throw new ServerError(describeFailure(body, response), response.status, body);
    return body;
  }

  // The findings of faulty input say more than the summary.
  function describeFailure(body, response) {
    if (!body) return `${response.status} ${response.statusText}`;
    const findings = (body.findings || []).map((one) => [one.file && `${one.file}:${one.line}:`, one.message, one.hint && `– ${one.hint}`].filter(Boolean).join(" "));
    return findings.length ? findings.join("\n") : body.error || response.statusText;
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

    async project() {
      return Proof.answers.readProject(await askJson("api/project"));
    }

    interfaceStrings(language) {
      return askJson(`interface/${encodeURIComponent(language)}.json`);
    }

    async edition(id) {
      return Proof.answers.readEdition(await askJson(editionAddress(id)));
    }

    // Return the text of a page's SVG; `view` is composite or plate.
    async pageSvg(id, page, view, ink) {
      if (view === "composite" && page.svg && page.svg.trimStart().startsWith("<")) return page.svg;
      const query = new URLSearchParams({ v: page.version });
      if (view === "plate") query.set("ink", ink);
      const response = await request(`${editionAddress(id)}/page/${page.number}.svg?${query}`);
      if (!response.ok) throw new ServerError(response.statusText, response.status, null);
      return response.text();
    }

    // Return a picture of a page as a data: URL.
    async picture(address) {
      const response = await request(address);
      const data = await response.blob();
      return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(data);
      });
    }

    async message(id, key) {
      return Proof.answers.readMessage(await askJson(`${editionAddress(id)}/message?${new URLSearchParams({ key })}`));
    }

    async preflight(id) {
      return (await askJson(`${editionAddress(id)}/preflight`)).findings;
    }

    fit(id, key) {
      return askJson(`${editionAddress(id)}/fit?${new URLSearchParams({ key })}`);
    }

    preview(id, key, text) {
      return post(`${editionAddress(id)}/preview`, { key, text });
    }

    async save(id, value) {
      const answer = await post(`${editionAddress(id)}/save`, value);
      return Proof.answers.readMessage(answer.message);
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

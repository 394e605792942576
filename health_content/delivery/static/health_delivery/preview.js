/**
 * Previews for a front end, without dependencies. Copy this file, or import it from the site's static files.
 *
 *   const preview = new Preview({ api: 'https://cms.example.org/api/content/v1/', onDraft: show });
 *   await preview.start();
 *
 * `onDraft(document)` is called with the draft at first, and whenever it is another. It has its `source_map`.
 */
export class Preview {
  constructor({ api, onDraft, onEnd = () => {}, include = 'source_map', pollSeconds = 3 }) {
    Object.assign(this, { api, onDraft, onEnd, include, pollSeconds });
    this.token = null;
    this.editor = null; // The origin of the editor, as the API names it.
    this.etag = null;
  }

  /** Exchange the code in this page's address, show the draft, and follow it. False without a code. */
  async start() {
    const address = new URL(window.location.href);
    const code = address.searchParams.get('code');
    if (!code) return false;
    // A code is good once: what is left in the address, the history and Referer headers must not hold it.
    ['code', 'token', 'content_type'].forEach((name) => address.searchParams.delete(name));
    window.history.replaceState(null, '', address);
    if (!(await this.exchange(code))) return false;
    await this.load();
    window.addEventListener('message', (event) => this.receive(event));
    if (this.isFramed) window.parent.postMessage({ type: 'healthpress:preview-ready' }, '*'); // It holds no secret.
    else this.poll();
    return true;
  }

  get isFramed() {
    return window.parent !== window;
  }

  async exchange(code) {
    const response = await fetch(`${this.api}preview/sessions/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (!response.ok) return this.end(response);
    const session = await response.json();
    Object.assign(this, { token: session.token, editor: session.editor_origin, session, etag: null });
    return true;
  }

  /** Fetch the draft; hand it on when it is not the one shown. */
  async load() {
    const headers = { Authorization: `Bearer ${this.token}` };
    if (this.etag) headers['If-None-Match'] = this.etag;
    const url = `${this.api}preview/document/?include=${this.include}`;
    const response = await fetch(url, { headers, credentials: 'omit', cache: 'no-store' });
    if (response.status === 304) return true;
    if (!response.ok) return this.end(response);
    this.etag = response.headers.get('ETag');
    this.onDraft(await response.json());
    return true;
  }

  /** The editor says that the draft changed, and gives a new code, for the case that the token is over by now. */
  async receive(event) {
    const isEditor = event.origin === this.editor || event.origin === window.location.origin;
    if (!isEditor || event.source !== window.parent || event.data?.type !== 'healthpress:preview-changed') return;
    const isOver = Date.parse(this.session.expires_at) - Date.now() < 60_000;
    if (!isOver || (await this.exchange(event.data.code))) await this.load();
  }

  poll() {
    const next = async () => (await this.load().catch(() => true)) && this.poll();
    setTimeout(() => (document.hidden ? this.poll() : next()), this.pollSeconds * 1000);
  }

  /** Lead the editor to the place of a part: in the editor around this frame, or in a window of its own. */
  edit(place) {
    const isHere = this.isFramed && place.kind === 'page' && place.content_path;
    const message = { type: 'healthpress:preview-edit', content_path: place.content_path };
    if (isHere) window.parent.postMessage(message, this.editor ?? window.location.origin);
    else if (place.edit_url) window.open(place.edit_url, '_blank', 'noopener');
  }

  end(response) {
    this.onEnd(response.status);
    return false;
  }
}

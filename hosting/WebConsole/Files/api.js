// Asks the public API, as whoever has signed in.

const stored = 'platform.key';

/** A refusal, as the API said it (RFC 9457), or that there was no answer. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.error ?? problem.title ?? `HTTP ${status}`);
    Object.assign(this, { status, problem, code: problem.code ?? null });
  }
}

export const key = {
  get: () => sessionStorage.getItem(stored),
  set: value => sessionStorage.setItem(stored, value),
  forget: () => sessionStorage.removeItem(stored),
};

let actor = null;

/** Where nobody is asked for a key, history names the console. */
export const actAs = name => { actor = name; };

/** An answer as JSON; null of one without a body. */
export async function ask(method, path, { body, signal, headers } = {}) {
  const answer = await send(method, path, { body, signal, headers: { accept: 'application/json', ...headers } });
  return answer.status === 204 ? null : answer.json();
}

export const read = (path, signal) => ask('GET', path, { signal });

/** Every item of a list that comes in pages, up to a number of them. */
export async function readAll(path, signal, most = 1000) {
  const items = [];
  for (let after = null; items.length < most;) {
    const page = await read(`${path}${path.includes('?') ? '&' : '?'}limit=${Math.min(100, most)}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`, signal);
    items.push(...page.items);
    after = page.next ?? null;
    if (after === null) break;
  }
  return items;
}

/** The answer itself, once it is a good one. The browser asks for no password of its own: without credentials it does not see the challenge. */
export async function send(method, path, { body, signal, headers } = {}) {
  const options = { method, signal, credentials: 'omit', cache: 'no-store', headers: { ...headers } };
  if (key.get()) options.headers.authorization = `Bearer ${key.get()}`;
  if (actor && method !== 'GET') options.headers['x-actor'] = actor;
  if (body !== undefined) Object.assign(options, { body: JSON.stringify(body), headers: { ...options.headers, 'content-type': 'application/json' } });
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (error) {
    throw unanswered(error);
  }
  if (answer.ok) return answer;
  throw new ApiError(answer.status, await problemOf(answer));
}

const unanswered = error => error.name === 'AbortError' ? error : new ApiError(0, { detail: null });

async function problemOf(answer) {
  const text = await answer.text();
  try {
    const problem = JSON.parse(text);
    return typeof problem === 'object' && problem ? problem : { detail: text };
  } catch {
    return { detail: text.slice(0, 500) || answer.statusText };
  }
}

/** Events as they come (server-sent events), from after a number of them, until the signal. Comes back when the stream ends. */
export async function follow(path, after, signal, take) {
  const answer = await send('GET', path, { signal, headers: { accept: 'text/event-stream', 'last-event-id': String(after) } });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch(error => { throw unanswered(error); });
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').filter(line => line.startsWith('data:')).map(line => line.slice(5).trim()).join('\n');
      if (data) take(JSON.parse(data));
    }
  }
}

export const path = (...parts) => '/' + parts.map(part => encodeURIComponent(part)).join('/');

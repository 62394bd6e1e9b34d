// The latest events, and then those that come.

import { ApiError, follow, read } from './api.js';

const pause = 1000;

const isPassing = error => error instanceof ApiError && [0, 429, 502, 503, 504].includes(error.status);

/** Hands over events, the newest first: about so many of the past in one go, then each as it happens. */
export async function followEvents(signal, most, take) {
  const { sequence } = await read('/v1/deployments?limit=1', signal);
  let after = Math.max(0, (sequence ?? 0) - most);
  const past = [];
  for (;;) {
    const page = await read(`/v1/events?limit=1000&after=${after}`, signal);
    past.unshift(...page.items.toReversed());
    after = page.items.at(-1)?.sequence ?? after;
    if (!page.next || page.items.length === 0) break;
  }
  take(past.slice(0, most), after);
  while (!signal.aborted) {
    try {
      await follow('/v1/events', after, signal, event => {
        after = event.sequence;
        take([event], after);
      });
    } catch (error) {
      // A connection that broke is made again; a refusal is told.
      if (signal.aborted || !isPassing(error)) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

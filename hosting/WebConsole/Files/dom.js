// Makes elements. Text is always text: nothing here reads markup.

const svgNamespace = 'http://www.w3.org/2000/svg';

const create = namespace => (tag, attributes, ...children) => {
  const element = namespace ? document.createElementNS(namespace, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value);
  append(element, children);
  return element;
};

/** An element of HTML: h('a', { href: '#/' }, 'Home'). A function is a listener, false and null leave an attribute out. */
export const h = create(null);

/** The same of SVG. */
export const s = create(svgNamespace);

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
  else if (name === 'value') element.value = value;
  else element.setAttribute(name, value === true ? '' : value);
}

function append(element, children) {
  for (const child of children.flat(Infinity))
    if (child !== null && child !== undefined && child !== false) element.append(child);
}

/** Puts other content in a place. What has a data-key and was focused or open stays so. */
export function replace(place, ...children) {
  const focused = place.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const open = [...place.querySelectorAll('details[open][data-key]')].map(keyOf);
  place.replaceChildren();
  append(place, children);
  for (const details of place.querySelectorAll('details[data-key]')) if (open.includes(keyOf(details))) details.open = true;
  if (focused) [...place.querySelectorAll('[data-key]')].find(element => keyOf(element) === focused)?.focus({ preventScroll: true });
}

const keyOf = element => element.dataset?.key;

let counter = 0;

/** An id that no other element has. */
export const uniqueId = prefix => `${prefix}-${++counter}`;

/** Offers a file to save. */
export function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

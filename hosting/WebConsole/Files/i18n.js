// English is the language of the source; another language is a dictionary from it.

const stored = 'platform.lang';
const dictionaries = { zh: () => import('./zh.js') };

let words = {};

export let language = 'en';

/** The language by ?lang=, by what was chosen before, by the browser. */
export async function chooseLanguage() {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked) remember(asked);
  const wanted = [asked, localStorage.getItem(stored), ...navigator.languages].find(name => name && known(name));
  language = wanted ? known(wanted) : 'en';
  words = dictionaries[language] ? (await dictionaries[language]()).words : {};
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
}

export async function changeLanguage(to) {
  remember(to);
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.set('lang', to);
    history.replaceState(null, '', address);
  }
  await chooseLanguage();
}

const remember = name => { if (known(name)) localStorage.setItem(stored, known(name)); };

const known = name => ['en', 'zh'].find(language => name.toLowerCase().startsWith(language));

/** A text in the reader's language, with {0}, {1} … replaced. */
export function t(text, ...values) {
  return (words[text] ?? text).replace(/\{(\d)\}/g, (_, at) => values[at]);
}

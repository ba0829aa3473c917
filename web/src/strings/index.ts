import { en } from './en';

/** Every text of every page in one language. A language that lacks one does not build. */
export type Strings = typeof en;
export type Language = 'en' | 'uk' | 'fr';
export const languages: { id: Language; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'uk', name: 'Українська' },
  { id: 'fr', name: 'Français' }
];

/** The texts in use. Pages are mounted anew when the language changes, so read it when drawing. */
export let t: Strings = en;
export let language: Language = 'en';

const kept = 'guarantor.language';

/** What was chosen here before, else what the browser asks for, else English. */
export function usualLanguage(): Language {
  const wanted = [localStorage.getItem(kept) ?? '', ...navigator.languages];
  for (const tag of wanted) {
    const found = languages.find(({ id }) => tag.toLowerCase().split('-')[0] === id);
    if (found) return found.id;
  }
  return 'en';
}

export async function loadLanguage(wanted: Language): Promise<void> {
  if (wanted === 'uk') t = (await import('./uk')).uk;
  else if (wanted === 'fr') t = (await import('./fr')).fr;
  else t = en;
  language = wanted;
  document.documentElement.lang = wanted;
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  await loadLanguage(wanted);
  localStorage.setItem(kept, wanted);
}

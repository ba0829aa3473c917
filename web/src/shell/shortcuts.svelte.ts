import { undoLast } from '../components/toasts.svelte';
import { pages } from '../pages';
import { t } from '../strings';
import { go } from './place.svelte';

/** One key of a page, shown in the list that `?` opens. */
export interface Shortcut {
  key: string;
  what: string;
  run: () => void;
}

export const keyboard = $state({ help: false, ofPage: [] as Shortcut[] });

/** Keys of a component, for as long as it is there. Call it while the component is made. */
export function shortcuts(list: () => Shortcut[]): void {
  $effect(() => {
    const mine = list();
    keyboard.ofPage = [...mine];
    return () => {
      keyboard.ofPage = [];
    };
  });
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Listens to keys that mean the same everywhere. Where somebody types, keys are letters. */
export function listenToKeys(): () => void {
  let goes = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    const act = (run: () => void) => {
      event.preventDefault();
      run();
    };
    if (goes) {
      goes = false;
      const page = pages.find(({ key }) => key === event.key);
      if (page) act(() => go(page.path));
      return;
    }
    if (event.key === 'g') {
      goes = true;
      clearTimeout(timer);
      timer = setTimeout(() => (goes = false), 1500);
    } else if (event.key === '?') act(() => (keyboard.help = true));
    else if (event.key === '/') act(() => document.querySelector<HTMLInputElement>('main [data-filter]')?.focus());
    else if (event.key === 'z') act(() => void undoLast());
    else {
      const found = keyboard.ofPage.find(({ key }) => key === event.key);
      if (found) act(found.run);
    }
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

export function everywhere(): { keys: string[]; what: string }[] {
  return [
    ...pages.map((page) => ({ keys: ['g', page.key], what: t.keys.go(page.title(t)) })),
    { keys: ['/'], what: t.keys.filter },
    { keys: ['z'], what: t.keys.undo },
    { keys: ['?'], what: t.keys.help },
    { keys: ['Esc'], what: t.keys.close }
  ];
}

export type Theme = 'system' | 'light' | 'dark';

const kept = 'guarantor.theme';

function read(): Theme {
  const word = localStorage.getItem(kept);
  return word === 'light' || word === 'dark' ? word : 'system';
}

export const theme = $state({ chosen: read() });

/** Puts the choice on the page; `system` leaves it to the style sheet. */
export function applyTheme(): void {
  if (theme.chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.chosen;
}

export function chooseTheme(wanted: Theme): void {
  theme.chosen = wanted;
  localStorage.setItem(kept, wanted);
  applyTheme();
}

import { mount } from 'svelte';
import './tokens.css';
import './base.css';
import App from './shell/App.svelte';
import { loadLanguage, usualLanguage } from './strings';
import { applyTheme } from './shell/theme.svelte';

applyTheme();
await loadLanguage(usualLanguage());
mount(App, { target: document.getElementById('app')! });

import { floor } from './floor_fr';
import type { Strings } from './index';
import { plural } from './plural';

const many = (count: number, one: string, other: string): string => plural('fr', count, { one, other });

export const fr: Strings = {
  ...floor,
  pages: { pot: 'Offres', plan: 'Plan', map: 'Carte', watch: 'Veille', brief: 'Note', signIn: 'Connexion' },
  shell: {
    name: 'Guarantor',
    skip: 'Aller au contenu',
    pages: 'Pages',
    settings: 'Langue et couleurs',
    language: 'Langue',
    colours: 'Couleurs',
    system: 'Comme le système',
    light: 'Claires',
    dark: 'Sombres',
    live: 'En direct',
    connecting: 'Connexion…',
    down: 'Hors connexion : ce que vous voyez peut être ancien. Nouvel essai en cours.',
    liveLong: 'Les changements des autres se voient aussitôt',
    notFound: 'Il n’y a pas de page ici',
    notFoundHint: 'L’adresse vient peut-être d’une autre version. Choisissez une page ci-dessus.',
    loading: 'Chargement…',
    close: 'Fermer',
    cancel: 'Annuler',
    keep: 'Enregistrer',
    undo: 'Rétablir',
    undone: 'Rétabli',
    yes: 'Oui',
    no: 'Non',
    retry: 'Réessayer',
    more: (count: number) => `En montrer ${count} de plus`,
    noScenario: 'Il n’y a pas encore de scénario',
    noScenarioHint: 'Qui tient ce serveur en apporte un : guarantor store import FOLDER --store FILE',
    version: (program: string) => `Guarantor ${program}`
  },
  keys: {
    title: 'Clavier',
    help: 'Cette liste',
    go: (page: string) => `Aller à : ${page}`,
    filter: 'Filtrer le tableau',
    move: 'Se déplacer dans un tableau',
    open: 'Ouvrir la ligne',
    undo: 'Annuler le dernier changement',
    close: 'Fermer ce qui est ouvert',
    create: 'En commencer un nouveau',
    everywhere: 'Partout',
    tables: 'Dans les tableaux',
    thisPage: 'Sur cette page',
    then: 'puis'
  },
  errors: {
    network: 'Le serveur ne répond pas',
    networkDetail: 'Rien n’a été changé, à la connaissance de cette page.',
    networkHint: 'Vérifiez la connexion, puis réessayez. Ce que vous avez écrit est encore là.',
    changed: 'Quelqu’un l’a changé entre-temps',
    changedHint: 'Regardez ce qu’il en est, puis gardez le vôtre ou prenez le sien.',
    unexpected: 'Quelque chose s’est mal passé dans cette page'
  },
  session: {
    title: 'Connexion',
    lead: 'Des nations garantissent ensemble un cessez-le-feu. Qu’apportent-elles, est-ce assez, qui doit agir et quand ?',
    name: 'Compte',
    password: 'Mot de passe',
    signIn: 'Se connecter',
    signOut: 'Se déconnecter',
    asPublic: 'Continuer sans se connecter',
    asPublicHint: 'Vous voyez ce qui est ouvert à tous.',
    first: 'Choisissez votre propre mot de passe',
    firstHint: 'Celui qu’on vous a donné ne servait qu’une fois. Au moins 12 caractères, dont cinq différents, sans le nom du compte.',
    change: 'Changer le mot de passe',
    old: 'Mot de passe actuel',
    fresh: 'Nouveau mot de passe',
    again: 'Nouveau mot de passe, encore une fois',
    notEqual: 'Les deux ne sont pas égaux.',
    changed: 'Le mot de passe est changé',
    ended: 'Veuillez vous reconnecter',
    endedHint: 'Votre session est terminée. Ce que vous avez écrit est encore là et sera envoyé après la connexion.',
    giveUp: 'Continuer sans',
    menu: (name: string) => `Compte ${name}`,
    nation: (nation: string) => `pour ${nation}`,
    signedOut: 'Vous êtes déconnecté.',
    show: 'Montrer'
  },
  roles: {
    public: 'Public',
    delegate: 'Délégué',
    planner: 'Planificateur',
    monitor: 'Observateur',
    verifier: 'Vérificateur',
    commission: 'Commission',
    'decision-maker': 'Décideur',
    auditor: 'Auditeur',
    controller: 'Administrateur'
  },
  table: {
    filter: 'Filtrer',
    rows: (count: number) => many(count, '# ligne', '# lignes'),
    rowsOf: (count: number, of: number) => `${count} sur ${many(of, '# ligne', '# lignes')}`,
    ascending: 'ordre croissant',
    descending: 'ordre décroissant',
    sortBy: (column: string) => `Trier par ${column}`,
    nothing: 'Aucune ligne ne répond au filtre',
    clear: 'Effacer le filtre',
    download: 'Télécharger',
    notStated: 'non indiqué'
  },
  confidence: {
    reported: 'rapporté',
    estimated: 'estimé',
    illustrative: 'illustratif'
  }
};

import { floor } from './floor_uk';
import type { Strings } from './index';
import { plural } from './plural';

const many = (count: number, one: string, few: string, other: string): string =>
  plural('uk', count, { one, few, many: other, other });

export const uk: Strings = {
  ...floor,
  pages: { pot: 'Внески', plan: 'План', map: 'Карта', watch: 'Нагляд', brief: 'Довідка', signIn: 'Вхід' },
  shell: {
    name: 'Guarantor',
    skip: 'Перейти до змісту',
    pages: 'Сторінки',
    settings: 'Мова й кольори',
    language: 'Мова',
    colours: 'Кольори',
    system: 'Як у системі',
    light: 'Світлі',
    dark: 'Темні',
    live: 'Наживо',
    connecting: 'З’єднання…',
    down: 'Немає з’єднання: показане може бути застарілим. Пробуємо знову.',
    liveLong: 'Зміни інших видно одразу',
    notFound: 'Такої сторінки немає',
    notFoundHint: 'Адреса може бути з іншої версії. Виберіть сторінку вгорі.',
    loading: 'Завантаження…',
    close: 'Закрити',
    cancel: 'Скасувати',
    keep: 'Зберегти',
    undo: 'Повернути',
    undone: 'Повернуто',
    yes: 'Так',
    no: 'Ні',
    retry: 'Спробувати знову',
    more: (count: number) => `Показати ще ${count}`,
    noScenario: 'Сценарію ще немає',
    noScenarioHint: 'Його додає той, хто веде сервер: guarantor store import FOLDER --store FILE',
    version: (program: string) => `Guarantor ${program}`
  },
  keys: {
    title: 'Клавіатура',
    help: 'Цей перелік',
    go: (page: string) => `Перейти: ${page}`,
    filter: 'Відібрати рядки таблиці',
    move: 'Рухатися таблицею',
    open: 'Відкрити рядок',
    undo: 'Повернути останню зміну',
    close: 'Закрити відкрите',
    create: 'Почати новий',
    everywhere: 'Усюди',
    tables: 'У таблицях',
    thisPage: 'На цій сторінці',
    then: 'потім'
  },
  errors: {
    network: 'Сервер не відповідає',
    networkDetail: 'Наскільки відомо цій сторінці, нічого не змінено.',
    networkHint: 'Перевірте з’єднання і спробуйте ще раз. Введене залишилося тут.',
    changed: 'Тим часом це змінив хтось інший',
    changedHint: 'Подивіться, як тепер, і залиште своє або візьміть чуже.',
    unexpected: 'На цій сторінці щось пішло не так'
  },
  session: {
    title: 'Вхід',
    lead: 'Держави разом гарантують припинення вогню. Що внесено, чи цього досить, хто й коли має діяти?',
    name: 'Обліковий запис',
    password: 'Пароль',
    signIn: 'Увійти',
    signOut: 'Вийти',
    asPublic: 'Продовжити без входу',
    asPublicHint: 'Видно те, що відкрито для всіх.',
    first: 'Виберіть власний пароль',
    firstHint: 'Виданий пароль був на один раз. Щонайменше 12 знаків, п’ять різних, без назви облікового запису.',
    change: 'Змінити пароль',
    old: 'Теперішній пароль',
    fresh: 'Новий пароль',
    again: 'Новий пароль ще раз',
    notEqual: 'Паролі не збігаються.',
    changed: 'Пароль змінено',
    ended: 'Увійдіть ще раз',
    endedHint: 'Сеанс завершився. Введене залишилося тут і буде надіслане після входу.',
    giveUp: 'Продовжити без входу',
    menu: (name: string) => `Обліковий запис ${name}`,
    nation: (nation: string) => `· ${nation}`,
    signedOut: 'Ви вийшли.',
    show: 'Показати'
  },
  roles: {
    public: 'Громадськість',
    delegate: 'Делегат',
    planner: 'Планувальник',
    monitor: 'Спостерігач',
    verifier: 'Перевіряльник',
    commission: 'Комісія',
    'decision-maker': 'Особа, що ухвалює рішення',
    auditor: 'Аудитор',
    controller: 'Адміністратор'
  },
  table: {
    filter: 'Відібрати',
    rows: (count: number) => many(count, '# рядок', '# рядки', '# рядків'),
    rowsOf: (count: number, of: number) => `${count} з ${of}`,
    ascending: 'за зростанням',
    descending: 'за спаданням',
    sortBy: (column: string) => `Упорядкувати: ${column}`,
    nothing: 'Жоден рядок не відповідає відбору',
    clear: 'Зняти відбір',
    download: 'Завантажити',
    notStated: 'не зазначено'
  },
  confidence: {
    reported: 'повідомлено',
    estimated: 'оцінено',
    illustrative: 'умовно'
  }
};

# Made by a machine from the English catalogue; no person who speaks the language has reviewed it.
-reviewed = no
language = Русский
tagline = Что показывает приложение и какие байты это подтверждают
title-page = { $app }: что оно показывает
skip = Перейти к выводам
unnamed-app = Приложение без названия
package = Пакет
version = версия
not-stated = не указано
signed-by = Подписано
no-signer = Подписавшего прочитать не удалось.
nameless-certificate = сертификат без имени
certificate = сертификат
file = Файл
file-size = { $n ->
    [one] { $n } байт
    [few] { $n } байта
   *[other] { $n } байт
}
more-files = { $n ->
    [one] ещё { $n } файл
    [few] ещё { $n } файла
   *[other] ещё { $n } файлов
}
summary = Краткое изложение
what-it-shows = Что оно показывает
what-we-could-not-see = Чего мы не смогли увидеть
unreviewed = Русские слова этой страницы созданы машиной и никем не проверены. Непереведённое осталось на английском. Приведённые байты одинаковы на всех языках.
masked = В этой копии скрыты имена, номера, адреса, образцы списков и ключи (правило «{ $policy }»). Знак вида [7f3a…] — хеш с солью: у кого есть соль и значение, тот может доказать их соответствие.
chapter-asks = Спрашивает
chapter-takes = Берёт
chapter-keeps = Хранит
chapter-marks = Помечает
chapter-sends = Отправляет
chapter-embeds = Содержит
chapter-hides = Скрывает
chapter-orders = Велит
question-asks = О чём оно спрашивает людей или что велит оператору вводить о них?
question-takes = Что оно считывает с устройства и вокруг него?
question-keeps = Какие записи оно создаёт и хранит?
question-marks = Кого или что оно сортирует, помечает, сравнивает, оценивает?
question-sends = Что уходит, кому, в каком виде и как защищено?
question-embeds = Чей код и чьи секреты внутри, кто его сделал?
question-hides = Что мешает чтению; какие следы оно оставляет или стирает?
question-orders = Что оно заставляет делать оператора или телефон?
answer-asks = Показывает: { $what }
answer-takes = Содержит: { $what }
answer-keeps = Может создавать: { $what }
answer-marks = Содержит: { $what }
answer-sends = Содержит: { $what }
answer-embeds = Содержит: { $what }
answer-hides = Содержит: { $what }
answer-orders = Содержит: { $what }
answer-whole = { $answer }.
answer-people = { $answer }; касается: { $people }.
answer-nothing = В том, что удалось прочитать, ничего не найдено.
people-more = { $n ->
    [one] ещё { $n } вид сведений
    [few] ещё { $n } вида сведений
   *[other] ещё { $n } видов сведений
}
of-them = { $n ->
    [one] { $n } из них
    [few] { $n } из них
   *[other] { $n } из них
}
unencrypted = { $n ->
    [one] { $n } без шифрования
    [few] { $n } без шифрования
   *[other] { $n } без шифрования
}
kind-asks-screen = экраны: { $n }
kind-asks-field = поля для заполнения: { $n }
kind-asks-choice_list = списки выбора: { $n }
kind-asks-notice = уведомления людям: { $n }
kind-takes-device_data = чтения данных устройства: { $n }
kind-takes-permission = разрешения: { $n }
kind-takes-account_scan = поиски учётных записей: { $n }
kind-takes-file_scan = поиски по файлам: { $n }
kind-keeps-table = таблицы баз данных: { $n }
kind-keeps-record = форматы записей: { $n }
kind-keeps-file = файлы: { $n }
kind-keeps-preference = сохранённые настройки: { $n }
kind-keeps-provider = поставщики данных: { $n }
kind-keeps-pattern = общие черты записей: { $n }
kind-marks-code_book = кодовые списки: { $n }
kind-marks-watch_list = списки людей или предметов: { $n }
kind-marks-comparison = сравнения: { $n }
kind-marks-rule = правила: { $n }
kind-sends-endpoint = сетевые адреса: { $n }
kind-sends-request = запросы: { $n }
kind-sends-flow = потоки данных: { $n }
kind-sends-message = форматы сообщений: { $n }
kind-embeds-sdk = чужие библиотеки: { $n }
kind-embeds-native = нативные библиотеки: { $n }
kind-embeds-secret = секреты: { $n }
kind-embeds-attribution = следы создателей: { $n }
kind-hides-packer = места, где скрыты код или тексты: { $n }
kind-hides-dynamic_code = места загрузки кода: { $n }
kind-hides-reflection = вызовы по скрытому имени: { $n }
kind-hides-trace = оставленные следы: { $n }
kind-hides-erasure = удаления: { $n }
kind-hides-weakness = слабые места: { $n }
kind-orders-task = задания: { $n }
kind-orders-state = наборы состояний: { $n }
kind-orders-command = команды: { $n }
kind-orders-trigger = поводы к действию: { $n }
kind-orders-restriction = ограничения: { $n }
heading-asks-screen = Экраны
heading-asks-field = Поля для заполнения
heading-asks-choice_list = Списки выбора
heading-asks-notice = Уведомления людям
heading-takes-device_data = Чтения данных устройства
heading-takes-permission = Разрешения
heading-takes-account_scan = Поиски учётных записей
heading-takes-file_scan = Поиски по файлам
heading-keeps-table = Таблицы баз данных
heading-keeps-record = Форматы записей
heading-keeps-file = Файлы
heading-keeps-preference = Сохранённые настройки
heading-keeps-provider = Поставщики данных
heading-keeps-pattern = Кто, где, когда
heading-marks-code_book = Кодовые списки
heading-marks-watch_list = Списки людей или предметов
heading-marks-comparison = Сравнения
heading-marks-rule = Правила
heading-sends-endpoint = Сетевые адреса
heading-sends-request = Запросы
heading-sends-flow = Потоки данных
heading-sends-message = Форматы сообщений
heading-embeds-sdk = Чужие библиотеки
heading-embeds-native = Нативные библиотеки
heading-embeds-secret = Секреты
heading-embeds-attribution = Следы создателей
heading-hides-packer = Скрытые код и тексты
heading-hides-dynamic_code = Места загрузки кода
heading-hides-reflection = Вызовы по скрытому имени
heading-hides-trace = Оставленные следы
heading-hides-erasure = Удаления
heading-hides-weakness = Слабые места
heading-orders-task = Задания
heading-orders-state = Состояния
heading-orders-command = Команды
heading-orders-trigger = Поводы к действию
heading-orders-restriction = Ограничения
reach-reached = достижимо
reach-unreached = недостижимо
reach-unknown = достижимость неизвестна
tally-reached = достижимо для работающего кода: { $n }
tally-unreached = недостижимо: { $n }
tally-unknown = достижимость неизвестна: { $n }
reach-reached-says = Работающий код может прийти сюда этим путём:
reach-unreached-says = Ни один путь от известной точки входа сюда не ведёт. Это может быть мёртвый код или код, запускаемый способом, который не удалось прочитать.
reach-unknown-says = Неизвестно, приходит ли сюда работающий код.
strength-read = прочитано
strength-derived = выведено
strength-indicated = лишь указано
strength-read-says = Прочитано прямо из приведённых ниже байтов.
strength-derived-says = Выведено: следует из приведённых ниже байтов рассуждением о коде.
strength-indicated-says = Лишь указано: приведённые ниже байты намекают на это и не доказывают.
about-operator = оператор
about-user = пользователь
about-third_person = другие люди
about-unknown = неизвестно чьё
about-operator-says = Тот, кто работает с приложением.
about-user-says = Тот, на чьём телефоне оно работает.
about-third_person-says = Другие люди, которые не работают с приложением и не носят телефон.
about-unknown-says = Неизвестно, чьи это данные.
special-tally = об особых категориях: { $n }
special-category = особая категория
special-one-of = По меньшей мере одна — особая категория (GDPR ст. 9, LED ст. 10).
gaps-tally = { $n ->
    [one] { $n } пробел
    [few] { $n } пробела
   *[other] { $n } пробелов
}
places = { $n ->
    [one] { $n } место
    [few] { $n } места
   *[other] { $n } мест
}
reasons = { $n ->
    [one] { $n } причина
    [few] { $n } причины
   *[other] { $n } причин
}
more-reasons = { $n ->
    [one] ещё { $n } причина
    [few] ещё { $n } причины
   *[other] ещё { $n } причин
}
findings = { $n ->
    [one] { $n } вывод
    [few] { $n } вывода
   *[other] { $n } выводов
}
findings-shown = { $shown } из { $total } выводов
more = { $n ->
    [one] ещё { $n }
    [few] ещё { $n }
   *[other] ещё { $n }
}
may-hide = может скрывать: { $what }
anything = что угодно
nothing-known = ничего известного
read-of = прочитано { $read } из { $present } { $unit }
not-read = { $n ->
    [one] { $n } не прочитано
    [few] { $n } не прочитано
   *[other] { $n } не прочитано
}
read-whole = Прочитано целиком
no-coverage = Охват не записан: о непрочитанном ничего сказать нельзя.
places-not-seen = { $n ->
    [one] В { $n } место заглянуть не удалось
    [few] В { $n } места заглянуть не удалось
   *[other] В { $n } мест заглянуть не удалось
}
may-change = То, что там стоит, может изменить ответы рядом.
no-gap-met = Пробелов не встретилось. Прочитать всё не значит всё понять.
can-not-did = Вывод показывает, что приложение может, а не что кто-то это делал. Каждый опирается на байты файла с указанием места; «witnessmark verify» или обычные инструменты найдут их снова.
more-may-be-hidden = Здесь может скрываться больше:
not-all-read = Прочитано не всё.
no-gap-known = Неизвестно пробела, который скрыл бы ответ на этот вопрос. Вот что прочитано:
contents = Содержание
gaps = Пробелы
coverage = Охват
legal-readings = Правовые прочтения
how-to-read = Как это читать и проверять
search-off = Поиск и фильтры требуют JavaScript, который здесь выключен. Остальное работает без него: каждый вывод раскрывается и печатается раскрытым.
search-and-filter = Поиск и отбор выводов
search-label = Искать во всех выводах и доказательствах
search-placeholder = Искать выводы и доказательства
filter = Отбор
filter-chapter = Глава
filter-reach = Достижимость
filter-strength = Сила
filter-about = О ком
any = любое
special-only = Только особые категории
show-all = Показать всё
unfold = Раскрыть эти
fold = Свернуть
print = Печатать эти
own-words = Его собственными словами
particulars = В частности
personal-data = Персональные данные
about-whom = О ком
how-sure = Насколько верно
reach = Достижимость
not-shown = Чего это не показывает
evidence = Доказательства
yes = да
no = нет
not-known = неизвестно
language-unknown = язык неизвестен
gloss-from = перевод: { $origin }
at-byte = байт { $n }
check-this = Проверить самому
check-in = В { $file }, SHA-256 { $sha256 }; приведено как { $spelling }.
the-file = файл
reads-as-hex = байты в шестнадцатеричном виде
reads-as-utf-8 = текст, UTF-8
reads-as-mutf-8 = текст, изменённый UTF-8
reads-as-utf-16le = текст, UTF-16 LE
reads-as-gb18030 = текст, GB 18030
reads-as-latin-1 = текст, Latin-1
reads-as-sha256 = SHA-256 байтов
gaps-question = Куда никто не смог заглянуть?
gaps-answer = { $places }, { $reasons }.
gaps-none = Пробелов не встретилось.
coverage-question = Что прочитано, а что нет?
member = Часть
kind = Вид
present = Есть
read = Прочитано
unread = Не прочитано
unit = Единица
why-not = Почему нет
law-question = Что говорит об этом право?
law-answer = Прочтения, выведенные из находок выше. Ни одно не приговор и не оценка.
law-none = Правового прочтения этих выводов не делалось.
law-touched = затронуто положений: { $touched } из { $n }
law-supported = подтверждается выводами
law-contradicted = противоречит выводам
law-unknown = выводы оставляют открытым
law-claims = Что утверждают тексты самого приложения
bears-on = { $n ->
    [one] к этому относится { $n } вывод
    [few] к этому относятся { $n } вывода
   *[other] к этому относятся { $n } выводов
}
settles = Что решило бы вопрос
source = Источник
method = Метод
method-act-head = Вывод — не поступок.
method-act = Он говорит, что показывают байты приложения. Пользовался ли им кто-то, на ком и как часто — дело других доказательств.
method-reach-head = Достижимость и сила.
method-reach = Достижимость говорит, может ли работающий код прийти к найденному. Код, к которому ничто не ведёт, может быть мёртвым, или вызывающий его не прочитан. Сила говорит, прочитано ли предложение из байтов, выведено из них или лишь указано.
method-special-head = Особые категории
method-special = — те, что закон охраняет строже всего: этническое происхождение, политические взгляды, вера, членство в профсоюзе, гены, биометрия, здоровье, половая жизнь (GDPR ст. 9, LED ст. 10).
method-nothing-head = Ничего не найдено
method-nothing = значит: не найдено в прочитанном. Пробелы и охват выше говорят, что не прочитано.
method-check-head = Чтобы проверить цитату,
method-check = возьмите файл, чей SHA-256 указан вверху, откройте «{ check-this }» под цитатой и выполните её строки, или пусть «witnessmark verify» перечитает все. Невидимые знаки, например меняющие направление текста, показаны так:
method-keys-head = Клавиши.
method-keys = / ведёт к поиску, стрелки ↓ и ↑ ходят по выводам, Enter раскрывает один, Esc очищает поиск. Адрес страницы тогда называет вывод, чтобы его передать. При печати раскрывается показанное; отберите сначала, чтобы напечатать меньше.
footer = Эта страница показывает findings.json, формат { $format }, SHA-256 { $sha256 }. Она ничего не загружает и не отправляет.
picture-flows = Кто даёт, через что, кому
picture-flows-says = Каждая линия — прослеженное значение: через код или в запрос. Её толщина растёт с числом путей.
picture-sides-says = Путь данных слева направо не прослежен, поэтому стороны не соединены: слева — что приложение спрашивает или читает, справа — адреса в его собственном коде.
picture-gives = Что даётся
picture-through = Через
picture-gets = Кто получает
picture-records = Записи и их связи
picture-records-says = Таблицы и записи собственного кода приложения. Линия соединяет те, у которых есть поле с одним именем; это не доказывает, что их содержимое связано.
picture-books = Кодовые списки
picture-books-says = Кодированные значения и их подписи, как они стоят в приложении.
picture-triggers = Когда оно действует
picture-triggers-says = Каждая отметка — повод к действию; те, что с постоянным промежутком, стоят на оси времени.
picture-states = Какие состояния различает приложение
picture-states-says = Прямоугольник — код состояния и слово, которое приложение для него показывает. Стрелка — место, где код задаёт следующее состояние, или шаг, слово которого на это указывает.
picture-screens = Экраны, нарисованные по их разметке
picture-screens-says = Нарисованы только по разметке, не с работающего приложения. Номера — это номера полей.
picture-way = Путь данных
picture-way-says = От места входа через каждый шаг, прочитанный в коде, до места выхода. Серые имена — методы, в которых данные перемещаются.
on-event = по событию
by-time = по времени
every-second = 1 с
every-minute = 1 мин
every-hour = 1 ч
every-day = 1 день
every-week = 1 неделя
on-this-device = на этом устройстве
coverage-code = код программы
coverage-code-smali = код программы в виде smali
coverage-code-java = код программы в виде Java
coverage-code-reached = досягаемость кода программы
share-reached = выполняемый код доходит до { $read } из { $present } методов
coverage-texts-computed = тексты, которые составляет код
share-computed = { $read } из { $present } известны полностью
coverage-data = файлы данных
coverage-looks = картинки, звук, видео, шрифты, цвета, движения
coverage-media = картинки, звук, видео и шрифты
coverage-native = нативные библиотеки
coverage-library = нативные библиотеки
coverage-resources = слова и значения приложения
coverage-signature = подписи
coverage-web = веб-страницы и сценарии
coverage-archive = архивы внутри приложения
coverage-database = базы данных внутри приложения
coverage-document = документы
coverage-engine = файлы игрового или прикладного движка
coverage-model = модели машинного обучения
coverage-script = сценарии
coverage-text = простые тексты
coverage-unknown = файлы неизвестного вида
coverage-empty = пустые файлы
coverage-xml-layout = разметка экранов
coverage-xml-manifest = манифест
coverage-xml-menu = меню
coverage-xml-xml = настройки и прочие формы
coverage-xml-navigation = планы переходов
coverage-xml-drawable = рисованные картинки
coverage-xml-anim = движения экрана
coverage-xml-animator = движения экрана
coverage-xml-interpolator = движения экрана
coverage-xml-transition = движения экрана
coverage-xml-mipmap = значки
coverage-xml-color = цвета
coverage-xml-font = шрифты
unit-bytes = байт
unit-files = файлов
unit-methods = методов
unit-values = значений
unit-strings = строк
list-last = { $rest } и { $last }
list-next = { $rest }, { $last }

sketch-number = №
sketch-field = Поле
sketch-english = По-английски
sketch-goes-to = Куда идёт ответ
kind-hides-evasion = проверки окружения: { $n }
kind-hides-presence = способы остаться незаметным: { $n }
heading-hides-evasion = Проверки окружения
heading-hides-presence = Способы остаться незаметным
law-legend = Каждая точка — вопрос: закрашена — выводы подтверждают; перечёркнута — противоречат; пуста — открыт.
law-which = С чем сопоставлены выводы
set-at-run-time = задаётся во время работы
notices = Слова, которых требует право
notices-says = Искали в текстах, экранах, коде и страницах приложения на десяти языках. Сказанное в другом месте, на бумаге или сервером, не видно.
notice-notice = уведомление о том, что делают с данными
notice-consent = запрос согласия
notice-purpose = цель
notice-retention = срок хранения
notice-rights = права на данные
notice-none = не найдено в { $what }
texts = текстах приложения
place-in = { $member }, байты с { $first } по { $end }
sheet-about = Об этой книге
column-about = Предмет
column-content = Содержание
column-app = Приложение
column-masked = Скрыто
column-finding = Находка
column-says = Что она говорит
column-gloss = Пояснение по-английски
column-quote = Первая цитата находится в
column-notes = Заметки
column-where = Где
column-hides = Может скрывать
column-instrument = Акт
column-article = Статья
column-question = Вопрос
column-reading = Прочтение
column-findings = Находки
column-status = Состояние записи
compare-title = { $app }: что изменилось
compare-head = Что изменилось в { $app }
compare-lead = С версии { $before } до { $after }: { $n ->
    [one] { $n } отличие.
    [few] { $n } отличия.
   *[many] { $n } отличий.
}
compare-left-out = То, что обе версии делают одинаково, опущено; опущено и то, что меняет простая пересборка: имена классов и сколько раз что-либо стоит в коде. Там, где версию не удалось прочитать частично, отсутствующее может показаться новым или исчезнувшим; отчёты обеих называют свои пробелы.
compare-reached = работающий код ведёт сюда
compare-unreached = не видно работающего кода, ведущего сюда
compare-unknown = неизвестно, ведёт ли сюда работающий код
compare-same = Обе версии делают одно и то же, насколько видно.
state-new = Новое
state-different = Иначе
state-gone = Больше нет

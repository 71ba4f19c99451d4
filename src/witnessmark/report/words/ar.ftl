# Made by a machine from the English catalogue; no person who speaks the language has reviewed it.
-reviewed = no
language = العربية
tagline = ما يُظهره التطبيق، مع البايتات التي تُثبته
title-page = { $app }: ما الذي يُظهره
skip = انتقل إلى النتائج
unnamed-app = تطبيق بلا اسم
package = الحزمة
version = الإصدار
not-stated = غير مذكور
signed-by = الموقِّع
no-signer = تعذّرت قراءة أي موقِّع.
nameless-certificate = شهادة بلا اسم
certificate = الشهادة
file = الملف
file-size = { $n ->
    [one] بايت واحد
    [two] بايتان
    [few] { $n } بايتات
   *[other] { $n } بايت
}
more-files = { $n ->
    [one] ملف آخر
    [two] ملفان آخران
    [few] { $n } ملفات أخرى
   *[other] { $n } ملفًا آخر
}
summary = الملخص
what-it-shows = ما الذي يُظهره
what-we-could-not-see = ما لم نتمكن من رؤيته
unreviewed = كلمات هذه الصفحة بالعربية من عمل آلة ولم يراجعها أحد. ما لم يُترجم يبقى بالإنجليزية. البايتات المقتبسة هي نفسها في كل اللغات.
masked = حُجبت في هذه النسخة الأسماء والأرقام والعناوين وعينات القوائم والمفاتيح (السياسة «{ $policy }»). علامة مثل [7f3a…] هي بصمة مُملّحة: من يملك الملح والقيمة يستطيع إثبات تطابقهما.
chapter-asks = يسأل
chapter-takes = يأخذ
chapter-keeps = يحفظ
chapter-marks = يُعلِّم
chapter-sends = يُرسل
chapter-embeds = يتضمّن
chapter-hides = يُخفي
chapter-orders = يأمر
question-asks = عمَّ يسأل الناس، أو ماذا يطلب من مشغّله أن يُدخل عنهم؟
question-takes = ماذا يقرأ من الجهاز ومحيطه؟
question-keeps = أي سجلات يبني ويحفظ؟
question-marks = مَن أو ماذا يصنّف ويعلّم ويقارن ويقيّم؟
question-sends = ما الذي يخرج، وإلى مَن، وبأي شكل، وكيف يُحمى؟
question-embeds = شيفرة مَن وأسراره في داخله، ومَن صنعه؟
question-hides = ما الذي يقاوم القراءة؛ وأي آثار يترك أو يمحو؟
question-orders = ماذا يجعل مشغّله أو الهاتف يفعل؟
answer-asks = يُظهر: { $what }
answer-takes = يحتوي على: { $what }
answer-keeps = يستطيع بناء: { $what }
answer-marks = يحتوي على: { $what }
answer-sends = يحتوي على: { $what }
answer-embeds = يحتوي على: { $what }
answer-hides = يحتوي على: { $what }
answer-orders = يحتوي على: { $what }
answer-whole = { $answer }.
answer-people = { $answer }؛ تتعلق بـ { $people }.
answer-nothing = لم يُعثر على شيء فيما أمكنت قراءته.
people-more = { $n ->
    [one] نوع آخر من المعلومات
    [two] نوعان آخران من المعلومات
    [few] { $n } أنواع أخرى من المعلومات
   *[other] { $n } نوعًا آخر من المعلومات
}
of-them = { $n ->
    [one] واحدة منها
   *[other] { $n } منها
}
unencrypted = { $n ->
    [one] واحد بلا تشفير
   *[other] { $n } بلا تشفير
}
kind-asks-screen = الشاشات: { $n }
kind-asks-field = حقول التعبئة: { $n }
kind-asks-choice_list = قوائم الاختيار: { $n }
kind-asks-notice = إشعارات للناس: { $n }
kind-takes-device_data = قراءات بيانات الجهاز: { $n }
kind-takes-permission = أذونات: { $n }
kind-takes-account_scan = عمليات بحث عن حسابات: { $n }
kind-takes-file_scan = عمليات بحث في الملفات: { $n }
kind-keeps-table = جداول قواعد بيانات: { $n }
kind-keeps-record = صيغ سجلات: { $n }
kind-keeps-file = ملفات: { $n }
kind-keeps-preference = إعدادات محفوظة: { $n }
kind-keeps-provider = موفرو البيانات: { $n }
kind-keeps-pattern = أنماط عبر السجلات: { $n }
kind-marks-code_book = دفاتر رموز: { $n }
kind-marks-watch_list = قوائم أشخاص أو أشياء: { $n }
kind-marks-comparison = مقارنات: { $n }
kind-marks-rule = قواعد: { $n }
kind-sends-endpoint = عناوين شبكة: { $n }
kind-sends-request = طلبات: { $n }
kind-sends-flow = تدفقات بيانات: { $n }
kind-sends-message = صيغ رسائل: { $n }
kind-embeds-sdk = مكتبات الآخرين: { $n }
kind-embeds-native = مكتبات أصلية: { $n }
kind-embeds-secret = أسرار: { $n }
kind-embeds-attribution = آثار صانعيه: { $n }
kind-hides-packer = مواضع إخفاء شيفرة أو نصوص: { $n }
kind-hides-dynamic_code = مواضع تحمّل شيفرة إضافية: { $n }
kind-hides-reflection = استدعاءات باسم مخفي: { $n }
kind-hides-trace = آثار متروكة: { $n }
kind-hides-erasure = عمليات حذف: { $n }
kind-hides-weakness = نقاط ضعف: { $n }
kind-orders-task = مهام: { $n }
kind-orders-state = مجموعات حالات: { $n }
kind-orders-command = أوامر: { $n }
kind-orders-trigger = مشغّلات: { $n }
kind-orders-restriction = قيود: { $n }
heading-asks-screen = الشاشات
heading-asks-field = حقول التعبئة
heading-asks-choice_list = قوائم الاختيار
heading-asks-notice = إشعارات للناس
heading-takes-device_data = قراءات بيانات الجهاز
heading-takes-permission = أذونات
heading-takes-account_scan = عمليات بحث عن حسابات
heading-takes-file_scan = عمليات بحث في الملفات
heading-keeps-table = جداول قواعد بيانات
heading-keeps-record = صيغ سجلات
heading-keeps-file = ملفات
heading-keeps-preference = إعدادات محفوظة
heading-keeps-provider = موفرو البيانات
heading-keeps-pattern = من وأين ومتى
heading-marks-code_book = دفاتر رموز
heading-marks-watch_list = قوائم أشخاص أو أشياء
heading-marks-comparison = مقارنات
heading-marks-rule = قواعد
heading-sends-endpoint = عناوين شبكة
heading-sends-request = طلبات
heading-sends-flow = تدفقات بيانات
heading-sends-message = صيغ رسائل
heading-embeds-sdk = مكتبات الآخرين
heading-embeds-native = مكتبات أصلية
heading-embeds-secret = أسرار
heading-embeds-attribution = آثار صانعيه
heading-hides-packer = شيفرة ونصوص مخفية
heading-hides-dynamic_code = مواضع تحمّل شيفرة إضافية
heading-hides-reflection = استدعاءات باسم مخفي
heading-hides-trace = آثار متروكة
heading-hides-erasure = عمليات حذف
heading-hides-weakness = نقاط ضعف
heading-orders-task = مهام
heading-orders-state = حالات
heading-orders-command = أوامر
heading-orders-trigger = مشغّلات
heading-orders-restriction = قيود
reach-reached = يُبلَغ
reach-unreached = لا يُبلَغ
reach-unknown = البلوغ غير معروف
tally-reached = تبلغها شيفرة عاملة: { $n }
tally-unreached = لا تُبلَغ: { $n }
tally-unknown = بلوغها غير معروف: { $n }
reach-reached-says = يمكن لشيفرة عاملة أن تصل إلى هنا عبر هذا المسار:
reach-unreached-says = لا مسار من أي نقطة دخول معروفة يؤدي إلى هنا. قد تكون شيفرة ميتة، أو تُشغَّل بوسائل لم تُقرأ.
reach-unknown-says = لا يُعرف هل تصل شيفرة عاملة إلى هنا.
strength-read = مقروء
strength-derived = مُستنتَج
strength-indicated = مُشار إليه
strength-read-says = قُرئ مباشرة من البايتات المقتبسة أدناه.
strength-derived-says = مُستنتَج: يترتب على البايتات المقتبسة أدناه بتحليل الشيفرة.
strength-indicated-says = إشارة فقط: البايتات المقتبسة أدناه تلمّح إليه ولا تثبته.
about-operator = المشغّل
about-user = المستخدم
about-third_person = أشخاص آخرون
about-unknown = غير معروف لمن
about-operator-says = من يشغّل التطبيق.
about-user-says = صاحب الهاتف الذي يعمل عليه.
about-third_person-says = أشخاص آخرون لا يشغّلون التطبيق ولا يحملون الهاتف.
about-unknown-says = لا يُعرف لمن هذه البيانات.
special-tally = عن فئات خاصة: { $n }
special-category = فئة خاصة
special-one-of = واحدة منها على الأقل فئة خاصة (GDPR المادة 9، LED المادة 10).
gaps-tally = { $n ->
    [one] فجوة واحدة
    [two] فجوتان
    [few] { $n } فجوات
   *[other] { $n } فجوة
}
places = { $n ->
    [one] موضع واحد
    [two] موضعان
    [few] { $n } مواضع
   *[other] { $n } موضعًا
}
reasons = { $n ->
    [one] لسبب واحد
    [two] لسببين
    [few] لـ{ $n } أسباب
   *[other] لـ{ $n } سببًا
}
more-reasons = { $n ->
    [one] سبب آخر
    [two] سببان آخران
    [few] { $n } أسباب أخرى
   *[other] { $n } سببًا آخر
}
findings = { $n ->
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $n } نتائج
   *[other] { $n } نتيجة
}
findings-shown = { $shown } من { $total } نتيجة
more = { $n ->
    [one] واحد آخر
   *[other] { $n } أخرى
}
may-hide = قد يُخفي { $what }
anything = أي شيء
nothing-known = لا شيء معروف
read-of = قُرئ { $read } من { $present } { $unit }
not-read = { $n ->
    [one] واحد لم يُقرأ
   *[other] { $n } لم تُقرأ
}
read-whole = قُرئ كاملاً
no-coverage = لم تُسجَّل التغطية: لا يمكن قول شيء عمّا لم يُقرأ.
places-not-seen = { $n ->
    [one] موضع واحد تعذّر النظر فيه
    [two] موضعان تعذّر النظر فيهما
    [few] { $n } مواضع تعذّر النظر فيها
   *[other] { $n } موضعًا تعذّر النظر فيها
}
may-change = ما هناك قد يغيّر الإجابات المجاورة.
no-gap-met = لم تُصادف فجوة. أن يُقرأ كل شيء لا يعني أن يُفهم كل شيء.
can-not-did = تُظهر النتيجة ما يستطيعه التطبيق، لا أن أحدًا فعله. كل نتيجة تستند إلى بايتات الملف مقتبسةً مع موضعها؛ و«witnessmark verify» أو أدوات شائعة تجدها من جديد.
more-may-be-hidden = قد يكون هنا المزيد مخفيًا:
not-all-read = لم يُقرأ كل شيء.
no-gap-known = لا فجوة معروفة قد تُخفي جوابًا عن هذا السؤال. هذا ما قُرئ:
contents = المحتويات
gaps = الفجوات
coverage = التغطية
legal-readings = قراءات قانونية
how-to-read = كيف تقرأ هذا وتتحقق منه
search-off = البحث والتصفية يحتاجان إلى JavaScript وهو معطّل هنا. كل ما عداه يعمل دونه: كل نتيجة تُفتح وتُطبع مفتوحة.
search-and-filter = بحث وتصفية النتائج
search-label = ابحث في كل النتائج وأدلتها
search-placeholder = ابحث في النتائج والأدلة
filter = تصفية
filter-chapter = الفصل
filter-reach = البلوغ
filter-strength = القوة
filter-about = عن مَن
any = أي
special-only = الفئات الخاصة فقط
show-all = إظهار الكل
unfold = افتح هذه
fold = اطوِ
print = اطبع هذه
own-words = بكلماته هو
particulars = بالتفصيل
personal-data = بيانات شخصية
about-whom = عن مَن
how-sure = ما مدى اليقين
reach = البلوغ
not-shown = ما لا يُظهره هذا
evidence = الأدلة
yes = نعم
no = لا
not-known = غير معروف
language-unknown = لغة غير معروفة
gloss-from = مصدر الشرح: { $origin }
at-byte = البايت { $n }
check-this = تحقّق بنفسك
check-in = في { $file }، SHA-256 { $sha256 }؛ مقتبس كـ { $spelling }.
the-file = الملف
reads-as-hex = بايتات بالنظام الست عشري
reads-as-utf-8 = نص، UTF-8
reads-as-mutf-8 = نص، UTF-8 معدّل
reads-as-utf-16le = نص، UTF-16 LE
reads-as-gb18030 = نص، GB 18030
reads-as-latin-1 = نص، Latin-1
reads-as-sha256 = SHA-256 للبايتات
gaps-question = أين لم يستطع أحد أن ينظر؟
gaps-answer = { $places }، { $reasons }.
gaps-none = لم تُصادف فجوة.
coverage-question = ما الذي قُرئ وما الذي لم يُقرأ؟
member = العنصر
kind = النوع
present = موجود
read = مقروء
unread = غير مقروء
unit = الوحدة
why-not = لماذا لم يُقرأ
law-question = ماذا يقول القانون في ذلك؟
law-answer = قراءات مبنية على النتائج أعلاه. ليس أيٌّ منها حكمًا ولا درجة.
law-none = لم تُجرَ قراءة قانونية لهذه النتائج.
law-touched = تمسّ { $touched } من { $n } حكمًا
law-supported = تؤيّده النتائج
law-contradicted = تناقضه النتائج
law-unknown = تتركه النتائج مفتوحًا
law-claims = ما تدّعيه نصوص التطبيق نفسه
bears-on = { $n ->
    [one] نتيجة واحدة تتصل به
    [two] نتيجتان تتصلان به
    [few] { $n } نتائج تتصل به
   *[other] { $n } نتيجة تتصل به
}
settles = ما الذي يحسم الأمر
source = المصدر
method = المنهج
method-act-head = النتيجة ليست فعلاً.
method-act = تقول ما تُظهره بايتات التطبيق. أما هل استخدمه أحد، وعلى مَن، وكم مرة، فلأدلة أخرى.
method-reach-head = البلوغ والقوة.
method-reach = البلوغ يقول هل تستطيع شيفرة عاملة الوصول إلى ما وُجد. الشيفرة التي لا يبلغها شيء قد تكون ميتة، أو لم يُقرأ مستدعيها. والقوة تقول هل قُرئت الجملة من البايتات أم استُنتجت منها أم أُشير إليها فقط.
method-special-head = الفئات الخاصة
method-special = هي ما يحميه قانون حماية البيانات أشدّ حماية: الأصل العرقي والرأي السياسي والمعتقد والعضوية النقابية والجينات والقياسات الحيوية والصحة والحياة الجنسية (GDPR المادة 9، LED المادة 10).
method-nothing-head = لم يُعثر على شيء
method-nothing = يعني: لم يُعثر عليه فيما قُرئ. والفجوات والتغطية أعلاه تقول ما الذي لم يُقرأ.
method-check-head = للتحقق من اقتباس
method-check = خذ الملف الذي بصمته SHA-256 في الأعلى، وافتح «{ check-this }» تحت الاقتباس ونفّذ أسطره، أو دع «witnessmark verify» يعيد قراءتها كلها. العلامات غير المرئية، كتلك التي تعكس اتجاه النص، تظهر هكذا:
method-keys-head = المفاتيح.
method-keys = / ينتقل إلى البحث، والسهمان ↓ و↑ يتنقلان بين النتائج، وEnter يفتح واحدة، وEsc يمسح البحث. عنوان الصفحة يسمّي النتيجة عندئذ لتُمرَّر. الطباعة تفتح ما يظهر؛ صفِّ أولاً لتطبع أقل.
footer = تعرض هذه الصفحة findings.json بصيغة { $format }، SHA-256 { $sha256 }. لا تحمّل شيئًا ولا ترسل شيئًا.
picture-flows = مَن يعطي، وعبر ماذا، ولمَن
picture-flows-says = كل خط قيمة تُتبِّعت: عبر الشيفرة أو إلى طلب. يزداد سُمكه بعدد المسارات.
picture-sides-says = لم يُتتبَّع مسار بيانات من اليسار إلى اليمين، فلا شيء يصل الجانبين: في اليسار ما يسأل عنه التطبيق أو يقرؤه، وفي اليمين العناوين في شيفرته.
picture-gives = ما يُعطى
picture-through = عبر
picture-gets = مَن يتلقّى
picture-records = السجلات وروابطها
picture-records-says = جداول وسجلات شيفرة التطبيق نفسه. الخط يصل ما يشترك في اسم حقل؛ ولا يثبت ترابط المحتوى.
picture-books = دفاتر الرموز
picture-books-says = قيم مرمّزة وتسمياتها كما هي في التطبيق.
picture-triggers = متى يتصرف
picture-triggers-says = كل علامة مُشغِّل؛ وما له فاصل ثابت يقع على محور الزمن.
picture-states = الحالات التي يميزها
picture-states-says = كل مربع رمزُ حالة مع الكلمة التي يعرضها التطبيق لها. والسهم موضع يضبط فيه الكود الحالة التالية، أو خطوة تدل كلمتها على ذلك.
picture-screens = الشاشات مرسومة من تخطيطاتها
picture-screens-says = مرسومة من التخطيط وحده لا من تطبيق يعمل. الأرقام أرقام الحقول.
picture-way = مسار البيانات
picture-way-says = من موضع دخولها عبر كل خطوة قُرئت في الشيفرة إلى موضع خروجها. الأسماء الرمادية هي الطرائق التي تنتقل فيها.
on-event = عند حدث
by-time = حسب الوقت
every-second = ثانية
every-minute = دقيقة
every-hour = ساعة
every-day = يوم
every-week = أسبوع
on-this-device = على هذا الجهاز
coverage-code = شيفرة البرنامج
coverage-code-smali = شيفرة البرنامج نصًا بصيغة smali
coverage-code-java = شيفرة البرنامج نصًا بلغة Java
coverage-code-reached = ما يصل إليه تنفيذ الشيفرة
share-reached = تصل الشيفرة المنفَّذة إلى { $read } من { $present } دالّة
coverage-texts-computed = نصوص تركّبها الشيفرة
share-computed = { $read } من { $present } معروفة كاملةً
coverage-data = ملفات بيانات
coverage-looks = صور وصوت وأفلام وخطوط وألوان وحركات
coverage-media = صور وصوت وأفلام وخطوط
coverage-native = مكتبات أصلية
coverage-library = مكتبات أصلية
coverage-resources = كلمات التطبيق وقيمه
coverage-signature = تواقيع
coverage-web = صفحات وبرامج ويب
coverage-archive = أرشيفات داخل التطبيق
coverage-database = قواعد بيانات داخل التطبيق
coverage-document = مستندات
coverage-engine = ملفات محرك ألعاب أو تطبيقات
coverage-model = نماذج تعلّم آلي
coverage-script = برامج نصية
coverage-text = نصوص
coverage-unknown = ملفات مجهولة النوع
coverage-empty = ملفات فارغة
coverage-xml-layout = تخطيطات الشاشات
coverage-xml-manifest = البيان
coverage-xml-menu = قوائم
coverage-xml-xml = إعدادات ونماذج أخرى
coverage-xml-navigation = مخططات التنقل
coverage-xml-drawable = رسوم
coverage-xml-anim = حركات الشاشة
coverage-xml-animator = حركات الشاشة
coverage-xml-interpolator = حركات الشاشة
coverage-xml-transition = حركات الشاشة
coverage-xml-mipmap = أيقونات
coverage-xml-color = ألوان
coverage-xml-font = خطوط
unit-bytes = بايت
unit-files = ملف
unit-methods = دالّة
unit-values = قيمة
unit-strings = سلسلة نصية
list-last = { $rest } و{ $last }
list-next = { $rest }، { $last }

sketch-number = الرقم
sketch-field = الحقل
sketch-english = بالإنجليزية
sketch-goes-to = إلى أين يذهب الجواب
kind-hides-evasion = عمليات فحص للبيئة: { $n }
kind-hides-presence = طرق للبقاء غير مرئي: { $n }
heading-hides-evasion = فحص البيئة
heading-hides-presence = طرق للبقاء غير مرئي
law-legend = كل نقطة سؤال: الممتلئة تؤيدها النتائج، والمشطوبة تناقضها، والفارغة مفتوحة.
law-which = ما قوبلت به النتائج
set-at-run-time = يُحدَّد أثناء التشغيل
notices = الكلمات التي يطلبها القانون
notices-says = بُحث عنها في نصوص التطبيق وشاشاته وشيفرته وصفحاته بعشر لغات. ما يُقال في مكان آخر، على ورق أو من خادم، لا يُرى.
notice-notice = إشعار بما يُفعل بالبيانات
notice-consent = طلب موافقة
notice-purpose = غرض
notice-retention = مدة حفظ البيانات
notice-rights = حقوق على البيانات
notice-none = لم تُوجد في { $what }
texts = نصوص التطبيق
place-in = { $member }، البايتات { $first } إلى { $end }
sheet-about = عن هذا المصنّف
column-about = البند
column-content = المحتوى
column-app = التطبيق
column-masked = محجوب
column-finding = النتيجة
column-says = ما تقوله
column-gloss = شرح بالإنجليزية
column-quote = موضع أول اقتباس
column-notes = ملاحظات
column-where = أين
column-hides = قد يخفي
column-instrument = الصك القانوني
column-article = المادة
column-question = السؤال
column-reading = القراءة
column-findings = النتائج
column-status = حالة المدخل
compare-title = { $app }: ما الذي تغيّر
compare-head = ما الذي تغيّر في { $app }
compare-lead = من الإصدار { $before } إلى { $after }: { $n ->
    [zero] لا فروق.
    [one] فرق واحد.
    [two] فرقان.
    [few] { $n } فروق.
    [many] { $n } فرقًا.
   *[other] { $n } فرق.
}
compare-left-out = ما يفعله الإصداران على السواء متروك، وكذلك ما تغيّره مجرد إعادة البناء: أسماء الأصناف وعدد مرات ورود الشيء في الشيفرة. وحيث تعذّرت قراءة جزء من أحد الإصدارين فقد يظهر ما ينقص فيه جديدًا أو زائلًا؛ ويذكر تقرير كلٍّ منهما ثغراته.
compare-reached = تصل إليه شيفرة عاملة
compare-unreached = لم يُر أن شيفرة عاملة تصل إليه
compare-unknown = لا يُعرف هل تصل إليه شيفرة عاملة
compare-same = يفعل الإصداران الشيء نفسه، بقدر ما شوهد.
state-new = جديد
state-different = مختلف
state-gone = لم يعد موجودًا

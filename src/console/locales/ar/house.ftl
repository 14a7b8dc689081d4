# ما يجيب به الموظفون، وما يعتني به مدير النظام.

nav-answers = الردود
nav-canned = الردود الجاهزة
nav-labels = الوسوم
nav-templates = قوالب الرسائل
nav-dialogs = الحوارات
nav-channels = القنوات
nav-system = النظام

add = إضافة
change = تعديل
change-one = تعديل { $name }
remove = حذف
tone = اللون
tone-plain = عادي
tone-good = أخضر
tone-warn = كهرماني
tone-bad = أحمر
tone-info = أزرق
in-arabic = بالعربية
in-english = بالإنجليزية
said-removed = تم الحذف.
said-both-languages = فضلًا الكتابة باللغتين، ولم يتغيّر شيء.

labels-words = تصنّف الوسوم المحادثات للموظفين، ولا يراها المستفيدون.
labels-none = لا توجد وسوم بعد.
labels-new = وسم جديد

canned-words = ما يتكرر قوله، ويصل كلَّ مستفيد بلغته.
canned-none = لا توجد ردود جاهزة بعد.
canned-new = رد جديد
canned-title = العنوان للموظفين
canned-service = للخدمة
canned-all = جميع الخدمات
canned-names = تحل محل هذه قيمتها:
canned-forms = تُكتب الصيغتان هكذا {"{"}أخي|أختي{"}"}: فتُختار المناسبة، وتظهر كلتاهما حين لا تُعرف.
canned-missing = يلزم العنوان والنص باللغتين.
canned-unknown = لا توجد قيمة باسم { $name }، فضلًا استخدام الأسماء المبيّنة أدناه.
canned-ask-remove = هل يُحذف هذا الرد؟
sample-name = سارة
sample-service = المساعدة في الإيجار

templates-words = بهذه القوالب تُبدأ المحادثة على واتساب بعد إغلاق نافذتها المجانية. مكانها ملفات الحوارات وفيها تُعدَّل.
templates-none = لا توجد قوالب لدى الجمعية.
template-unknown = لم يُستعلم عن الاعتماد
template-parameters = { $n ->
    [0] لا شيء يُملأ فيها.
    [one] تُملأ فيها قيمة واحدة.
    [two] تُملأ فيها قيمتان.
    [few] تُملأ فيها { $n } قيم.
    [many] تُملأ فيها { $n } قيمة.
   *[other] تُملأ فيها { $n } قيمة.
}

dialogs-words = ما يقوله الرد الآلي ويسأل عنه. يُعدَّل في ملفاته ويُعمل به بعد الأمر wasl reload. الإصدار
dialogs-picture = الجمعية كلها في صورة واحدة
dialogs-all = جميع الحوارات
dialog-form = نموذج
dialog-picture = صورة الحوار
dialog-picture-of = صورة الحوار { $name }، وخطواته في الملف أدناه
dialog-picture-open = فتح الصورة وحدها
dialog-file = الملف كما هو:
count-steps = { $n ->
    [0] دون خطوات
    [one] خطوة واحدة
    [two] خطوتان
    [few] { $n } خطوات
    [many] { $n } خطوة
   *[other] { $n } خطوة
}
findings-title = نتائج الفحص
findings-none = لا شيء: كل مخرج يؤدي إلى مكان، وكل نص موجود باللغتين.
finding-error = خطأ
finding-warning = للمراجعة
finding-note = ملاحظة

channels-words = طرق الوصول إلى الجمعية. يضبطها مشغّل النظام، ولا تُعرض المفاتيح السرية هنا أبدًا.
channels-web = محادثة الموقع
channel-on = مهيّأة
channel-incomplete = غير مكتملة
channel-off = متوقفة
channel-missing = ينقصها
channel-webhook = عنوان الاستقبال
channel-waiting = بانتظار الإرسال

system-waiting = أحداث تنتظر
system-rings = مؤقتات مستحقة
system-failed = أحداث متعذّرة
system-failed-words = يُحفظ هنا كل حدث تعذّر تنفيذه، وقد حُوّل صاحبه إلى الموظفين. تُعاد المحاولة بعد معالجة السبب.
system-failed-none = لم يتعذّر أي حدث.
system-troubles = قنوات متوقفة
system-troubles-words = توقّف الإرسال فيها للسبب المذكور، وتُعاد المحاولة تلقائيًا. لا يضيع ما ينتظر، ويُرسل بترتيبه حين تعود القناة.
system-strange = ما لم نعرف نوعه
system-strange-words = ورد من المنصات بصيغة لا يقرؤها هذا الإصدار، فحُفظ كما ورد مدة ثلاثين يومًا، ولم يُبنَ عليه شيء. يعرض الأمر wasl channels strange بنيته دون محتواه.
system-strange-latest = آخره { $when }
system-owed = بانتظار الإرسال
system-owed-none = لا شيء ينتظر.
system-oldest = أقدمها مستحق { $when }
system-sending = قيد الإرسال
system-waits = ينتظر
system-retry = إعادة المحاولة
system-ask-drop = هل يُحذف هذا الحدث نهائيًا؟
system-versions = الإصدارات والتخزين
system-migration = الجداول حتى
system-database = قاعدة البيانات
system-files = المرفقات
system-evidence = الأدلة
said-retried = تم التنفيذ.
said-failed-again = تعذّر مرة أخرى، وهو مدرج هنا من جديد.
said-unreadable = لا يستطيع هذا الإصدار قراءة هذا الحدث.
canned-files = ملفات ترافق الرد
canned-file = إضافة ملف
remove-one = حذف { $name }
channel-trouble = لا يُرسل شيء منذ { $since }:
channel-look = سؤال المنصة الآن
template-approved = معتمد
template-pending = قيد المراجعة
template-refused = لا يُعتمد، أو أوقفته المنصة
template-missing = لم يُقدَّم بعد
canned-pick = اختيار ملفات

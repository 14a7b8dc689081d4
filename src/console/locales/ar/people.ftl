# الحسابات والأدوار والصلاحيات وسجل المراجعة.

nav-house = الإدارة
nav-people = الموظفون
nav-permissions = الصلاحيات
nav-audit = سجل المراجعة

save = حفظ
cancel = إلغاء
copy = نسخ
copied = نُسخ
yes = نعم
no = لا
filter = عرض
older = الأقدم
everybody = الجميع
everything = الكل

role-administrator = مدير النظام
role-administrator-about = الموظفون والقنوات والتقويم وسجل المراجعة، ويلزمه التحقق الثاني
role-officer = موظف علاقات المستفيدين
role-officer-about = يجيب ويستلم المحادثات ويطابق البيانات ويعلّم الأسئلة الشائعة
role-researcher = مسؤول البحث الاجتماعي
role-researcher-about = الإجراءات غير الواضحة والحالات المركبة
role-committee = عضو لجنة البحث
role-committee-about = يطّلع على الملفات المكتملة ويبتّ فيها
role-representative = مندوب فرع أو موظف استقبال
role-representative-about = يرى محادثات فرعه فقط ويجيب عنها
role-quality = مسؤول الجودة
role-quality-about = الرضا والاتجاهات، دون أسماء المقيّمين

permission-conversations = الاطلاع على المحادثات والبحث فيها وفتحها
permission-answer = الاستلام والرد والإعادة
permission-assign = إسناد المحادثات إلى الزملاء
permission-reveal = الاطلاع على القيم الحساسة مع ذكر السبب
permission-faq = تعليم الأسئلة الشائعة
permission-canned = كتابة الردود الجاهزة
permission-labels = إدارة الوسوم
permission-dialogs = الاطلاع على الحوارات
permission-templates = الاطلاع على قوالب الرسائل
permission-calendar = تعديل التقويم
permission-channels = الاطلاع على القنوات
permission-staff = دعوة الموظفين وتعديل حساباتهم وإيقافها
permission-audit = الاطلاع على سجل المراجعة
permission-system = الاطلاع على قوائم الانتظار والأحداث المتعذرة والتخزين
permissions-words = ما يتيحه كل دور، ويُطبَّق كما هو مبيّن هنا تمامًا، ومندوب الفرع يرى فرعه فقط.
permissions-what = الصلاحية
permissions-apart = أدوار يحسن ألا تجتمع

apart-verify-vote = من يطابق بيانات الطلب لا يحسن أن يصوّت عليه في اللجنة.
apart-study-vote = من يدرس الحالة لا يحسن أن يصوّت عليها في اللجنة.
apart-rated-decide = من يطّلع على نتائج الرضا لا يحسن أن يبتّ في الطلبات، فلا أثر للتقييم فيها.
apart-rated-rate = من يُقيَّم أداؤه لا يحسن أن يكون من يطّلع على النتائج.

people-new = دعوة موظف
people-new-words = يصل المدعوّ رابط يصلح مرة واحدة خلال أسبوع، ويختار به كلمة المرور بنفسه.
people-title = الاسم كما يعرفه الزملاء
people-branch = الفرع
people-branch-hint = لازم لمندوبي الفروع، فهم يرون هذا الفرع وحده.
people-roles = الأدوار
people-table = ما يتيحه كل دور
people-invite = إنشاء الدعوة
people-link = رابط
people-link-words = فضلًا إيصال هذا الرابط إلى { $name } مباشرة أو برسالة منكم، فمن لديه الرابط يستطيع اختيار كلمة المرور.
people-link-once = لا يظهر إلا هذه المرة، ويصلح مرة واحدة وينتهي خلال أسبوع، وأي رابط جديد يُبطله.
people-link-on = متابعة
people-gone = غادر
people-gone-words = هذا الحساب موقوف: لا يمكن الدخول به، ولا توجد بعهدته محادثات.
people-invited = أُرسلت الدعوة
people-link-old = انتهت مدة الدعوة
people-facts = الحساب
people-created = منذ
people-first = برابط أول تشغيل
people-seen = آخر ظهور
people-never = لم يدخل بعد
people-held = يتحدث في
people-access = الدخول
people-link-invite = رابط دعوة جديد
people-link-reset = رابط لكلمة مرور جديدة
people-second-forget = إلغاء التحقق الثاني
people-ask-second = هل يُلغى التحقق الثاني؟ ستنتهي جلسات صاحب الحساب كلها ويُعِدّ تحققًا جديدًا.
people-sessions-end = إنهاء الجلسات كلها
people-deactivate = إيقاف الحساب
people-ask-gone = هل يوقف هذا الحساب؟ كل ما بعهدته يعود إلى قائمة الانتظار.
people-activate = إعادة التفعيل
roles-missing = فضلًا اختيار دور واحد على الأقل.
roles-last = هذا آخر مدير للنظام، ولا بد من بقاء مدير.
branch-missing = يلزم تحديد فرع للمندوب.
name-taken = اسم الحساب مستخدم من قبل.

count-conversations = { $n ->
    [0] لا توجد محادثات
    [one] محادثة واحدة
    [two] محادثتين
    [few] { $n } محادثات
    [many] { $n } محادثة
   *[other] { $n } محادثة
}
count-sessions = { $n ->
    [0] لا توجد جلسات مفتوحة
    [one] جلسة واحدة مفتوحة
    [two] جلستان مفتوحتان
    [few] { $n } جلسات مفتوحة
    [many] { $n } جلسة مفتوحة
   *[other] { $n } جلسة مفتوحة
}

second-on = مفعّل
second-off = دون تحقق ثانٍ
second-why = رمز من هاتفكم يحمي حسابكم حتى لو عُرفت كلمة المرور.
second-begin = تفعيل
second-replace = استخدام تطبيق آخر
second-renew = رموز استرداد جديدة
second-renew-go = إنشاء رموز جديدة
second-codes = { $n ->
    [0] لم يبق أي رمز استرداد، فضلًا إنشاء رموز جديدة.
    [one] بقي رمز استرداد واحد.
    [two] بقي رمزا استرداد.
    [few] بقيت { $n } رموز استرداد.
    [many] بقي { $n } رمز استرداد.
   *[other] بقي { $n } رمز استرداد.
}
password-change = تغيير كلمة المرور
sessions-title = الجلسات
sessions-seen = آخر استخدام { $when }
sessions-this = هذه الجلسة
sessions-end = إنهاء
sessions-end-one = إنهاء { $agent }
sessions-end-others = إنهاء بقية الجلسات

conflict-title = تعارض المصالح
conflict-words = من يُذكر هنا لا يتولى هذا الموظف شأنه أبدًا: نفسه وأقاربه والمقرّبون منه. ولا يُحفظ من الرقم إلا بصمة مشفَّرة.
conflict-document = رقم الهوية أو الإقامة
conflict-relation = صلة القرابة
conflict-declare = إفصاح
conflict-withdraw = سحب الإفصاح
conflict-withdraw-one = سحب الإفصاح عن { $relation }

audit-words = كل ما يطّلع عليه الموظفون أو يبحثون عنه أو يكشفونه أو يغيّرونه أو يصدّرونه أو يبتّون فيه. ولا يمكن تغييره خفية: يثبت ذلك الأمر wasl verify.
audit-who = الموظف
audit-act = العمل
audit-when = الوقت
audit-from = من
audit-to = إلى
audit-subject = بشأن
audit-detail = التفاصيل
audit-sealed = نص مختوم
audit-none = لا يوجد في السجل شيء من هذا النوع.

act-saw = اطّلع
act-searched = بحث
act-revealed = كشف
act-changed = غيّر
act-exported = صدّر
act-decided = بتّ
act-refused = مُنع
act-signed-in = دخل
act-signed-out = خرج
act-failed = تعذّر دخوله

said-saved = تم الحفظ.
said-last = هذا آخر مدير للنظام، ولا بد من بقاء مدير.
said-deactivated = أُوقف الحساب، وعاد ما كان بعهدته إلى قائمة الانتظار.
said-activated = أُعيد تفعيل الحساب، ويتيح رابط جديد الدخول.
said-second-forgotten = أُلغي التحقق الثاني وانتهت جلسات صاحب الحساب كلها.
said-session-ended = انتهت.
said-password-changed = تغيّرت كلمة المرور وانتهت جلساتكم الأخرى.
said-password-wrong = كلمة المرور الحالية غير صحيحة، ولم يتغيّر شيء.
said-password-differs = كلمتا المرور غير متطابقتين، ولم يتغيّر شيء.
said-password-unfit = كلمة المرور الجديدة قصيرة أو سهلة التخمين، ولم يتغيّر شيء.
said-conflict-declared = تم الإفصاح.
said-conflict-own = لا يسحب أحد إفصاحًا يخصه، فضلًا الطلب من مدير آخر.
said-conflict-unread = هذا ليس رقم هوية أو إقامة، ولم يتغيّر شيء.

# What was done, by its code in the audit.
did-password = كلمة المرور
did-other-sessions = إنهاء بقية الجلسات
did-session = إنهاء جلسة
did-sessions = إنهاء الجلسات كلها
did-second = تفعيل التحقق الثاني
did-second-forgotten = إلغاء التحقق الثاني
did-codes = رموز استرداد جديدة
did-first = أول مدير للنظام
did-taken = قبول الدعوة
did-invited = دعوة
did-account = الاسم أو الأدوار أو الفرع
did-link = رابط جديد
did-deactivated = إيقاف الحساب
did-activated = إعادة التفعيل
did-conflict = إفصاح عن تعارض مصالح
did-conflict-withdrawn = سحب إفصاح
did-label = وسم
did-label-removed = حذف وسم
did-canned = رد جاهز
did-canned-removed = حذف رد جاهز
did-calendar = التقويم
did-retried = إعادة محاولة حدث متعذّر
did-dropped = حذف حدث متعذّر
did-code = رمز التحقق الثاني
did-roles = الأدوار
did-before = قبل ذلك
dealt-claimed = تولّى المحادثة
dealt-replied = ردّ
dealt-returned = أعادها إلى المساعد الآلي
dealt-closed = أغلق المحادثة
dealt-transferred = حوّل المحادثة
dealt-assigned = عُرضت المحادثة
dealt-noted = كتب ملاحظة
dealt-labelled = غيّر الوسوم
dealt-prioritised = غيّر الأولوية
dealt-snoozed = أجّل المحادثة
dealt-alert = اطّلع على تنبيه
dealt-moved = غيّر حالة الطلب
dealt-postponed = أجّل الرد على الطلب
did-canned-file = ملف لرد جاهز
did-canned-file-removed = حُذف ملف من رد جاهز
did-found = النتائج
did-to = إلى
did-on = أُضيف
did-until = حتى
did-priority = الأولوية
did-reference = الطلب
did-conversation = محادثة
did-yes = نعم
did-no = لا

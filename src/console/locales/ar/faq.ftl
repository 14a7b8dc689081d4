# المكان الذي يعلّم فيه الموظفون الأسئلة الشائعة.

nav-faq = الأسئلة الشائعة
faq-desk = دون جواب
faq-entries = الأسئلة وأجوبتها
faq-entries-none = لا توجد أسئلة شائعة لدى الجمعية بعد.
faq-words = ما سأل عنه المستفيدون ولم يُعرف جوابه يقينًا. ما تؤكدونه يُعمل به فورًا وفي كل قناة، وبصيغ أخرى أيضًا.
faq-none = لا شيء ينتظر: وجد كل سؤال جوابه.
faq-open = { $n ->
    [0] لا توجد أسئلة تنتظر.
    [one] سؤال واحد ينتظر.
    [two] سؤالان ينتظران.
    [few] { $n } أسئلة تنتظر.
    [many] { $n } سؤالًا ينتظر.
   *[other] { $n } سؤال ينتظر.
}
faq-group = { $n ->
    [0] لم يُسأل
    [one] سُئل مرة واحدة
    [two] سُئل مرتين
    [few] سُئل { $n } مرات
    [many] سُئل { $n } مرة
   *[other] سُئل { $n } مرة
}
faq-more = و{ $n } أخرى مثلها
faq-means = المقصود: { $entry }
faq-reject = لا يخصّنا
faq-other = المقصود سؤال آخر
faq-entry = السؤال
faq-confirm = تأكيد
faq-asked = كيف يُسأل
faq-confirmed = أكّده الموظفون
faq-source = المصدر:
faq-misconception = تصحيح مفهوم
faq-helped = أفاد { $n }
faq-not-helped = لم يُفد { $n }
count-phrasings = { $n ->
    [0] دون صيغ
    [one] صيغة واحدة
    [two] صيغتان
    [few] { $n } صيغ
    [many] { $n } صيغة
   *[other] { $n } صيغة
}
count-answers = { $n ->
    [0] لم يُجب به بعد
    [one] أُجيب به مرة
    [two] أُجيب به مرتين
    [few] أُجيب به { $n } مرات
    [many] أُجيب به { $n } مرة
   *[other] أُجيب به { $n } مرة
}
said-learned = تعلّمه النظام، ويُعمل به في كل مكان خلال ثانيتين.
said-rejected = أُزيلت من القائمة.
said-settled-before = سبق أن بتّ فيها أحد الزملاء.
said-no-entry = فضلًا اختيار سؤال، ولم يتغيّر شيء.
faq-new = سؤال جديد
faq-name = اسم قصير للملفات والتقارير
faq-name-hint = أحرف لاتينية صغيرة وأرقام و _ مثل opening_hours.
faq-name-taken = يوجد سؤال بهذا الاسم.
faq-title-ar = العنوان بالعربية كما يظهر بين الاقتراحات
faq-title-en = العنوان بالإنجليزية
faq-answer-ar = الجواب بالعربية
faq-answer-en = الجواب بالإنجليزية
faq-asked-hint = صيغة في كل سطر بأي لغة أو إملاء، وعشر صيغ كافية.
faq-misconception-about = يعتقد كثيرون خلاف ذلك، والجواب يصحّحه.
faq-wrong = لا يمكن العمل بهذا:
faq-written = كُتبت
faq-retired = أُوقف
faq-retired-words = هذا السؤال موقوف، ويمكن العودة إلى ما في الملفات.
faq-from-files = كما ورد في الملفات.
faq-retire = إيقاف
faq-ask-retire = هل يوقف هذا السؤال؟
said-faq-written = تم الحفظ، ويُعمل به في كل مكان خلال ثانيتين.

charity: amass
# An Iqama that has expired, and stands in another open request; then a visitor with another document, who answers by voice and waits in line for a place.

known: case W-8ZWW9-4K9Q support transport submitted id 2456789011
as: queue
known: case W-QUEUE-01 support supplies submitted
known: case W-QUEUE-02 support supplies submitted
known: case W-QUEUE-03 support supplies submitted
known: case W-QUEUE-04 support supplies submitted
known: case W-QUEUE-05 support supplies submitted
known: case W-QUEUE-06 support supplies submitted
known: case W-QUEUE-07 support supplies submitted
known: case W-QUEUE-08 support supplies submitted
known: case W-QUEUE-09 support supplies submitted
known: case W-QUEUE-10 support supplies submitted
known: case W-QUEUE-11 support supplies submitted
known: case W-QUEUE-12 support supplies submitted
known: case W-QUEUE-13 support supplies submitted
known: case W-QUEUE-14 support supplies submitted
known: case W-QUEUE-15 support supplies submitted
known: case W-QUEUE-16 support supplies submitted
known: case W-QUEUE-17 support supplies submitted
known: case W-QUEUE-18 support supplies submitted
known: case W-QUEUE-19 support supplies submitted
known: case W-QUEUE-20 support supplies submitted
known: case W-QUEUE-21 support supplies submitted
known: case W-QUEUE-22 support supplies submitted
known: case W-QUEUE-23 support supplies submitted
known: case W-QUEUE-24 support supplies submitted
known: case W-QUEUE-25 support supplies submitted
known: case W-QUEUE-26 support supplies submitted
known: case W-QUEUE-27 support supplies submitted
known: case W-QUEUE-28 support supplies submitted
known: case W-QUEUE-29 support supplies submitted
known: case W-QUEUE-30 support supplies submitted
as: resident
person: تقديم طلب دعم
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية أمّس.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  ما الخدمة المطلوبة؟
  [1] النقل إلى المواعيد — لمن تتكرر مواعيده ولا تتيسر له وسيلة نقل
  [2] السكن قرب المواعيد — إقامة قصيرة مع مرافق، لمن يأتي من خارج المدينة
  [3] المستلزمات والأجهزة — ما تدعو إليه الحاجة في المنزل، بقائمة انتظار
  [4] الدعم المعيشي — للأسر محدودة الدخل في فترة المراجعات
  [5] المساندة والإرشاد — جلسات مساندة فردية أو جماعية للمستفيد وأسرته
  [6] لقاء الأسر — لقاء سنوي يجمع المستفيدين وأسرهم
presses: النقل إلى المواعيد
bot: سنطلب صورة التقرير الطبي، ويمكن إرسالها لاحقًا.
  لطلب «النقل إلى المواعيد» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
  • ما نطلبه: الاسم ورقم الهوية وانتهاؤها ووسيلة التواصل والسكن، وما تتطلبه هذه الخدمة.
  • الغرض: دراسة هذا الطلب ومتابعته فقط.
  • من يطّلع عليها: من يدرس الطلب ويبتّ فيه في الجمعية فقط.
  • حفظها: مشفّرة، ويُحذف الطلب الذي لم يكتمل بعد 90 يومًا.
  • حقوقكم: الاطلاع والتصحيح والحذف وسحب الموافقة في أي وقت.
  للتفاصيل تُكتب كلمة «خصوصيتي». هل توافقون؟
  [1] أوافق
  [2] لا أوافق
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: أوافق
bot: تحتاج هذه الخدمة إلى بيانات صحية، وهي بيانات حساسة نسأل عنها على حدة:
  • ما نطلبه: وصف الحاجة العلاجية والتقرير الطبي.
  • من يطّلع عليها: من يدرس الطلب ويبتّ فيه فقط، ولا تظهر في أي تنبيه.
  هل توافقون على معالجتها لدراسة هذا الطلب؟
  [1] أوافق
  [2] لا أوافق
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: أوافق
bot: من يكتب الآن، ولمن هذا الطلب؟
  [1] لنفسي (18 سنة فأكثر)
  [2] لشخص بالغ أساعده
  [3] لمن أنا وليّ أمره
  [4] عمري أقل من 18 سنة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: لنفسي (18 سنة فأكثر)
bot: فضلًا كتابة الاسم الرباعي كما في الهوية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: أحمد يوسف إدريس
bot: ما رقم الهوية الوطنية أو الإقامة؟ وهو عشرة أرقام.
  ومن لديه وثيقة غيرهما فضلًا الضغط على «تخطي».
  (skip) تخطي
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: ٢٤٥٦٧٨٩٠١١
bot: متى تنتهي صلاحيتها؟ فضلًا كتابة التاريخ كما هو عليها، هجريًّا أو ميلاديًّا، مثل 15/7/1450.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: 1/1/2020
bot: يظهر من التاريخ أن صلاحيتها منتهية. لا يمنع ذلك استلام الطلب، ونكمل معكم الآن.
  فضلًا تجديدها في أقرب وقت، لأن موظفنا يتأكد من سريانها قبل الدراسة.
  إن سبق تجديدها فضلًا إرسال صورة الجديدة، وإلا فالضغط على «تخطي». ولتصحيح التاريخ تُكتب كلمة «رجوع».
  (skip) تخطي
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: (skip)
bot: كيف نتواصل بشأن الطلب؟ رقم جوال أو بريد إلكتروني، أو هنا في المحادثة.
  [1] هنا في المحادثة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: هنا في المحادثة
bot: أين السكن؟ فضلًا كتابة المدينة والحي، أو العنوان الوطني المختصر، أو إرسال الموقع.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: جدة
bot: فضلًا وصف الحاجة باختصار، كتابةً أو برسالة صوتية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: عندي موعد كل أسبوع والمسافة بعيدة
bot: ما درجة الاستعجال؟
  [1] خلال أيام
  [2] خلال شهر
  [3] غير مستعجل
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: خلال شهر
bot: فضلًا إرسال صورة التقرير الطبي أو الوصفة.
  (later) سأرسلها لاحقًا
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: photo
silent:
clock: +3s
bot: وصلنا: التقرير الطبي (ملف واحد).
  وإن بقيت صفحات أخرى فضلًا إرسالها، وإلا فالضغط على «تم».
  (done) تم
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: (done)
bot: هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: النقل إلى المواعيد
  2. لمن الطلب: لنفسي (18 سنة فأكثر)
  3. الاسم: أحمد يوسف إدريس
  4. رقم الهوية: •••••9011
  5. انتهاء الهوية: 1 يناير 2020م
  6. صورة الوثيقة المجدّدة: بلا إجابة
  7. وسيلة التواصل: هنا في المحادثة
  8. السكن: جدة
  9. وصف الحاجة: عندي موعد كل أسبوع والمسافة بعيدة
  10. درجة الاستعجال: خلال شهر
  11. التقرير الطبي: ملف واحد
  إن كانت صحيحة ففضلًا الضغط على «صحيح»، ولتعديل إجابة يُكتب رقمها.
  [1] صحيح
  (correct) تعديل إجابة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: صحيح
bot: بقي الإقرار، وهو تعهّد منكم بصحة ما قدّمتموه، ويُحفظ مع الطلب.
  وللتوقيع عليه: كتابة الاسم الكامل، أو قوله في رسالة صوتية، أو إرسال صورة التوقيع أو البصمة. ونصّه:
  «أقرّ بأن جميع البيانات والوثائق المقدَّمة صحيحة، وأتحمّل المسؤولية المباشرة عن صحتها.»
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: إشعار استلام الطلب رقم W-8D8M6-YBM2
  استلمنا طلبكم، وسيتواصل معكم موظفنا.
  فضلًا الاحتفاظ برقم الطلب.
  (menu) القائمة
as: visitor
person: السلام عليكم
bot: وعليكم السلام ورحمة الله وبركاته، حياكم الله في جمعية أمّس.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] شكوى أو اقتراح
  [6] تقييم الخدمة
  [7] المزيد
presses: تقديم طلب دعم
bot: ما الخدمة المطلوبة؟
  [1] النقل إلى المواعيد — لمن تتكرر مواعيده ولا تتيسر له وسيلة نقل
  [2] السكن قرب المواعيد — إقامة قصيرة مع مرافق، لمن يأتي من خارج المدينة
  [3] المستلزمات والأجهزة — ما تدعو إليه الحاجة في المنزل، بقائمة انتظار
  [4] الدعم المعيشي — للأسر محدودة الدخل في فترة المراجعات
  [5] المساندة والإرشاد — جلسات مساندة فردية أو جماعية للمستفيد وأسرته
  [6] لقاء الأسر — لقاء سنوي يجمع المستفيدين وأسرهم
presses: المستلزمات والأجهزة
bot: سنطلب صورة التقرير الطبي، ويمكن إرسالها لاحقًا.
  لطلب «المستلزمات والأجهزة» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
  • ما نطلبه: الاسم ورقم الهوية وانتهاؤها ووسيلة التواصل والسكن، وما تتطلبه هذه الخدمة.
  • الغرض: دراسة هذا الطلب ومتابعته فقط.
  • من يطّلع عليها: من يدرس الطلب ويبتّ فيه في الجمعية فقط.
  • حفظها: مشفّرة، ويُحذف الطلب الذي لم يكتمل بعد 90 يومًا.
  • حقوقكم: الاطلاع والتصحيح والحذف وسحب الموافقة في أي وقت.
  للتفاصيل تُكتب كلمة «خصوصيتي». هل توافقون؟
  [1] أوافق
  [2] لا أوافق
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: أوافق
bot: تحتاج هذه الخدمة إلى بيانات صحية، وهي بيانات حساسة نسأل عنها على حدة:
  • ما نطلبه: وصف الحاجة العلاجية والتقرير الطبي.
  • من يطّلع عليها: من يدرس الطلب ويبتّ فيه فقط، ولا تظهر في أي تنبيه.
  هل توافقون على معالجتها لدراسة هذا الطلب؟
  [1] أوافق
  [2] لا أوافق
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: أوافق
bot: من يكتب الآن، ولمن هذا الطلب؟
  [1] لنفسي (18 سنة فأكثر)
  [2] لشخص بالغ أساعده
  [3] لمن أنا وليّ أمره
  [4] عمري أقل من 18 سنة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: لنفسي (18 سنة فأكثر)
bot: فضلًا كتابة الاسم الرباعي كما في الهوية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: وصل تسجيلكم الصوتي (الاسم)، وسيكتبه أحد موظفينا.
  ما رقم الهوية الوطنية أو الإقامة؟ وهو عشرة أرقام.
  ومن لديه وثيقة غيرهما فضلًا الضغط على «تخطي».
  (skip) تخطي
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: 3000000012
bot: متى تنتهي صلاحيتها؟ فضلًا كتابة التاريخ كما هو عليها، هجريًّا أو ميلاديًّا، مثل 15/7/1450.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: 1/1/2030
bot: نقبل هذه الوثيقة لاستلام الطلب، ويوضح لكم موظفنا إن احتجنا إلى غيرها.
  كيف نتواصل بشأن الطلب؟ رقم جوال أو بريد إلكتروني، أو هنا في المحادثة.
  [1] هنا في المحادثة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: هنا في المحادثة
bot: أين السكن؟ فضلًا كتابة المدينة والحي، أو العنوان الوطني المختصر، أو إرسال الموقع.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: وصل تسجيلكم الصوتي (السكن)، وسيكتبه أحد موظفينا.
  كم عدد المقيمين في البيت، مع صاحب الطلب؟
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: ٤
bot: كم دخل الأسرة الشهري تقريبًا، من جميع المصادر؟
  [1] بلا دخل ثابت
  [2] أقل من 3000 ريال
  [3] 3000 إلى 6000 ريال
  [4] أكثر من 6000 ريال
  [5] أفضّل ذكره للموظف
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: 2
bot: فضلًا وصف الحاجة باختصار، كتابةً أو برسالة صوتية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: كرسي متحرك
bot: فضلًا إرسال صورة التقرير الطبي أو الوصفة.
  (later) سأرسلها لاحقًا
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: (later)
bot: لا بأس، يمكن إرسال «التقرير الطبي» لاحقًا، وسنذكّركم.
  هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: المستلزمات والأجهزة
  2. لمن الطلب: لنفسي (18 سنة فأكثر)
  3. الاسم: رسالة صوتية
  4. رقم الهوية: •••••0012
  5. انتهاء الهوية: 1 يناير 2030م
  6. وسيلة التواصل: هنا في المحادثة
  7. السكن: رسالة صوتية
  8. عدد أفراد الأسرة: 4
  9. دخل الأسرة الشهري: أقل من 3000 ريال
  10. وصف الحاجة: كرسي متحرك
  11. التقرير الطبي: سترسَل لاحقًا
  إن كانت صحيحة ففضلًا الضغط على «صحيح»، ولتعديل إجابة يُكتب رقمها.
  [1] صحيح
  (correct) تعديل إجابة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: صحيح
bot: بقي الإقرار، وهو تعهّد منكم بصحة ما قدّمتموه، ويُحفظ مع الطلب.
  وللتوقيع عليه: كتابة الاسم الكامل، أو قوله في رسالة صوتية، أو إرسال صورة التوقيع أو البصمة. ونصّه:
  «أقرّ بأن جميع البيانات والوثائق المقدَّمة صحيحة، وأتحمّل المسؤولية المباشرة عن صحتها.»
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: إشعار استلام الطلب رقم W-37M5H-M2TG
  المستلزمات والأجهزة، بتاريخ الأحد 15 رجب 1447هـ الموافق 4 يناير 2026م. وهذا رقم مبدئي إلى أن يراجع موظفنا البيانات.
  وبانتظار أن يصلنا منكم: التقرير الطبي.
  ويمكن إرسال الصورة هنا مباشرة متى تيسّرت، وسنذكّركم بها. وعند اكتمال المطلوب نبدأ الدراسة ونكتب لكم.
  فضلًا الاحتفاظ برقم الطلب. ولمعرفة حالته في أي وقت تُكتب «متابعة طلب سابق».
  اكتمل العدد المتاح لهذه الخدمة الآن، وطلبكم في قائمة الانتظار بالترتيب 1. ونخبركم متى حان دوركم.
  (menu) القائمة
end:
  case W-8ZWW9-4K9Q support transport submitted
  as queue
  case W-QUEUE-01 support supplies submitted
  case W-QUEUE-02 support supplies submitted
  case W-QUEUE-03 support supplies submitted
  case W-QUEUE-04 support supplies submitted
  case W-QUEUE-05 support supplies submitted
  case W-QUEUE-06 support supplies submitted
  case W-QUEUE-07 support supplies submitted
  case W-QUEUE-08 support supplies submitted
  case W-QUEUE-09 support supplies submitted
  case W-QUEUE-10 support supplies submitted
  case W-QUEUE-11 support supplies submitted
  case W-QUEUE-12 support supplies submitted
  case W-QUEUE-13 support supplies submitted
  case W-QUEUE-14 support supplies submitted
  case W-QUEUE-15 support supplies submitted
  case W-QUEUE-16 support supplies submitted
  case W-QUEUE-17 support supplies submitted
  case W-QUEUE-18 support supplies submitted
  case W-QUEUE-19 support supplies submitted
  case W-QUEUE-20 support supplies submitted
  case W-QUEUE-21 support supplies submitted
  case W-QUEUE-22 support supplies submitted
  case W-QUEUE-23 support supplies submitted
  case W-QUEUE-24 support supplies submitted
  case W-QUEUE-25 support supplies submitted
  case W-QUEUE-26 support supplies submitted
  case W-QUEUE-27 support supplies submitted
  case W-QUEUE-28 support supplies submitted
  case W-QUEUE-29 support supplies submitted
  case W-QUEUE-30 support supplies submitted
  as resident
  case W-8D8M6-YBM2 support transport submitted flags expired, short_name, duplicate
  consent application given
  consent health given
  as visitor
  case W-37M5H-M2TG support supplies submitted missing medical_report flags to_type_up, other_document, waiting_list
  timer missing:W-37M5H-M2TG 2026-01-05 09:00
  consent application given
  consent health given

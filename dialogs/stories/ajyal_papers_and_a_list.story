charity: ajyal
# An Iqama that has expired, and stands in another open request; then a child with another document, a guardian who answers by voice and waits in line for a place.

known: case W-8ZWW9-4K9Q support early_childhood submitted id 2456789011
as: queue
known: case W-QUEUE-01 support clothing submitted
known: case W-QUEUE-02 support clothing submitted
known: case W-QUEUE-03 support clothing submitted
known: case W-QUEUE-04 support clothing submitted
known: case W-QUEUE-05 support clothing submitted
known: case W-QUEUE-06 support clothing submitted
known: case W-QUEUE-07 support clothing submitted
known: case W-QUEUE-08 support clothing submitted
known: case W-QUEUE-09 support clothing submitted
known: case W-QUEUE-10 support clothing submitted
known: case W-QUEUE-11 support clothing submitted
known: case W-QUEUE-12 support clothing submitted
known: case W-QUEUE-13 support clothing submitted
known: case W-QUEUE-14 support clothing submitted
known: case W-QUEUE-15 support clothing submitted
known: case W-QUEUE-16 support clothing submitted
known: case W-QUEUE-17 support clothing submitted
known: case W-QUEUE-18 support clothing submitted
known: case W-QUEUE-19 support clothing submitted
known: case W-QUEUE-20 support clothing submitted
known: case W-QUEUE-21 support clothing submitted
known: case W-QUEUE-22 support clothing submitted
known: case W-QUEUE-23 support clothing submitted
known: case W-QUEUE-24 support clothing submitted
known: case W-QUEUE-25 support clothing submitted
known: case W-QUEUE-26 support clothing submitted
known: case W-QUEUE-27 support clothing submitted
known: case W-QUEUE-28 support clothing submitted
known: case W-QUEUE-29 support clothing submitted
known: case W-QUEUE-30 support clothing submitted
known: case W-QUEUE-31 support clothing submitted
known: case W-QUEUE-32 support clothing submitted
known: case W-QUEUE-33 support clothing submitted
known: case W-QUEUE-34 support clothing submitted
known: case W-QUEUE-35 support clothing submitted
known: case W-QUEUE-36 support clothing submitted
known: case W-QUEUE-37 support clothing submitted
known: case W-QUEUE-38 support clothing submitted
known: case W-QUEUE-39 support clothing submitted
known: case W-QUEUE-40 support clothing submitted
known: case W-QUEUE-41 support clothing submitted
known: case W-QUEUE-42 support clothing submitted
known: case W-QUEUE-43 support clothing submitted
known: case W-QUEUE-44 support clothing submitted
known: case W-QUEUE-45 support clothing submitted
known: case W-QUEUE-46 support clothing submitted
known: case W-QUEUE-47 support clothing submitted
known: case W-QUEUE-48 support clothing submitted
known: case W-QUEUE-49 support clothing submitted
known: case W-QUEUE-50 support clothing submitted
as: resident
person: تقديم طلب دعم
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية أجيال لطفولة واعدة.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  ما الخدمة المطلوبة؟
  [1] برنامج الطفولة المبكرة — أنشطة لمن هم دون السادسة، ويقدّم الطلب وليّ الأمر
  [2] دعم التعلّم — متابعة دراسية لطلاب المرحلة الابتدائية، ويقدّم الطلب وليّ الأمر
  [3] احتياجات الرضّع — حليب وحفاضات ومستلزمات، للأسر محدودة الدخل
  [4] كسوة الطفل — كسوة الشتاء والعيد، بقائمة انتظار
  [5] الإرشاد الأسري — جلسة مع مختص لوليّ الأمر في تربية الطفل ورعايته
  [6] الحقيبة المدرسية — حقيبة ومستلزمات قبل بدء العام الدراسي
presses: برنامج الطفولة المبكرة
bot: لطلب «برنامج الطفولة المبكرة» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
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
bot: الطلب هنا لطفل، ويقدّمه وليّ أمره.
  من يكتب الآن، ولمن هذا الطلب؟
  [1] لمن أنا وليّ أمره
  [2] عمري أقل من 18 سنة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: لمن أنا وليّ أمره
bot: هل عمركم أنتم 18 سنة فأكثر؟
  [1] نعم
  [2] لا
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: نعم
bot: ما صلتكم بصاحب الطلب؟ يُختار ما أنتم له.
  [1] أب أو أم
  [2] أخ أو أخت
  [3] جدّ أو جدّة
  [4] وليّ بصك شرعي
  [5] قريب آخر
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: أب أو أم
bot: ما اسمكم أنتم كما في الهوية؟
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: هند صالح عمر الحربي
bot: فضلًا إرسال صورة ما يثبت الولاية أو الوكالة، كسجل الأسرة أو صك الولاية أو الوكالة الشرعية.
  (later) سأرسلها لاحقًا
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: photo
silent:
clock: +3s
bot: وصلنا: إثبات الولاية أو الوكالة (ملف واحد).
  وإن بقيت صفحات أخرى فضلًا إرسالها، وإلا فالضغط على «تم».
  (done) تم
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: (done)
bot: شكرًا لكم. والأسئلة التالية كلها عن صاحب الطلب.
  فضلًا كتابة الاسم الرباعي كما في الهوية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: آدم يوسف إدريس
bot: ما رقم الهوية الوطنية أو الإقامة؟ وهو عشرة أرقام.
  ومن لديه وثيقة غيرهما فضلًا الضغط على «تخطي».
  (skip) تخطي
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: 2456789011
bot: متى تنتهي صلاحيتها؟ فضلًا كتابة التاريخ كما هو عليها، هجريًّا أو ميلاديًّا، مثل 15/7/1450.
  ومن كان رقمه في سجل الأسرة بلا بطاقة ففضلًا الضغط على «تخطي».
  (skip) تخطي
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
person: ٠٥١٢٣٤٥٦٧٨
bot: أين السكن؟ فضلًا كتابة المدينة والحي، أو العنوان الوطني المختصر، أو إرسال الموقع.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: حائل، حي المثال
bot: هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: برنامج الطفولة المبكرة
  2. لمن الطلب: لمن أنا وليّ أمره
  3. عمر الكاتب 18 فأكثر: نعم
  4. الصلة بصاحب الطلب: أب أو أم
  5. اسم مقدّم الطلب: هند صالح عمر الحربي
  6. إثبات الولاية أو الوكالة: ملف واحد
  7. الاسم: آدم يوسف إدريس
  8. رقم الهوية: •••••9011
  9. انتهاء الهوية: 1 يناير 2020م
  10. صورة الوثيقة المجدّدة: بلا إجابة
  11. وسيلة التواصل: 0512345678
  12. السكن: حائل، حي المثال
  إن كانت صحيحة ففضلًا الضغط على «صحيح»، ولتعديل إجابة يُكتب رقمها.
  [1] صحيح
  (correct) تعديل إجابة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: صحيح
bot: بقي الإقرار، وهو تعهّد منكم أنتم بصحة ما قدّمتموه عن صاحب الطلب، ويُحفظ مع الطلب.
  وللتوقيع عليه: كتابة اسمكم الكامل، أو قوله في رسالة صوتية، أو إرسال صورة التوقيع أو البصمة. ونصّه:
  «بصفتي (أب أو أم) لصاحب الطلب، أقرّ بأن جميع البيانات والوثائق المقدَّمة عنه صحيحة، وأتحمّل المسؤولية المباشرة عن صحتها.»
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: هند صالح عمر الحربي
bot: إشعار استلام الطلب رقم W-6BM3P-GYWT
  استلمنا طلبكم، وسيتواصل معكم موظفنا.
  فضلًا الاحتفاظ برقم الطلب.
  (menu) القائمة
as: visitor
person: السلام عليكم
bot: وعليكم السلام ورحمة الله وبركاته، حياكم الله في جمعية أجيال لطفولة واعدة.
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
  [1] برنامج الطفولة المبكرة — أنشطة لمن هم دون السادسة، ويقدّم الطلب وليّ الأمر
  [2] دعم التعلّم — متابعة دراسية لطلاب المرحلة الابتدائية، ويقدّم الطلب وليّ الأمر
  [3] احتياجات الرضّع — حليب وحفاضات ومستلزمات، للأسر محدودة الدخل
  [4] كسوة الطفل — كسوة الشتاء والعيد، بقائمة انتظار
  [5] الإرشاد الأسري — جلسة مع مختص لوليّ الأمر في تربية الطفل ورعايته
  [6] الحقيبة المدرسية — حقيبة ومستلزمات قبل بدء العام الدراسي
presses: كسوة الطفل
bot: لطلب «كسوة الطفل» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
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
bot: الطلب هنا لطفل، ويقدّمه وليّ أمره.
  من يكتب الآن، ولمن هذا الطلب؟
  [1] لمن أنا وليّ أمره
  [2] عمري أقل من 18 سنة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: لمن أنا وليّ أمره
bot: هل عمركم أنتم 18 سنة فأكثر؟
  [1] نعم
  [2] لا
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: نعم
bot: ما صلتكم بصاحب الطلب؟ يُختار ما أنتم له.
  [1] أب أو أم
  [2] أخ أو أخت
  [3] جدّ أو جدّة
  [4] وليّ بصك شرعي
  [5] قريب آخر
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: أب أو أم
bot: ما اسمكم أنتم كما في الهوية؟
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: وصل تسجيلكم الصوتي (اسم مقدّم الطلب)، وسيكتبه أحد موظفينا.
  فضلًا إرسال صورة ما يثبت الولاية أو الوكالة، كسجل الأسرة أو صك الولاية أو الوكالة الشرعية.
  (later) سأرسلها لاحقًا
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: (later)
bot: لا بأس، يمكن إرسال «إثبات الولاية أو الوكالة» لاحقًا، وسنذكّركم.
  شكرًا لكم. والأسئلة التالية كلها عن صاحب الطلب.
  فضلًا كتابة الاسم الرباعي كما في الهوية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: وصل تسجيلكم الصوتي (الاسم)، وسيكتبه أحد موظفينا.
  ما رقم الهوية الوطنية أو الإقامة؟ وهو عشرة أرقام.
  ومن لديه وثيقة غيرهما فضلًا الضغط على «تخطي».
  (skip) تخطي
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: (skip)
bot: ما الوثيقة المتوفرة؟
  [1] جواز سفر
  [2] هوية خليجية
  [3] هوية زائر
  [4] شهادة ميلاد
  [5] وثيقة أخرى
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: شهادة ميلاد
bot: ما رقم الوثيقة؟
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: AB1234567
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
person: ٥
bot: كم دخل الأسرة الشهري تقريبًا، من جميع المصادر؟
  [1] بلا دخل ثابت
  [2] أقل من 3000 ريال
  [3] 3000 إلى 6000 ريال
  [4] أكثر من 6000 ريال
  [5] أفضّل ذكره للموظف
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: 2
bot: هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: كسوة الطفل
  2. لمن الطلب: لمن أنا وليّ أمره
  3. عمر الكاتب 18 فأكثر: نعم
  4. الصلة بصاحب الطلب: أب أو أم
  5. اسم مقدّم الطلب: رسالة صوتية
  6. إثبات الولاية أو الوكالة: سترسَل لاحقًا
  7. الاسم: رسالة صوتية
  8. رقم الهوية: بلا إجابة
  9. نوع الوثيقة: شهادة ميلاد
  10. رقم الوثيقة: •••••4567
  11. وسيلة التواصل: هنا في المحادثة
  12. السكن: رسالة صوتية
  13. عدد أفراد الأسرة: 5
  14. دخل الأسرة الشهري: أقل من 3000 ريال
  إن كانت صحيحة ففضلًا الضغط على «صحيح»، ولتعديل إجابة يُكتب رقمها.
  [1] صحيح
  (correct) تعديل إجابة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: صحيح
bot: بقي الإقرار، وهو تعهّد منكم أنتم بصحة ما قدّمتموه عن صاحب الطلب، ويُحفظ مع الطلب.
  وللتوقيع عليه: كتابة اسمكم الكامل، أو قوله في رسالة صوتية، أو إرسال صورة التوقيع أو البصمة. ونصّه:
  «بصفتي (أب أو أم) لصاحب الطلب، أقرّ بأن جميع البيانات والوثائق المقدَّمة عنه صحيحة، وأتحمّل المسؤولية المباشرة عن صحتها.»
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
sends: voice
bot: إشعار استلام الطلب رقم W-4DCTK-S3DB
  كسوة الطفل، بتاريخ الأحد 15 رجب 1447هـ الموافق 4 يناير 2026م. وهذا رقم مبدئي إلى أن يراجع موظفنا البيانات.
  وبانتظار أن يصلنا منكم: إثبات الولاية أو الوكالة.
  ويمكن إرسال الصورة هنا مباشرة متى تيسّرت، وسنذكّركم بها. وعند اكتمال المطلوب نبدأ الدراسة ونكتب لكم.
  فضلًا الاحتفاظ برقم الطلب. ولمعرفة حالته في أي وقت تُكتب «متابعة طلب سابق».
  اكتمل العدد المتاح لهذه الخدمة الآن، وطلبكم في قائمة الانتظار بالترتيب 1. ونخبركم متى حان دوركم.
  (menu) القائمة
end:
  case W-8ZWW9-4K9Q support early_childhood submitted
  as queue
  case W-QUEUE-01 support clothing submitted
  case W-QUEUE-02 support clothing submitted
  case W-QUEUE-03 support clothing submitted
  case W-QUEUE-04 support clothing submitted
  case W-QUEUE-05 support clothing submitted
  case W-QUEUE-06 support clothing submitted
  case W-QUEUE-07 support clothing submitted
  case W-QUEUE-08 support clothing submitted
  case W-QUEUE-09 support clothing submitted
  case W-QUEUE-10 support clothing submitted
  case W-QUEUE-11 support clothing submitted
  case W-QUEUE-12 support clothing submitted
  case W-QUEUE-13 support clothing submitted
  case W-QUEUE-14 support clothing submitted
  case W-QUEUE-15 support clothing submitted
  case W-QUEUE-16 support clothing submitted
  case W-QUEUE-17 support clothing submitted
  case W-QUEUE-18 support clothing submitted
  case W-QUEUE-19 support clothing submitted
  case W-QUEUE-20 support clothing submitted
  case W-QUEUE-21 support clothing submitted
  case W-QUEUE-22 support clothing submitted
  case W-QUEUE-23 support clothing submitted
  case W-QUEUE-24 support clothing submitted
  case W-QUEUE-25 support clothing submitted
  case W-QUEUE-26 support clothing submitted
  case W-QUEUE-27 support clothing submitted
  case W-QUEUE-28 support clothing submitted
  case W-QUEUE-29 support clothing submitted
  case W-QUEUE-30 support clothing submitted
  case W-QUEUE-31 support clothing submitted
  case W-QUEUE-32 support clothing submitted
  case W-QUEUE-33 support clothing submitted
  case W-QUEUE-34 support clothing submitted
  case W-QUEUE-35 support clothing submitted
  case W-QUEUE-36 support clothing submitted
  case W-QUEUE-37 support clothing submitted
  case W-QUEUE-38 support clothing submitted
  case W-QUEUE-39 support clothing submitted
  case W-QUEUE-40 support clothing submitted
  case W-QUEUE-41 support clothing submitted
  case W-QUEUE-42 support clothing submitted
  case W-QUEUE-43 support clothing submitted
  case W-QUEUE-44 support clothing submitted
  case W-QUEUE-45 support clothing submitted
  case W-QUEUE-46 support clothing submitted
  case W-QUEUE-47 support clothing submitted
  case W-QUEUE-48 support clothing submitted
  case W-QUEUE-49 support clothing submitted
  case W-QUEUE-50 support clothing submitted
  as resident
  case W-6BM3P-GYWT support early_childhood submitted flags expired, short_name, duplicate
  consent application given
  as visitor
  case W-4DCTK-S3DB support clothing submitted missing guardian_proof flags to_type_up, other_document, waiting_list
  timer missing:W-4DCTK-S3DB 2026-01-05 09:00
  consent application given

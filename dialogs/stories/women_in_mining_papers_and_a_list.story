charity: women-in-mining
# An Iqama that has expired, and stands in another open request; then a visitor with another document, who answers by voice and waits in line for a place.

known: case W-8ZWW9-4K9Q support training submitted id 2456789011
as: queue
known: case W-QUEUE-01 support placement submitted
known: case W-QUEUE-02 support placement submitted
known: case W-QUEUE-03 support placement submitted
known: case W-QUEUE-04 support placement submitted
known: case W-QUEUE-05 support placement submitted
known: case W-QUEUE-06 support placement submitted
known: case W-QUEUE-07 support placement submitted
known: case W-QUEUE-08 support placement submitted
known: case W-QUEUE-09 support placement submitted
known: case W-QUEUE-10 support placement submitted
known: case W-QUEUE-11 support placement submitted
known: case W-QUEUE-12 support placement submitted
known: case W-QUEUE-13 support placement submitted
known: case W-QUEUE-14 support placement submitted
known: case W-QUEUE-15 support placement submitted
known: case W-QUEUE-16 support placement submitted
known: case W-QUEUE-17 support placement submitted
known: case W-QUEUE-18 support placement submitted
known: case W-QUEUE-19 support placement submitted
known: case W-QUEUE-20 support placement submitted
as: resident
person: تقديم طلب دعم
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية المرأة في التعدين.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  ما الخدمة المطلوبة؟
  [1] التدريب في التعدين — دورات قصيرة لمن تعمل أو تدرس في قطاع التعدين
  [2] الإرشاد المهني — لقاءات مع خبيرة أو خبير من القطاع
  [3] فرص التدريب الميداني — تدريب في موقع عمل لدى جهة من القطاع، بقائمة انتظار
  [4] معدات السلامة — خوذة وحذاء وملابس واقية للتدريب الميداني
  [5] منحة دراسية — دعم دراسة تخصص من تخصصات التعدين وعلوم الأرض
presses: التدريب في التعدين
bot: لطلب «التدريب في التعدين» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
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
bot: هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: التدريب في التعدين
  2. لمن الطلب: لنفسي (18 سنة فأكثر)
  3. الاسم: أحمد يوسف إدريس
  4. رقم الهوية: •••••9011
  5. انتهاء الهوية: 1 يناير 2020م
  6. صورة الوثيقة المجدّدة: بلا إجابة
  7. وسيلة التواصل: هنا في المحادثة
  8. السكن: جدة
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
bot: إشعار استلام الطلب رقم W-Z56NX-BHKV
  استلمنا طلبكم، وسيتواصل معكم موظفنا.
  فضلًا الاحتفاظ برقم الطلب.
  (menu) القائمة
as: visitor
person: السلام عليكم
bot: وعليكم السلام ورحمة الله وبركاته، حياكم الله في جمعية المرأة في التعدين.
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
  [1] التدريب في التعدين — دورات قصيرة لمن تعمل أو تدرس في قطاع التعدين
  [2] الإرشاد المهني — لقاءات مع خبيرة أو خبير من القطاع
  [3] فرص التدريب الميداني — تدريب في موقع عمل لدى جهة من القطاع، بقائمة انتظار
  [4] معدات السلامة — خوذة وحذاء وملابس واقية للتدريب الميداني
  [5] منحة دراسية — دعم دراسة تخصص من تخصصات التعدين وعلوم الأرض
presses: فرص التدريب الميداني
bot: لطلب «فرص التدريب الميداني» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
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
  فضلًا وصف الحاجة باختصار، كتابةً أو برسالة صوتية.
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
person: أدرس الجيولوجيا وأحتاج إلى تدريب صيفي
bot: هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: فرص التدريب الميداني
  2. لمن الطلب: لنفسي (18 سنة فأكثر)
  3. الاسم: رسالة صوتية
  4. رقم الهوية: •••••0012
  5. انتهاء الهوية: 1 يناير 2030م
  6. وسيلة التواصل: هنا في المحادثة
  7. السكن: رسالة صوتية
  8. وصف الحاجة: أدرس الجيولوجيا وأحتاج إلى تدريب صيفي
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
bot: إشعار استلام الطلب رقم W-NKXFB-2BDV
  فرص التدريب الميداني، بتاريخ الأحد 15 رجب 1447هـ الموافق 4 يناير 2026م. وهذا رقم مبدئي إلى أن يراجع موظفنا البيانات.
  ندرس طلبكم، ثم نتواصل معكم بالنتيجة.
  فضلًا الاحتفاظ برقم الطلب. ولمعرفة حالته في أي وقت تُكتب «متابعة طلب سابق».
  اكتمل العدد المتاح لهذه الخدمة الآن، وطلبكم في قائمة الانتظار بالترتيب 1. ونخبركم متى حان دوركم.
  (menu) القائمة
end:
  case W-8ZWW9-4K9Q support training submitted
  as queue
  case W-QUEUE-01 support placement submitted
  case W-QUEUE-02 support placement submitted
  case W-QUEUE-03 support placement submitted
  case W-QUEUE-04 support placement submitted
  case W-QUEUE-05 support placement submitted
  case W-QUEUE-06 support placement submitted
  case W-QUEUE-07 support placement submitted
  case W-QUEUE-08 support placement submitted
  case W-QUEUE-09 support placement submitted
  case W-QUEUE-10 support placement submitted
  case W-QUEUE-11 support placement submitted
  case W-QUEUE-12 support placement submitted
  case W-QUEUE-13 support placement submitted
  case W-QUEUE-14 support placement submitted
  case W-QUEUE-15 support placement submitted
  case W-QUEUE-16 support placement submitted
  case W-QUEUE-17 support placement submitted
  case W-QUEUE-18 support placement submitted
  case W-QUEUE-19 support placement submitted
  case W-QUEUE-20 support placement submitted
  as resident
  case W-Z56NX-BHKV support training submitted flags expired, short_name, duplicate
  consent application given
  as visitor
  case W-NKXFB-2BDV support placement submitted flags to_type_up, other_document, waiting_list
  consent application given

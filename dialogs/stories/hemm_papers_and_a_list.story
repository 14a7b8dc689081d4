charity: hemm
# An Iqama that has expired, and stands in another open request; then a visitor with another document, who answers by voice and waits in line for a place.

known: case W-8ZWW9-4K9Q support training submitted id 2456789011
as: queue
known: case W-QUEUE-01 support initiative submitted
known: case W-QUEUE-02 support initiative submitted
known: case W-QUEUE-03 support initiative submitted
known: case W-QUEUE-04 support initiative submitted
known: case W-QUEUE-05 support initiative submitted
known: case W-QUEUE-06 support initiative submitted
known: case W-QUEUE-07 support initiative submitted
known: case W-QUEUE-08 support initiative submitted
known: case W-QUEUE-09 support initiative submitted
known: case W-QUEUE-10 support initiative submitted
known: case W-QUEUE-11 support initiative submitted
known: case W-QUEUE-12 support initiative submitted
known: case W-QUEUE-13 support initiative submitted
known: case W-QUEUE-14 support initiative submitted
known: case W-QUEUE-15 support initiative submitted
known: case W-QUEUE-16 support initiative submitted
known: case W-QUEUE-17 support initiative submitted
known: case W-QUEUE-18 support initiative submitted
known: case W-QUEUE-19 support initiative submitted
known: case W-QUEUE-20 support initiative submitted
as: resident
person: تقديم طلب دعم
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية همم شبابية.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  ما الخدمة المطلوبة؟
  [1] التأهيل والتدريب — دورات قصيرة تعين الشباب على الدراسة والعمل
  [2] الإرشاد المهني — جلسة مع مرشد لاختيار التخصص أو البحث عن عمل
  [3] دعم مبادرة شبابية — احتضان مبادرات الشباب وإرشاد القائمين عليها، بقائمة انتظار
  [4] مساندة الطلاب ماديًّا — للطلاب والطالبات محدودي الدخل، لمواصلة الدراسة
  [5] البرنامج الصيفي — أنشطة ومهارات للشباب في الإجازة الصيفية
presses: التأهيل والتدريب
bot: لطلب «التأهيل والتدريب» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
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
  1. الخدمة: التأهيل والتدريب
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
bot: إشعار استلام الطلب رقم W-63VRR-P8MC
  استلمنا طلبكم، وسيتواصل معكم موظفنا.
  فضلًا الاحتفاظ برقم الطلب.
  (menu) القائمة
as: visitor
person: السلام عليكم
bot: وعليكم السلام ورحمة الله وبركاته، حياكم الله في جمعية همم شبابية.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
presses: تقديم طلب دعم
bot: ما الخدمة المطلوبة؟
  [1] التأهيل والتدريب — دورات قصيرة تعين الشباب على الدراسة والعمل
  [2] الإرشاد المهني — جلسة مع مرشد لاختيار التخصص أو البحث عن عمل
  [3] دعم مبادرة شبابية — احتضان مبادرات الشباب وإرشاد القائمين عليها، بقائمة انتظار
  [4] مساندة الطلاب ماديًّا — للطلاب والطالبات محدودي الدخل، لمواصلة الدراسة
  [5] البرنامج الصيفي — أنشطة ومهارات للشباب في الإجازة الصيفية
presses: دعم مبادرة شبابية
bot: لطلب «دعم مبادرة شبابية» نحتاج أولًا إلى موافقتكم على معالجة البيانات:
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
person: تطبيق يجمع فرص التطوع لطلاب الحي
bot: هذه بياناتكم قبل التقديم، فضلًا مراجعتها:
  1. الخدمة: دعم مبادرة شبابية
  2. لمن الطلب: لنفسي (18 سنة فأكثر)
  3. الاسم: رسالة صوتية
  4. رقم الهوية: •••••0012
  5. انتهاء الهوية: 1 يناير 2030م
  6. وسيلة التواصل: هنا في المحادثة
  7. السكن: رسالة صوتية
  8. وصف الحاجة: تطبيق يجمع فرص التطوع لطلاب الحي
  إن كانت صحيحة ففضلًا الضغط على «صحيح»، ولتعديل إجابة يُكتب رقمها.
  [1] صحيح
  (correct) تعديل إجابة
  (back) رجوع
  (pause) حفظ والإكمال لاحقًا
presses: صحيح
bot: إشعار استلام الطلب رقم W-ZDQYW-V47Z
  دعم مبادرة شبابية، بتاريخ الأحد 15 رجب 1447هـ الموافق 4 يناير 2026م. وهذا رقم مبدئي إلى أن يراجع موظفنا البيانات.
  ندرس طلبكم، ثم نتواصل معكم بالنتيجة.
  فضلًا الاحتفاظ برقم الطلب. ولمعرفة حالته في أي وقت تُكتب «متابعة طلب سابق».
  اكتمل العدد المتاح لهذه الخدمة الآن، وطلبكم في قائمة الانتظار بالترتيب 1. ونخبركم متى حان دوركم.
  (menu) القائمة
end:
  case W-8ZWW9-4K9Q support training submitted
  as queue
  case W-QUEUE-01 support initiative submitted
  case W-QUEUE-02 support initiative submitted
  case W-QUEUE-03 support initiative submitted
  case W-QUEUE-04 support initiative submitted
  case W-QUEUE-05 support initiative submitted
  case W-QUEUE-06 support initiative submitted
  case W-QUEUE-07 support initiative submitted
  case W-QUEUE-08 support initiative submitted
  case W-QUEUE-09 support initiative submitted
  case W-QUEUE-10 support initiative submitted
  case W-QUEUE-11 support initiative submitted
  case W-QUEUE-12 support initiative submitted
  case W-QUEUE-13 support initiative submitted
  case W-QUEUE-14 support initiative submitted
  case W-QUEUE-15 support initiative submitted
  case W-QUEUE-16 support initiative submitted
  case W-QUEUE-17 support initiative submitted
  case W-QUEUE-18 support initiative submitted
  case W-QUEUE-19 support initiative submitted
  case W-QUEUE-20 support initiative submitted
  as resident
  case W-63VRR-P8MC support training submitted flags expired, short_name, duplicate
  consent application given
  as visitor
  case W-ZDQYW-V47Z support initiative submitted flags to_type_up, other_document, waiting_list
  consent application given

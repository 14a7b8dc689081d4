charity: demo
# Two items are sent back: a push says only that something is wanted; then the very questions, each with its reason. The
# request goes back to staff by itself.

known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given rent_amount, lease, need
staff: sends_back W-8ZWW9-4K9Q lease: unreadable; rent_amount: المبلغ في العقد غير ما كُتب هنا.
person: استكمال
person: لا أعرف
person: 1500
sends: photo
clock: +1m
person: تم
staff: matches W-8ZWW9-4K9Q lease
staff: matches W-8ZWW9-4K9Q rent_amount
staff: registers W-8ZWW9-4K9Q
staff: signs_off W-8ZWW9-4K9Q
staff: matches W-8ZWW9-4K9Q need
staff: signs_off W-8ZWW9-4K9Q
staff: moves W-8ZWW9-4K9Q committee
staff: registers W-8ZWW9-4K9Q
staff: moves W-8ZWW9-4K9Q committee
staff: decides W-8ZWW9-4K9Q approved
staff: decides W-8ZWW9-4K9Q approved نرتب معكم موعد التسليم. early: حالة عاجلة
person: متابعة طلب سابق
notice: السلام عليكم، راجع موظفنا الطلب رقم W-8ZWW9-4K9Q، ويحتاج إلى استكمال يسير من جانبكم. متى تيسّر لكم فضلًا كتابة «استكمال».
  [1] متابعة
  <template items_needed: W-8ZWW9-4K9Q>
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية وصل التجريبية.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  شكرًا لكم. بقي لإتمام تدقيق الطلب رقم W-8ZWW9-4K9Q أمران، نأخذهما واحدًا بعد الآخر.
  الإيجار السنوي: المبلغ في العقد غير ما كُتب هنا.
  كم الإيجار السنوي بالريال؟
bot: لم نجد رقمًا في الرسالة. فضلًا كتابته رقمًا، مثل 5.
bot: عقد الإيجار: لم تتضح لنا القراءة. فضلًا إعادة إرساله في إضاءة جيدة، بحيث تظهر أطرافه كلها.
  فضلًا إرسال صورة عقد الإيجار.
  (later) سأرسلها لاحقًا
bot: وصلنا: عقد الإيجار (ملف واحد).
  وإن بقيت صفحات أخرى فضلًا إرسالها، وإلا فالضغط على «تم».
  (done) تم
bot: شكرًا لكم، وصل ما طُلب منكم للطلب رقم W-8ZWW9-4K9Q، وعاد إلى موظفنا ليكمل تدقيقه.
  ويُحسب موعد الرد من اكتمال الطلب اليوم: يُتوقع ابتداءً من الأحد 29 رجب 1447هـ الموافق 18 يناير 2026م، وفي موعد أقصاه الثلاثاء 15 شعبان 1447هـ الموافق 3 فبراير 2026م.
  (menu) القائمة
notice: لديكم تحديث على الطلب رقم W-8ZWW9-4K9Q. للتفاصيل فضلًا كتابة «متابعة طلب سابق».
  <template case_update: W-8ZWW9-4K9Q>
notice: لديكم تحديث على الطلب رقم W-8ZWW9-4K9Q. للتفاصيل فضلًا كتابة «متابعة طلب سابق».
  <template case_update: W-8ZWW9-4K9Q>
bot: طلب دعم رقم W-8ZWW9-4K9Q
  الحالة: تمت الموافقة
  تمت الموافقة على طلبكم، ونتواصل معكم لترتيب تقديم الخدمة.
  نرتب معكم موعد التسليم.
  هل من شيء آخر بشأن طلباتكم؟
  [1] متابعة طلب آخر
  [2] سحب الطلب
  [3] لا، شكرًا
end:
  case W-8ZWW9-4K9Q support rent approved matched rent_amount, lease, need signed_off

charity: demo
# The first date is kept unless a reason is logged; one decision follows another only by a move that its state allows.

known: case W-8ZWW9-4K9Q support rent committee id 1098765439 given need
staff: matches W-8ZWW9-4K9Q lease
staff: sends_back W-8ZWW9-4K9Q need: 
staff: decides W-8ZWW9-4K9Q checking
staff: decides W-8ZWW9-4K9Q deferred ننتظر اجتماع اللجنة القادم.
staff: decides W-8ZWW9-4K9Q deferred
staff: decides W-8ZWW9-4K9Q rejected
person: متابعة طلب سابق
notice: لديكم تحديث على الطلب رقم W-8ZWW9-4K9Q. للتفاصيل فضلًا كتابة «متابعة طلب سابق».
  <template case_update: W-8ZWW9-4K9Q>
notice: لديكم تحديث على الطلب رقم W-8ZWW9-4K9Q. للتفاصيل فضلًا كتابة «متابعة طلب سابق».
  <template case_update: W-8ZWW9-4K9Q>
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية وصل التجريبية.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  طلب دعم رقم W-8ZWW9-4K9Q
  الحالة: تعذّر قبول الطلب
  نعتذر عن عدم إمكان قبول الطلب. ويسعدنا أن يوضح لكم موظفنا السبب وما يمكن تقديمه غيره، ولكم طلب إعادة النظر.
  هل من شيء آخر بشأن طلباتكم؟
  [1] متابعة طلب آخر
  [2] طلب إعادة النظر
  [3] لا، شكرًا
end:
  case W-8ZWW9-4K9Q support rent rejected

charity: demo
channel: web
language: en
# Wrong codes are told, and then limited; a code is no use in its own chat.

person: english
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  We will go on in English.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
person: continue elsewhere
bot: The code for going on elsewhere:
  CKPT-PBVB
  Please type it in our chat on Telegram or WhatsApp, and then agree here.
  It works once, within 15 minutes. Please do not give it to anyone.
  <link https://t.me/wasl_demo_bot?start=CKPTPBVB: Open Telegram>
  <link https://wa.me/966112345678?text=CKPTPBVB: Open WhatsApp>
as: elsewhere
person: BCDF-GHJK
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية وصل التجريبية.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  هذا الرمز غير صحيح أو انتهت مدته. وللحصول على رمز جديد فضلًا كتابة «المتابعة في قناة أخرى» في المحادثة الأولى.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
person: bcdf ghjl
bot: هذا الرمز غير صحيح أو انتهت مدته. وللحصول على رمز جديد فضلًا كتابة «المتابعة في قناة أخرى» في المحادثة الأولى.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
person: BCDFGHJM
bot: هذا الرمز غير صحيح أو انتهت مدته. وللحصول على رمز جديد فضلًا كتابة «المتابعة في قناة أخرى» في المحادثة الأولى.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
person: BCDF-GHJP
bot: هذا الرمز غير صحيح أو انتهت مدته. وللحصول على رمز جديد فضلًا كتابة «المتابعة في قناة أخرى» في المحادثة الأولى.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
person: BCDF-GHJR
bot: هذا الرمز غير صحيح أو انتهت مدته. وللحصول على رمز جديد فضلًا كتابة «المتابعة في قناة أخرى» في المحادثة الأولى.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
person: BCDF-GHJT
bot: تكررت رموز غير صحيحة. فضلًا المحاولة بعد ربع ساعة.
  كيف نخدمكم؟
  [1] تقديم طلب دعم
  [2] متابعة طلب سابق
  [3] سؤال عن خدماتنا
  [4] التواصل مع موظف مختص
  [5] جهات تقدّم الخدمة
  [6] شكوى أو اقتراح
  [7] تقييم الخدمة
  [8] المزيد
end:
  nothing

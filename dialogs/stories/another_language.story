charity: demo
# Whoever writes in a language that we do not speak is told which we do, in both, and offered a human; the second
# time a human takes over. A name in a form is a name.

person: مجھے مدد چاہیے، میں کیسے درخواست دوں؟
presses: English
person: Bonjour, comment puis-je demander une aide pour le loyer ?
person: je vous demande une aide pour le loyer
bot: السلام عليكم ورحمة الله وبركاته، حياكم الله في جمعية وصل التجريبية.
  معكم المساعد الآلي: نستقبل طلبات الدعم ونتابعها معكم خطوة بخطوة، وموظفونا قريبون متى احتجتم إليهم.
  تنبيه لسلامتكم: لا نطلب أبدًا رمز تحقق ولا كلمة مرور لأبشر أو نفاذ أو البنك أو أي تطبيق آخر.
  نتحدث العربية والإنجليزية، وموظفونا يسعدهم أن يساعدوكم. فضلًا اختيار ما يناسبكم.
  We speak Arabic and English, and our staff will gladly help you. Please choose.
  (arabic) العربية
  (english) English
  (human) التواصل مع موظف
bot: We will go on in English.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
bot: We speak Arabic and English, and our staff will gladly help you. Please choose.
  نتحدث العربية والإنجليزية، وموظفونا يسعدهم أن يساعدوكم. فضلًا اختيار ما يناسبكم.
  (arabic) العربية
  (english) English
  (human) Reach a person
bot: We could not find a good answer to your question. One of our staff will answer it.
  We have noted that you wish to speak to a staff member, and we will contact you during office hours.
  Until then you can go on here.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
end:
  control waiting
  handover low_confidence

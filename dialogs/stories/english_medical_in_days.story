charity: demo
# Medical support in English: a health consent, help lines when it is urgent, a report of two pages.

language: en
person: apply
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Which service do you need?
  [1] Food basket — A month of staples, for families and individuals on low income
  [2] Help with rent — For those who have fallen behind with rent on a lease of their own
  [3] Medical support — Medicine, devices and appointments that nothing else covers
  [4] Electricity bill — Payment of one overdue bill of the home, once a year
  [5] Home appliances — Fridge, washing machine, air conditioner, cooker; with a waiting list
  [6] School bag — Bag and supplies for pupils, before the school year
presses: Medical support
bot: We will ask for a picture of the medical report. You can also send it later.
  For “Medical support” we first need your consent to process data:
  • What: name, ID number and its expiry, a means of contact, residence, and what this service needs.
  • Why: only to study this request and follow it up.
  • Who sees it: only those in the charity who study your request and decide on it.
  • How it is kept: encrypted. A request that is not finished is deleted after 90 days.
  • Your rights: to see, correct and delete it, and to withdraw consent at any time.
  For details, type “privacy”. Do you agree?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I agree
bot: This service needs health data. It is sensitive, so we ask about it on its own:
  • What: a description of the medical need, and the medical report.
  • Who sees it: only those who study the request and decide on it. It never shows in a notification.
  Do you agree that we process it to study this request?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I agree
bot: Who is writing, and who is this request for?
  [1] Me, I am 18 or over
  [2] An adult whom I help
  [3] Someone in my care
  [4] I am under 18
  (back) Back
  (pause) Save, finish later
presses: Me, I am 18 or over
bot: Please type the full name as it stands on the ID.
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: 2456789011
bot: Until when is it valid? Please type the date as it stands there, in either calendar, for example 15/7/1450 or 2/12/2028.
  (back) Back
  (pause) Save, finish later
person: 2/12/2028
bot: We read “ID valid until” as 2 December 2028. If that is not right, please type “back”.
  How shall we make contact about this request? A mobile number, an email address, or here in this chat.
  [1] Here in this chat
  (back) Back
  (pause) Save, finish later
person: 0512345678
bot: Where is the home? Please type the city and district, or the short National Address, or send the location.
  (back) Back
  (pause) Save, finish later
person: Jeddah
bot: How many people live in the home, the person who needs support included?
  (back) Back
  (pause) Save, finish later
person: 5
bot: What is the household’s monthly income, roughly, from all sources?
  [1] No regular income
  [2] Under SAR 3000
  [3] SAR 3000 to 6000
  [4] Over SAR 6000
  [5] I will tell staff
  (back) Back
  (pause) Save, finish later
presses: 5
bot: Please describe the need in a few words, in writing or with a voice note.
  (back) Back
  (pause) Save, finish later
person: My son needs an operation soon.
bot: How urgent is it?
  [1] Within days
  [2] Within a month
  [3] Not urgent
  (back) Back
  (pause) Save, finish later
presses: Within days
bot: Whoever studies your request will see that it is urgent.
  If anybody is in danger now, these numbers will answer you at once:
  911 emergency, in the regions that have it
  997 ambulance
  937 health advice
  1919 reports of domestic violence
  116111 child help line
  Would you rather be contacted by a woman or by a man?
  [1] A woman
  [2] A man
  [3] No preference
  (back) Back
  (pause) Save, finish later
presses: No preference
bot: When may we call? If any time will do, please press “Skip”.
  You can pick more than one. Press “Done” when you have finished.
  [1] Morning
  [2] Noon
  [3] Afternoon
  [4] Evening
  (done) Done
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: Please send a picture of the medical report or the prescription.
  (later) I will send it later
  (back) Back
  (pause) Save, finish later
sends: photo
silent:
sends: photo
silent:
clock: +3s
bot: Received: Medical report (2 files).
  If there are more pages, please send them too; otherwise press “Done”.
  (done) Done
  (back) Back
  (pause) Save, finish later
presses: (done)
bot: Here is everything before you hand it in. Please look it over:
  1. Service: Medical support
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Idris
  4. ID number: •••••9011
  5. ID valid until: 2 December 2028
  6. Contact: 0512345678
  7. Residence: Jeddah
  8. People in the household: 5
  9. Monthly income: I will tell staff
  10. The need: My son needs an operation soon.
  11. Urgency: Within days
  12. Contact with: No preference
  13. Times for a call: not answered
  14. Medical report: 2 files
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: The declaration is all that is left. With it you vouch for what you have given us, and it is kept with the request.
  To sign it, type your full name, say it in a voice note, or send a picture of your signature or thumbprint. It reads:
  “I declare that all details and documents given here are correct, and I take direct responsibility for their correctness.”
  (back) Back
  (pause) Save, finish later
sends: voice
bot: Receipt for request W-QNDSZ-RTZV
  Medical support, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  Your request goes to the research committee. The study takes at least two weeks; an answer may be expected from Sunday 18 January 2026 (29 Rajab 1447 AH), and by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest. If the date moves, we will tell you.
  Please keep the request number. To learn how it stands at any time, type “status”.
  (menu) Menu
end:
  case W-QNDSZ-RTZV support medical submitted flags short_name, ambiguous
  consent application given
  consent health given

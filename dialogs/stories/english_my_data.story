charity: demo
language: en
# The same rights in English, asked for in the middle of a form, which goes on.

known: case W-8ZWW9-4K9Q support food_basket submitted id 1098765439
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
presses: Food basket
bot: For “Food basket” we first need your consent to process data:
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
person: delete my data
bot: What would you like us to do about your data?
  [1] See my data
  [2] A copy of my data
  [3] Correct my data
  [4] Delete my data
  [5] Withdraw consent
  [6] Nothing now
presses: Delete my data
bot: Once your data is deleted, work on your open requests stops, and nothing can be brought back.
  What the law makes us keep stays, and we will tell you what that is. Do you wish us to delete it?
  [1] Delete my data
  [2] Keep it
presses: Delete my data
bot: And what are the last four digits of the ID in request W-8ZWW9-4K9Q?
person: 5439
bot: Thank you, we have made sure who you are.
  Receipt W-W5FMR-YBH7, about: Delete my data
  We act without delay, by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest, and write to you.
  To learn how it stands at any time, type “status”.
  For “Food basket” we first need your consent to process data:
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
bot: Who is writing, and who is this request for?
  [1] Me, I am 18 or over
  [2] An adult whom I help
  [3] Someone in my care
  [4] I am under 18
  (back) Back
  (pause) Save, finish later
end:
  open apply at writer
  case W-8ZWW9-4K9Q support food_basket submitted
  case W-W5FMR-YBH7 data_request - received about W-8ZWW9-4K9Q proven
  timer remind:275ba6 2026-01-05 09:00
  consent application given

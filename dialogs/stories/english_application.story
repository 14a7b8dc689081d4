charity: demo
# The same house in English, with a Gregorian expiry date.

language: en
person: Hello
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
person: Apply for support
bot: Which service do you need?
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
person: 2 December 2028
bot: How shall we make contact about this request? A mobile number, an email address, or here in this chat.
  [1] Here in this chat
  (back) Back
  (pause) Save, finish later
person: maryam@example.org
bot: Where is the home? Please type the city and district, or the short National Address, or send the location.
  (back) Back
  (pause) Save, finish later
person: Jeddah, Example District
bot: Here is everything before you hand it in. Please look it over:
  1. Service: Food basket
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Idris
  4. ID number: •••••9011
  5. ID valid until: 2 December 2028
  6. Contact: maryam@example.org
  7. Residence: Jeddah, Example District
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
person: Maryam Yusuf Idris
bot: Receipt for request W-3RMJC-73CY
  Food basket, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  Your request goes to the research committee. The study takes at least two weeks; an answer may be expected from Sunday 18 January 2026 (29 Rajab 1447 AH), and by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest. If the date moves, we will tell you.
  Please keep the request number. To learn how it stands at any time, type “status”.
  (menu) Menu
end:
  case W-3RMJC-73CY support food_basket submitted flags short_name
  consent application given

charity: demo
language: en
# In English, without experience; and one who does not consent.

person: I want to volunteer
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Thank you for wishing to help. Volunteers are 18 or over. Are you?
  [1] Yes
  [2] No
person: yes
bot: To arrange it we need your consent to process data:
  • What: name, mobile number and city, what you would like to do, and when.
  • Why: only to arrange your work with us and contact you about it.
  • Who sees it: whoever is in charge of volunteers.
  You can withdraw it at any time. Do you agree?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I agree
bot: Please type your full name.
  (back) Back
  (pause) Save, finish later
person: Yusuf Ibrahim Omar
bot: What is your mobile number?
  (back) Back
  (pause) Save, finish later
person: +966 51 234 5678
bot: Which city do you live in?
  (back) Back
  (pause) Save, finish later
person: Jeddah
bot: What would you like to do?
  You can pick more than one. Press “Done” when you have finished.
  [1] Home visits
  [2] Events
  [3] Teaching
  [4] Design and media
  [5] Technology
  [6] Health and care
  [7] Office work
  [8] Wherever needed
  (done) Done
  (back) Back
  (pause) Save, finish later
presses: Wherever needed
bot: You have picked: Wherever needed.
  You can pick more than one. Press “Done” when you have finished.
  [1] Home visits
  [2] Events
  [3] Teaching
  [4] Design and media
  [5] Technology
  [6] Health and care
  [7] Office work
  [8] Wherever needed
  (done) Done
  (back) Back
  (pause) Save, finish later
presses: (done)
bot: When are you free?
  You can pick more than one. Press “Done” when you have finished.
  [1] Weekday mornings
  [2] Weekday evenings
  [3] Weekends
  [4] Ramadan and seasons
  [5] From home
  (done) Done
  (back) Back
  (pause) Save, finish later
presses: From home
bot: You have picked: From home.
  You can pick more than one. Press “Done” when you have finished.
  [1] Weekday mornings
  [2] Weekday evenings
  [3] Weekends
  [4] Ramadan and seasons
  [5] From home
  (done) Done
  (back) Back
  (pause) Save, finish later
presses: (done)
bot: Is there any experience you would like to mention? In writing or with a voice note, or press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: Here is everything before you hand it in. Please look it over:
  1. 18 or over: Yes
  2. Name: Yusuf Ibrahim Omar
  3. Mobile: 0512345678
  4. City: Jeddah
  5. Interests: Wherever needed
  6. Free times: From home
  7. Experience: not answered
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: Receipt for your offer to volunteer, W-H6B5N-MFD3
  Thank you. We will contact you about it by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest.
  To learn how it stands at any time, type “status”.
  (menu) Menu
as: other
person: volunteer
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Thank you for wishing to help. Volunteers are 18 or over. Are you?
  [1] Yes
  [2] No
presses: Yes
bot: To arrange it we need your consent to process data:
  • What: name, mobile number and city, what you would like to do, and when.
  • Why: only to arrange your work with us and contact you about it.
  • Who sees it: whoever is in charge of volunteers.
  You can withdraw it at any time. Do you agree?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I do not agree
bot: Thank you for being frank. We cannot arrange it without consent, and have kept none of your details.
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
  case W-H6B5N-MFD3 volunteer - offered flags short_name
  consent volunteering given
  as other
  consent volunteering withdrawn

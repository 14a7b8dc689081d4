charity: demo
language: en
# A suggestion from the menu, by voice.

person: hi
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
presses: Complaint, suggestion
bot: We are glad to hear from you. What would you like to send us?
  [1] A complaint
  [2] A suggestion
  [3] Menu
presses: A suggestion
bot: We are glad of your suggestion. We keep what you write to study it and answer you, and use it for nothing else.
  Do you agree?
  [1] I agree
  [2] I do not agree
presses: I agree
bot: What do you suggest? In writing, or with a voice note.
  (back) Back
  (pause) Save, finish later
sends: voice
bot: We have your voice note (Suggestion). One of our staff will write it down.
  Would you like us to write to you here about what became of it?
  [1] Yes
  [2] No need
  (back) Back
  (pause) Save, finish later
presses: No need
bot: Receipt for suggestion W-DTR2H-98C3
  Thank you. We study your suggestion, and finish by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest.
  To learn what became of it at any time, type “status”.
  (menu) Menu
end:
  case W-DTR2H-98C3 suggestion - received flags to_type_up
  consent suggestion given

charity: demo
language: en
# In English, by voice, with nothing to add.

known: case W-8ZWW9-4K9Q support medical rejected id 1098765439
person: I want to appeal
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  To have the decision on request W-8ZWW9-4K9Q looked at again:
  • Time: 30 days from the decision; for this one it is still possible.
  • Who looks: somebody who took no part in the first decision.
  • What we ask for: your reason, and new documents if there are any. We use them for this alone.
  Do you agree that we process them?
  [1] I agree
  [2] I do not agree
presses: I agree
bot: Please tell us what should be looked at again and why, in writing or with a voice note.
  (back) Back
  (pause) Save, finish later
sends: voice
bot: We have your voice note (Reason). One of our staff will write it down.
  If there is a new document that helps, please send a picture of it; otherwise press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: Here is your request before you hand it in. Please look it over:
  1. Decision on: W-8ZWW9-4K9Q
  2. Reason: voice note
  3. New documents: not answered
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: Receipt for your request to look again, W-DKS67-RKP2
  Somebody who took no part in the first decision looks at it, and we write to you with the outcome by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest.
  To learn how it stands at any time, type “status”.
  (menu) Menu
end:
  case W-8ZWW9-4K9Q support medical rejected
  case W-DKS67-RKP2 objection - review about W-8ZWW9-4K9Q flags to_type_up
  consent objection given

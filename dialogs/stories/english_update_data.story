charity: demo
language: en
# Somebody who came by telephone or in person has no request in this chat; the number is asked, and may be passed over.

person: I have moved
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  We change only what has changed in the details we hold, once our staff have made sure of it, and use it for nothing else.
  Do you agree that we process it?
  [1] I agree
  [2] I do not agree
presses: I agree
bot: Whose details have changed?
  [1] My own
  [2] Whom I applied for
  (back) Back
  (pause) Save, finish later
presses: My own
bot: What is the number of the request in which they stand? If you do not have it, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: What has changed?
  [1] Contact
  [2] Residence
  [3] Name
  [4] Expiry of the ID
  (back) Back
  (pause) Save, finish later
presses: Residence
bot: Where is the new home? Please type the city and district, or the short National Address, or send the location.
  (back) Back
  (pause) Save, finish later
sends: location 21.5,39.2 New home
bot: This is what we will change. Please look it over:
  1. Whose details: My own
  2. Request number: not answered
  3. What changed: Residence
  4. Residence: New home
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: Receipt for your change of details, W-F9TMR-4F4G
  Our staff make sure of it, and then it counts, by Monday 19 January 2026 (30 Rajab 1447 AH) at the latest.
  (menu) Menu
end:
  case W-F9TMR-4F4G data_update - received
  consent data_update given

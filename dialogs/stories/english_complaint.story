charity: demo
language: en
# Somebody who has no request complains in English and needs no answer.

person: I have a complaint
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  We are sorry that you have cause to complain, and value your frankness.
  If you would rather not give your name, there is a page for it that is not tied to this chat.
  <link /anonymous: Without a name>
bot: To complain here we need your consent to process what you write:
  • What: what happened, and how to reach you if you wish.
  • Why: only to look into the complaint and answer you.
  • Who sees it: the person in charge of complaints. It is not shown to whoever decides on your requests.
  It has no effect on your requests. Do you agree?
  [1] I agree
  [2] I do not agree
presses: I agree
bot: What is the complaint about?
  [1] How staff treated me
  [2] The service
  [3] Delay or no answer
  [4] Privacy and data
  [5] Something else
  (back) Back
  (pause) Save, finish later
presses: Privacy and data
bot: Please tell us what happened and when, in writing or with a voice note.
  (back) Back
  (pause) Save, finish later
person: A volunteer told my neighbour that I had asked for help.
bot: If a picture or a file shows what happened, please send it; otherwise press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: Would you like us to contact you about it?
  [1] Yes, here
  [2] Yes, elsewhere
  [3] No need
  (back) Back
  (pause) Save, finish later
presses: No need
bot: Here is your complaint before you hand it in. Please look it over:
  1. About: Privacy and data
  2. What happened: A volunteer told my neighbour that I had asked for help.
  3. Attachments: not answered
  4. Answer: No need
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: Receipt for complaint W-D9L2B-XZPY
  The person in charge looks into it, and it is answered by Monday 19 January 2026 (30 Rajab 1447 AH) at the latest.
  Please keep its number. To learn how it stands at any time, type “status”.
  (menu) Menu
person: status
bot: Complaint W-D9L2B-XZPY
  State: Received
  We have what you sent us. The person in charge will look at it, and we will write to you.
  It is answered by Monday 19 January 2026 (30 Rajab 1447 AH) at the latest.
  Is there anything else about your requests?
  [1] Another request
  [2] Withdraw a request
  [3] No, thank you
end:
  case W-D9L2B-XZPY complaint - received
  consent complaint given

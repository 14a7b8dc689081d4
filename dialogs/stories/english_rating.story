charity: demo
language: en
# Marks as numbers and words; a low one, and no wish to be contacted.

person: rate our service
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Your opinion is your right. It helps us do better, and has no effect on your requests.
  Whoever decides on your requests never learns who rated.
  How was the service that you received?
  [1] 5 Excellent
  [2] 4 Good
  [3] 3 Fair
  [4] 2 Poor
  [5] 1 Very poor
person: 6
bot: Please choose one of the marks shown, or type it as a number or a word.
  [1] 5 Excellent
  [2] 4 Good
  [3] 3 Fair
  [4] 2 Poor
  [5] 1 Very poor
person: 3
bot: How did our staff treat you? If you have not met any, please press “Skip”.
  [1] 5 Very well
  [2] 4 Well
  [3] 3 Fairly well
  [4] 2 Poorly
  [5] 1 Very poorly
  (skip) Skip
person: very poorly
bot: Is there anything you would like to add? In writing or with a voice note, or press “Skip”.
  (skip) Skip
presses: (skip)
bot: Thank you, we have your rating.
  We are sorry for what you met with, and value your frankness. Would you like us to contact you?
  [1] Yes
  [2] No
presses: No
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
end:
  rating rating service 3, staff 1

charity: demo
language: en
# A copy of one's data takes longer, with the reason given in time, once; and then it is ready.

person: a copy of my data
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  What would you like us to do about your data?
  [1] See my data
  [2] A copy of my data
  [3] Correct my data
  [4] Delete my data
  [5] Withdraw consent
  [6] Nothing now
presses: A copy of my data
bot: What is the number of the request that you made with us? If you do not have it, please press “Skip”.
  (skip) Skip
presses: (skip)
bot: Our staff will make sure who you are before they act, so that your data is safe.
  Receipt W-WHXTT-TVH5, about: A copy of my data
  We act without delay, by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest, and write to you.
  To learn how it stands at any time, type “status”.
  (menu) Menu
clock: +20d
silent:
staff: postpones W-WHXTT-TVH5 +20d The records of two years ago must be fetched first.
notice: There is an update on request W-WHXTT-TVH5. For details, type “status”.
  <template case_update: W-WHXTT-TVH5>
person: status
bot: Request about my data W-WHXTT-TVH5
  State: Received
  We have what you sent us. The person in charge will look at it, and we will write to you.
  The records of two years ago must be fetched first.
  It is answered by Monday 23 February 2026 (6 Ramadan 1447 AH) at the latest.
  Is there anything else about your requests?
  [1] Another request
  [2] Withdraw a request
  [3] No, thank you
presses: No, thank you
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
staff: postpones W-WHXTT-TVH5 +10d Once more.
silent:
staff: moves W-WHXTT-TVH5 done Your copy is ready. We will call to hand it over.
notice: There is an update on request W-WHXTT-TVH5. For details, type “status”.
  <template case_update: W-WHXTT-TVH5>
person: status
bot: Request about my data W-WHXTT-TVH5
  State: Done
  What you asked for has been done. If anything is left open, please write to us.
  Your copy is ready. We will call to hand it over.
  Is there anything else about your requests?
  [1] Another request
  [2] No, thank you
end:
  case W-WHXTT-TVH5 data_request - done

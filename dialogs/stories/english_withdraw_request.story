charity: demo
language: en
# Of two requests one is withdrawn; nothing is there for somebody who has none.

known: case W-8ZWW9-4K9Q support electricity submitted id 1098765439
known: case W-6X8B4-M9TJ support rent study id 1098765439
person: withdraw my request
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Which request would you like to withdraw?
  [1] W-6X8B4-M9TJ — Help with rent
  [2] W-8ZWW9-4K9Q — Electricity bill
presses: 2
bot: Do you wish to withdraw request W-8ZWW9-4K9Q? Work on it then stops. You can make a new one at any time.
  [1] Withdraw it
  [2] Keep it
person: yes
bot: Request W-8ZWW9-4K9Q is withdrawn, as you wished.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
as: neighbour
person: withdraw a request
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  In this chat we find no open request that could be withdrawn. For one made elsewhere, type “human”.
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
  case W-8ZWW9-4K9Q support electricity withdrawn
  case W-6X8B4-M9TJ support rent study

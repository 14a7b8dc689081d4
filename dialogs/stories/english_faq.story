charity: demo
# Questions in English are answered in English; Arabic in Latin letters is guessed at.

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
person: How long does it take to get an answer?
bot: The study takes at least two weeks, from the day the request is complete; then the research committee answers.
  The date to expect stands on your receipt. If it moves, we tell you.
  To see it now, type “status”.
  (menu) Menu
person: wesh el shroot
bot: Our services are for families and individuals on low income. Each has its own conditions:
  • Food basket: low income
  • Rent: those who have fallen behind, with a lease of their own
  • Medical: what nothing else covers
  • Electricity: one overdue bill of the home, once a year
  If you are not sure, you are welcome to apply, and our staff will look at your situation.
  [1] Support request
  (menu) Menu
end:

charity: demo
language: en
# Somebody who looks for a job reaches a person.

person: I am looking for a job
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Welcome. What is it about?
  [1] A donation
  [2] Working together
  [3] Media
  [4] A job
  [5] Something else
presses: A job
bot: One of our staff will answer you. Whatever you would like to tell us, you can write here already.
  We have noted that you wish to speak to a staff member, and we will contact you during office hours.
  Until then you can go on here.
  (menu) Menu
end:
  control waiting
  handover dialog

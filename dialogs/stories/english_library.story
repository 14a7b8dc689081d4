charity: demo
language: en
# The same in English.

person: bylaws
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Which document shall we send you?
  [1] Bylaws
  [2] Support policy guide
  [3] Support request form
presses: Bylaws
bot: Here it is: Bylaws
  <file documents/bylaws.pdf: Bylaws>
  (menu) Menu
end:

charity: demo
# In English; whatever they write begins it, a reminder comes once when they leave it for later, and another answer to
# the same thing is not taken for the next one.

language: en
known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given rent_amount, lease, bill
staff: sends_back W-8ZWW9-4K9Q lease: expired; bill: wrong_document
person: yes, what is it?
person: cancel
clock: +1d
person: resume
sends: photo
clock: +1m
sends: photo
person: done
clock: +5d
person: hello
notice: Hello, our staff have looked at request W-8ZWW9-4K9Q, and it needs a little more from you. When it suits you, reply “resume”.
  [1] Go on
  <template items_needed: W-8ZWW9-4K9Q>
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Thank you. To finish checking request W-8ZWW9-4K9Q we need 2 more things, one by one.
  Lease: It has expired. Please send the valid one after renewal.
  Please send a picture of the lease.
  (later) I will send it later
bot: No problem, whenever it suits you. What you sent is kept. To finish what is left for request W-8ZWW9-4K9Q, type “resume”.
  (menu) Menu
notice: A gentle reminder, request W-8ZWW9-4K9Q is still waiting for something from you. When it suits you, reply “resume”.
  [1] Go on
  <template items_needed: W-8ZWW9-4K9Q>
bot: Thank you. To finish checking request W-8ZWW9-4K9Q we need 2 more things, one by one.
  Lease: It has expired. Please send the valid one after renewal.
  Please send a picture of the lease.
  (later) I will send it later
bot: Received: Lease (one file).
  If there are more pages, please send them too; otherwise press “Done”.
  (done) Done
bot: Received: Lease (2 files).
  The bill: A different document arrived. Please send the one named here.
  Please send a picture of the electricity bill that shows the account number and the amount.
  (later) I will send it later
notice: A gentle reminder, request W-8ZWW9-4K9Q is still waiting for something from you. When it suits you, reply “resume”.
  [1] Go on
  <template items_needed: W-8ZWW9-4K9Q>
bot: Please send a picture of the electricity bill that shows the account number and the amount.
  (later) I will send it later
end:
  open apply at bill
  case W-8ZWW9-4K9Q support rent waiting sent_back bill answered lease

charity: demo
language: en
# Without a place: whoever serves the need; a service of the charity's own is also known elsewhere.

person: who else can help
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  What do you need? We will tell you who offers it.
  [1] Legal advice
  [2] Counselling
  [3] Finding work
  [4] Advice on debts
  [5] Help with rent
presses: Help with rent
bot: Where are you? Please type the region or city, or send your location so that we show the nearest. If you would rather not say, press “Skip”.
  (skip) Skip
presses: (skip)
bot: For “Help with rent” you can turn to these.
  This is information only; we have registered nothing with them in your name. It is best to make sure of the hours before you go.
  Example Housing Foundation
  Urgent help with rent, and shelter for families
  City: Riyadh
  What to bring: ID and the lease
  <place Example Housing Foundation, , 23.6,46.2>
  <card Example Housing Foundation: 0520000004, 0520000005>
  (menu) Menu
person: agencies
bot: What do you need? We will tell you who offers it.
  [1] Legal advice
  [2] Counselling
  [3] Finding work
  [4] Advice on debts
  [5] Help with rent
presses: Finding work
bot: Where are you? Please type the region or city, or send your location so that we show the nearest. If you would rather not say, press “Skip”.
  (skip) Skip
person: Dammam
bot: For “Finding work” you can turn to these.
  This is information only; we have registered nothing with them in your name. It is best to make sure of the hours before you go.
  Example Centre for Work
  CVs, training, and meetings with employers
  City: Riyadh
  Hours: Sunday to Thursday, 8 am to 2 pm
  What to bring: ID and a CV
  (menu) Menu
end:

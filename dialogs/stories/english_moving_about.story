charity: demo
# In English: pause, resume, back, change, show, help, human, language and cancel.

language: en
person: hi
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
presses: Apply for support
bot: Which service do you need?
  [1] Food basket — A month of staples, for families and individuals on low income
  [2] Help with rent — For those who have fallen behind with rent on a lease of their own
  [3] Medical support — Medicine, devices and appointments that nothing else covers
  [4] Electricity bill — Payment of one overdue bill of the home, once a year
  [5] Home appliances — Fridge, washing machine, air conditioner, cooker; with a waiting list
  [6] School bag — Bag and supplies for pupils, before the school year
presses: Food basket
bot: For “Food basket” we first need your consent to process data:
  • What: name, ID number and its expiry, a means of contact, residence, and what this service needs.
  • Why: only to study this request and follow it up.
  • Who sees it: only those in the charity who study your request and decide on it.
  • How it is kept: encrypted. A request that is not finished is deleted after 90 days.
  • Your rights: to see, correct and delete it, and to withdraw consent at any time.
  For details, type “privacy”. Do you agree?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I agree
bot: Who is writing, and who is this request for?
  [1] Me, I am 18 or over
  [2] An adult whom I help
  [3] Someone in my care
  [4] I am under 18
  (back) Back
  (pause) Save, finish later
presses: Me, I am 18 or over
bot: Please type the full name as it stands on the ID.
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: back
bot: Please type the full name as it stands on the ID.
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Adam
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: change
bot: Please type the number of the answer to change:
  1. Service: Food basket
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Adam
  [1] Service
  [2] Who it is for
  [3] Name
person: 3
bot: Please type the full name as it stands on the ID.
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: my answers
bot: What you have given us so far:
  1. Service: Food basket
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Idris
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: help
bot: The number stands on the ID card or Iqama and begins with 1 or 2. We ask for it only to study this request.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: pause
bot: We have saved “Support request” with all your answers. To go on whenever you like, type “resume”.
  (menu) Menu
person: resume
bot: Welcome back. Let us go on with “Support request” where we stopped.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: when are you open
bot: Our hours:
  Sunday to Thursday: 8 am to 12 noon and 4 pm to 8 pm
  We are open now.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: I want to talk to someone
bot: We have noted that you wish to speak to a staff member, and we will contact you during office hours.
  Until then you can go on here.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: hide
bot: Do you wish to hide this conversation from the screen? Nothing is deleted. It comes back with the request number and the last four digits of the ID.
  [1] Yes
  [2] Keep everything
presses: Keep everything
bot: The conversation stays visible as it is.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: stop
bot: Do you wish to stop the messages that we start, such as reminders? We will still answer when you write.
  [1] Stop messages
  [2] Keep everything
presses: Keep everything
bot: Nothing has changed; our messages will reach you as usual.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: cancel my request
bot: Do you wish to cancel “Support request” and delete all its answers? You can also save it and finish later.
  [1] Cancel the form
  [2] Keep everything
presses: Keep everything
bot: Nothing was cancelled. Let us go on.
  What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: cancel my request
bot: Do you wish to cancel “Support request” and delete all its answers? You can also save it and finish later.
  [1] Cancel the form
  [2] Keep everything
presses: Cancel the form
bot: “Support request” is cancelled and its answers are deleted. You are welcome to start again whenever you like.
  (menu) Menu
end:
  control waiting
  handover asked
  consent application given

charity: demo
# In English, for a grown-up who cannot agree: proof later, an expired Iqama, rent.

language: en
person: I want to apply
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Which service do you need?
  [1] Food basket — A month of staples, for families and individuals on low income
  [2] Help with rent — For those who have fallen behind with rent on a lease of their own
  [3] Medical support — Medicine, devices and appointments that nothing else covers
  [4] Electricity bill — Payment of one overdue bill of the home, once a year
  [5] Home appliances — Fridge, washing machine, air conditioner, cooker; with a waiting list
  [6] School bag — Bag and supplies for pupils, before the school year
presses: Help with rent
bot: We will ask for a picture of the lease. You can also send it later.
  For “Help with rent” we first need your consent to process data:
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
presses: An adult whom I help
bot: Are you yourself 18 or over?
  [1] Yes
  [2] No
  (back) Back
  (pause) Save, finish later
presses: Yes
bot: Does the person you are writing for know of this request, and agree that you give their details?
  [1] Yes, they agree
  [2] They do not know yet
  [3] They are unable to
  (back) Back
  (pause) Save, finish later
presses: They are unable to
bot: How are you related to the person who needs support? You are their …
  [1] father or mother
  [2] son or daughter
  [3] husband or wife
  [4] brother or sister
  [5] another relative
  [6] neighbour, friend
  (back) Back
  (pause) Save, finish later
presses: son or daughter
bot: What is your own name, as it stands on your ID?
  (back) Back
  (pause) Save, finish later
person: Omar Yusuf Idris
bot: Please send a picture of what shows that you act for them, such as the family register, a deed of guardianship or a power of attorney.
  (later) I will send it later
  (back) Back
  (pause) Save, finish later
presses: (later)
bot: That is fine. You can send “Proof of acting for them” later, and we will remind you.
  Thank you. From here on, all questions are about the person who needs support.
  Please type the full name as it stands on the ID.
  (back) Back
  (pause) Save, finish later
person: Yusuf Idris Adam
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: 2456789011
bot: Until when is it valid? Please type the date as it stands there, in either calendar, for example 15/7/1450 or 2/12/2028.
  (back) Back
  (pause) Save, finish later
person: 2 Dec 2024
bot: By this date it has expired. That does not keep us from taking the request, so let us go on.
  Please renew it as soon as you can, because our staff check that it is valid before the study.
  If it has been renewed already, please send a picture of the new one; otherwise press “Skip”. To correct the date, type “back”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: How shall we make contact about this request? A mobile number, an email address, or here in this chat.
  [1] Here in this chat
  (back) Back
  (pause) Save, finish later
presses: Here in this chat
bot: Where is the home? Please type the city and district, or the short National Address, or send the location.
  (back) Back
  (pause) Save, finish later
sends: location 21.54,39.17
bot: How many people live in the home, the person who needs support included?
  (back) Back
  (pause) Save, finish later
person: 3
bot: What is the household’s monthly income, roughly, from all sources?
  [1] No regular income
  [2] Under SAR 3000
  [3] SAR 3000 to 6000
  [4] Over SAR 6000
  [5] I will tell staff
  (back) Back
  (pause) Save, finish later
presses: 1
bot: How much is the rent for a year, in riyals?
  (back) Back
  (pause) Save, finish later
person: 15000
bot: Please describe the need in a few words, in writing or with a voice note.
  (back) Back
  (pause) Save, finish later
person: He lost his job and the rent is due.
bot: How urgent is it?
  [1] Within days
  [2] Within a month
  [3] Not urgent
  (back) Back
  (pause) Save, finish later
presses: Within days
bot: Whoever studies your request will see that it is urgent.
  Please send a picture of the lease.
  (later) I will send it later
  (back) Back
  (pause) Save, finish later
presses: (later)
bot: That is fine. You can send “Lease” later, and we will remind you.
  If there is a proof of income, such as a salary letter or a social security statement, please send a picture.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
presses: (skip)
bot: Here is everything before you hand it in. Please look it over:
  1. Service: Help with rent
  2. Who it is for: An adult whom I help
  3. Writer is 18 or over: Yes
  4. Their agreement: They are unable to
  5. Relation: son or daughter
  6. Applicant’s name: Omar Yusuf Idris
  7. Proof of acting for them: to be sent later
  8. Name: Yusuf Idris Adam
  9. ID number: •••••9011
  10. ID valid until: 2 December 2024
  11. Picture of the renewed document: not answered
  12. Contact: here in this chat
  13. Residence: a place on the map
  14. People in the household: 3
  15. Monthly income: No regular income
  16. Yearly rent: SAR 15,000
  17. The need: He lost his job and the rent is due.
  18. Urgency: Within days
  19. Lease: to be sent later
  20. Proof of income: not answered
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: The declaration is all that is left. With it you yourself vouch for what you have given us about the person who needs support, and it is kept with the request.
  To sign it, type your own full name, say it in a voice note, or send a picture of your signature or thumbprint. It reads:
  “As son or daughter of the person who needs support, I declare that all details and documents given here are correct, and I take direct responsibility for their correctness.”
  (back) Back
  (pause) Save, finish later
person: Omar Yusuf Idris
bot: Receipt for request W-F3997-F398
  Help with rent, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  Still to come from you: Proof of acting for them and Lease.
  You can send the photo right here whenever it is ready, and we will remind you. Once it is all there, we begin the study and write to you.
  Please keep the request number. To learn how it stands at any time, type “status”.
  (menu) Menu
person: status
bot: Request for support W-F3997-F398
  State: Received
  We have your request. Our staff will now check the details.
  Still to come from you: Proof of acting for them and Lease. You can send the photo right here.
  Is there anything else about your requests?
  [1] Another request
  [2] Send a missing paper
  [3] Withdraw a request
  [4] No, thank you
sends: photo
bot: We have your file. Which document is it? Please choose it or type its number.
  [1] Proof of acting for them
  [2] Lease
presses: 2
bot: Received for request W-F3997-F398: Lease. Thank you.
  Still to come: Proof of acting for them.
person: send a document
bot: Request W-F3997-F398 still needs: Proof of acting for them.
  Please send the photo or file right here, whenever it is ready.
  (menu) Menu
sends: document
bot: Received for request W-F3997-F398: Proof of acting for them. Thank you.
  That was everything we needed from you for request W-F3997-F398.
  It now goes to the research committee. The study takes at least two weeks; an answer may be expected from Sunday 18 January 2026 (29 Rajab 1447 AH), and by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest.
  (menu) Menu
end:
  case W-F3997-F398 support rent submitted flags expired, short_name, late
  consent application given

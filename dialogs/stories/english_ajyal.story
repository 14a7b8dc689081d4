charity: ajyal
language: en
# The same in English; volunteering is offered, and there are neither documents nor agencies yet.

person: Hello
bot: Assalamu alaikum, and welcome to Ajyal Association for a Promising Childhood.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Complaint, suggestion
  [6] Rate our service
  [7] More
presses: Apply for support
bot: Which service do you need?
  [1] Early childhood — Activities for children under six; the guardian applies
  [2] Learning support — Help with primary school work; the guardian applies
  [3] Supplies for infants — Milk, nappies and the like, for families on low income
  [4] Clothing for children — Clothes for winter and Eid; with a waiting list
  [5] Guidance for parents — A session with a specialist on raising and caring for a child
  [6] School bag — Bag and supplies before the school year
presses: Guidance for parents
bot: For “Guidance for parents” we first need your consent to process data:
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
bot: Requests here are for a child, and the guardian makes them.
  Who is writing, and who is this request for?
  [1] Someone in my care
  [2] I am under 18
  (back) Back
  (pause) Save, finish later
presses: Someone in my care
bot: Are you yourself 18 or over?
  [1] Yes
  [2] No
  (back) Back
  (pause) Save, finish later
presses: Yes
bot: How are you related to the person who needs support? You are their …
  [1] father or mother
  [2] brother or sister
  [3] grandparent
  [4] guardian by court
  [5] another relative
  (back) Back
  (pause) Save, finish later
presses: father or mother
bot: What is your own name, as it stands on your ID?
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
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
person: Adam Yusuf Idris
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: 2456789011
bot: Until when is it valid? Please type the date as it stands there, in either calendar, for example 15/7/1450 or 2/12/2028.
  If the number stands in the family register and there is no card, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: 2/12/2028
bot: We read “ID valid until” as 2 December 2028. If that is not right, please type “back”.
  How shall we make contact about this request? A mobile number, an email address, or here in this chat.
  [1] Here in this chat
  (back) Back
  (pause) Save, finish later
person: maryam@example.com
bot: Where is the home? Please type the city and district, or the short National Address, or send the location.
  (back) Back
  (pause) Save, finish later
person: Jeddah
bot: Please describe the need in a few words, in writing or with a voice note.
  (back) Back
  (pause) Save, finish later
person: He does not sleep at night.
bot: Here is everything before you hand it in. Please look it over:
  1. Service: Guidance for parents
  2. Who it is for: Someone in my care
  3. Writer is 18 or over: Yes
  4. Relation: father or mother
  5. Applicant’s name: Maryam Yusuf Idris
  6. Proof of acting for them: to be sent later
  7. Name: Adam Yusuf Idris
  8. ID number: •••••9011
  9. ID valid until: 2 December 2028
  10. Contact: maryam@example.com
  11. Residence: Jeddah
  12. The need: He does not sleep at night.
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: The declaration is all that is left. With it you yourself vouch for what you have given us about the person who needs support, and it is kept with the request.
  To sign it, type your own full name, say it in a voice note, or send a picture of your signature or thumbprint. It reads:
  “As father or mother of the person who needs support, I declare that all details and documents given here are correct, and I take direct responsibility for their correctness.”
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
bot: Receipt for request W-WS32D-RT5R
  Guidance for parents, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  Still to come from you: Proof of acting for them.
  You can send the photo right here whenever it is ready, and we will remind you. Once it is all there, we begin the study and write to you.
  Please keep the request number. To learn how it stands at any time, type “status”.
  (menu) Menu
person: documents
bot: There are no documents to send here yet. Our staff will gladly answer what you are looking for; type “human”.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
person: who else can help
bot: We have no list of others who can help yet. Our staff will gladly advise you; type “human”.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
person: volunteer
bot: Thank you for wishing to help. Volunteers are 18 or over. Are you?
  [1] Yes
  [2] No
presses: Yes
bot: To arrange it we need your consent to process data:
  • What: name, mobile number and city, what you would like to do, and when.
  • Why: only to arrange your work with us and contact you about it.
  • Who sees it: whoever is in charge of volunteers.
  You can withdraw it at any time. Do you agree?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I do not agree
bot: Thank you for being frank. We cannot arrange it without consent, and have kept none of your details.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
person: status
bot: Request for support W-WS32D-RT5R
  State: Received
  We have your request. Our staff will now check the details.
  Still to come from you: Proof of acting for them. You can send the photo right here.
  Is there anything else about your requests?
  [1] Another request
  [2] Send a missing paper
  [3] Withdraw a request
  [4] No, thank you
presses: No, thank you
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: More
bot: Here is more that we can do.
  [1] العربية
  [2] Volunteer with us
  [3] Places and hours
  [4] My privacy and data
  [5] Donors, partners, others
  [6] Hide this conversation
  [7] Continue elsewhere
  [8] How this works
  [9] Menu
end:
  case W-WS32D-RT5R support parenting submitted missing guardian_proof flags short_name, ambiguous
  timer missing:W-WS32D-RT5R 2026-01-05 09:00
  consent application given
  consent volunteering withdrawn

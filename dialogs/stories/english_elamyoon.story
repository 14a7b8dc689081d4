charity: elamyoon
language: en
# The same in English; volunteering is offered, and there are neither documents nor agencies yet.

person: Hello
bot: Assalamu alaikum, and welcome to Elamyoon Association.
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
  [1] Media training — Short courses in writing, production and digital media
  [2] Career guidance — A session with an expert, for starting or moving in media
  [3] Legal advice at work — On rights, contracts and the rules of media work
  [4] Support in hardship — For media people who lose their income or meet with hardship
  [5] Equipment on loan — Cameras and sound equipment for a project; with a waiting list
  [6] Production grant — Support for producing a work of value to society
presses: Legal advice at work
bot: For “Legal advice at work” we first need your consent to process data:
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
person: 2456789011
bot: Until when is it valid? Please type the date as it stands there, in either calendar, for example 15/7/1450 or 2/12/2028.
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
person: My contract ended without notice.
bot: How urgent is it?
  [1] Within days
  [2] Within a month
  [3] Not urgent
  (back) Back
  (pause) Save, finish later
presses: Within a month
bot: Here is everything before you hand it in. Please look it over:
  1. Service: Legal advice at work
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Idris
  4. ID number: •••••9011
  5. ID valid until: 2 December 2028
  6. Contact: maryam@example.com
  7. Residence: Jeddah
  8. The need: My contract ended without notice.
  9. Urgency: Within a month
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: The declaration is all that is left. With it you vouch for what you have given us, and it is kept with the request.
  To sign it, type your full name, say it in a voice note, or send a picture of your signature or thumbprint. It reads:
  “I declare that all details and documents given here are correct, and I take direct responsibility for their correctness.”
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
bot: Receipt for request W-GD357-BZ8F
  Legal advice at work, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  Your request goes to the research committee. The study takes at least two weeks; an answer may be expected from Sunday 18 January 2026 (29 Rajab 1447 AH). If the date moves, we will tell you.
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
bot: Request for support W-GD357-BZ8F
  State: Received
  We have your request. Our staff will now check the details.
  An answer may be expected from Sunday 18 January 2026 (29 Rajab 1447 AH).
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
  case W-GD357-BZ8F support legal_advice submitted flags short_name, ambiguous
  consent application given
  consent volunteering withdrawn

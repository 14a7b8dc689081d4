charity: amass
language: en
# The same in English; volunteering is offered, and there are neither documents nor agencies yet.

person: Hello
bot: Assalamu alaikum, and welcome to Amass Association.
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
  [1] Rides to appointments — For repeated appointments that are hard to reach
  [2] Lodging for visits — A short stay with a companion, for those who come from elsewhere
  [3] Supplies and devices — What is needed at home; with a waiting list
  [4] Support with living — For families on low income while the visits last
  [5] Support and guidance — Sessions alone or in a group, for the person and the family
  [6] Family gathering — A yearly day for those whom we serve and their families
presses: Rides to appointments
bot: We will ask for a picture of the medical report. You can also send it later.
  For “Rides to appointments” we first need your consent to process data:
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
bot: This service needs health data. It is sensitive, so we ask about it on its own:
  • What: a description of the medical need, and the medical report.
  • Who sees it: only those who study the request and decide on it. It never shows in a notification.
  Do you agree that we process it to study this request?
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
person: The hospital is in another city.
bot: How urgent is it?
  [1] Within days
  [2] Within a month
  [3] Not urgent
  (back) Back
  (pause) Save, finish later
presses: Not urgent
bot: Please send a picture of the medical report or the prescription.
  (later) I will send it later
  (back) Back
  (pause) Save, finish later
presses: (later)
bot: That is fine. You can send “Medical report” later, and we will remind you.
  Here is everything before you hand it in. Please look it over:
  1. Service: Rides to appointments
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Idris
  4. ID number: •••••9011
  5. ID valid until: 2 December 2028
  6. Contact: maryam@example.com
  7. Residence: Jeddah
  8. The need: The hospital is in another city.
  9. Urgency: Not urgent
  10. Medical report: to be sent later
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
bot: Receipt for request W-B9Q5T-XQ2K
  Rides to appointments, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  Still to come from you: Medical report.
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
bot: Request for support W-B9Q5T-XQ2K
  State: Received
  We have your request. Our staff will now check the details.
  Still to come from you: Medical report. You can send the photo right here.
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
  case W-B9Q5T-XQ2K support transport submitted missing medical_report flags short_name, ambiguous
  timer missing:W-B9Q5T-XQ2K 2026-01-05 09:00
  consent application given
  consent health given
  consent volunteering withdrawn
